"""Put goods from totes into parcels, weigh and close them.

Facts all of them. That no box is closed before everything was verified is judged here and not on a
screen: a parcel closes only when the totes of its fulfillment are empty.
"""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, verb
from oms_desktop.db import upsert
from oms_desktop.errors import ImpossibleError, StateError
from oms_desktop.models import (
    Carton,
    Condition,
    Fulfillment,
    Label,
    LeaseEnd,
    Location,
    LocationKind,
    MoveKind,
    OrderLine,
    Parcel,
    ParcelItem,
    ParcelStatus,
    PutBack,
    Role,
    Status,
    Stock,
    ToteUse,
    table_of,
)
from oms_desktop.workflow import board, ledger, lines, timeline
from oms_desktop.workflow.leases import end_lease, free_totes, leased
from oms_desktop.workflow.printing import ask_print

_PARCELS, _FULFILLMENTS = table_of(Parcel), table_of(Fulfillment)
_LINES, _ITEMS = table_of(OrderLine), table_of(ParcelItem)

_LOCK = (
    select(
        _FULFILLMENTS.c.warehouse_id,
        _PARCELS.c.status,
        _PARCELS.c.location_id,
        _LINES.c.product_id,
    )
    .join(_PARCELS, _PARCELS.c.fulfillment_id == _FULFILLMENTS.c.id)
    .join(_LINES, _LINES.c.order_id == _FULFILLMENTS.c.order_id)
    .where(_PARCELS.c.id == bindparam("parcel"), _LINES.c.id == bindparam("line"))
    .with_for_update(of=[_FULFILLMENTS, _PARCELS])
)
_ADD = upsert(
    _ITEMS,
    ("parcel_id", "order_line_id", "lot", "condition"),
    lambda new: {"quantity": _ITEMS.c.quantity + new.quantity},
)
_TAKE = (
    update(_ITEMS)
    .where(
        _ITEMS.c.parcel_id == bindparam("of_parcel"),
        _ITEMS.c.order_line_id == bindparam("of_line"),
        _ITEMS.c.lot == bindparam("of_lot"),
        _ITEMS.c.quantity >= bindparam("units"),
    )
    .values(quantity=_ITEMS.c.quantity - bindparam("units"))
)


@dataclass(frozen=True)
class Postage:
    """What was concluded about a parcel when it was closed: carrier, price and the numbers on its label."""

    carrier: str
    service: str
    price: Decimal
    currency: str
    sscc: str
    tracking: str
    routing: str


@verb("pack.open_parcel.1", role=Role.PACKER, kind=Kind.FACT)
def open_parcel(session: Session, act: Act, *, fulfillment: UUID) -> UUID:
    """Begin a parcel of a fulfillment; returns its id. It is a place for goods from now on.

    Raises ImpossibleError when the fulfillment is not picked, or is packed already.
    """
    row = session.get_one(Fulfillment, fulfillment, with_for_update=True)
    if row.status is not Status.PICKED:
        raise ImpossibleError(
            "pack.not_picked", f"This order is {row.status.value}; nothing can be packed for it."
        )
    number = 1 + (
        session.scalar(select(func.max(Parcel.number)).where(Parcel.fulfillment_id == fulfillment)) or 0
    )
    place = Location(
        id=act.id("parcel place"),
        warehouse_id=row.warehouse_id,
        code=f"parcel {act.id('parcel').hex}",
        kind=LocationKind.PARCEL,
    )
    session.add(place)
    session.flush()
    parcel = Parcel(
        id=act.id("parcel"),
        fulfillment_id=fulfillment,
        number=number,
        location_id=place.id,
        status=ParcelStatus.OPEN,
        station=act.station,
        opened_at=act.at,
    )
    session.add(parcel)
    return parcel.id


@verb("pack.put.1", role=Role.PACKER, kind=Kind.FACT)
def put(
    session: Session, act: Act, *, parcel: UUID, line: UUID, tote: UUID, quantity: int, lot: str = ""
) -> None:
    """Book units of an order line from a tote into a parcel."""
    goods, place = _lock(session, parcel, line, lot)
    move = ledger.Move(MoveKind.PACK, goods, tote, place, quantity, line=line)
    ledger.book(session, act, move)
    lines.shift(session, line, quantity, lines.PICKED, lines.PACKED)
    item = {
        "parcel_id": parcel,
        "order_line_id": line,
        "lot": lot,
        "condition": Condition.GOOD,
        "product_id": goods.product,
        "quantity": quantity,
    }
    _ADD.run(session, item)


@verb("pack.take_out.1", role=Role.PACKER, kind=Kind.FACT)
def take_out(
    session: Session, act: Act, *, parcel: UUID, line: UUID, tote: UUID, quantity: int, lot: str = ""
) -> None:
    """Book units from a parcel back into their tote: the opposite of a put."""
    goods, place = _lock(session, parcel, line, lot)
    taken = session.connection().execute(
        _TAKE, {"of_parcel": parcel, "of_line": line, "of_lot": lot, "units": quantity}
    )
    if taken.rowcount != 1:
        raise ImpossibleError(
            "pack.nothing_to_undo", f"The parcel does not hold {quantity} units of this line."
        )
    move = ledger.Move(MoveKind.UNDO_PACK, goods, place, tote, quantity, line=line)
    ledger.book(session, act, move)
    lines.shift(session, line, quantity, lines.PACKED, lines.PICKED)


