"""The export of orders that Shopify writes as CSV: several rows an order, the first one with all of its head.

What is decided here:

- Rows of one order have the same `Name`; the first one tells state, totals and addresses.
- A line is not picked when its own state or the order's is `fulfilled`. Of a line that is partly sent the
  export does not say how many are left: the order is held for it.
- A postal code loses the apostrophe that keeps spreadsheets from reading it as a number.
- The export names no variant and no customer: lines are found by their SKU.
"""

import re
from dataclasses import replace
from decimal import Decimal

from oms_desktop.channels import fates
from oms_desktop.channels.fields import Fields
from oms_desktop.channels.source import CsvSource, judged
from oms_desktop.drafts import (
    AddressDraft,
    CheckedOrder,
    CustomerDraft,
    LineDraft,
    NotPicked,
    OrderDraft,
    Problem,
    ProblemKind,
    Property,
    ServiceDraft,
)

CHANNEL = "shopify"

_NEEDED = frozenset({"name", "lineitem quantity", "lineitem name", "lineitem price"})
_HEAD = frozenset(
    {
        "email",
        "financial status",
        "fulfillment status",
        "currency",
        "shipping",
        "total",
        "shipping method",
        "created at",
        "notes",
        "note attributes",
        "cancelled at",
        "id",
        "tags",
        "phone",
    }
)
_LINE = frozenset({"lineitem sku", "lineitem requires shipping", "lineitem fulfillment status"})
_ADDRESS = (
    "name",
    "street",
    "address1",
    "address2",
    "company",
    "city",
    "zip",
    "province",
    "country",
    "phone",
    "province name",
)
_ADDRESSES = frozenset(f"{kind} {part}" for kind in ("shipping", "billing") for part in _ADDRESS)
_GONE = {"fulfilled": NotPicked.FULFILLED, "restocked": NotPicked.REMOVED}


def read(rows: tuple[Fields, ...], found: list[Problem], raw: str) -> CheckedOrder:
    """Read the order of these rows."""
    head = rows[0]
    ship_to, bill_to = _address(head, "shipping"), _address(head, "billing")
    service = _service(head)
    lines = _lines(head, rows, service)
    wishes = _wishes(head.text("note attributes"))
    draft = OrderDraft(
        channel=CHANNEL,
        number=head.number("name"),
        lines=lines,
        total=_total(head, lines, service),
        external_id=head.text("id"),
        placed_at=head.moment("created at"),
        currency=fates.currency(head),
        payment=head.text("financial status").casefold(),
        customer=_customer(head, ship_to or bill_to),
        ship_to=ship_to,
        bill_to=bill_to,
        service=service,
        note=head.text("notes"),
        gift_message=next((wish.value for wish in wishes if fates.is_gift(wish)), ""),
        properties=tuple(wish for wish in wishes if not fates.is_gift(wish)),
        tags=tuple(tag.strip() for tag in head.text("tags").split(",") if tag.strip()),
        where=head.where,
    )
    return judged(draft, found, raw)


SOURCE = CsvSource(
    channel=CHANNEL,
    number="name",
    needed=_NEEDED,
    known=_NEEDED | _HEAD | _LINE | _ADDRESSES,
    amounts=frozenset({"shipping", "total", "lineitem price"}),
    moments=frozenset({"created at"}),
    flags=frozenset({"lineitem requires shipping"}),
    head=frozenset(),
    mark=".",
    read=read,
)


def _lines(head: Fields, rows: tuple[Fields, ...], service: ServiceDraft | None) -> tuple[LineDraft, ...]:
    state = head.text("fulfillment status").casefold()
    lines = tuple(_line(row, _GONE.get(state)) for row in rows if _is_line(row))
    if head.text("cancelled at"):
        head.tell(ProblemKind.CANCELLED, "cancelled at", head.text("cancelled at"))
        return fates.without_picks(lines, NotPicked.CANCELLED)
    if head.text("financial status").casefold() == "refunded":
        return fates.without_picks(lines, NotPicked.REMOVED)
    if service is not None and fates.is_pickup(service.title):
        head.tell(ProblemKind.PICKUP, "shipping method", service.title)
        return fates.without_picks(lines, NotPicked.PICKUP)
    return lines


def _is_line(row: Fields) -> bool:
    """Whether a row has a line; some exports end an order with a row of payments only."""
    return any(name.startswith("lineitem") for name in row.values)


def _line(row: Fields, gone: NotPicked | None) -> LineDraft:
    line = LineDraft(
        sku=row.text("lineitem sku"),
        quantity=row.quantity("lineitem quantity"),
        price=row.price("lineitem price"),
        title=row.text("lineitem name"),
        where=row.where,
    )
    return replace(line, not_picked=_reason(row, line, gone))


def _reason(row: Fields, line: LineDraft, gone: NotPicked | None) -> NotPicked | None:
    state = row.text("lineitem fulfillment status").casefold()
    if fates.is_tip(line.title, line.sku, ""):
        return NotPicked.TIP
    if row.flag("lineitem requires shipping") is False:
        return NotPicked.GIFT_CARD if "gift card" in line.title.casefold() else NotPicked.NO_SHIPPING
    if state == "partial" and gone is None:
        row.tell(ProblemKind.QUANTITY_UNSURE, "lineitem fulfillment status", state)
    return gone or _GONE.get(state)


def _service(head: Fields) -> ServiceDraft | None:
    title, price = head.text("shipping method"), head.amount("shipping")
    return ServiceDraft(title, "", Decimal() if price is None else price, head.where) if title else None


def _total(head: Fields, lines: tuple[LineDraft, ...], service: ServiceDraft | None) -> Decimal:
    told = head.amount("total")
    return fates.total(lines, service) if told is None else told


def _customer(head: Fields, to: AddressDraft | None) -> CustomerDraft:
    phone = head.text("phone") or (to.phone if to else "")
    return CustomerDraft("", to.name if to else "", head.text("email"), phone)


def _address(head: Fields, kind: str) -> AddressDraft | None:
    part = {name: head.text(f"{kind} {name}") for name in _ADDRESS}
    address = AddressDraft(
        name=part["name"],
        company=part["company"],
        address1=part["address1"] or part["street"],
        address2=part["address2"],
        city=part["city"],
        province=part["province name"] or part["province"],
        province_code=part["province"],
        postal_code=part["zip"].removeprefix("'"),
        country_code=part["country"].upper(),
        phone=part["phone"].removeprefix("'"),
        where=head.where,
    )
    return None if address == AddressDraft(where=head.where) else address


def _wishes(text: str) -> tuple[Property, ...]:
    pairs = [line.partition(":")[::2] for line in re.split(r"\r\n|\r|\n", text)]
    stripped = [(name.strip(), value.strip()) for name, value in pairs]
    return tuple(Property(name, value) for name, value in stripped if name and value and name[0] != "_")
