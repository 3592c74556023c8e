"""Reads an order for the sheet in which it is edited, and judges what is typed there.

The judgement is that of the edit itself, in words for each field.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from oms_desktop.app.desk_edits import address_of, draft_of, email_of, problems_with
from oms_desktop.barcodes.scan import parse
from oms_desktop.drafts import AddressDraft, Policy, Problem, ProblemKind
from oms_desktop.drafts.address_form import address_fields, country_name, postal_examples
from oms_desktop.drafts.countries import postal_fits
from oms_desktop.errors import InputError
from oms_desktop.floor.edit_views import AddressLook, EditForm, EditLine, Fault, Goods, MergeOrder, Wishes
from oms_desktop.models import (
    Fulfillment,
    Hold,
    Order,
    OrderLine,
    Packaging,
    PickTask,
    Product,
    QueueEntry,
)
from oms_desktop.workflow.desk import UNBEGUN
from oms_desktop.workflow.reference import meant
from oms_desktop.workflow.worklists.detail import line_shown

_CONTACTS = {"email": "This is no e-mail address.", "phone": "This is no phone number."}

_SHOWN = 40
"""How much of what was typed is shown."""

_LONG = 160
"""How much of the words of a hold."""


def read_form(session: Session, order: UUID, policy: Policy) -> EditForm:
    """Read an order as it can be edited. Raises InputError for an order that is not known."""
    row = _order(session, order)
    address, email = address_of(session, row), email_of(session, row)
    holds = session.scalars(_open_holds(order)).all()
    return EditForm(
        order.hex,
        row.number,
        tuple(f"{hold.kind.capitalize()}: {hold.text[:_LONG]}" for hold in holds),
        address,
        email,
        judge(session, order, address, email, policy),
        _lines(session, order),
        Wishes(row.service, row.ship_by, row.note, row.gift_message),
        row.ship_complete,
    )


def find_goods(session: Session, typed: str) -> Goods:
    """Find the product that a SKU, in capitals or not, or a barcode means; InputError if there is none."""
    symbol = parse(typed)
    known = select(Product.id, Product.sku).where(Product.retired_at.is_(None))
    found, units = meant(session, known, Product.sku, symbol.text), 1
    if found is None and symbol.gtin:
        of_pack = select(Packaging).where(Packaging.gtin == symbol.gtin)
        pack = session.scalars(of_pack).one_or_none()
        if pack is not None:
            found = session.execute(known.where(Product.id == pack.product_id)).one_or_none()
            units = pack.factor * (symbol.count or 1)
    if found is None:
        raise InputError("catalog.unknown_sku", f"No product has the SKU or barcode {typed[:_SHOWN]}.")
    return Goods(found[1], session.get_one(Product, found[0]).name, units)


def judge(session: Session, order: UUID, to: AddressDraft, email: str, policy: Policy) -> AddressLook:
    """Judge an address and an e-mail address for an order, as its edit would."""
    found = problems_with(draft_of(session, _order(session, order)), to, email, policy)
    fields = address_fields(to.country_code)
    labels = {field.name: field.label for field in fields} | {"email": "E-mail", "phone": "Phone"}
    told: dict[str, Fault] = {}
    for each in found:
        field = "province" if each.field == "province_code" else each.field
        sentence = _sentence(each, to, email, labels.get(field, ""))
        if field in labels and sentence:
            told.setdefault(field, Fault(field, sentence))
    return AddressLook(country_name(to.country_code), fields, tuple(told.values()))


def read_merge(session: Session, orders: Sequence[UUID]) -> tuple[MergeOrder, ...]:
    """Read orders that are to become one, the one that came first before the others."""
    rows = session.execute(
        select(Order, QueueEntry)
        .join(QueueEntry, QueueEntry.order_id == Order.id)
        .where(Order.id.in_(orders))
        .order_by(Order.captured_at, Order.number)
    ).all()
    return tuple(
        MergeOrder(
            row.id.hex,
            row.number,
            entry.lines,
            entry.pieces,
            _whereto(session, row),
            row.service,
            "is on hold" if entry.held else "ships complete" if row.ship_complete else "",
        )
        for row, entry in rows
    )


def _whereto(session: Session, order: Order) -> str:
    to = address_of(session, order)
    city = f"{to.postal_code} {to.city}".strip()
    parts = (to.name, to.company, to.address1, to.address2, city, to.country_code)
    return ", ".join(part for part in parts if part)


def how_it_stands(session: Session, order: UUID) -> str:
    """Say what holds an order, or whether something of it is missing; "" once it is over."""
    kinds = [hold.kind for hold in session.scalars(_open_holds(order))]
    entry = session.get(QueueEntry, order)
    if kinds:
        return f"It is still on hold: {', '.join(dict.fromkeys(kinds))}."
    if entry is None:
        return ""
    return (
        f"{entry.short} of {entry.pieces} pieces are missing." if entry.short else "Nothing of it is missing."
    )


def _lines(session: Session, order: UUID) -> tuple[EditLine, ...]:
    free = _not_begun(session, order)
    rows = session.scalars(select(OrderLine).where(OrderLine.order_id == order).order_by(OrderLine.position))
    return tuple(_line(row, free.get(row.id, 0)) for row in rows)


def _line(row: OrderLine, promised: int) -> EditLine:
    shown, wanted = line_shown(row), row.ordered - row.cancelled
    return EditLine(
        row.id.hex,
        row.position,
        row.sku,
        shown.name,
        shown.state,
        wanted=wanted,
        least=max(wanted - row.open - promised, 0),
        promised=promised,
        fixed=shown.state if row.not_picked else "",
        plain=not shown.wishes,
    )


def _not_begun(session: Session, order: UUID) -> Mapping[UUID, int]:
    """Return the units of each line that are promised and that nobody has begun on."""
    rows = session.execute(
        select(PickTask.order_line_id, func.sum(PickTask.quantity - PickTask.picked))
        .join(Fulfillment, Fulfillment.id == PickTask.fulfillment_id)
        .where(Fulfillment.order_id == order, Fulfillment.status.in_(UNBEGUN))
        .group_by(PickTask.order_line_id)
    )
    return {line: int(units) for line, units in rows}


def _order(session: Session, order: UUID) -> Order:
    row = session.get(Order, order)
    if row is None:
        raise InputError("order.unknown", "There is no such order here.")
    return row


def _open_holds(order: UUID) -> Select[Hold]:
    return select(Hold).where(Hold.order_id == order, Hold.released_at.is_(None)).order_by(Hold.set_at)


def _sentence(found: Problem, to: AddressDraft, email: str, label: str) -> str:
    """Say of one field what is expected there, "" for what is no matter of the address."""
    land = country_name(to.country_code)
    match found.problem:
        case ProblemKind.ADDRESS_INCOMPLETE:
            return f"{label.split(',')[0]} is missing."
        case ProblemKind.COUNTRY_UNKNOWN:
            return "There is no such country."
        case ProblemKind.ADDRESS_IMPOSSIBLE if found.field == "postal_code":
            if postal_fits(to.country_code, to.postal_code):
                return f"This code is not of {to.province or to.province_code}."
            return f"{land} has no such code; {postal_examples(to.country_code)[0]} is one."
        case ProblemKind.ADDRESS_IMPOSSIBLE:
            return f"{land} has none of this name."
        case ProblemKind.ADDRESS_UNPRINTABLE:
            return "A label needs Latin, Cyrillic or Greek letters."
        case ProblemKind.CONTACT_MALFORMED:
            typed = email if found.field == "email" else to.phone
            return _CONTACTS.get(found.field, "") if typed else "Nobody can be reached; it is needed here."
        case ProblemKind.NAME_TOO_LONG | ProblemKind.BLOCKED:
            return found.problem.sentence
        case _:
            return ""
