"""A morning's orders for the demo: two hundred of every kind, from three channels, due around the hour.

Most are ordinary. The others show what a shop sends on a real day: unpaid, test and cancelled orders, gift
cards, an SKU nobody knows, an address that cannot be, the same order twice, a kit, whole cases.
"""

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from oms_desktop.app.demo_data.nouns import DemoWarehouse
from oms_desktop.app.demo_data.orders import Payload, as_export, shop_orders
from oms_desktop.app.demo_data.people import DemoPerson, latin_people

SHOP, MARKET, PHONE = 140, 25, 35
"""How many orders come from the web shop, the second shop, and the order desk's own file."""

PORTION = 20
"""Orders of the web shop that come in one file."""

UNKNOWN = "LMP-9999-XX"
"""An SKU that the catalogue does not have; one listing mends all its orders."""

_DUE = (-6, 12, 18, 24, 31, 47, 58, 80, 95, 120, 150, 180, 240, 300, 360)
"""Minutes from now at which the desk's orders have to leave."""


@dataclass(frozen=True)
class MorningFile:
    """A file as it came: when, its name, the channel that reads it, its bytes."""

    at: datetime
    name: str
    channel: str
    data: bytes


def morning_files(warehouse: DemoWarehouse, now: datetime, seed: int) -> tuple[MorningFile, ...]:
    """Write the files of the hours before `now` (aware), in their order; the desk's is the last.

    They are the same for the same moment and seed.
    """
    orders = shop_orders(warehouse, SHOP + MARKET + PHONE, seed)
    shop, rest = orders[:SHOP], orders[SHOP:]
    for index, order in enumerate(shop):
        order["created_at"] = (now - timedelta(minutes=30 + 2 * (SHOP - index))).isoformat()
    for order, change in zip(shop[5::4], _SPECIALS, strict=False):
        change(order)
    shop[-1] = {**shop[-2], "id": shop[-1]["id"], "name": shop[-1]["name"]}
    files = [
        MorningFile(
            now - timedelta(minutes=30 + 2 * (SHOP - first)),
            f"web-shop-{first // PORTION + 1}.json",
            "shopify",
            as_export(shop[first : first + PORTION]),
        )
        for first in range(0, SHOP, PORTION)
    ]
    market, desk = rest[:MARKET], rest[MARKET:]
    files.append(
        MorningFile(now - timedelta(minutes=170), "market.json", "woocommerce", _market(market, now, seed))
    )
    files.append(MorningFile(now - timedelta(minutes=25), "desk.csv", "csv", _desk(desk, now)))
    return tuple(sorted(files, key=lambda file: file.at))


def _unpaid(order: Payload) -> None:
    order["financial_status"] = "pending"


def _partly_paid(order: Payload) -> None:
    order["financial_status"] = "partially_paid"


def _test(order: Payload) -> None:
    order["test"] = True


def _cancelled(order: Payload) -> None:
    order["cancelled_at"] = order["created_at"]


def _fulfilled(order: Payload) -> None:
    order["fulfillment_status"] = "fulfilled"


def _gift_card(order: Payload) -> None:
    card = {"id": 1, "sku": "", "title": "Gift card 25", "quantity": 1, "price": "25.00", "gift_card": True}
    order["line_items"].append(card)


def _digital(order: Payload) -> None:
    guide = {"id": 2, "sku": "PDF-1", "title": "Care guide", "quantity": 1, "price": "0.00"}
    order["line_items"].append({**guide, "requires_shipping": False})


def _unknown(order: Payload) -> None:
    order["line_items"][0].update(sku=UNKNOWN, title="Reading lamp", variant_title="brass")


def _impossible(order: Payload) -> None:
    order["shipping_address"] = {**order["shipping_address"], "country_code": "DE", "zip": "123"}


def _no_street(order: Payload) -> None:
    order["shipping_address"] = {**order["shipping_address"], "address1": ""}


def _no_contact(order: Payload) -> None:
    order.update(email="ida.example(at)mail", phone=None)
    order["shipping_address"] = {**order["shipping_address"], "phone": None}


def _other_script(order: Payload) -> None:
    to = {
        "name": "見本 太郎",
        "address1": "見本町1-2-3",
        "city": "千代田区",
        "province": "東京都",
        "zip": "100-0001",
    }
    order["shipping_address"] = {**order["shipping_address"], **to, "country_code": "JP", "country": "Japan"}


def _kit(order: Payload) -> None:
    order["line_items"][0].update(sku="SET-TEATIME", title="Tea time set", variant_title="", properties=[])


