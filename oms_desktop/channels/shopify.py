"""Orders as Shopify's REST API and webhooks write them: JSON, one order or many.

Four shapes are taken: ``{"order": {...}}``, ``{"orders": [...]}``, an order by itself, a list of orders.

What is decided here:

- The number is `name` as the shop shows it; without it ``#`` and `order_number`.
- A line's quantity is what is left to pick: `fulfillable_quantity` if given, else `current_quantity` (or
  `quantity` less cancelled refunds) less what fulfillments under way or done have taken. A fulfillment that
  failed or was cancelled has taken nothing.
- Lines that are not picked stay in the order with their reason and the quantity as ordered.
- Properties whose name starts with an underscore are Shopify's hidden ones and are left out.
- An order cancelled in the shop and a test order can be stored: they are held, not refused.
- A total that is missing is the sum of the lines and the shipping price; a missing price of a line is
  refused, as every price that is no number.
"""

import re
from collections.abc import Mapping
from decimal import Decimal

from oms_desktop.channels.fields import Fields
from oms_desktop.channels.shopify_lines import order_lines, properties
from oms_desktop.channels.source import JsonSource, judged
from oms_desktop.drafts import (
    AddressDraft,
    CheckedOrder,
    CustomerDraft,
    LineDraft,
    OrderDraft,
    Problem,
    ProblemKind,
    Property,
    ServiceDraft,
)

CHANNEL = "shopify"

_OWN = frozenset({"line_items", "financial_status", "order_number", "shipping_address"})
_FOREIGN = frozenset({"billing", "shipping", "date_created", "number_formatted"})
_CURRENCY = re.compile(r"[A-Z]{3}")
_GIFT = frozenset({"gift message", "gift note", "giftmessage"})


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
    _tell_states(fields)
    return judged(draft, found, raw)


SOURCE = JsonSource(CHANNEL, "a Shopify order", suits, read)


def _number(fields: Fields) -> str:
    shown = fields.text("name")
    if shown:
        return shown
    plain = fields.text("order_number")
    return f"#{plain.removeprefix('#')}" if plain else ""


def _tell_states(fields: Fields) -> None:
    """Tell when the shop does not want the order shipped."""
    cancelled = fields.values.get("cancelled_at")
    if cancelled not in (None, "", False):
        fields.tell(ProblemKind.CANCELLED, "cancelled_at", cancelled)
    if fields.flag("test"):
        fields.tell(ProblemKind.TEST_ORDER, "test", "true")


def _draft(fields: Fields, number: str) -> OrderDraft:
    lines = order_lines(fields)
    service = _service(fields)
    wishes = properties(fields, "note_attributes")
    gift = next((wish.value for wish in wishes if _is_gift(wish)), "")
    ship_to = _address(fields, "shipping_address")
    return OrderDraft(
        channel=CHANNEL,
        number=number,
        lines=lines,
        total=_total(fields, lines, service),
        external_id=fields.text("id"),
        placed_at=fields.moment("created_at"),
        currency=_currency(fields),
        payment=fields.text("financial_status").casefold(),
        customer=_customer(fields, ship_to),
        ship_to=ship_to,
        bill_to=_address(fields, "billing_address"),
        service=service,
        note=fields.text("note"),
        gift_message=gift,
        properties=tuple(wish for wish in wishes if not _is_gift(wish)),
        tags=tuple(tag.strip() for tag in fields.text("tags").split(",") if tag.strip()),
        where=fields.where,
    )


def _is_gift(wish: Property) -> bool:
    return re.sub(r"[\s_-]+", " ", wish.name.casefold()) in _GIFT


def _currency(fields: Fields) -> str:
    code = fields.text("currency").upper()
    if code and not _CURRENCY.fullmatch(code):
        fields.tell(ProblemKind.NOT_UNDERSTOOD, "currency", code)
        return ""
    return code


def _total(fields: Fields, lines: tuple[LineDraft, ...], service: ServiceDraft | None) -> Decimal:
    told = fields.amount("total_price")
    if told is not None:
        return told
    shipping = service.price if service else Decimal()
    amounts = [line.price * max(line.quantity, 0) for line in lines if line.price.is_finite()]
    return sum(amounts, shipping if shipping.is_finite() else Decimal())


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
