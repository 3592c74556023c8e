"""The queue in one line: what a supervisor should look at first."""

from collections.abc import Sequence
from enum import Enum

from oms_desktop.floor.reply import Reply
from oms_desktop.floor.words import counted
from oms_desktop.workflow.worklists.queue import QueueCount


class State(Enum):
    """The queue has one state."""

    LIST = "list"


def overview(counts: Sequence[QueueCount]) -> Reply[None]:
    """Return the most urgent fact of the queue, with what can be done about it."""
    of = {count.filter: count.count for count in counts}
    waiting = of.get("promised", 0) + of.get("released", 0)
    held, short = of.get("hold", 0), of.get("exception", 0)
    if short:
        return _tell(
            f"{counted(short, 'order')} cannot be served whole",
            "Stock is missing. The filter Exception shows them",
        )
    if held:
        return _tell(
            f"{counted(held, 'order')} on hold", "The filter On hold shows them, a click on one tells why"
        )
    if waiting:
        return _tell(
            f"{counted(waiting, 'order')} to be picked",
            "A picker takes the most urgent one by scanning an empty tote",
        )
    if of.get("all", 0):
        return _tell(f"{counted(of['all'], 'order')} in work", "All of them are with somebody")
    return _tell("No open orders", "New orders show here by themselves")


def _tell(message: str, hint: str) -> Reply[None]:
    return Reply(State.LIST, message, ok=True, data=None, hint=hint)
