"""The big line of the queue: the most urgent fact first, amber where it asks for a decision."""

import pytest

from oms_desktop.floor.overview import overview, stale
from oms_desktop.floor.reply import Sound
from oms_desktop.workflow.worklists.queue import QueueCount


@pytest.mark.parametrize(
    ("counts", "behind", "unassigned", "message", "hint", "urgent"),
    [
        ({"late": 2, "exception": 1}, 2, 4, "2 orders late", "Press F7 to let them go", True),
        ({"late": 1}, 1, 0, "1 order late", "Press F7 to let it go first. The chip Late shows it", True),
        ({"late": 5}, 2, 0, "5 orders late", "Press F7 to let 2 of them go first.", True),
        ({"late": 2}, 0, 0, "2 orders late", "They go first already, by the top priority", False),
        ({"late": 1, "hold": 1}, 0, 0, "1 order late", "It goes first already", False),
        ({"late": 2}, 0, 4, "4 orders due within 30 minutes have nobody assigned", "Press F5", True),
        ({"late": 2, "exception": 1}, 0, 0, "1 order cannot be served whole", "cards below", True),
        ({"exception": 1}, 0, 4, "4 orders due within 30 minutes have nobody assigned", "assign them", True),
        ({}, 0, 1, "1 order due within 30 minutes has nobody assigned", "Press F5 to assign it", True),
        ({"exception": 1, "hold": 3}, 0, 0, "1 order cannot be served whole", "cards below", True),
        ({"hold": 3, "new": 1}, 0, 0, "3 orders on hold", "cards below", False),
        ({"new": 1, "released": 1}, 0, 0, "2 orders to be picked", "empty tote", False),
        ({"all": 1}, 0, 0, "1 order in work", "with somebody", False),
        ({}, 0, 0, "No open orders", "by themselves", False),
    ],
)
def test_the_most_urgent_fact_is_said(
    counts: dict[str, int], behind: int, unassigned: int, message: str, hint: str, urgent: bool
) -> None:
    reply = overview([QueueCount(*each) for each in counts.items()], behind=behind, unassigned=unassigned)

    assert (reply.message, reply.sound is Sound.ATTENTION) == (message, urgent)
    assert hint in reply.hint
    assert overview([QueueCount("late", 1)], "1 order released.").hint == "1 order released."


def test_while_orders_are_ticked_the_line_says_that_the_keys_mean_those() -> None:
    late = [QueueCount("late", 2)]
    for ticked, told in (
        (1, "1 order ticked: F4 to F8 and F10 mean it, Esc unticks it"),
        (3, "3 orders ticked: F4 to F8 and F10 mean them, Esc unticks them"),
    ):
        reply = overview(late, behind=2, ticked=ticked)
        assert (reply.message, reply.hint) == ("2 orders late", told)
    assert overview(late, "Done.", behind=2, ticked=1).hint == "Done."


def test_an_old_list_is_called_old() -> None:
    assert stale("11:31", "Locked.").message == "List is from 11:31"
    assert stale("", "Locked.").message == "The list cannot be read"
