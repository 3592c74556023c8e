"""Load parcels into the lane of their carrier and hand them over with a manifest."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, verb
from oms_desktop.errors import ImpossibleError, StateError
from oms_desktop.models import (
    Fulfillment,
    Hold,
    Lane,
    LocationKind,
    Manifest,
    MoveKind,
    Order,
    Parcel,
    ParcelItem,
    ParcelStatus,
    Role,
    Status,
)
from oms_desktop.workflow import board, ledger, lines, timeline
from oms_desktop.workflow.printing import ask_print


@verb("ship.load.1", role=Role.SHIPPER, kind=Kind.FACT)
def load(session: Session, act: Act, *, parcel: UUID, lane: UUID) -> None:
    """Book that a closed parcel stands in a lane."""
    box, fulfillment = _lock(session, parcel)
    if box.status not in (ParcelStatus.CLOSED, ParcelStatus.LOADED):
        raise ImpossibleError(
            "ship.not_closed", f"The parcel is {box.status.value}; it cannot have been loaded."
        )
    box.status, box.lane_id, box.loaded_at = ParcelStatus.LOADED, session.get_one(Lane, lane).id, act.at
    timeline.tell(session, act, "loaded", fulfillment.order_id, fulfillment.id, sscc=box.sscc, lane=lane)


@verb("ship.unload.1", role=Role.SHIPPER, kind=Kind.FACT)
def unload(session: Session, act: Act, *, parcel: UUID) -> None:
    """Book that a loaded parcel was taken out of its lane again: the opposite of a load."""
    box, fulfillment = _lock(session, parcel)
    if box.status is not ParcelStatus.LOADED:
        raise ImpossibleError("ship.not_loaded", f"The parcel is {box.status.value}, not loaded.")
    box.status, box.lane_id, box.loaded_at = ParcelStatus.CLOSED, None, None
    timeline.tell(session, act, "unloaded", fulfillment.order_id, fulfillment.id, sscc=box.sscc)


@verb("manifest.close.1", role=Role.SHIPPER, kind=Kind.DECISION)
def close_manifest(
    session: Session, act: Act, *, lane: UUID, number: int, left_behind: tuple[UUID, ...] = ()
) -> UUID:
    """Hand over everything that stands in a lane; returns the manifest and asks for its print.

    Parcels of the carrier that are packed and not loaded must be named in `left_behind`; StateError
    names those that are not, the orders that are on hold, and tells when the lane is empty.
    """
    row = session.get_one(Lane, lane, with_for_update=True)
    parcels = session.scalars(
        select(Parcel)
        .where(Parcel.lane_id == lane, Parcel.status == ParcelStatus.LOADED)
        .order_by(Parcel.id)
        .with_for_update()
    ).all()
    if not parcels:
        raise StateError("manifest.empty", f"Nothing stands in {row.code}.")
    _refuse_held(session, parcels)
    _refuse_missing(session, row, left_behind)
    manifest = Manifest(
        id=act.id("manifest"),
        warehouse_id=row.warehouse_id,
        lane_id=lane,
        carrier=row.carrier,
        number=number,
        parcels=len(parcels),
        closed_at=act.at,
        closed_by=act.worker,
    )
    session.add(manifest)
    session.flush()
    outside = ledger.end(session, row.warehouse_id, LocationKind.CUSTOMER)
    for box in parcels:
        box.status, box.manifest_id = ParcelStatus.SHIPPED, manifest.id
        _hand_over(session, act, box, row.warehouse_id, outside)
    session.flush()
    orders = _ship(session, act, parcels, number)
    ask_print(session, act, "manifest", manifest.id)
    board.settle(session, act, orders)
    return manifest.id


def packed_but_not_loaded(session: Session, lane: Lane) -> Sequence[Parcel]:
    """Return the closed parcels that a lane's carrier should take and that do not stand in the lane."""
    return session.scalars(
        select(Parcel)
        .join(Fulfillment, Fulfillment.id == Parcel.fulfillment_id)
        .where(
            Parcel.status == ParcelStatus.CLOSED,
            Parcel.carrier == lane.carrier,
            Fulfillment.warehouse_id == lane.warehouse_id,
        )
        .order_by(Parcel.closed_at, Parcel.id)
    ).all()


def _lock(session: Session, parcel: UUID) -> tuple[Parcel, Fulfillment]:
    of = select(Parcel.fulfillment_id).where(Parcel.id == parcel).scalar_subquery()
    fulfillment = session.scalars(
        select(Fulfillment).where(Fulfillment.id == of).with_for_update()
    ).one_or_none()
    if fulfillment is None:
        raise ImpossibleError("ship.no_such_parcel", "This parcel is not known.")
    return session.get_one(Parcel, parcel, with_for_update=True), fulfillment


def _refuse_held(session: Session, parcels: Sequence[Parcel]) -> None:
    """Nothing of an order that is on hold leaves, whoever has loaded it."""
    held = session.scalars(
        select(Order.number)
        .join(Fulfillment, Fulfillment.order_id == Order.id)
        .join(Hold, (Hold.order_id == Order.id) & Hold.released_at.is_(None))
        .where(Fulfillment.id.in_({parcel.fulfillment_id for parcel in parcels}))
        .order_by(Order.number)
        .distinct()
    ).all()
    if held:
        names = ", ".join(held[:5])
        raise StateError(
            "manifest.held", f"Take the parcels of {names} out of the lane: these orders are on hold."
        )


def _refuse_missing(session: Session, lane: Lane, left_behind: tuple[UUID, ...]) -> None:
    missing = [box.sscc or "" for box in packed_but_not_loaded(session, lane) if box.id not in left_behind]
    if missing:
        raise StateError(
            "manifest.missing",
            f"{len(missing)} parcels of {lane.carrier} are not loaded: {', '.join(missing[:5])}.",
        )


def _hand_over(session: Session, act: Act, box: Parcel, warehouse: UUID, outside: UUID) -> None:
    items = session.scalars(
        select(ParcelItem)
        .where(ParcelItem.parcel_id == box.id, ParcelItem.quantity > 0)
        .order_by(ParcelItem.order_line_id, ParcelItem.lot)
    )
    for item in items:
        goods = ledger.Goods(warehouse, item.product_id, item.lot, item.condition)
        move = ledger.Move(
            MoveKind.SHIP, goods, box.location_id, outside, item.quantity, line=item.order_line_id
        )
        ledger.take_out(session, act, move)
        ledger.write(session, act, move)
        lines.shift(session, item.order_line_id, item.quantity, lines.PACKED, lines.SHIPPED)


def _ship(session: Session, act: Act, parcels: Sequence[Parcel], number: int) -> frozenset[UUID]:
    """Mark the packed fulfillments as shipped of which no parcel is left; returns the parcels' orders."""
    orders = set[UUID]()
    for fulfillment in sorted({box.fulfillment_id for box in parcels}):
        left = session.scalar(
            select(Parcel.id)
            .where(Parcel.fulfillment_id == fulfillment, Parcel.status != ParcelStatus.SHIPPED)
            .limit(1)
        )
        row = session.get_one(Fulfillment, fulfillment)
        if left is None and row.status is Status.PACKED:
            row.status, row.changed_at = Status.SHIPPED, act.at
        timeline.tell(session, act, "handed over", row.order_id, row.id, manifest=number)
        orders.add(row.order_id)
    return frozenset(orders)
