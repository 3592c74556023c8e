"""The queue in one line: what a supervisor should look at first."""

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from oms_desktop.floor.reply import Refusal, Reply, Scan, Sound, Thing
from oms_desktop.floor.words import counted
from oms_desktop.workflow.worklists.queue import QueueCount


class State(Enum):
    """The queue has one state."""

    LIST = "list"


def overview(counts: Sequence[QueueCount], told: str = "") -> Reply[None]:
    """Return the most urgent fact of the queue, with what can be done about it, or what was just done."""
    reply = _fact(counts)
    return replace(reply, hint=told) if told else reply


def found(told: str, *, ok: bool = True) -> Reply[None]:
    """Return what a scan at the queue has shown, or that it stands for nothing there."""
    sound = Sound.OK if ok else Sound.ATTENTION
    hint = "Esc shows all orders again" if ok else "No order has goods in it"
    return Reply(State.LIST, told, ok=True, data=None, hint=hint, told=told, sound=sound)


def unknown(scan: Scan) -> Reply[None]:
    """Return that a code means nothing at the queue."""
    refusal = Refusal(
        "queue.unknown",
        "Unknown code",
        f"{scan.value or 'An empty code'} shows no orders here.",
        Thing(scan.name or scan.kind.value.capitalize(), scan.value),
        Thing("Order, tote, location or badge"),
        "Scan an order, a tote, a location or a badge.",
    )
    return Reply(
        State.LIST,
        refusal.title,
        ok=False,
        data=None,
        hint=refusal.text,
        told=refusal.title,
        sound=Sound.ERROR,
        refusal=refusal,
    )


def _fact(counts: Sequence[QueueCount]) -> Reply[None]:
    of = {count.filter: count.count for count in counts}
    waiting = of.get("new", 0) + of.get("released", 0)
    late, held, short = of.get("late", 0), of.get("hold", 0), of.get("exception", 0)
    if late:
        return _tell(
            f"{counted(late, 'order')} late", "The chip Late shows them. F7 lets the ticked ones go first"
        )
    if short:
        return _tell(
            f"{counted(short, 'order')} cannot be served whole",
            "Stock is missing. The chip Exception shows them",
        )
    if held:
        return _tell(
            f"{counted(held, 'order')} on hold", "The chip On hold shows them. F6 releases the ticked ones"
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
