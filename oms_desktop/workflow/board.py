"""What the queue shows of an order, written anew in every call that changes it.

`settle` is the last thing that such a verb does for the orders it has touched: it reads what they are now,
writes their queue entries, and passes them from one tally to another where their filters have changed. The
statements are the same for one order and for a thousand.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from operator import attrgetter
from uuid import UUID

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act
from oms_desktop.db import upsert
from oms_desktop.db.behind import one_behind
from oms_desktop.db.rows import rows_of
from oms_desktop.db.sets import among, new_values_of
from oms_desktop.models import Order, QueueEntry, QueueTally, Stage, table_of
from oms_desktop.workflow.entries import Entry, Found, derive, find

SLOTS = 32
"""Into how many slots the tallies are spread, so that calls of several stations do not queue up."""

OPEN, HELD, SHORT = "open", "held", "short"
"""The tallies beside those of the stages, which are named by their values."""

_CHUNK = 1000
_ENTRIES = table_of(QueueEntry)
_KNOWN = (
    select(*(_ENTRIES.c[field.name] for field in fields(Entry)))
    .where(among(_ENTRIES.c.order_id, "orders"))
    .order_by(_ENTRIES.c.order_id)
    .with_for_update()
)
_TALLY = upsert(
    table_of(QueueTally),
    ("bucket", "slot"),
    lambda new: {"orders": table_of(QueueTally).c.orders + new.orders},
)


def settle(session: Session, act: Act, orders: Iterable[UUID], *, new: bool = False) -> None:
    """Write the queue entries of orders anew, and the tallies with them.

    Every verb that changes an order, its holds, lines, fulfillments or tasks calls this last; for orders
    that are `new` by this call it need not look for entries.
    """
    session.flush()
    moved: Counter[str] = Counter()
    fresh = _Fresh()
    chunks = [*_chunks(sorted(set(orders))), ()]
    with one_behind() as behind:
        for chunk in chunks:
            seen: _Seen | None = behind.wait()
            behind.run(partial(_turn, session, fresh, chunk, new), last=len(chunks) == 2 or not chunk)
            fresh = _derived(seen, act, moved) if seen else fresh
    _write(session, fresh)
    _tell(session, act.call.int % SLOTS, moved)


def rebuild(session: Session) -> int:
    """Write the entries of orders that have none, as after an upgrade; returns how many.

    An order so found counts as changed, and as flagged, when it was captured.
    """
    written, last = 0, UUID(int=0)
    while orders := session.scalars(_without_entry(last)).all():
        fresh = derive(find(session, orders))
        _write(session, _Fresh(fresh))
        moved = Counter(
            bucket for entry in fresh for bucket in buckets_of(entry.stage, entry.held, entry.short)
        )
        _tell(session, 0, moved)
        written, last = written + len(orders), orders[-1]
    return written


def _without_entry(last: UUID) -> Select[UUID]:
    """Select the next orders after an id that have no entry."""
    entry = exists().where(QueueEntry.order_id == Order.id)
    return select(Order.id).where(Order.id > last, ~entry).order_by(Order.id).limit(_CHUNK)


def _tell(session: Session, slot: int, moved: Counter[str]) -> None:
    """Add to the tallies of one slot what has come, and take off what has gone."""
    changed = sorted(name for name, difference in moved.items() if difference)
    _TALLY.run(session, *({"bucket": name, "slot": slot, "orders": moved[name]} for name in changed))


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


@dataclass
class _Seen:
    """What some orders are, and their entries as they stand."""

    known: dict[UUID, Entry]
    found: Found


@dataclass
class _Fresh:
    """Entries to be written, and what stood in their place."""

    entries: list[Entry] = field(default_factory=list)
    known: dict[UUID, Entry] = field(default_factory=dict)


def _turn(session: Session, fresh: _Fresh, orders: Sequence[UUID], new: bool) -> _Seen | None:
    """Write what is fresh, then look at the next orders, if there are any."""
    _write(session, fresh)
    if not orders:
        return None
    return _Seen({} if new else _known(session, orders), find(session, orders))


def _known(session: Session, orders: Sequence[UUID]) -> dict[UUID, Entry]:
    """Lock and read the entries as they stand."""
    rows = session.connection().execute(_KNOWN, {"orders": orders})
    return {row.order_id: Entry(*row) for row in rows}


def _derived(seen: _Seen, act: Act, moved: Counter[str]) -> _Fresh:
    """Derive the entries that are to be written, and count what they move between the tallies."""
    known = seen.known
    entries = [entry for entry in derive(seen.found) if _differs(entry, known.get(entry.order_id), act)]
    for entry in entries:
        before = known.get(entry.order_id)
        moved.update(buckets_of(entry.stage, entry.held, entry.short))
        if before is not None:
            moved.subtract(buckets_of(before.stage, before.held, before.short))
    return _Fresh(entries, known)


def _differs(entry: Entry, before: Entry | None, act: Act) -> bool:
    """Tell whether an entry is to be written; it keeps from when it is flagged and when it changed last."""
    since = before.flagged_at if before else None
    entry.flagged_at = entry.flagged_at and (since or act.at)
    entry.changed_at = before.changed_at if before else act.at
    if entry == before:
        return False
    entry.changed_at = act.at
    return True


_NAMES = tuple(field.name for field in fields(Entry))
_LASTING = {"order_id", "channel", "number", "digits", "captured_at"}
"""What an order keeps as long as it lives."""

_INSERT = rows_of(_ENTRIES, *_NAMES)
_UPDATE = new_values_of(_ENTRIES, "order_id", *(name for name in _NAMES if name not in _LASTING))
_changed = attrgetter(*(name.removeprefix("of_") for name in _UPDATE.columns))


def _write(session: Session, fresh: _Fresh) -> None:
    known = fresh.known
    made = [tuple(vars(entry).values()) for entry in fresh.entries if entry.order_id not in known]
    changed = [_changed(entry) for entry in fresh.entries if entry.order_id in known]
    _INSERT.insert(session, made)
    _UPDATE.write(session, changed)


def _chunks(orders: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for first in range(0, len(orders), _CHUNK):
        yield orders[first : first + _CHUNK]
