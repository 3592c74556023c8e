"""Which orders the queue shows and in which order, so that each page of a million is read by an index.

A filter names one word of each group; what they say is combined with AND. The most selective group decides
by which index the page is read, and so how the rows are sorted; `docs/queue.md` tells more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    literal,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session

from oms_desktop.models import Fulfillment, Location, PickTask, QueueEntry, Stage, Worker

LATE, SOON = "late", "soon"
HOLD, EXCEPTION = "hold", "exception"

SOON_MINUTES = 60
"""Within how many minutes an order counts as due soon."""

STAGES = {
    "new": (Stage.NEW, Stage.PROMISED),
    "released": (Stage.RELEASED,),
    "started": (Stage.STARTED,),
    "packing": (Stage.PICKED, Stage.PACKED),
}
"""The filters by stage."""

_PREFIX_END = "\U0010ffff"
"""Comes after every letter of a number."""


STILL_OPEN = QueueEntry.stage != literal_column(f"'{Stage.CLOSED.value}'")
"""Written out, so that an index over the open orders alone is known to hold all of them."""


@dataclass(frozen=True)
class Filter:
    """What is looked for. `due` is "late", "soon" or ""; `stage` a key of `STAGES` or "".

    `flag` is "hold", "exception" or ""; `zone` the name of one; `search` a number, its last digits, a
    person or the code of a place.
    """

    due: str = ""
    stage: str = ""
    flag: str = ""
    zone: str = ""
    search: str = ""

    @property
    def narrow(self) -> bool:
        """Whether anything is filtered at all."""
        return bool(self.due or self.stage or self.flag or self.zone or self.search)


Key = tuple[Any, ...]
"""Where a page begins: the values of the columns that its filter is sorted by."""


@dataclass(frozen=True)
class Listing:
    """A filter as statements: the conditions, the columns it is sorted by, and what is read side by side.

    Each of `parts` is read by its own index and limited, so that no statement reads all rows.
    """

    where: ColumnElement[bool]
    order: tuple[Any, ...]
    parts: tuple[ColumnElement[bool], ...]

    def page(self, start: Key | None, limit: int, offset: int = 0) -> Select[Any]:
        """Select the entries from a key on, in their order."""
        begin = [] if start is None else [tuple_(*self.order) >= _bound(self.order, start)]
        parts = [
            select(QueueEntry.order_id)
            .where(part, self.where, *begin)
            .order_by(*self.order)
            .limit(limit + offset)
            .subquery()
            for part in self.parts
        ]
        ids = union_all(*(select(part.c.order_id) for part in parts))
        return (
            select(QueueEntry)
            .where(QueueEntry.order_id.in_(ids))
            .order_by(*self.order)
            .limit(limit)
            .offset(offset)
        )

    def key(self, start: Key | None, offset: int) -> Select[Any]:
        """Select the key of the entry that stands so many places behind a key, or behind the first one."""
        begin = [] if start is None else [tuple_(*self.order) >= _bound(self.order, start)]
        steps = [
            select(*self.order).where(part, self.where, *begin).order_by(*self.order) for part in self.parts
        ]
        if len(steps) == 1:
            return steps[0].limit(1).offset(offset)
        parts = [step.limit(offset + 1).subquery() for step in steps]
        keys = union_all(*(select(part) for part in parts)).subquery()
        columns = [keys.c[column.key] for column in self.order]
        return select(*columns).order_by(*columns).limit(1).offset(offset)


def listing(session: Session, wanted: Filter, now: datetime) -> Listing:
    """Turn a filter into statements; `now` is what "late" is reckoned from."""
    stages = STAGES.get(wanted.stage, ())
    where = [_due(wanted.due, now), _flag(wanted.flag), _zone(wanted.zone)]
    if wanted.search:
        found = _found(session, wanted.search.strip())
        return Listing(and_(STILL_OPEN, _in(stages), *where), _URGENT, (found,))
    if wanted.flag:
        return Listing(and_(STILL_OPEN, _in(stages), *where), _FLAGGED, (QueueEntry.flagged_at.is_not(None),))
    if wanted.due:
        return Listing(and_(_in(stages), *where), _DUE, (STILL_OPEN,))
    parts = tuple(QueueEntry.stage == stage for stage in stages)
    return Listing(and_(*where), _URGENT, parts or (STILL_OPEN,))


_URGENT = (QueueEntry.urgency, QueueEntry.due, QueueEntry.captured_at, QueueEntry.order_id)
_FLAGGED = (QueueEntry.flagged_at, QueueEntry.order_id)
_DUE = (QueueEntry.due, QueueEntry.order_id)


def _bound(order: Sequence[Any], key: Key) -> Any:
    return tuple_(*(literal(value, column.type) for column, value in zip(order, key, strict=True)))


def _in(stages: Sequence[Stage]) -> ColumnElement[bool]:
    return QueueEntry.stage.in_(stages) if stages else true()


def _due(word: str, now: datetime) -> ColumnElement[bool]:
    if word == LATE:
        return QueueEntry.due < now
    if word == SOON:
        return QueueEntry.due.between(now, now + timedelta(minutes=SOON_MINUTES))
    return true()


def _flag(word: str) -> ColumnElement[bool]:
    if word == HOLD:
        return QueueEntry.held.is_(True)
    if word == EXCEPTION:
        return and_(~QueueEntry.held, QueueEntry.short > 0)
    return true()


def _zone(zone: str) -> ColumnElement[bool]:
    if not zone:
        return true()
    return literal(",").concat(QueueEntry.zones).concat(",").contains(f",{zone},", autoescape=True)


def _found(session: Session, text: str) -> ColumnElement[bool]:
    """Tell what a search is: a place, a person, a number or the beginning of one."""
    place = session.scalar(select(Location.id).where(Location.code == text.upper()))
    if place is not None:
        return QueueEntry.order_id.in_(_touching(place))
    named = any(letter.isalpha() for letter in text)
    people = _people(session, text, named)
    theirs = QueueEntry.assignee_id.in_(people)
    if people and named:
        return theirs
    numbers = _numbered(session, text)
    return or_(numbers, theirs) if people else numbers


def _numbered(session: Session, text: str) -> ColumnElement[bool]:
    """Tell the orders with a number, else those whose numbers or their digits begin so."""
    exact = QueueEntry.number.in_((text, text.upper(), f"#{text}"))
    if session.scalar(select(exists().where(exact, STILL_OPEN))):
        return exact
    digits = "".join(letter for letter in text if letter.isdecimal())
    begun = and_(QueueEntry.number >= text, QueueEntry.number < text + _PREFIX_END)
    return or_(begun, _begins(digits)) if digits else begun


def _begins(digits: str) -> ColumnElement[bool]:
    """Tell numbers that begin with some digits, in whatever way the server sorts what is no digit."""
    rest = digits.rstrip("9")
    if not rest:
        return QueueEntry.digits >= digits
    return and_(QueueEntry.digits >= digits, QueueEntry.digits < rest[:-1] + chr(ord(rest[-1]) + 1))


def _people(session: Session, text: str, named: bool) -> list[UUID]:
    """Find the people of a badge or, if `named`, of a part of a name."""
    known = [Worker.badge == text]
    if named:
        known.append(Worker.name.icontains(text, autoescape=True))
    return list(session.scalars(select(Worker.id).where(or_(*known))))


def _touching(place: UUID) -> Select[UUID]:
    return (
        select(Fulfillment.order_id)
        .join(PickTask, PickTask.fulfillment_id == Fulfillment.id)
        .where(PickTask.location_id == place)
    )
