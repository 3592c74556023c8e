"""What a supervisor does from the queue: wishes for many orders, and the remedy of one that is stuck.

Runs on the station thread. Each answer is a sentence: to how many orders it was done, and why not to the
first of the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from oms_desktop.app import desk
from oms_desktop.app.mending import Name
from oms_desktop.app.queue_undo import Before, before, in_words, who
from oms_desktop.errors import InputError
from oms_desktop.floor.reply import Key
from oms_desktop.floor.views import Remedy, Stuck
from oms_desktop.floor.words import counted
from oms_desktop.models import Worker
from oms_desktop.station import Station
from oms_desktop.workflow.desk import Verdict
from oms_desktop.workflow.worklists.standing import standings

_WORDS = {
    Key.ASSIGN: "assigned",
    Key.RELEASE: "released",
    Key.PRIORITY: "given the priority",
    Key.HOLD: "put on hold",
}

_SHOWN = 20
"""How much of what was typed is shown."""


@dataclass(frozen=True)
class Done:
    """What was done, in a sentence, and what it takes to undo it; else the name of what cannot be undone.

    `orders` are those to which it was done.
    """

    told: str
    was: Before | str
    orders: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Undoable(Done):
    """What can be taken back."""

    was: Before


def act(
    station: Station, key: Key, text: str, orders: Sequence[UUID], *, frees_stock: bool = False
) -> Undoable:
    """Do what a key means with orders; `text` is what was typed for it, `frees_stock` the rule of holds."""
    was = before(station, key, orders)
    verdicts = _act(station, key, text, orders, frees_stock)
    done = tuple(verdict.order for verdict in verdicts if verdict.done)
    word = "left to anybody" if key is Key.ASSIGN and not text else _WORDS[key]
    return Undoable(in_words(f"{{}} {word}", verdicts), was.only(done), done)


def cancel(station: Station, text: str, orders: Sequence[UUID]) -> Done:
    """Cancel orders for the reason that was typed."""
    were = before(station, Key.CANCEL, orders)
    verdicts = desk.cancel_each(station, orders, text)
    done = tuple(verdict.order for verdict in verdicts if verdict.done)
    was = were.only(done)
    return Done(in_words("{} cancelled", verdicts), f"The cancellation of {who(was)}" if done else was, done)


def solve(station: Station, stuck: Stuck, text: str) -> Done:
    """Do what solves an order that is stuck; `text` is the SKU where a product has to be named.

    Its release is that of F6.
    """
    order = UUID(stuck.order)
    match stuck.remedy:
        case Remedy.NAME:
            listed = desk.name(station, Name(stuck.channel, stuck.key), text)
            free = f", {counted(len(listed.free), 'order')} free" if listed.free else ""
            told = f"{stuck.asked} is {text} from now on: {counted(listed.lines, 'line')} found it{free}."
            return Done(told, f"The listing of {stuck.asked}")
        case Remedy.PROMISE:
            told = f"{stuck.number}: {_promised(station, order)}."
            return Done(told, f"The allocation of {stuck.number}")
        case Remedy.RELEASE | Remedy.ADDRESS:
            return act(station, Key.RELEASE, "", (order,))


def _promised(station: Station, order: UUID) -> str:
    """Promise again what is free, and say what is missing then and why."""
    wave = desk.promise_again(station, (order,))
    with station.store.reading() as session:
        left = standings(session, (order,))[order]
    got = f"{counted(wave.allocated, 'piece')} promised, "
    if not left.units["open"]:
        return f"{got}nothing is missing any more"
    told = []
    if left.units["open"] > left.unknown:
        why = "the order is on hold" if left.holds else "none is free"
        told.append(f"{counted(left.units['open'] - left.unknown, 'piece')} still missing, {why}")
    if left.unknown:
        told.append(f"nobody knows the product of {counted(left.unknown, 'piece')}: name it first")
    return f"{got if wave.allocated else ''}{'; '.join(told)}"


def _act(
    station: Station, key: Key, text: str, orders: Sequence[UUID], frees_stock: bool
) -> tuple[Verdict, ...]:
    match key:
        case Key.ASSIGN:
            return desk.assign(station, orders, _worker(station, text))
        case Key.RELEASE:
            return desk.send(station, orders)
        case Key.PRIORITY:
            return desk.prioritize(station, orders, _priority(text))
        case _:
            words = text or "Held at the desk"
            return desk.hold(station, orders, kind="desk", text=words, frees_stock=frees_stock)


def _priority(text: str) -> int:
    if text not in ("0", "1", "2"):
        raise InputError("order.priority", f"A priority is 0, 1 or 2; “{text[:_SHOWN]}” is none.")
    return int(text)


def _worker(station: Station, badge: str) -> UUID | None:
    if not badge:
        return None
    with station.store.reading() as session:
        found = session.scalar(select(Worker.id).where(Worker.badge == badge))
    if found is None:
        raise InputError("work.no_picker", f"Nobody has the badge {badge}.")
    return found
