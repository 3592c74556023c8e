"""Cancel an order, or units of it: as long as it is in the house and in nobody's hands."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, verb
from oms_desktop.errors import InputError, StateError
from oms_desktop.models import (
    Fulfillment,
    Label,
    Order,
    OrderLine,
    Parcel,
    ParcelItem,
    ParcelStatus,
    PutBack,
    Role,
    Status,
)
from oms_desktop.workflow import alerts, board, lines, timeline
from oms_desktop.workflow.desk import UNBEGUN, Desk
from oms_desktop.workflow.freeing import free_parts
from oms_desktop.workflow.leases import free_empty_totes
from oms_desktop.workflow.locks import lock_reserving
from oms_desktop.workflow.taking_off import read_lines, take_off
from oms_desktop.workflow.tote_goods import put_back_picked


@dataclass(frozen=True)
class Cut:
    """Units of a line that nobody wants any more."""

    line: UUID
    units: int


@verb("order.cancel.2", role=Role.ORDER_DESK, kind=Kind.DECISION)
def cancel(session: Session, act: Act, *, order: UUID, reason: str, cuts: tuple[Cut, ...] = ()) -> None:
    """Cancel an order as long as none of its parcels stands in a lane, or with `cuts` units of its lines.

    What nobody has begun is free at once. What a picker walks for stays reserved until that tour ends,
    what lies in totes and closed parcels is to be put back, and the labels are void. Raises StateError
    when it is too late, or while a packer has it.
    """
    desk = Desk(session, [order])
    row = desk.one
    desk.refuse_over(row)
    places = _cut(session, act, desk, row, cuts) if cuts else _cancel(session, act, desk, row)
    facts = {"units": sum(cut.units for cut in cuts)} if cuts else {}
    timeline.tell(
        session, act, "lines cancelled" if cuts else "cancelled", order, None, reason=reason, **facts
    )
    alerts.settle(session, act, places)
    board.settle(session, act, [order])


def refuse_nothing_left(order: Order, rows: list[OrderLine], fewer: Counter[UUID]) -> None:
    """Raise StateError if an order that takes so many units off its lines would want nothing any more."""
    if all(line.ordered - line.cancelled <= fewer[line.id] for line in rows):
        raise StateError(
            "order.nothing_left", f"Nothing of order {order.number} would be left. Cancel the whole order."
        )


def _cut(session: Session, act: Act, desk: Desk, order: Order, cuts: tuple[Cut, ...]) -> list[alerts.Place]:
    by_id = {line.id: line for line in read_lines(session, order.id)}
    fewer: Counter[UUID] = Counter()
    for cut in cuts:
        if cut.units < 1 or cut.line not in by_id:
            raise InputError(
                "order.cut", f"Order {order.number}: a line of it and a number above zero are expected."
            )
        fewer[cut.line] += cut.units
    _refuse_too_many(order, by_id, fewer)
    refuse_nothing_left(order, list(by_id.values()), fewer)
    lock_reserving(session, [part.id for part in desk.parts(order.id, *UNBEGUN)])
    places = []
    for line in sorted(fewer):
        places += take_off(session, act, desk, by_id[line], fewer[line], picked=True)
    return places


def _refuse_too_many(order: Order, by_id: Mapping[UUID, OrderLine], fewer: Counter[UUID]) -> None:
    for line, units in sorted(fewer.items()):
        row = by_id[line]
        wanted = row.ordered - row.cancelled
        if units > wanted:
            raise StateError(
                "order.too_many",
                f"Order {order.number}, line {row.position} ({row.sku}):"
                f" only {wanted} of {units} units can be cancelled.",
            )


def _cancel(session: Session, act: Act, desk: Desk, order: Order) -> list[alerts.Place]:
    boxes = _boxes(session, order)
    _refuse_late(desk, order, boxes)
    order.cancelled_at = act.at
    freed = free_parts(session, act, desk.parts(order.id, *UNBEGUN), lines.CANCELLED)
    for part in desk.parts(order.id, Status.STARTED, Status.PICKED, Status.PACKED):
        if part.status is Status.PICKED:
            put_back_picked(session, act, part)
        part.status, part.changed_at = Status.CANCELLED, act.at
    for box in boxes:
        _open_again(session, act, box)
    session.flush()
    for part in desk.parts(order.id, Status.CANCELLED):
        if desk.holder(part.id) is None:
            free_empty_totes(session, act, part.id)
    for line in read_lines(session, order.id):
        lines.shift(session, line.id, line.open, lines.OPEN, lines.CANCELLED)
    return freed.places


def _boxes(session: Session, order: Order) -> list[Parcel]:
    found = session.scalars(
        select(Parcel)
        .join(Fulfillment, Fulfillment.id == Parcel.fulfillment_id)
        .where(Fulfillment.order_id == order.id)
        .order_by(Parcel.id)
        .with_for_update(of=Parcel)
        .execution_options(populate_existing=True)
    )
    return list(found)


def _refuse_late(desk: Desk, order: Order, boxes: list[Parcel]) -> None:
    for box in boxes:
        if box.status in (ParcelStatus.LOADED, ParcelStatus.SHIPPED):
            stands = "stands in its lane" if box.status is ParcelStatus.LOADED else "has left"
            raise StateError(
                "order.too_late",
                f"A parcel of order {order.number} {stands}; the order cannot be cancelled any more.",
            )
    for part in desk.parts(order.id, Status.PICKED):
        holder = desk.holder(part.id)
        if holder is not None:
            raise StateError(
                "order.being_packed",
                f"Order {order.number} is {holder.words}. Cancel it when that parcel is closed.",
            )


def _open_again(session: Session, act: Act, box: Parcel) -> None:
    """Void the label of a parcel; what is in it is to be put back."""
    box.status, box.closed_at = ParcelStatus.OPEN, None
    labels = session.scalars(select(Label).where(Label.parcel_id == box.id, Label.voided_at.is_(None)))
    for label in labels:
        label.voided_at = act.at
    items = session.scalars(
        select(ParcelItem)
        .where(ParcelItem.parcel_id == box.id, ParcelItem.quantity > 0)
        .order_by(ParcelItem.order_line_id, ParcelItem.lot)
    )
    for item in items:
        lines.shift(session, item.order_line_id, item.quantity, lines.PACKED, lines.CANCELLED)
        session.add(
            PutBack(
                id=act.id("put back", box.location_id, item.order_line_id, item.lot),
                location_id=box.location_id,
                product_id=item.product_id,
                order_line_id=item.order_line_id,
                quantity=item.quantity,
                reason="the order is not wanted any more",
                opened_at=act.at,
            )
        )
