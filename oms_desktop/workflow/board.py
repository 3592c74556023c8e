"""What the queue shows of an order, written anew in every call that changes it.

`settle` is the last thing that such a verb does for the orders it has touched: it reads what they are now,
writes their queue entries, and passes them from one tally to another where their filters have changed. The
statements are the same for one order and for a thousand.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, case, exists, func, insert, select, update
from sqlalchemy.orm import Session

from oms_desktop.acts import Act
from oms_desktop.db import upsert
from oms_desktop.models import (
    NO_DUE,
    Fulfillment,
    Hold,
    Lease,
    LeaseWork,
    Location,
    Order,
    OrderLine,
    PickTask,
    QueueEntry,
    QueueTally,
    Stage,
    Status,
    table_of,
)

SLOTS = 32
"""Into how many slots the tallies are spread, so that calls of several stations do not queue up."""

OPEN, HELD, SHORT = "open", "held", "short"
"""The tallies beside those of the stages, which are named by their values."""

_CHUNK = 1000
_STAGES = {
    Status.PROMISED: Stage.PROMISED,
    Status.RELEASED: Stage.RELEASED,
    Status.STARTED: Stage.STARTED,
    Status.PICKED: Stage.PICKED,
    Status.PACKED: Stage.PACKED,
}
_ORDER = list(_STAGES.values())
_ENTRIES = table_of(QueueEntry)
_TALLY = upsert(
    table_of(QueueTally),
    ("bucket", "slot"),
    lambda new: {"orders": table_of(QueueTally).c.orders + new.orders},
)


@dataclass(frozen=True)
class Entry:
    """An order as the queue shows it now; the fields are the columns of `QueueEntry`."""

    order_id: UUID
    channel: str
    number: str
    digits: str
    stage: Stage
    held: bool
    short: int
    flagged_at: datetime | None
    urgency: int
    due: datetime
    captured_at: datetime
    changed_at: datetime
    lines: int
    pieces: int
    zones: str
    assignee_id: UUID | None


def settle(session: Session, act: Act, orders: Iterable[UUID]) -> None:
    """Write the queue entries of orders anew, and the tallies with them.

    Every verb that changes an order, its holds, lines, fulfillments or tasks calls this last.
    """
    session.flush()
    moved: Counter[str] = Counter()
    for chunk in _chunks(sorted(set(orders))):
        known = _known(session, chunk)
        fresh = [_kept(entry, known.get(entry.order_id), act) for entry in read(session, chunk)]
        _write(session, fresh, known)
        for entry in fresh:
            before = known.get(entry.order_id)
            moved.update(buckets_of(entry.stage, entry.held, entry.short))
            if before is not None:
                moved.subtract(buckets_of(before.stage, before.held, before.short))
    slot = act.call.int % SLOTS
    for bucket in sorted(name for name, difference in moved.items() if difference):
        _TALLY.run(session, {"bucket": bucket, "slot": slot, "orders": moved[bucket]})


def buckets_of(stage: Stage, held: bool, short: int) -> Iterator[str]:
    """Give the tallies that an order counts under."""
    yield stage.value
    if stage is Stage.CLOSED:
        return
    yield OPEN
    if held:
        yield HELD
    elif short:
        yield SHORT


def read(session: Session, orders: Sequence[UUID]) -> list[Entry]:
    """Derive the entries of orders from what the orders are, at most a thousand at a time.

    `changed_at` is when they were captured and `flagged_at` the same, where they are flagged at all.
    """
    parts, zones = _parts(session, orders), _zones(session, orders)
    return [
        _entry(row, parts.get(row.id, []), zones.get(row.id, set()))
        for row in session.execute(_heads(orders))
    ]


def _heads(orders: Sequence[UUID]) -> Select[*tuple[Any, ...]]:
    """Select orders with the sums of their lines."""
    wanted = OrderLine.ordered - OrderLine.cancelled
    picked = case((OrderLine.not_picked == "", wanted), else_=0)
    sizes = (
        select(
            OrderLine.order_id,
            func.sum(case((wanted > 0, 1), else_=0)).label("lines"),
            func.sum(picked).label("pieces"),
            func.sum(OrderLine.open).label("open"),
            func.sum(OrderLine.open + OrderLine.allocated + OrderLine.picked + OrderLine.packed).label(
                "left"
            ),
        )
        .where(OrderLine.order_id.in_(orders))
        .group_by(OrderLine.order_id)
        .subquery()
    )
    return (
        select(
            Order.id,
            Order.channel,
            Order.number,
            Order.priority,
            Order.ship_by,
            Order.captured_at,
            Order.cancelled_at,
            is_held().label("held"),
            func.coalesce(sizes.c.lines, 0).label("lines"),
            func.coalesce(sizes.c.pieces, 0).label("pieces"),
            func.coalesce(sizes.c.open, 0).label("open"),
            func.coalesce(sizes.c.left, 0).label("left"),
        )
        .outerjoin(sizes, sizes.c.order_id == Order.id)
        .where(Order.id.in_(orders))
    )


def is_held() -> ColumnElement[bool]:
    """Tell, beside `Order`, whether an order is on hold."""
    return exists().where(Hold.order_id == Order.id, Hold.released_at.is_(None))


@dataclass(frozen=True)
class _Part:
    """A fulfillment that is under way: its stage, and who has it or should have it."""

    stage: Stage
    worker: UUID | None


def _parts(session: Session, orders: Sequence[UUID]) -> dict[UUID, list[_Part]]:
    """Read the fulfillments under way, by their orders and in their order."""
    holder = (
        select(Lease.worker_id)
        .join(LeaseWork, LeaseWork.lease_id == Lease.id)
        .where(LeaseWork.fulfillment_id == Fulfillment.id, LeaseWork.ended_at.is_(None))
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Fulfillment.order_id,
            Fulfillment.status,
            func.coalesce(holder, Fulfillment.assigned_to).label("worker"),
        )
        .where(Fulfillment.order_id.in_(orders), Fulfillment.status.in_(list(_STAGES)))
        .order_by(Fulfillment.order_id, Fulfillment.number)
    )
    found: dict[UUID, list[_Part]] = {}
    for order, status, worker in rows:
        found.setdefault(order, []).append(_Part(_STAGES[status], worker))
    return found


def _zones(session: Session, orders: Sequence[UUID]) -> dict[UUID, set[str]]:
    """Read the zones in which something lies or lay for the fulfillments under way."""
    rows = session.execute(
        select(Fulfillment.order_id, Location.zone)
        .join(PickTask, PickTask.fulfillment_id == Fulfillment.id)
        .join(Location, Location.id == PickTask.location_id)
        .where(Fulfillment.order_id.in_(orders), Fulfillment.status.in_(list(_STAGES)), Location.zone != "")
        .distinct()
    )
    found: dict[UUID, set[str]] = {}
    for order, zone in rows:
        found.setdefault(order, set()).add(zone)
    return found


def _entry(row: Any, parts: Sequence[_Part], zones: Collection[str]) -> Entry:
    stage = _stage(row, parts)
    short = row.open if stage is not Stage.CLOSED else 0
    held = row.held and stage is not Stage.CLOSED
    return Entry(
        order_id=row.id,
        channel=row.channel,
        number=row.number,
        digits="".join(letter for letter in row.number if letter.isdecimal()),
        stage=stage,
        held=held,
        short=short,
        flagged_at=row.captured_at if held or short else None,
        urgency=-row.priority,
        due=row.ship_by or NO_DUE,
        captured_at=row.captured_at,
        changed_at=row.captured_at,
        lines=row.lines,
        pieces=row.pieces,
        zones=",".join(sorted(zones)),
        assignee_id=next((part.worker for part in parts if part.worker is not None), None),
    )


def _stage(row: Any, parts: Sequence[_Part]) -> Stage:
    if row.cancelled_at is not None or row.left == 0:
        return Stage.CLOSED
    return min((part.stage for part in parts), key=_ORDER.index, default=Stage.NEW)


def _known(session: Session, orders: Sequence[UUID]) -> dict[UUID, Entry]:
    """Lock and read the entries as they stand."""
    rows = session.execute(
        select(_ENTRIES)
        .where(_ENTRIES.c.order_id.in_(orders))
        .order_by(_ENTRIES.c.order_id)
        .with_for_update()
    )
    return {row.order_id: Entry(**row._mapping) for row in rows}


def _kept(entry: Entry, before: Entry | None, act: Act) -> Entry:
    """Keep from when it is flagged, and when it changed last, where it is as it was."""
    if before is None:
        return replace(entry, changed_at=act.at, flagged_at=entry.flagged_at and act.at)
    since = before.flagged_at or act.at
    kept = replace(entry, changed_at=before.changed_at, flagged_at=entry.flagged_at and since)
    return kept if kept == before else replace(kept, changed_at=act.at)


_INSERT = insert(_ENTRIES)
_UPDATE = (
    update(_ENTRIES)
    .where(_ENTRIES.c.order_id == bindparam("of_order"))
    .values(
        {column.name: bindparam(f"new_{column.name}") for column in _ENTRIES.c if column.name != "order_id"}
    )
)


def _write(session: Session, fresh: Sequence[Entry], known: dict[UUID, Entry]) -> None:
    made = [asdict(entry) for entry in fresh if entry.order_id not in known]
    changed = [
        {"of_order": entry.order_id, **{f"new_{name}": value for name, value in asdict(entry).items()}}
        for entry in fresh
        if entry.order_id in known and entry != known[entry.order_id]
    ]
    connection = session.connection()
    if made:
        connection.execute(_INSERT, made)
    if changed:
        connection.execute(_UPDATE, changed)


def _chunks(orders: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for first in range(0, len(orders), _CHUNK):
        yield orders[first : first + _CHUNK]
