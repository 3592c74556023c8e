"""Orders for the demo warehouse, written as a shop would export them."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from oms_desktop.app.demo_data.nouns import DemoProduct, DemoWarehouse
from oms_desktop.app.demo_data.people import DemoPerson, latin_people, other_people

Payload = dict[str, Any]
"""An order as an object of the shop's JSON."""

_OPENING = datetime(2026, 1, 12, 6, 0, tzinfo=UTC)
_FIRST_NUMBER = 1001
_LINE_COUNTS = (1, 1, 1, 2, 2, 3, 3, 4, 5)
_QUANTITIES = (1, 1, 1, 1, 2, 2, 3)
_SHIPPING = Decimal("4.90")
_NOTES = ("Please ring twice.", "Leave it with the neighbours.", "Bitte nicht knicken.", "Merci d'avance !")
_GIFTS = (
    "Happy birthday!",
    "Alles Gute zum neuen Zuhause",
    "Joyeux anniversaire, à bientôt",
    "Tack för allt",
)
_ENGRAVINGS = ("For Grandma", "Best team 2026", "Zoë & Noël", "Nr. 1")
_ENGRAVED = ("MUG", "BTL", "TRC", "CLK")


def demo_orders(warehouse: DemoWarehouse, count: int, seed: int) -> bytes:
    """Write `count` paid orders of one to five lines as a Shopify export in UTF-8.

    Numbers run from #1001, a minute apart. As long as pick faces hold enough for all (some four thousand
    orders), no order asks for more than is left of a product; after that the shop sells what is not there.
    """
    return as_export(shop_orders(warehouse, count, seed))


def as_export(orders: list[Payload]) -> bytes:
    """Write orders as one export of a Shopify shop."""
    return json.dumps({"orders": orders}, ensure_ascii=False, indent=1).encode()


def shop_orders(warehouse: DemoWarehouse, count: int, seed: int) -> list[Payload]:
    """Make the orders of `demo_orders`, each as an object of the shop's JSON."""
    random = Random(seed)
    shelves = _Shelves(warehouse, random)
    return [_order(random, shelves, number) for number in range(count)]


class _Shelves:
    """What the shop believes to be left in the pick faces."""

    def __init__(self, warehouse: DemoWarehouse, random: Random) -> None:
        faces = {place.code for place in warehouse.places if not place.reserve}
        life = {product.sku: product.min_life_days for product in warehouse.products if product.lot_tracked}
        self._opening: Counter[str] = Counter()
        for stock in warehouse.stock:
            if stock.place in faces and stock.life_days >= life.get(stock.sku, 0):
                self._opening[stock.sku] += stock.quantity
        self._products = warehouse.products
        self._random = random
        self._refill()

    def draw(self, lines: int) -> list[tuple[DemoProduct, int]]:
        """Take so many different products, each with a quantity that is there."""
        if len(self._ready) < lines:
            self._refill()
        chosen = self._random.sample(self._ready, lines)
        return [(product, self._take(product)) for product in chosen]

    def _take(self, product: DemoProduct) -> int:
        quantity = min(self._random.choice(_QUANTITIES), self._left[product.sku])
        self._left[product.sku] -= quantity
        if not self._left[product.sku]:
            self._ready.remove(product)
        return quantity

    def _refill(self) -> None:
        self._left = self._opening.copy()
        self._ready = [product for product in self._products if self._left[product.sku]]


def _order(random: Random, shelves: _Shelves, index: int) -> Payload:
    person = random.choice(other_people() if random.random() < 0.06 else latin_people())
    drawn = shelves.draw(random.choice(_LINE_COUNTS))
    number = _FIRST_NUMBER + index
    lines = [
        _line(random, number * 10 + place, product, quantity)
        for place, (product, quantity) in enumerate(drawn, 1)
    ]
    goods = sum((product.price * quantity for product, quantity in drawn), Decimal())
    placed = _OPENING + timedelta(minutes=index)
    address = _address(person)
    return {
        "id": 7_000_000 + number,
        "name": f"#{number}",
        "order_number": number,
        "created_at": placed.isoformat(),
        "cancelled_at": None,
        "test": False,
        "currency": "EUR",
        "total_price": str(goods + _SHIPPING),
        "financial_status": random.choice(("paid", "paid", "paid", "authorized")),
        "fulfillment_status": None,
        "customer_locale": person.locale,
        "email": _email(person),
        "phone": person.phone or None,
        "note": random.choice(_NOTES) if random.random() < 0.1 else None,
        "note_attributes": _gift(random),
        "tags": "demo",
        "customer": {
            "id": 9_000_000 + sum(map(ord, person.last_name)),
            "first_name": person.first_name,
            "last_name": person.last_name,
        },
        "shipping_address": address,
        "billing_address": address,
        "shipping_lines": [{"title": "Standard", "code": "standard", "price": str(_SHIPPING)}],
        "line_items": lines,
    }


def _line(random: Random, line_id: int, product: DemoProduct, quantity: int) -> dict[str, object]:
    engraved = product.sku.startswith(_ENGRAVED) and random.random() < 0.25
    wishes = [{"name": "Engraving", "value": random.choice(_ENGRAVINGS)}] if engraved else []
    return {
        "id": line_id,
        "sku": product.sku,
        "title": product.title,
        "variant_title": product.variant,
        "quantity": quantity,
        "price": str(product.price),
        "grams": product.weight_g,
        "requires_shipping": True,
        "fulfillment_status": None,
        "properties": wishes,
    }


def _gift(random: Random) -> list[dict[str, str]]:
    return [{"name": "Gift message", "value": random.choice(_GIFTS)}] if random.random() < 0.12 else []


def _email(person: DemoPerson) -> str:
    """Make an address for a person whose name may be in any script: locale and postal code are in ASCII."""
    return f"{person.locale}-{person.postal_code.replace(' ', '').lower()}@example.com"


def _address(person: DemoPerson) -> dict[str, str | None]:
    return {
        "name": f"{person.first_name} {person.last_name}",
        "first_name": person.first_name,
        "last_name": person.last_name,
        "company": None,
        "address1": person.address1,
        "address2": None,
        "zip": person.postal_code,
        "city": person.city,
        "province": person.province or None,
        "province_code": person.province_code or None,
        "country": person.country,
        "country_code": person.country_code,
        "phone": person.phone or None,
    }
