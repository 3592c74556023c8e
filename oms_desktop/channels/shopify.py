"""Orders as Shopify's REST API and webhooks write them: JSON, one order or many.

Four shapes are taken: ``{"order": {...}}``, ``{"orders": [...]}``, an order by itself, a list of orders.

What is decided here:

- The number is `name` as the shop shows it; without it ``#`` and `order_number`.
- A line's quantity is what is left to pick: `fulfillable_quantity` if given, else `current_quantity` (or
  `quantity` less cancelled refunds) less what fulfillments under way or done have taken. A fulfillment that
  failed or was cancelled has taken nothing.
- Lines that are not picked stay in the order with their reason and the quantity as ordered.
- Properties whose name starts with an underscore are Shopify's hidden ones and are left out.
- An order cancelled in the shop, one to be fetched and a test order can be stored: they are held, not
  refused. Of a cancelled, refunded or fetched one no line is picked.
- A total that is missing is the sum of the lines and the shipping price; a missing price of a line is
  refused, as every price that is no number.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from oms_desktop.channels import fates
from oms_desktop.channels.fields import Fields
from oms_desktop.channels.shopify_lines import order_lines, properties
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
    ServiceDraft,
)

CHANNEL = "shopify"

_OWN = frozenset({"line_items", "financial_status", "order_number", "shipping_address"})
_FOREIGN = frozenset({"billing", "shipping", "date_created", "number_formatted"})
_PICKUP = frozenset({"pick_up", "pick-up", "pickup", "local_pickup"})


def suits(entry: Mapping[str, object]) -> bool:
    """Whether an object has the fields of a Shopify order."""
    return not _OWN.isdisjoint(entry) and _FOREIGN.isdisjoint(entry)


def read(values: Mapping[str, object], where: str, raw: str) -> CheckedOrder:
    """Read an order; whatever is wrong in it becomes a problem."""
    found: list[Problem] = []
    blank = Fields(values, where, found)
    number = _number(blank)
    # Problems noted while the number itself was read do not know it yet.
    fields = blank.of_order(number)
    draft = _draft(fields, number)
    lines = _wanted(fields, draft)
    return judged(draft if lines is draft.lines else replace(draft, lines=lines), found, raw)


SOURCE = JsonSource(CHANNEL, "a Shopify order", suits, read)


def _number(fields: Fields) -> str:
    shown = fields.number("name")
    if shown:
        return shown
    plain = fields.number("order_number")
    return f"#{plain.removeprefix('#')}" if plain else ""


def _wanted(fields: Fields, draft: OrderDraft) -> tuple[LineDraft, ...]:
    """Tell when the shop does not want the order shipped; then no line is to be picked."""
    if fields.flag("test"):
        fields.tell(ProblemKind.TEST_ORDER, "test", "true")
    cancelled = fields.values.get("cancelled_at")
    if cancelled not in (None, "", False):
        fields.tell(ProblemKind.CANCELLED, "cancelled_at", cancelled)
        return fates.without_picks(draft.lines, NotPicked.CANCELLED)
    if draft.payment == "refunded":
        return fates.without_picks(draft.lines, NotPicked.REMOVED)
    if draft.service is not None and _is_pickup(fields, draft.service):
        fields.tell(ProblemKind.PICKUP, "shipping_lines", draft.service.title)
        return fates.without_picks(draft.lines, NotPicked.PICKUP)
    return draft.lines


def _is_pickup(fields: Fields, service: ServiceDraft) -> bool:
    way = fields.children("shipping_lines")[0].values.get("delivery_category")
    return way in _PICKUP or fates.is_pickup(service.title) or fates.is_pickup(service.code)


def _draft(fields: Fields, number: str) -> OrderDraft:
    lines = order_lines(fields)
    service = _service(fields)
    wishes = properties(fields, "note_attributes")
    gift = next((wish.value for wish in wishes if fates.is_gift(wish)), "")
    ship_to = _address(fields, "shipping_address")
    return OrderDraft(
        channel=CHANNEL,
        number=number,
        lines=lines,
        total=_total(fields, lines, service),
        external_id=fields.text("id"),
        placed_at=fields.moment("created_at"),
        currency=fates.currency(fields),
        payment=fields.text("financial_status").casefold(),
        customer=_customer(fields, ship_to),
        ship_to=ship_to,
        bill_to=_address(fields, "billing_address"),
        service=service,
        note=fields.text("note"),
        gift_message=gift,
        properties=tuple(wish for wish in wishes if not fates.is_gift(wish)),
        tags=tuple(tag.strip() for tag in fields.text("tags").split(",") if tag.strip()),
        where=fields.where,
    )


def _total(fields: Fields, lines: tuple[LineDraft, ...], service: ServiceDraft | None) -> Decimal:
    told = fields.amount("total_price")
    return fates.total(lines, service) if told is None else told


def _service(fields: Fields) -> ServiceDraft | None:
    for line in fields.children("shipping_lines"):
        price = line.amount("price")
        return ServiceDraft(
            line.text("title"), line.text("code"), Decimal() if price is None else price, line.where
        )
    return None


def _customer(fields: Fields, ship_to: AddressDraft | None) -> CustomerDraft:
    person = fields.child("customer")
    email = fields.text("email") or fields.text("contact_email") or person.text("email")
    phone = fields.text("phone") or person.text("phone") or (ship_to.phone if ship_to else "")
    name = _name(person) or (ship_to.name if ship_to else "")
    return CustomerDraft(person.text("id"), name, email, phone, fields.text("customer_locale"))


def _name(fields: Fields) -> str:
    return fields.text("name") or f"{fields.text('first_name')} {fields.text('last_name')}".strip()


def _address(fields: Fields, name: str) -> AddressDraft | None:
    told = fields.child(name)
    country = told.text("country")
    address = AddressDraft(
        name=_name(told),
        company=told.text("company"),
        address1=told.text("address1"),
        address2=told.text("address2"),
        city=told.text("city"),
        province=told.text("province"),
        province_code=told.text("province_code"),
        postal_code=told.text("zip"),
        country_code=(told.text("country_code") or (country if len(country) == 2 else "")).upper(),
        phone=told.text("phone"),
        where=told.where,
    )
    return None if address == AddressDraft(where=told.where) else address
