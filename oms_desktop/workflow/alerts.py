"""Alerts: a place that has run low says so in the very call that made it so, and falls silent likewise.

What counts is what is available at a place: the good units on hand of all lots, less the reserved ones.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select, update
from sqlalchemy.orm import Session

from oms_desktop.acts import Act
from oms_desktop.db import upsert
from oms_desktop.db.sets import among
from oms_desktop.models import Alert, AlertLevel, Condition, Stock, Threshold, table_of

_CHUNK = 500
_RAISE = upsert(table_of(Alert), ("id",), lambda new: {"level": new.level, "cleared_at": None})


@dataclass(frozen=True)
class Place:
    """A product at a location: what a threshold is about."""

    location: UUID
    product: UUID


def settle(session: Session, act: Act, places: Iterable[Place]) -> None:
    """Raise, sharpen or clear the alerts of places whose available units this call has changed.

    Every verb that reserves, frees, brings, takes, counts or grades goods calls this once, after its last
    change of stock and before `board.settle`; for a pick of units that were reserved for it nothing changes.
    A place without a threshold costs nothing but the one statement that asks for thresholds.
    """
    session.flush()
    for chunk in _chunks(sorted(set(places), key=lambda place: (place.location.int, place.product.int))):
        if not _lock(session, chunk):
            continue
        # Read after the lock was given: whoever had it before has committed, and is seen.
        for row in session.connection().execute(_STANDING, _named(chunk)):
            _settle_one(session, act, row)


def level_of(available: int, minimum: int, reorder_at: int) -> AlertLevel | None:
    """Tell what so many available units are worth an alert against a threshold; None if they are enough."""
    if available > reorder_at:
        return None
    return AlertLevel.MINIMUM if available < minimum or available <= 0 else AlertLevel.REORDER


def _lock(session: Session, places: Sequence[Place]) -> bool:
    """Lock the thresholds of places, so that two calls at two lots of a place see each other."""
    return bool(session.connection().execute(_LOCK, _named(places)).all())


def _standing() -> Any:
    """Select thresholds with what is available at their places, and the alert that is open there."""
    good = and_(
        Stock.location_id == Threshold.location_id,
        Stock.product_id == Threshold.product_id,
        Stock.condition == Condition.GOOD,
    )
    available = (
        select(func.coalesce(func.sum(Stock.on_hand - Stock.allocated), 0)).where(good).scalar_subquery()
    )
    alert = and_(
        Alert.location_id == Threshold.location_id,
        Alert.product_id == Threshold.product_id,
        Alert.cleared_at.is_(None),
    )
    return (
        select(
            Threshold.location_id,
            Threshold.product_id,
            Threshold.minimum,
            Threshold.reorder_at,
            available.label("available"),
            Alert.id,
            Alert.level,
        )
        .outerjoin(Alert, alert)
        .where(*_AT)
        .order_by(Threshold.location_id, Threshold.product_id)
    )


# Two lists instead of one of pairs: both databases find their way by the key, and what else stands at these
# locations is settled along.
_AT = (among(Threshold.location_id, "locations"), among(Threshold.product_id, "products"))
_LOCK = (
    select(Threshold.location_id)
    .where(*_AT)
    .order_by(Threshold.location_id, Threshold.product_id)
    .with_for_update()
)
_STANDING = _standing()


def _named(places: Sequence[Place]) -> dict[str, list[UUID]]:
    return {
        "locations": list({place.location for place in places}),
        "products": list({place.product for place in places}),
    }


def _settle_one(session: Session, act: Act, row: Any) -> None:
    level = level_of(row.available, row.minimum, row.reorder_at)
    if level is row.level:
        return
    if row.id is None:
        place = {"location_id": row.location_id, "product_id": row.product_id}
        key = act.id("alert", row.location_id, row.product_id)
        _RAISE.run(session, {"id": key, **place, "level": level, "raised_at": act.at, "cleared_at": None})
        return
    changes = {"level": level} if level else {"cleared_at": act.at}
    session.execute(
        update(Alert).where(Alert.id == row.id).values(changes).execution_options(synchronize_session=False)
    )


def _chunks(places: Sequence[Place]) -> Iterator[Sequence[Place]]:
    for first in range(0, len(places), _CHUNK):
        yield places[first : first + _CHUNK]
