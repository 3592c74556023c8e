"""The big line of the queue: the most urgent fact first, amber where it asks for a decision."""

import pytest

from oms_desktop.floor.overview import overview, stale
from oms_desktop.floor.reply import Sound
from oms_desktop.workflow.worklists.queue import QueueCount


@pytest.mark.parametrize(
    ("counts", "unassigned", "message", "hint", "urgent"),
    [
        ({"late": 2, "exception": 1}, 4, "2 orders late", "Press F7 to let them go", True),
        ({"late": 1}, 0, "1 order late", "Press F7 to let it go first. The chip Late shows it", True),
        ({"exception": 1}, 4, "4 orders due within 30 minutes have nobody assigned", "Press F5", True),
        ({}, 1, "1 order due within 30 minutes has nobody assigned", "Press F5", True),
        ({"exception": 1, "hold": 3}, 0, "1 order cannot be served whole", "cards below", True),
        ({"hold": 3, "new": 1}, 0, "3 orders on hold", "cards below", False),
        ({"new": 1, "released": 1}, 0, "2 orders to be picked", "empty tote", False),
        ({"all": 1}, 0, "1 order in work", "with somebody", False),
        ({}, 0, "No open orders", "by themselves", False),
    ],
)
def test_the_most_urgent_fact_is_said(
    counts: dict[str, int], unassigned: int, message: str, hint: str, urgent: bool
) -> None:
    reply = overview([QueueCount(*each) for each in counts.items()], unassigned=unassigned)

    assert (reply.message, reply.sound is Sound.ATTENTION) == (message, urgent)
    assert hint in reply.hint
    assert overview([QueueCount("late", 1)], "1 order released.").hint == "1 order released."


def test_an_old_list_is_called_old() -> None:
    assert stale("11:31", "Locked.").message == "List is from 11:31"
    assert stale("", "Locked.").message == "The list cannot be read"