@verb("pack.choose_carton.1", role=Role.PACKER, kind=Kind.FACT)
def choose_carton(session: Session, act: Act, *, parcel: UUID, carton: UUID) -> None:
    """Say which box of the catalogue a parcel is."""
    box = _open(session, parcel)
    box.carton_id = session.get_one(Carton, carton).id


@verb("pack.close.1", role=Role.PACKER, kind=Kind.FACT)
def close(
    session: Session,
    act: Act,
    *,
    parcel: UUID,
    weight_g: int,
    expected_g: int,
    postage: Postage,
    weight_reason: str = "",
) -> UUID:
    """Close a parcel with what was concluded at the bench; returns its label and asks for the prints.

    Raises StateError when goods are still in the tote, the box is empty or has no carton.
    """
    box = _open(session, parcel)
    fulfillment = session.get_one(Fulfillment, box.fulfillment_id)
    _refuse_unverified(session, box)
    box.status, box.closed_at = ParcelStatus.CLOSED, act.at
    box.weight_g, box.expected_g, box.weight_reason = weight_g, expected_g, weight_reason
    box.carrier, box.service = postage.carrier, postage.service
    box.price, box.currency, box.sscc = postage.price, postage.currency, postage.sscc
    label = Label(
        id=act.id("label", parcel),
        parcel_id=parcel,
        sscc=postage.sscc,
        tracking=postage.tracking,
        routing=postage.routing,
        made_at=act.at,
    )
    session.add(label)
    ask_print(session, act, "label", parcel)
    ask_print(session, act, "packing slip", parcel)
    timeline.tell(
        session,
        act,
        "parcel closed",
        fulfillment.order_id,
        fulfillment.id,
        sscc=postage.sscc,
        weight_g=weight_g,
    )
    return label.id


@verb("pack.done.1", role=Role.PACKER, kind=Kind.FACT)
def done(session: Session, act: Act, *, fulfillment: UUID) -> None:
    """End the packing of a fulfillment: it is packed, its totes are free, its lease ends."""
    row = session.get_one(Fulfillment, fulfillment, with_for_update=True)
    boxes = session.scalars(select(Parcel.status).where(Parcel.fulfillment_id == fulfillment)).all()
    if not boxes or ParcelStatus.OPEN in boxes:
        raise StateError("pack.not_closed", "Close the parcel before the order is finished.")
    if row.status is Status.PICKED:
        # The dock may have handed the boxes over before the bench said that it was done.
        gone = set(boxes) == {ParcelStatus.SHIPPED}
        row.status, row.changed_at = Status.SHIPPED if gone else Status.PACKED, act.at
    free_totes(session, act, fulfillment)
    lease = leased(session, fulfillment)
    if lease is not None:
        end_lease(session, act, lease.id, LeaseEnd.DONE)
    timeline.tell(session, act, "packed", row.order_id, fulfillment, parcels=len(boxes))
    board.settle(session, act, [row.order_id])


def _lock(session: Session, parcel: UUID, line: UUID, lot: str) -> tuple[ledger.Goods, UUID]:
    found = session.connection().execute(_LOCK, {"parcel": parcel, "line": line}).one_or_none()
    if found is None or found.product_id is None:
        raise ImpossibleError("pack.other_order", "This line is not of the order in this parcel.")
    if found.status is not ParcelStatus.OPEN:
        raise ImpossibleError(
            "pack.closed", "The parcel is closed; nothing can have been put in or taken out."
        )
    return ledger.Goods(found.warehouse_id, found.product_id, lot), found.location_id


def _open(session: Session, parcel: UUID) -> Parcel:
    box = session.get_one(Parcel, parcel, with_for_update=True)
    if box.status is not ParcelStatus.OPEN:
        raise StateError("pack.closed", "The parcel is closed already.")
    return box


def _refuse_unverified(session: Session, box: Parcel) -> None:
    if session.get_one(Fulfillment, box.fulfillment_id).status is Status.CANCELLED:
        raise StateError("pack.cancelled", "This order is cancelled; what lies in the box goes back.")
    in_totes = session.scalar(
        select(func.coalesce(func.sum(Stock.on_hand), 0))
        .join(ToteUse, ToteUse.tote_id == Stock.location_id)
        .where(ToteUse.fulfillment_id == box.fulfillment_id, ToteUse.closed_at.is_(None))
    )
    unwanted = session.scalar(
        select(func.coalesce(func.sum(PutBack.quantity), 0))
        .join(ToteUse, ToteUse.tote_id == PutBack.location_id)
        .where(
            ToteUse.fulfillment_id == box.fulfillment_id,
            ToteUse.closed_at.is_(None),
            PutBack.closed_at.is_(None),
        )
    )
    left = int(in_totes or 0) - int(unwanted or 0)
    if left:
        raise StateError(
            "pack.not_verified", f"{left} pieces are still in the tote. Scan each of them first."
        )
    content = session.scalar(select(func.sum(ParcelItem.quantity)).where(ParcelItem.parcel_id == box.id))
    if not content:
        raise StateError("pack.empty", "The parcel is empty.")
    if box.carton_id is None:
        raise StateError("pack.no_carton", "Scan the carton first.")
