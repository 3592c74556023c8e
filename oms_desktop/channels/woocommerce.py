"""Orders as WooCommerce's REST API (version 3) and its webhooks write them: JSON, one order or many.

What is decided here:

- The shop tells one status for payment and goods. `processing` and `completed` with a date of payment are
  ``paid``; with refunds beside it ``partially_refunded``; every other status is the payment's own word.
- Of a `completed` order all lines are fulfilled, of a `refunded` one all are removed, of a `cancelled` one
  and one in the `trash` all are cancelled.
- An order without a way of shipping and without a delivery address has nothing to be sent.
- A line is known by its variation, else by its product; the SKU may be empty.
- Names of products and services come as HTML and are read as text. Fees are no lines; the total has them.
- Properties whose name begins with an underscore are the shop's hidden ones; those that are no plain text
  belong to plug-ins. Both are left out.
"""

import html
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from oms_desktop.channels import fates
from oms_desktop.channels.fields import Fields
from oms_desktop.channels.source import JsonSource, judged
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

CHANNEL = "woocommerce"

_OWN = frozenset({"date_created_gmt", "order_key", "billing", "shipping", "number_formatted"})
_PAID = frozenset({"processing", "completed"})
_CANCELLED = frozenset({"cancelled", "trash"})
_PICKUP = ("local_pickup", "pickup_location")


def suits(entry: Mapping[str, object]) -> bool:
    """Whether an object has the fields of a WooCommerce order."""
    return "line_items" in entry and not _OWN.isdisjoint(entry)


def read(values: Mapping[str, object], where: str, raw: str) -> CheckedOrder:
    """Read an order; whatever is wrong in it becomes a problem."""
    found: list[Problem] = []
    blank = Fields(values, where, found)
    fields = blank.of_order(blank.number("number") or blank.number("id"))
    draft = _draft(fields)
    lines = _wanted(fields, draft)
    return judged(draft if lines is draft.lines else replace(draft, lines=lines), found, raw)


SOURCE = JsonSource(CHANNEL, "a WooCommerce order", suits, read)


def _draft(fields: Fields) -> OrderDraft:
    lines = tuple(_line(line) for line in fields.children("line_items", ProblemKind.NOT_A_LINE))
    service, ship_to, bill_to = _service(fields), _address(fields, "shipping"), _address(fields, "billing")
    wishes = _wishes(fields)
    told = fields.amount("total")
    return OrderDraft(
        channel=CHANNEL,
        number=fields.order,
        lines=lines,
        total=fates.total(lines, service) if told is None else told,
        external_id=fields.text("id"),
        placed_at=fields.moment("date_created_gmt", utc=True),
        currency=fates.currency(fields),
        payment=_payment(fields),
        customer=_customer(fields, bill_to or ship_to),
        ship_to=ship_to,
        bill_to=bill_to,
        service=service,
        note=fields.text("customer_note"),
        gift_message=next((wish.value for wish in wishes if fates.is_gift(wish)), ""),
        properties=tuple(wish for wish in wishes if not fates.is_gift(wish)),
        where=fields.where,
    )


def _status(fields: Fields) -> str:
    return fields.text("status").casefold().removeprefix("wc-")


def _payment(fields: Fields) -> str:
    status = _status(fields)
    if status not in _PAID or not (fields.text("date_paid_gmt") or fields.text("date_paid")):
        return status
    return "partially_refunded" if fields.children("refunds") else "paid"


def _wanted(fields: Fields, draft: OrderDraft) -> tuple[LineDraft, ...]:
    """Tell when the shop does not want the order shipped; then no line is to be picked."""
    status = _status(fields)
    if status in _CANCELLED:
        fields.tell(ProblemKind.CANCELLED, "status", status)
        return fates.without_picks(draft.lines, NotPicked.CANCELLED)
    if status == "refunded":
        return fates.without_picks(draft.lines, NotPicked.REMOVED)
    if status == "completed":
        return fates.without_picks(draft.lines, NotPicked.FULFILLED)
    if draft.service is not None and _is_pickup(draft.service):
        fields.tell(ProblemKind.PICKUP, "shipping_lines", draft.service.title)
        return fates.without_picks(draft.lines, NotPicked.PICKUP)
    if draft.service is None and draft.ship_to is None:
        return fates.without_picks(draft.lines, NotPicked.NO_SHIPPING)
    return draft.lines


def _is_pickup(service: ServiceDraft) -> bool:
    return service.code.startswith(_PICKUP) or fates.is_pickup(service.title)


def _line(line: Fields) -> LineDraft:
    told = (line.text("variation_id"), line.text("product_id"))
    sku, title = line.text("sku"), html.unescape(line.text("name"))
    listing = next((key for key in told if key not in ("", "0")), "")
    return LineDraft(
        sku=sku,
        quantity=line.quantity("quantity"),
        price=line.price("price"),
        external_id=line.text("id"),
        title=title,
        properties=_wishes(line),
        not_picked=NotPicked.TIP if fates.is_tip(title, sku, listing) else None,
        listing=listing,
        where=line.where,
    )


def _service(fields: Fields) -> ServiceDraft | None:
    for line in fields.children("shipping_lines"):
        price = line.amount("total")
        title = html.unescape(line.text("method_title"))
        return ServiceDraft(title, line.text("method_id"), Decimal() if price is None else price, line.where)
    return None


def _wishes(fields: Fields) -> tuple[Property, ...]:
    wishes = []
    for entry in fields.children("meta_data"):
        name = entry.text("display_key") or entry.text("key")
        told = entry.values.get("display_value", entry.values.get("value"))
        plain = isinstance(told, (str, int)) and not isinstance(told, bool)
        if plain and name and not name.startswith("_") and not entry.text("key").startswith("_"):
            wishes.append(Property(html.unescape(name), html.unescape(str(told)).strip()))
    return tuple(wish for wish in wishes if wish.value)


def _customer(fields: Fields, who: AddressDraft | None) -> CustomerDraft:
    billing = fields.child("billing")
    known = fields.text("customer_id").removeprefix("0")
    phone = billing.text("phone") or (who.phone if who else "")
    return CustomerDraft(known, who.name if who else "", billing.text("email"), phone)


def _address(fields: Fields, kind: str) -> AddressDraft | None:
    told = fields.child(kind)
    address = AddressDraft(
        name=f"{told.text('first_name')} {told.text('last_name')}".strip(),
        company=told.text("company"),
        address1=told.text("address_1"),
        address2=told.text("address_2"),
        city=told.text("city"),
        province=told.text("state"),
        province_code=told.text("state"),
        postal_code=told.text("postcode"),
        country_code=told.text("country").upper(),
        phone=told.text("phone"),
        where=told.where,
    )
    blank = AddressDraft(where=told.where, country_code=address.country_code, province=address.province)
    return None if replace(address, province_code="", phone="") == blank else address