def _cases(order: Payload) -> None:
    order["line_items"] = order["line_items"][:1]
    order["line_items"][0].update(sku="BTL-0500-BU", title="Steel bottle", variant_title="blue", quantity=24)


def _pickup(order: Payload) -> None:
    order["shipping_lines"] = [{"title": "Local pickup", "code": "pickup", "price": "0.00"}]


_SPECIALS: Sequence[Callable[[Payload], None]] = (
    _unpaid, _kit, _unknown, _impossible, _cases, _gift_card, _test, _cancelled, _digital, _unknown,
    _partly_paid, _no_street, _kit, _other_script, _pickup, _fulfilled, _no_contact, _unknown, _cases,
    _unpaid,
)  # fmt: skip


def _market(orders: Sequence[Payload], now: datetime, seed: int) -> bytes:
    """Write orders as WooCommerce's REST API does."""
    random = Random(seed)
    written = []
    for index, order in enumerate(orders):
        person = random.choice(latin_people())
        placed = (now - timedelta(minutes=9 * (len(orders) - index))).replace(tzinfo=None)
        written.append(
            {
                "id": 5000 + index,
                "number": str(5000 + index),
                "status": "on-hold" if index == 3 else "processing",
                "currency": order["currency"],
                "date_created_gmt": placed.isoformat(timespec="seconds"),
                "date_paid_gmt": None if index == 3 else placed.isoformat(timespec="seconds"),
                "total": order["total_price"],
                "customer_id": 700 + index,
                "customer_note": order["note"] or "",
                "billing": _woo_address(person) | {"email": "", "phone": person.phone},
                "shipping": _woo_address(person),
                "line_items": [_woo_line(line) for line in order["line_items"]],
                "shipping_lines": [{"method_title": "Flat rate", "method_id": "flat_rate", "total": "4.90"}],
                "fee_lines": [],
                "refunds": [],
            }
        )
    return json.dumps(written, ensure_ascii=False, indent=1).encode()


def _woo_address(person: DemoPerson) -> dict[str, str]:
    return {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "company": "",
        "address_1": person.address1,
        "address_2": "",
        "city": person.city,
        "state": person.province_code,
        "postcode": person.postal_code,
        "country": person.country_code,
    }


def _woo_line(line: Payload) -> Payload:
    return {
        "id": line["id"],
        "name": f"{line['title']} &ndash; {line['variant_title']}",
        "product_id": line["id"] % 500,
        "variation_id": 0,
        "quantity": line["quantity"],
        "total": str(line["price"]),
        "price": float(line["price"]),
        "sku": line["sku"],
        "meta_data": [{"id": 1, "key": wish["name"], "value": wish["value"]} for wish in line["properties"]],
    }


_COLUMNS = (
    "number", "placed_at", "payment", "currency", "name", "address1", "city", "postal_code", "province_code",
    "country", "email", "phone", "service", "note", "gift_message", "ship_by", "priority", "ship_complete",
    "sku", "title", "quantity", "price",
)  # fmt: skip


def _desk(orders: Sequence[Payload], now: datetime) -> bytes:
    """Write orders as the program's own CSV, a row a line, with the times at which they have to leave."""
    text = io.StringIO()
    table = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    table.writeheader()
    for index, order in enumerate(orders):
        to = order["shipping_address"]
        due = now + timedelta(minutes=_DUE[index % len(_DUE)] + 60 * 24 * (index // len(_DUE)))
        placed = now - timedelta(minutes=25 + 5 * (len(orders) - index))
        head = {
            "number": f"SO-{48188 + index}",
            "placed_at": placed.isoformat(timespec="seconds"),
            "payment": "paid",
            "currency": order["currency"],
            "name": to["name"],
            "address1": to["address1"],
            "city": to["city"],
            "postal_code": to["zip"],
            "province_code": to["province_code"] or "",
            "country": to["country_code"],
            "email": order["email"],
            "phone": order["phone"] or "",
            "service": "Standard",
            "note": order["note"] or "",
            "gift_message": "Happy birthday!" if index == 4 else "",
            "ship_by": due.isoformat(timespec="seconds"),
            "priority": 2 if index < 2 else 1 if index < 6 else 0,
            "ship_complete": "yes" if index % 7 == 0 else "no",
        }
        for line in order["line_items"]:
            row = {"sku": line["sku"], "title": line["title"], "quantity": line["quantity"]}
            table.writerow({**head, **row, "price": line["price"]})
    return text.getvalue().encode()
