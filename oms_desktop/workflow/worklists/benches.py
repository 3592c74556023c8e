"""What a packer needs to know: the order on the bench, its lines, the cartons."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import Session

from oms_desktop.acts import decode
from oms_desktop.drafts import Property
from oms_desktop.models import (
    Address,
    Carton,
    Fulfillment,
    Intake,
    Lease,
    LeaseKind,
    LeaseWork,
    Location,
    Order,
    OrderLine,
    Parcel,
    ParcelItem,
    PickTask,
    Product,
    Status,
    ToteUse,
)
from oms_desktop.workflow.worklists.parts import EACH, Waiting, held


@dataclass(frozen=True)
class BenchHead:
    """A fulfillment on a packing bench; `wishes` are those for the order as a whole."""

    fulfillment: UUID
    lease: UUID
    order: Order
    wishes: tuple[Property, ...]
    ship_to: Address
    parcel: Parcel | None
    carton: Carton | None
    totes: tuple[str, ...]
    held: bool


@dataclass(frozen=True)
class BenchLine:
    """Units of an order line that are in a tote or already in the parcel."""

    line: OrderLine
    product: Product
    gtin: str
    in_totes: int
    in_parcel: int
    tote: UUID | None
    lot: str


def waiting_benches(session: Session, warehouse: UUID) -> Waiting:
    """Count the fulfillments that are picked and wait for a packer, and name the tote of the oldest."""
    at_a_bench = exists().where(LeaseWork.fulfillment_id == Fulfillment.id, LeaseWork.ended_at.is_(None))
    picked = (Fulfillment.warehouse_id == warehouse) & (Fulfillment.status == Status.PICKED) & ~at_a_bench
    count = session.scalars(select(func.count()).select_from(Fulfillment).where(picked)).one()
    tote = session.scalar(
        select(Location.code)
        .join(ToteUse, ToteUse.tote_id == Location.id)
        .join(Fulfillment, Fulfillment.id == ToteUse.fulfillment_id)
        .where(picked, ToteUse.closed_at.is_(None))
        .order_by(Fulfillment.changed_at, Location.code)
        .limit(1)
    )
    return Waiting(count, tote or "")


def fulfillment_in(session: Session, tote: UUID) -> UUID | None:
    """Return the fulfillment whose goods are in a tote."""
    return session.scalar(
        select(ToteUse.fulfillment_id).where(ToteUse.tote_id == tote, ToteUse.closed_at.is_(None))
    )


@dataclass(frozen=True)
class Held:
    """An order whose goods are in a tote."""

    order: UUID
    number: str


def order_in(session: Session, tote: UUID) -> Held | None:
    """Return the order whose goods are in a tote."""
    found = session.execute(
        select(Order.id, Order.number)
        .join(Fulfillment, Fulfillment.order_id == Order.id)
        .join(ToteUse, ToteUse.fulfillment_id == Fulfillment.id)
        .where(ToteUse.tote_id == tote, ToteUse.closed_at.is_(None))
    ).one_or_none()
    return None if found is None else Held(found.id, found.number)


def fulfillments_of(session: Session, order: UUID) -> Sequence[tuple[UUID, Status]]:
    """Return the parts of an order with their status, picked ones first."""
    rows = session.execute(
        select(Fulfillment.id, Fulfillment.status)
        .where(Fulfillment.order_id == order)
        .order_by(case((Fulfillment.status == Status.PICKED, 0), else_=1), Fulfillment.number)
    )
    return [(row.id, row.status) for row in rows]


def open_bench(session: Session, station: str) -> UUID | None:
    """Return the fulfillment that a station is packing."""
    return session.scalar(
        select(LeaseWork.fulfillment_id)
        .join(Lease, Lease.id == LeaseWork.lease_id)
        .where(Lease.station == station, Lease.ended_at.is_(None), Lease.kind == LeaseKind.PACK)
        .order_by(Lease.taken_at)
        .limit(1)
    )


def bench_head(session: Session, fulfillment: UUID) -> BenchHead:
    """Return what is on a bench; the parcel is the newest of the fulfillment."""
    order, wishes, ship_to, lease = session.execute(
        select(Order, Intake.draft["draft"]["properties"], Address, LeaseWork.lease_id)
        .join(Fulfillment, Fulfillment.order_id == Order.id)
        .join(Intake, Intake.id == Order.intake_id)
        .join(Address, Address.id == Order.ship_to_id)
        .join(LeaseWork, (LeaseWork.fulfillment_id == Fulfillment.id) & LeaseWork.ended_at.is_(None))
        .where(Fulfillment.id == fulfillment)
    ).one()
    newest = session.execute(
        select(Parcel, Carton)
        .outerjoin(Carton, Carton.id == Parcel.carton_id)
        .where(Parcel.fulfillment_id == fulfillment)
        .order_by(Parcel.number.desc())
        .limit(1)
    ).one_or_none()
    totes = session.scalars(
        select(Location.code)
        .join(ToteUse, ToteUse.tote_id == Location.id)
        .where(ToteUse.fulfillment_id == fulfillment, ToteUse.closed_at.is_(None))
        .order_by(Location.code)
    )
    on_hold = session.scalar(select(held()).where(Order.id == order.id))
    parcel, carton = newest if newest is not None else (None, None)
    return BenchHead(
        fulfillment,
        lease,
        order,
        decode(tuple[Property, ...], wishes or []),
        ship_to,
        parcel,
        carton,
        tuple(totes),
        bool(on_hold),
    )


def bench_lines(session: Session, fulfillment: UUID) -> tuple[BenchLine, ...]:
    """Return the lines of a fulfillment that are in its totes or its parcels.

    Stock in a tote is shared out to the lines by what their tasks have picked.
    """
    picked = (
        select(
            PickTask.order_line_id.label("line"),
            PickTask.lot.label("lot"),
            PickTask.tote_use_id.label("use"),
            func.sum(PickTask.picked).label("units"),
        )
        .where(PickTask.fulfillment_id == fulfillment, PickTask.picked > 0)
        .group_by(PickTask.order_line_id, PickTask.lot, PickTask.tote_use_id)
        .subquery()
    )
    packed = (
        select(ParcelItem.order_line_id, ParcelItem.lot, func.sum(ParcelItem.quantity).label("units"))
        .join(Parcel, Parcel.id == ParcelItem.parcel_id)
        .where(Parcel.fulfillment_id == fulfillment)
        .group_by(ParcelItem.order_line_id, ParcelItem.lot)
        .subquery()
    )
    rows = session.execute(
        select(OrderLine, Product, EACH.c.gtin, picked.c.units, packed.c.units, ToteUse.tote_id, picked.c.lot)
        .join(picked, picked.c.line == OrderLine.id)
        .join(Product, Product.id == OrderLine.product_id)
        .outerjoin(EACH, EACH.c.product_id == Product.id)
        .outerjoin(ToteUse, ToteUse.id == picked.c.use)
        .outerjoin(packed, (packed.c.order_line_id == OrderLine.id) & (packed.c.lot == picked.c.lot))
        .order_by(OrderLine.position, picked.c.lot)
    )
    return tuple(
        BenchLine(line, product, gtin or "", units - (in_box or 0), in_box or 0, tote, lot)
        for line, product, gtin, units, in_box, tote, lot in rows
    )


def cartons(session: Session) -> Sequence[Carton]:
    """Return the cartons of the catalogue, smallest first."""
    size = Carton.length_mm * Carton.width_mm * Carton.height_mm
    return session.scalars(select(Carton).where(Carton.retired_at.is_(None)).order_by(size, Carton.id)).all()
