"""What a shipper needs to know: parcels that are ready, lanes."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oms_desktop.models import Fulfillment, Lane, Order, Parcel, ParcelStatus, Status
from oms_desktop.workflow.worklists.parts import held


@dataclass(frozen=True)
class DockParcel:
    """A parcel that is closed and not yet handed over; `packed` once its order has left the bench."""

    parcel: Parcel
    order: str
    count: int
    lane: str
    held: bool
    packed: bool


def dock_parcels(session: Session, warehouse: UUID) -> tuple[DockParcel, ...]:
    """Return the parcels that are closed and not yet handed over, oldest first."""
    count = (
        select(Parcel.fulfillment_id, func.count().label("count")).group_by(Parcel.fulfillment_id).subquery()
    )
    rows = session.execute(
        select(Parcel, Order.number, count.c.count, Lane.code, held(), Fulfillment.status)
        .join(Fulfillment, Fulfillment.id == Parcel.fulfillment_id)
        .join(Order, Order.id == Fulfillment.order_id)
        .join(count, count.c.fulfillment_id == Fulfillment.id)
        .outerjoin(Lane, Lane.id == Parcel.lane_id)
        .where(
            Fulfillment.warehouse_id == warehouse,
            Parcel.status.in_([ParcelStatus.CLOSED, ParcelStatus.LOADED]),
        )
        .order_by(Parcel.closed_at, Parcel.id)
    )
    return tuple(
        DockParcel(parcel, order, of, lane or "", bool(held), status is Status.PACKED)
        for parcel, order, of, lane, held, status in rows
    )


def lanes(session: Session, warehouse: UUID) -> Sequence[Lane]:
    """Return the lanes of a dock."""
    return session.scalars(select(Lane).where(Lane.warehouse_id == warehouse).order_by(Lane.code)).all()
