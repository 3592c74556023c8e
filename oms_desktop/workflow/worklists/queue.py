"""The queue page by page: rows under a filter, how many there are, and where each page begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oms_desktop.models import NO_DUE, Event, Hold, QueueEntry, QueueTally, Stage, Worker
from oms_desktop.workflow.board import HELD, OPEN, SHORT
from oms_desktop.workflow.steering import PRIORITIES
from oms_desktop.workflow.worklists.queue_filters import (
    EXCEPTION,
    HOLD,
    LATE,
    SOON,
    STAGES,
    STILL_OPEN,
    Filter,
    Key,
    listing,
)

PAGE = 200
"""How many rows of the queue are read at once."""

COUNTED = 10_000
"""Up to how many rows are counted where no tally counts them; one more says that there are others."""


@dataclass(frozen=True)
class QueueRow:
    """One order in the queue.

    `id` is its hex id; `status` the stage as a word. `due` and `changed` are ISO times in UTC or empty;
    `flag` is "", "hold" or "exception" with `reason` in words.
    """

    id: str
    order: str
    channel: str
    status: str
    lines: int
    pieces: int
    priority: int
    due: str
    assignee: str
    zones: tuple[str, ...] = ()
    flag: str = ""
    reason: str = ""
    changed: str = ""
    captured: str = ""


@dataclass(frozen=True)
class QueueCount:
    """How many orders stand under a filter of the queue; `more` says that the count was given up there."""

    filter: str
    count: int
    more: bool = False


@dataclass(frozen=True)
class QueuePage:
    """Some rows of the queue: the first of them stands at `first`."""

    first: int
    rows: tuple[QueueRow, ...]


def queue_page(
    session: Session, wanted: Filter, now: datetime, first: int = 0, start: Key | None = None
) -> QueuePage:
    """Read a page; `start` is where it begins, without it `first` rows are stepped over."""
    offset = first if start is None else 0
    entries = session.scalars(listing(session, wanted, now).page(start, PAGE, offset)).all()
    return QueuePage(first, _rows(session, entries))


def queue_counts(session: Session, now: datetime, zone: str = "") -> tuple[QueueCount, ...]:
    """Count the orders under each filter: by the tallies, and by an index where time decides."""
    sums = {
        bucket: int(orders)
        for bucket, orders in session.execute(
            select(QueueTally.bucket, func.sum(QueueTally.orders)).group_by(QueueTally.bucket)
        )
    }
    stages = (
        QueueCount(name, sum(sums.get(stage.value, 0) for stage in some)) for name, some in STAGES.items()
    )
    zones = [_counted(session, "zone", Filter(zone=zone), now)] if zone else []
    return (
        QueueCount("all", sums.get(OPEN, 0)),
        _counted(session, LATE, Filter(due=LATE), now),
        _counted(session, SOON, Filter(due=SOON), now),
        *stages,
        QueueCount(HOLD, sums.get(HELD, 0)),
        QueueCount(EXCEPTION, sums.get(SHORT, 0)),
        *zones,
    )


def queue_size(session: Session, wanted: Filter, now: datetime, counts: Sequence[QueueCount]) -> QueueCount:
    """Tell how many rows a filter has, from the counts where it is one of theirs."""
    words = [word for word in (wanted.due, wanted.stage, wanted.flag) if word]
    if not wanted.zone and not wanted.search and len(words) <= 1:
        name = words[0] if words else "all"
        return next(count for count in counts if count.filter == name)
    return _counted(session, "", wanted, now)


def page_start(
    session: Session, wanted: Filter, now: datetime, page: int, known: Mapping[int, Key]
) -> Key | None:
    """Find where a page begins, None behind the end.

    It is stepped along an index from the nearest page before it of which that is known.
    """
    if page in known:
        return known[page]
    near = max((number for number in known if number < page), default=0)
    step = listing(session, wanted, now).key(known.get(near), (page - near) * PAGE)
    found = session.execute(step).one_or_none()
    return None if found is None else tuple(found)


def queue_ids(session: Session, wanted: Filter, now: datetime, limit: int = COUNTED) -> tuple[str, ...]:
    """Return the ids of all orders under a filter, in its order, at most `limit`."""
    found = session.scalars(listing(session, wanted, now).page(None, limit)).all()
    return tuple(entry.order_id.hex for entry in found)


def late_behind(session: Session, now: datetime, limit: int = PAGE) -> tuple[UUID, ...]:
    """Return the late orders that have not the top priority, the latest first, at most `limit`."""
    found = session.scalars(
        select(QueueEntry.order_id)
        .where(QueueEntry.due < now, STILL_OPEN, QueueEntry.urgency > 1 - len(PRIORITIES))
        .order_by(QueueEntry.due, QueueEntry.order_id)
        .limit(limit)
    )
    return tuple(found)


def unassigned(session: Session, now: datetime, limit: int = PAGE) -> tuple[UUID, ...]:
    """Return the orders that are due within half an hour and could be picked, but by nobody in particular."""
    found = session.scalars(
        select(QueueEntry.order_id)
        .where(
            QueueEntry.due.between(now, now + timedelta(minutes=30)),
            QueueEntry.stage.in_((Stage.PROMISED, Stage.RELEASED)),
            STILL_OPEN,
            QueueEntry.assignee_id.is_(None),
            ~QueueEntry.held,
        )
        .order_by(QueueEntry.due, QueueEntry.order_id)
        .limit(limit)
    )
    return tuple(found)


def last_left(session: Session) -> datetime | None:
    """Return when an order was handed over last, None if none ever was."""
    return session.scalar(select(func.max(Event.at)).where(Event.kind == "handed over"))


def queue_row(session: Session, order: UUID) -> QueueRow | None:
    """Read the row of one order."""
    return next(iter(queue_rows(session, [order])), None)


def queue_rows(session: Session, orders: Sequence[UUID]) -> tuple[QueueRow, ...]:
    """Read the rows of some orders, a few hundred at most, in their order; unknown ones are left out."""
    found = session.scalars(select(QueueEntry).where(QueueEntry.order_id.in_(orders)))
    entries = {entry.order_id: entry for entry in found}
    return _rows(session, [entries[order] for order in orders if order in entries])


def _any(parts: Sequence[Any]) -> Any:
    whole = parts[0]
    for part in parts[1:]:
        whole = whole | part
    return whole


def _counted(session: Session, name: str, wanted: Filter, now: datetime) -> QueueCount:
    wished = listing(session, wanted, now)
    some = select(QueueEntry.order_id).where(wished.where, _any(wished.parts)).limit(COUNTED).subquery()
    count = session.scalars(select(func.count()).select_from(some)).one()
    return QueueCount(name, min(count, COUNTED - 1), more=count == COUNTED)


def _rows(session: Session, entries: Sequence[QueueEntry]) -> tuple[QueueRow, ...]:
    people = _names(session, {entry.assignee_id for entry in entries if entry.assignee_id})
    reasons = _reasons(session, [entry.order_id for entry in entries if entry.held])
    return tuple(_row(entry, people, reasons) for entry in entries)


def _row(entry: QueueEntry, people: dict[UUID, str], reasons: dict[UUID, str]) -> QueueRow:
    flag = HOLD if entry.held else EXCEPTION if entry.short else ""
    short = f"{entry.short} pieces short" if entry.short > 1 else "1 piece short"
    reason = reasons.get(entry.order_id, "") if entry.held else short if entry.short else ""
    return QueueRow(
        id=entry.order_id.hex,
        order=entry.number,
        channel=entry.channel,
        status=entry.stage.value,
        lines=entry.lines,
        pieces=entry.pieces,
        priority=-entry.urgency,
        due="" if entry.due == NO_DUE else entry.due.astimezone(UTC).isoformat(),
        assignee=people.get(entry.assignee_id, "") if entry.assignee_id else "",
        zones=tuple(zone for zone in entry.zones.split(",") if zone),
        flag=flag,
        reason=reason,
        changed=entry.changed_at.isoformat(),
        captured=entry.captured_at.isoformat(),
    )


def _names(session: Session, people: set[UUID]) -> dict[UUID, str]:
    if not people:
        return {}
    return dict(session.execute(select(Worker.id, Worker.name).where(Worker.id.in_(people))).all())


def _reasons(session: Session, orders: Sequence[UUID]) -> dict[UUID, str]:
    if not orders:
        return {}
    holds = session.execute(
        select(Hold.order_id, Hold.text)
        .where(Hold.order_id.in_(orders), Hold.released_at.is_(None))
        .order_by(Hold.set_at.desc(), Hold.id)
    )
    return dict(holds.all())
