"""Store an order that came in, with the holds it needs.

The draft stands in the intake row of the same transaction, so that the journal, which keeps this
call's arguments, holds no name and no address.
"""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, decode, encode, verb
from oms_desktop.drafts import (
    AddressDraft,
    CheckedOrder,
    LineDraft,
    OrderDraft,
    Outcome,
    Problem,
    ProblemKind,
    problem,
)
from oms_desktop.errors import InputError
from oms_desktop.models import Address, Customer, Hold, Intake, Order, OrderLine, Packaging, Product, Role
from oms_desktop.workflow import timeline


class Taken(Enum):
    """What became of an order that came in."""

    TAKEN = "taken"
    HELD = "held"
    DUPLICATE = "duplicate"


@dataclass(frozen=True)
class Captured:
    """The stored order, or the one that was known already, with what is wrong with it."""

    order: UUID
    taken: Taken
    problems: tuple[Problem, ...] = ()


@verb("order.capture.1", role=Role.ORDER_DESK, kind=Kind.DECISION)
def capture(session: Session, act: Act, *, intake: UUID) -> Captured:
    """Store the order of an intake row (a `CheckedOrder`); one that is known stays as it is.

    Raises InputError for a draft that cannot be represented.
    """
    row = session.get_one(Intake, intake)
    checked: CheckedOrder = decode(CheckedOrder, row.draft)
    if checked.outcome is Outcome.REFUSED:
        first = next(found for found in checked.problems if found.outcome is Outcome.REFUSED)
        raise InputError("capture.refused", f"{first.where}: {first.problem.sentence}")
    draft = checked.draft
    known = session.scalar(
        select(Order.id).where(Order.channel == draft.channel, Order.number == draft.number)
    )
    if known is not None:
        return Captured(known, Taken.DUPLICATE)
    products = [_product(session, line) for line in draft.lines]
    problems = checked.problems + _unknown(draft, products)
    order = _order(session, act, draft, intake)
    session.add_all(
        _line(act, order, position, line, product)
        for position, (line, product) in enumerate(zip(draft.lines, products, strict=True), start=1)
    )
    session.add_all(_holds(act, order, problems))
    timeline.tell(session, act, "captured", order.id, None, channel=draft.channel, held=len(problems))
    return Captured(order.id, Taken.HELD if problems else Taken.TAKEN, problems)


def _product(session: Session, line: LineDraft) -> UUID | None:
    """Find the product of a line by its SKU, else by its barcode."""
    found = session.scalar(select(Product.id).where(Product.sku == line.sku, Product.retired_at.is_(None)))
    if found is None and line.barcode:
        gtin = line.barcode.zfill(14)
        found = session.scalar(select(Packaging.product_id).where(Packaging.gtin == gtin))
    return found


def _unknown(draft: OrderDraft, products: list[UUID | None]) -> tuple[Problem, ...]:
    return tuple(
        problem(ProblemKind.UNKNOWN_SKU, order=draft.number, where=line.where, field="sku", value=line.sku)
        for line, product in zip(draft.lines, products, strict=True)
        if product is None and line.pickable
    )


def _order(session: Session, act: Act, draft: OrderDraft, intake: UUID) -> Order:
    ship_to = _address(act, draft.ship_to or draft.bill_to or AddressDraft())
    customer = _customer(session, act, draft)
    session.add_all([ship_to, customer])
    session.flush()
    service = draft.service
    order = Order(
        id=act.id("order"),
        channel=draft.channel,
        number=draft.number,
        external_id=draft.external_id,
        placed_at=draft.placed_at,
        captured_at=act.at,
        currency=draft.currency,
        total=draft.total,
        payment=draft.payment,
        service=service.title if service else "",
        service_price=service.price if service else draft.total * 0,
        note=draft.note,
        gift_message=draft.gift_message,
        customer_id=customer.id,
        ship_to_id=ship_to.id,
        intake_id=intake,
    )
    session.add(order)
    session.flush()
    return order


def _customer(session: Session, act: Act, draft: OrderDraft) -> Customer:
    who = draft.customer
    # A guest has no id of the channel's: such a customer is known by this order only.
    external = who.external_id or f"order {draft.number}"
    known = session.scalar(
        select(Customer).where(Customer.channel == draft.channel, Customer.external_id == external)
    )
    customer = known or Customer(id=act.id("customer"), channel=draft.channel, external_id=external)
    customer.name, customer.email = who.name, who.email
    customer.phone, customer.locale = who.phone, who.locale
    return customer


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


def _line(act: Act, order: Order, position: int, line: LineDraft, product: UUID | None) -> OrderLine:
    return OrderLine(
        id=act.id("line", position),
        order_id=order.id,
        position=position,
        external_id=line.external_id,
        product_id=product,
        sku=line.sku,
        title=line.title,
        variant=line.variant,
        price=line.price,
        properties=encode(line.properties),
        not_picked=line.not_picked.value if line.not_picked else "",
        ordered=line.quantity,
        open=line.quantity if line.pickable else 0,
        cancelled=0 if line.pickable else line.quantity,
    )


def _holds(act: Act, order: Order, problems: tuple[Problem, ...]) -> list[Hold]:
    """One hold for each kind of problem, with the places it was found at."""
    kinds: dict[ProblemKind, list[Problem]] = {}
    for found in problems:
        kinds.setdefault(found.problem, []).append(found)
    return [
        Hold(
            id=act.id("hold", kind.value),
            order_id=order.id,
            kind=kind.value,
            text=_hold_text(kind, found),
            set_at=act.at,
            set_by=act.worker,
        )
        for kind, found in kinds.items()
    ]


def _hold_text(kind: ProblemKind, found: list[Problem]) -> str:
    values = ", ".join(dict.fromkeys(each.value for each in found if each.value))
    return f"{kind.sentence} ({values})" if values and kind is ProblemKind.UNKNOWN_SKU else kind.sentence
