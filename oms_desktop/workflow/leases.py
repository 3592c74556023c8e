"""Leases: who has taken which fulfillments, and how that ends."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from oms_desktop.acts import Act
from oms_desktop.models import (
    Fulfillment,
    Lease,
    LeaseEnd,
    LeaseKind,
    LeaseWork,
    Stock,
    ToteUse,
)


def open_lease(session: Session, act: Act, kind: LeaseKind, fulfillments: Sequence[UUID]) -> Lease:
    """Take work for the act's station; the unique key of open leases guards each fulfillment."""
    lease = Lease(id=act.id("lease"), kind=kind, station=act.station, worker_id=act.worker, taken_at=act.at)
    session.add(lease)
    session.flush()
    session.add_all(LeaseWork(lease_id=lease.id, fulfillment_id=each) for each in fulfillments)
    session.flush()
    return lease


def end_lease(session: Session, act: Act, lease: UUID, how: LeaseEnd) -> None:
    """End a lease; a lease that has ended before stays as it ended."""
    row = session.get_one(Lease, lease)
    if row.ended_at is not None:
        return
    row.ended_at, row.ended = act.at, how
    session.execute(update(LeaseWork).where(LeaseWork.lease_id == lease).values(ended_at=act.at))


def fulfillments_of(session: Session, lease: UUID) -> list[Fulfillment]:
    """Lock and return the fulfillments of a lease, in the order of their ids."""
    found = session.scalars(
        select(Fulfillment)
        .join(LeaseWork, LeaseWork.fulfillment_id == Fulfillment.id)
        .where(LeaseWork.lease_id == lease)
        .order_by(Fulfillment.id)
        .with_for_update(of=Fulfillment)
    )
    return list(found)


def leased(session: Session, fulfillment: UUID) -> Lease | None:
    """Return the open lease that covers a fulfillment, if there is one."""
    return session.scalar(
        select(Lease)
        .join(LeaseWork, LeaseWork.lease_id == Lease.id)
        .where(LeaseWork.fulfillment_id == fulfillment, LeaseWork.ended_at.is_(None))
    )


def free_totes(session: Session, act: Act, fulfillment: UUID) -> None:
    """End the uses of the totes of a fulfillment: they are empty and may be taken again."""
    session.execute(
        update(ToteUse)
        .where(ToteUse.fulfillment_id == fulfillment, ToteUse.closed_at.is_(None))
        .values(closed_at=act.at)
    )


def free_empty_totes(session: Session, act: Act, fulfillment: UUID) -> None:
    """End the uses of those totes for a fulfillment in which nothing lies any more."""
    filled = exists().where(Stock.location_id == ToteUse.tote_id, Stock.on_hand > 0)
    session.execute(
        update(ToteUse)
        .where(ToteUse.fulfillment_id == fulfillment, ToteUse.closed_at.is_(None), ~filled)
        .values(closed_at=act.at)
        .execution_options(synchronize_session=False)
    )


def take_tote(session: Session, act: Act, fulfillment: UUID, tote: UUID) -> bool:
    """Begin a use of a tote for a fulfillment; False when it is in use for another one."""
    if session.scalar(select(exists().where(ToteUse.tote_id == tote, ToteUse.closed_at.is_(None)))):
        return False
    use = ToteUse(id=act.id("tote use", tote), tote_id=tote, fulfillment_id=fulfillment, opened_at=act.at)
    session.add(use)
    session.flush()
    return True
