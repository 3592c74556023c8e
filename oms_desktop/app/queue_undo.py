"""Takes back the last thing that was done to orders from the queue, as a recorded opposite.

What the orders were before is read before it is done. A hold is ended, an end of holds sets them again,
priorities and pickers become what they were; what the floor was given stays with it. A hold whose time has
come meanwhile is not set again, and of two holds by hand only the one that was set last is ended.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.app import desk
from oms_desktop.floor.reply import Key
from oms_desktop.floor.words import counted
from oms_desktop.models import Fulfillment, Hold, Order
from oms_desktop.station import Station
from oms_desktop.workflow import holds
from oms_desktop.workflow.desk import UNBEGUN, Verdict

T = TypeVar("T", bound=Hashable)
_CHUNK = 500


@dataclass(frozen=True)
class _Held:
    kind: str
    text: str
    until: datetime | None
    frees_stock: bool


@dataclass(frozen=True)
class _Was:
    """An order before something was done to it; `held` are the ids of its holds."""

    order: UUID
    number: str
    priority: int
    worker: UUID | None
    holds: tuple[_Held, ...]
    held: tuple[UUID, ...]


@dataclass(frozen=True)
class Before:
    """What was done, and what the orders were before."""

    key: Key
    orders: tuple[_Was, ...]

    def only(self, done: Iterable[UUID]) -> "Before":
        """Return the same for the orders to which it was done."""
        kept = set(done)
        return Before(self.key, tuple(was for was in self.orders if was.order in kept))


class Last:
    """The last thing done to orders from the queue of a window; used on the station thread.

    What cannot be taken back stands before what was done earlier, so that F9 never reaches behind it.
    """

    def __init__(self) -> None:
        self._was: Before | str = ""

    def keep(self, was: "Before | str") -> None:
        """Keep what the orders were before, or name what was done and cannot be taken back.

        What was done to no order changes nothing.
        """
        if isinstance(was, str) or was.orders:
            self._was = was

    def take_back(self, station: Station) -> str:
        """Take it back, once; says what came of it."""
        was = self._was
        if isinstance(was, str):
            if not was:
                return "There is nothing to undo. F9 takes back what F5 to F8 did last at this station."
            return f"{was} was the last thing done here, and cannot be taken back. Nothing is undone."
        self._was = ""
        return undo(station, was)


def before(station: Station, key: Key, orders: Sequence[UUID]) -> Before:
    """Read what orders are before a key is carried out for them."""
    with station.store.reading() as session:
        found = [
            was
            for first in range(0, len(orders), _CHUNK)
            for was in _were(session, orders[first : first + _CHUNK])
        ]
    return Before(key, tuple(found))


def undo(station: Station, was: Before) -> str:
    """Take back what was done; says of how many orders, and why not of the others."""
    match was.key:
        case Key.PRIORITY:
            groups = _grouped((each.order, each.priority) for each in was.orders)
            verdicts = [one for to, some in groups.items() for one in desk.prioritize(station, some, to)]
            return in_words("Undone: the priority of {} as before", verdicts, named=True)
        case Key.ASSIGN:
            people = _grouped((each.order, each.worker) for each in was.orders)
            verdicts = [one for to, some in people.items() for one in desk.assign(station, some, to)]
            return in_words("Undone: the picker of {} as before", verdicts, named=True)
        case Key.HOLD:
            return in_words("Undone: the hold of {} ended", _ended(station, was), named=True)
        case _:
            return _held_again(station, was)


def who(was: Before) -> str:
    """Name what something was done to: an order by its number, of several how many."""
    return was.orders[0].number if len(was.orders) == 1 else counted(len(was.orders), "order")


def _ended(station: Station, was: Before) -> Sequence[Verdict]:
    """End the holds that were set; those set by hand before stay, and their orders wait on."""
    older = {each.order: each for each in was.orders if any(hold.kind == "desk" for hold in each.holds)}
    free = [each.order for each in was.orders if each.order not in older]
    ended = desk.release(station, free, kind="desk") if free else ()
    return [*ended, *(_later_ended(station, each) for each in older.values())]


def _later_ended(station: Station, was: _Was) -> Verdict:
    with station.store.reading() as session:
        number = session.get_one(Order, was.order).number
        held = select(Hold.id).where(
            Hold.order_id == was.order, Hold.kind == "desk", Hold.released_at.is_(None)
        )
        later = sorted(set(session.scalars(held)) - set(was.held))
    for hold in later:
        desk.at_desk(station).do(holds.release, hold=hold)
    if not later:
        return Verdict(was.order, number, "order.not_held", f"That hold of order {number} is over already.")
    return Verdict(was.order, number)


def _held_again(station: Station, was: Before) -> str:
    """Set the holds again that were ended; what had none was given to the floor and stays there."""
    groups = _grouped((each.order, hold) for each in was.orders for hold in each.holds)
    if not groups:
        return f"{who(was)} cannot be taken back: the floor has the work already. F8 puts it on hold."
    now = station.clock()
    groups = {hold: some for hold, some in groups.items() if hold.until is None or hold.until > now}
    if not groups:
        return f"{who(was)} cannot be put on hold again: the time of the hold is over. F8 sets another."
    verdicts: list[Verdict] = []
    for hold, orders in groups.items():
        verdicts += desk.hold(
            station, orders, kind=hold.kind, text=hold.text, until=hold.until, frees_stock=hold.frees_stock
        )
    told = list({each.order: each for each in verdicts}.values())
    return in_words("Undone: {} on hold again", told, named=True)


def _were(session: Session, orders: Sequence[UUID]) -> list[_Was]:
    found_holds, ids = defaultdict[UUID, list[_Held]](list), defaultdict[UUID, list[UUID]](list)
    for hold in session.scalars(
        select(Hold).where(Hold.order_id.in_(orders), Hold.released_at.is_(None)).order_by(Hold.id)
    ):
        found_holds[hold.order_id].append(_Held(hold.kind, hold.text, hold.until, hold.frees_stock))
        ids[hold.order_id].append(hold.id)
    found = session.execute(
        select(Fulfillment.order_id, Fulfillment.assigned_to)
        .where(Fulfillment.order_id.in_(orders), Fulfillment.status.in_(UNBEGUN))
        .order_by(Fulfillment.number.desc())
    )
    people: dict[UUID, UUID | None] = dict(found.all())
    rows = session.execute(
        select(Order.id, Order.number, Order.priority).where(Order.id.in_(orders)).order_by(Order.id)
    )
    return [
        _Was(order, number, level, people.get(order), tuple(found_holds[order]), tuple(ids[order]))
        for order, number, level in rows
    ]


def _grouped(pairs: Iterable[tuple[UUID, T]]) -> Mapping[T, list[UUID]]:
    groups = defaultdict[T, list[UUID]](list)
    for order, value in pairs:
        groups[value].append(order)
    return groups


def in_words(words: str, verdicts: Sequence[Verdict], *, named: bool = False) -> str:
    """Say to how many orders something was done, in the place of ``{}``, and why not to the first other.

    A single order is counted too, or `named` by its number.
    """
    done, refused = ([each for each in verdicts if each.done is good] for good in (True, False))
    who = done[0].number if named and len(done) == 1 else counted(len(done), "order")
    told = f"{words.format(who)}."
    return f"{told} {len(refused)} not: {refused[0].text}" if refused else told
