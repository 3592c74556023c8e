"""Shopify orders: what becomes of each field, and of fields that are wrong."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms_desktop.channels.reading import open_orders, parse_orders
from oms_desktop.drafts import (
    AddressDraft,
    CustomerDraft,
    Outcome,
    ProblemKind,
    Property,
    ServiceDraft,
    order_problems,
)
from oms_desktop.errors import InputError
from tests.channels.shop import checked, line, named, order

SAMPLE = Path(__file__).parents[2] / "resources" / "demo" / "orders_shopify.json"

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
FIELDS = sorted({*order(), "cancelled_at", "fulfillments", "refunds", "test", "phone"})
LINE_FIELDS = sorted({*line(), "gift_card", "current_quantity", "fulfillable_quantity", "barcode"})


def test_every_field_finds_its_place() -> None:
    read = checked(order())
    draft = read.draft
    assert read.problems == ()
    assert (draft.channel, draft.number, draft.external_id) == ("shopify", "#2001", "9000000001")
    assert draft.placed_at == datetime(2026, 1, 9, 23, 30, tzinfo=UTC)
    assert (draft.currency, draft.total, draft.payment) == ("EUR", Decimal("82.60"), "paid")
    assert draft.customer == CustomerDraft(
        "5", "Zoë Exemplaire", "zoe@example.com", "+33 1 99 00 12 34", "fr-CA"
    )
    assert draft.ship_to == AddressDraft(
        name="Zoë Exemplaire",
        address1="1 rue du Modèle",
        city="Rennes",
        postal_code="35000",
        country_code="FR",
        where="/order/shipping_address",
    )
    assert draft.bill_to is None
    assert draft.service == ServiceDraft("Standard", "std", Decimal("4.9"), "/order/shipping_lines/0")
    assert (draft.note, draft.gift_message, draft.tags) == ("Ring twice", "À bientôt", ("gift", "vip"))
    assert draft.properties == (Property("Wrap", "blue paper"),)


@pytest.mark.parametrize(
    ("document", "where"),
    [
        ({"order": order()}, "/order"),
        ({"orders": [order()]}, "/orders/0"),
        (order(), ""),
        ([order()], "/0"),
    ],
)
def test_the_four_shapes_are_taken_and_pointed_into(document: object, where: str) -> None:
    (read,) = parse_orders(json.dumps(document).encode(), name="x").orders
    assert read.draft.where == where
    assert read.draft.lines[0].where == f"{where}/line_items/0"


def test_the_sample_holds_what_its_readers_are_told() -> None:
    file = open_orders(SAMPLE)
    assert {read.draft.number: read.outcome for read in file.orders} == {
        "#501": None,
        "#502": None,
        "#503": None,
        "#504": Outcome.HELD,
        "#505": None,
        "#506": None,
    }
    assert (file.read, file.problems) == (6, ())


def test_entries_that_are_no_orders_are_named_beside_the_good_ones() -> None:
    file = parse_orders(json.dumps({"orders": [order(), 7, None, [order()]]}).encode(), name="x")
    assert file.read == 4
    assert [read.draft.number for read in file.orders] == ["#2001"]
    assert [(told.problem, told.where) for told in file.problems] == [
        (ProblemKind.NOT_AN_ORDER, f"/orders/{index}") for index in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    ("changes", "number"),
    [({"name": None}, "#2001"), ({"name": "", "order_number": "#7"}, "#7"), ({"name": "DE/7"}, "DE/7")],
)
def test_the_number_is_kept_as_shown(changes: dict[str, Any], number: str) -> None:
    assert checked(order(**changes)).draft.number == number


@pytest.mark.parametrize(
    ("changes", "kind", "where", "field"),
    [
        ({"name": None, "order_number": None}, ProblemKind.NO_NUMBER, "/order", "number"),
        ({"line_items": []}, ProblemKind.NO_LINES, "/order", "lines"),
        ({"line_items": [line(), 5]}, ProblemKind.NOT_A_LINE, "/order", "line_items/1"),
        ({"line_items": [line(price="ten")]}, ProblemKind.BAD_PRICE, "/order/line_items/0", "price"),
        ({"line_items": [line(price=float("nan"))]}, ProblemKind.BAD_PRICE, "/order/line_items/0", "price"),
        ({"line_items": [line(price=None)]}, ProblemKind.BAD_PRICE, "/order/line_items/0", "price"),
        ({"total_price": "Infinity"}, ProblemKind.BAD_PRICE, "/order", "total_price"),
        ({"total_price": 10**12}, ProblemKind.BAD_PRICE, "/order", "total_price"),
        ({"total_price": "1,200.00"}, ProblemKind.BAD_PRICE, "/order", "total_price"),
        ({"shipping_lines": [{"price": True}]}, ProblemKind.BAD_PRICE, "/order/shipping_lines/0", "price"),
        ({"shipping_address": {}}, ProblemKind.NO_ADDRESS, "/order", "ship_to"),
    ],
)
def test_what_cannot_be_represented_is_refused(
    changes: dict[str, Any], kind: ProblemKind, where: str, field: str
) -> None:
    read = checked(order(**changes))
    assert named(read) == [(kind, where, field)]
    assert read.outcome is Outcome.REFUSED


@pytest.mark.parametrize("quantity", [0, -1, 1.5, "two", "", True, [], {}, 2**40, None])
def test_a_quantity_that_is_none_is_refused_once(quantity: object) -> None:
    read = checked(order(line_items=[line(quantity=quantity)]))
    assert named(read) == [(ProblemKind.BAD_QUANTITY, "/order/line_items/0", "quantity")]


@pytest.mark.parametrize("quantity", [2, 2.0, "2"])
def test_a_whole_quantity_is_taken_however_it_is_written(quantity: object) -> None:
    assert checked(order(line_items=[line(quantity=quantity)])).draft.lines[0].quantity == 2


@pytest.mark.parametrize(
    ("changes", "kind", "field"),
    [
        ({"cancelled_at": "2026-01-11T08:00:00Z"}, ProblemKind.CANCELLED, "cancelled_at"),
        ({"test": True}, ProblemKind.TEST_ORDER, "test"),
        ({"financial_status": "pending"}, ProblemKind.UNPAID, "payment"),
        ({"financial_status": None}, ProblemKind.UNPAID, "payment"),
        ({"note": ["a"]}, ProblemKind.NOT_UNDERSTOOD, "note"),
        ({"note": "a\ud800"}, ProblemKind.NOT_UNDERSTOOD, "note"),
        ({"created_at": "yesterday"}, ProblemKind.UNREADABLE_DATE, "created_at"),
        ({"created_at": "2026-01-10T01:30:00"}, ProblemKind.UNREADABLE_DATE, "created_at"),
        ({"created_at": "0001-01-01T00:00:00+14:00"}, ProblemKind.UNREADABLE_DATE, "created_at"),
        ({"currency": "euros"}, ProblemKind.UNKNOWN_CURRENCY, "currency"),
        ({"customer": "Zoë"}, ProblemKind.NOT_UNDERSTOOD, "customer"),
        ({"fulfillments": {"a": 1}}, ProblemKind.NOT_UNDERSTOOD, "fulfillments"),
    ],
)
def test_what_can_be_mended_is_held(changes: dict[str, Any], kind: ProblemKind, field: str) -> None:
    read = checked(order(**changes))
    assert named(read) == [(kind, "/order", field)]
    assert read.outcome is Outcome.HELD
    assert {told.order for told in read.problems} == {"#2001"}


def test_a_missing_total_is_the_sum_of_lines_and_shipping() -> None:
    assert checked(order(total_price=None)).draft.total == Decimal("82.60")


@pytest.mark.parametrize(("told", "price"), [(1e2, "100"), ("0.10", "0.10"), (0.1, "0.1"), (1e-9, "0")])
def test_prices_are_exact(told: object, price: str) -> None:
    (read,) = checked(order(line_items=[line(price=told)])).draft.lines
    assert read.price == Decimal(price)


def test_numbers_beyond_all_bounds_are_problems_not_errors() -> None:
    text = json.dumps({"order": order(line_items=[line(price="PRICE", quantity="COUNT")])})
    text = text.replace('"PRICE"', "1e99999999999999999999").replace('"COUNT"', "9" * 5000)
    (read,) = parse_orders(text.encode(), name="x").orders
    assert [told.problem for told in read.problems] == [ProblemKind.BAD_QUANTITY, ProblemKind.BAD_PRICE]


@given(st.binary() | ANY_JSON.map(lambda value: json.dumps(value).encode()))
def test_what_is_no_order_file_is_refused_whole(data: bytes) -> None:
    with pytest.raises(InputError):
        parse_orders(data, name="x")


@given(st.dictionaries(st.sampled_from(FIELDS), ANY_JSON, min_size=1), st.sampled_from(["order", "orders"]))
def test_a_wrapped_order_of_anything_is_one_order(values: dict[str, object], wrapper: str) -> None:
    document = {wrapper: values if wrapper == "order" else [values]}
    file = parse_orders(json.dumps(document).encode(), name="x")
    assert (file.read, len(file.orders)) == (1, 1)


@given(st.lists(ANY_JSON | st.dictionaries(st.sampled_from(FIELDS), ANY_JSON), max_size=5))
def test_every_entry_is_accounted_for(entries: list[object]) -> None:
    file = parse_orders(json.dumps({"orders": [order(), *entries]}).encode(), name="x")
    assert file.read == 1 + len(entries)
    assert file.orders[0].outcome is None
    places = [read.draft.where for read in file.orders] + [told.where for told in file.problems]
    assert sorted(places) == sorted(f"/orders/{index}" for index in range(file.read))


@given(st.sampled_from(FIELDS), st.sampled_from(LINE_FIELDS), ANY_JSON, ANY_JSON)
def test_a_wrong_field_never_raises_and_what_is_free_is_sound(
    field: str, line_field: str, value: object, line_value: object
) -> None:
    lines = {"line_items": [line(**{line_field: line_value})]}
    (read,) = parse_orders(json.dumps([order(**lines, name="#9"), 1]).encode(), name="x").orders
    (other,) = parse_orders(json.dumps([order(**{field: value}), order()]).encode(), name="x").orders[:1]
    for one in (read, other):
        assert all(told.where.startswith("/0") for told in one.problems)
        if one.outcome is not Outcome.REFUSED:
            assert not [told for told in order_problems(one.draft) if told.outcome is Outcome.REFUSED]
            assert all(part.quantity > 0 and part.price.is_finite() for part in one.draft.lines)
            "".join((one.draft.number, one.draft.note, *one.draft.tags)).encode()
