"""Change an order that is there already: its address, its lines, its dates and wishes.

The edit stands in the intake row of the same transaction, so that the journal, which keeps this call's
arguments, holds no name and no text.
"""

from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, decode, verb
from oms_desktop.drafts import AddressDraft, CheckedEdit, Dated, OrderEdit, ProblemKind
from oms_desktop.errors import StateError
from oms_desktop.models import Address, Customer, Fulfillment, Hold, Intake, Order, Parcel, ParcelStatus, Role
from oms_desktop.workflow import alerts, board, timeline
from oms_desktop.workflow.desk import OVER, Desk
from oms_desktop.workflow.line_edits import change_lines
from oms_desktop.workflow.taking_off import read_lines


@verb("order.edit.1", role=Role.ORDER_DESK, kind=Kind.DECISION)
def edit(session: Session, act: Act, *, order: UUID, intake: UUID) -> None:
    """Change an order as an intake row says (a `CheckedEdit`); holds whose cause is gone end, new ones begin.

    Address, service and gift message can be changed until a parcel is labelled, lines as far as nobody
    has begun on them; the e-mail address is that of the customer, for all orders. Raises StateError when it
    is too late, InputError for what cannot be.
    """
    checked: CheckedEdit = decode(CheckedEdit, session.get_one(Intake, intake).draft)
    change = checked.edit
    desk = Desk(session, [order])
    row = desk.one
    desk.refuse_over(row)
    told = [*_on_the_label(session, act, row, change), *_beside_it(act, desk, row, change)]
    if change.email is not None:
        session.get_one(Customer, row.customer_id, with_for_update=True).email = change.email
        told.append("e-mail")
    places = change_lines(session, act, desk, row, change)
    told += ["lines"] if change.lines or change.new_lines else []
    timeline.tell(session, act, "edited", order, None, changed=", ".join(told), **_sizes(change))
    _judge_again(session, act, row, checked)
    alerts.settle(session, act, places)
    board.settle(session, act, [order])


def _on_the_label(session: Session, act: Act, order: Order, change: OrderEdit) -> list[str]:
    """Change what is printed with a parcel; returns what was changed."""
    wanted = [
        name
        for name, value in (
            ("address", change.address),
            ("service", change.service),
            ("gift message", change.gift_message),
        )
        if value is not None
    ]
    if wanted and _labelled(session, order):
        raise StateError(
            "order.labelled",
            f"A parcel of order {order.number} is labelled already; its {wanted[0]} stays as it is.",
        )
    if change.address is not None:
        ship_to = _address(act, change.address)
        session.add(ship_to)
        session.flush()
        order.ship_to_id = ship_to.id
    if change.service is not None:
        order.service = change.service
    if change.gift_message is not None:
        order.gift_message = change.gift_message
    return wanted


def _labelled(session: Session, order: Order) -> bool:
    closed = exists().where(
        Fulfillment.order_id == order.id,
        Parcel.fulfillment_id == Fulfillment.id,
        Parcel.status != ParcelStatus.OPEN,
    )
    return bool(session.scalar(select(closed)))


def _beside_it(act: Act, desk: Desk, order: Order, change: OrderEdit) -> list[str]:
    """Change what is printed nowhere; returns what was changed."""
    told = []
    if change.note is not None:
        order.note = change.note
        told.append("note")
    if change.ship_by is not None or Dated.SHIP_BY in change.clears:
        order.ship_by = change.ship_by
        for part in desk.parts(order.id):
            if part.status not in OVER:
                part.ship_by, part.changed_at = change.ship_by, act.at
        told.append("ship by")
    if change.deliver_by is not None or Dated.DELIVER_BY in change.clears:
        order.deliver_by = change.deliver_by
        told.append("deliver by")
    if change.ship_complete is not None:
        order.ship_complete = change.ship_complete
        told.append("ship complete")
    return told


def _judge_again(session: Session, act: Act, order: Order, checked: CheckedEdit) -> None:
    """End the open holds whose cause is gone, and begin those that the edit has brought."""
    rows = read_lines(session, order.id)
    wanted = [line for line in rows if line.ordered > line.cancelled]
    mended = {kind.value for kind in checked.mended}
    if all(line.product_id is not None for line in wanted):
        mended.add(ProblemKind.UNKNOWN_SKU.value)
    if wanted:
        mended.add(ProblemKind.NOTHING_TO_PICK.value)
    held = session.scalars(
        select(Hold)
        .where(Hold.order_id == order.id, Hold.released_at.is_(None))
        .order_by(Hold.id)
        .with_for_update()
    ).all()
    for hold in held:
        if hold.kind in mended:
            hold.released_at, hold.released_by = act.at, act.worker
    ended = sorted(hold.kind for hold in held if hold.kind in mended)
    if ended:
        timeline.tell(session, act, "released", order.id, None, reason=", ".join(ended))
    known = {hold.kind for hold in held}
    fresh = {found.problem for found in checked.problems if found.problem.value not in known}
    for kind in sorted(fresh, key=lambda each: each.value):
        session.add(
            Hold(
                id=act.id("hold", kind.value),
                order_id=order.id,
                kind=kind.value,
                text=kind.sentence,
                set_at=act.at,
                set_by=act.worker,
            )
        )
    if fresh:
        kinds = ", ".join(sorted(kind.value for kind in fresh))
        timeline.tell(session, act, "held", order.id, None, reason=kinds)


def _sizes(change: OrderEdit) -> dict[str, int]:
    """Tell the timeline how many lines were changed and added."""
    sizes = {"lines": len(change.lines), "added": len(change.new_lines)}
    return {name: number for name, number in sizes.items() if number}


def _address(act: Act, to: AddressDraft) -> Address:
    return Address(
        id=act.id("ship to"),
        name=to.name,
        company=to.company,
        address1=to.address1,
        address2=to.address2,
        city=to.city,
        province=to.province,
        province_code=to.province_code,
        postal_code=to.postal_code,
        country_code=to.country_code,
        phone=to.phone,
    )
