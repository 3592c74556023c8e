"""A sound Shopify order to take apart, and a short way to read it."""

import copy
import json
from typing import Any

from oms_desktop.channels.reading import parse_orders
from oms_desktop.drafts import CheckedOrder, LineDraft, ProblemKind

_LINE: dict[str, Any] = {
    "id": 71,
    "sku": "BTL-0750-BU",
    "title": "Steel bottle",
    "variant_title": "blue",
    "quantity": 3,
    "price": "25.90",
    "grams": 315,
    "requires_shipping": True,
    "properties": [{"name": "Engraving", "value": "Ahoy"}, {"name": "_hidden", "value": "x"}],
}

_ORDER: dict[str, Any] = {
    "id": 9_000_000_001,
    "name": "#2001",
    "order_number": 2001,
    "created_at": "2026-01-10T01:30:00+02:00",
    "currency": "EUR",
    "total_price": "82.60",
    "financial_status": "paid",
    "customer_locale": "fr-CA",
    "email": "zoe@example.com",
    "note": " Ring twice ",
    "note_attributes": [
        {"name": "gift_message", "value": "À bientôt"},
        {"name": "Wrap", "value": "blue paper"},
    ],
    "tags": "gift, vip,",
    "customer": {"id": 5, "first_name": "Zoë", "last_name": "Exemplaire", "phone": "+33 1 99 00 12 34"},
    "shipping_address": {
        "name": "Zoë Exemplaire",
        "address1": "1 rue du Modèle",
        "zip": "35000",
        "city": "Rennes",
        "country_code": "fr",
    },
    "billing_address": None,
    "shipping_lines": [{"title": "Standard", "code": "std", "price": 4.9}],
    "line_items": [_LINE],
}


def order(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(_ORDER), **changes}


def line(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(_LINE), **changes}


def checked(values: dict[str, Any]) -> CheckedOrder:
    (only,) = parse_orders(json.dumps({"order": values}).encode(), name="test").orders
    return only


def first_line(**changes: Any) -> LineDraft:
    return checked(order(line_items=[line(**changes), line(id=72)])).draft.lines[0]


def named(found: CheckedOrder) -> list[tuple[ProblemKind, str, str]]:
    return [(told.problem, told.where, told.field) for told in found.problems]
