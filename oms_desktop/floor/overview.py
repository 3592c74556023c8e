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


def overview(
    counts: Sequence[QueueCount], told: str = "", *, behind: int = 0, unassigned: int = 0, ticked: int = 0
) -> Reply[None]:
    """Return the most urgent fact of the queue, with what can be done about it, or what was just done.

    `behind` of the late orders have not the top priority; `unassigned` orders are due at once and nobody is
    to pick them. While orders are ticked, the keys mean those. What asks for a decision is amber.
    """
    reply = _fact(counts, behind, unassigned)
    if ticked and not told:
        they = "it" if ticked == 1 else "them"
        told = f"{counted(ticked, 'order')} ticked: F4 to F8 and F10 mean {they}, Esc unticks {they}"
    return replace(reply, hint=told) if told else reply


def found(told: str, *, ok: bool = True) -> Reply[None]:
    """Return what a scan at the queue has shown, or that it stands for nothing there."""
    sound = Sound.OK if ok else Sound.ATTENTION
    hint = "Esc shows all orders again" if ok else "No order has goods in it"
    return Reply(State.LIST, told, ok=True, data=None, hint=hint, told=told, sound=sound)


def none_meant() -> Reply[None]:
    """Return that a key has no order to act on, and how to name some."""
    return Reply(
        State.LIST,
        "Tick orders first",
        ok=True,
        data=None,
        hint="Space ticks the selected row, Ctrl+A all of the list; without a tick the selected row is meant",
        told="No order is ticked or selected",
        sound=Sound.ATTENTION,
    )


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


def stale(since: str, why: str) -> Reply[None]:
    """Return that the list is an old one, of a time of day or "" if there is none yet, and why."""
    message = f"List is from {since}" if since else "The list cannot be read"
    return _tell(message, f"{why} It is tried again every few seconds", urgent=True)


def _fact(counts: Sequence[QueueCount], behind: int, unassigned: int) -> Reply[None]:
    of = {count.filter: count.count for count in counts}
    waiting = of.get("new", 0) + of.get("released", 0)
    late, held, short = of.get("late", 0), of.get("hold", 0), of.get("exception", 0)
    it = "it" if late == 1 else "them"
    if late and behind:
        who = it if behind >= late else f"{behind} of them"
        hint = f"Press F7 to let {who} go first. The chip Late shows {it}"
        return _tell(f"{counted(late, 'order')} late", hint, urgent=True)
    if unassigned:
        have, those = ("has", "it") if unassigned == 1 else ("have", "them")
        return _tell(
            f"{counted(unassigned, 'order')} due within 30 minutes {have} nobody assigned",
            f"Press F5 to assign {those}",
            urgent=True,
        )
    if short:
        return _tell(
            f"{counted(short, 'order')} cannot be served whole",
            "Stock is missing. The cards below the list promise again what is free now",
            urgent=True,
        )
    if late:
        first = "It goes first already" if late == 1 else "They go first already"
        return _tell(
            f"{counted(late, 'order')} late", f"{first}, by the top priority. The chip Late shows {it}"
        )
    if held:
        return _tell(f"{counted(held, 'order')} on hold", "The cards below the list have the action for each")
    if waiting:
        return _tell(
            f"{counted(waiting, 'order')} to be picked",
            "A picker takes the most urgent one by scanning an empty tote",
        )
    if of.get("all", 0):
        return _tell(f"{counted(of['all'], 'order')} in work", "All of them are with somebody")
    return _tell("No open orders", "New orders show here by themselves")


def _tell(message: str, hint: str, *, urgent: bool = False) -> Reply[None]:
    sound = Sound.ATTENTION if urgent else Sound.NONE
    return Reply(State.LIST, message, ok=True, data=None, hint=hint, sound=sound)
