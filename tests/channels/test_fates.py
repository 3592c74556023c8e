"""What becomes of real exports: paid or not, sent, cancelled, refunded, fetched, tips and gift cards."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from oms_desktop.channels.reading import open_orders, parse_orders
from oms_desktop.drafts import CheckedOrder, NotPicked, Outcome, ProblemKind
from tests.channels.shop import checked, line, order

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"

PICKED, FULFILLED, REMOVED = None, NotPicked.FULFILLED, NotPicked.REMOVED
CANCELLED, PICKUP = NotPicked.CANCELLED, NotPicked.PICKUP


def kinds(found: CheckedOrder) -> set[ProblemKind]:
    return {told.problem for told in found.problems}


def by_number(name: str) -> dict[str, CheckedOrder]:
    return {read.draft.number: read for read in open_orders(SAMPLES / name).orders}


@pytest.mark.parametrize(
    ("number", "payment", "reasons", "problems"),
    [
        ("#6001", "paid", [PICKED, PICKED, NotPicked.TIP, NotPicked.GIFT_CARD], set()),
        ("#6002", "pending", [PICKED], {ProblemKind.UNPAID}),
        ("#6003", "paid", [FULFILLED], {ProblemKind.NOTHING_TO_PICK}),
        ("#6004", "refunded", [CANCELLED], {ProblemKind.CANCELLED, ProblemKind.UNPAID}),
        ("#6005", "paid", [PICKUP], {ProblemKind.PICKUP}),
        ("#6006", "paid", [FULFILLED, PICKED], set()),
        ("#6007", "partially_refunded", [PICKED], {ProblemKind.UNPAID}),
        ("#6008", "refunded", [REMOVED], {ProblemKind.NOTHING_TO_PICK, ProblemKind.UNPAID}),
    ],
)
def test_shopify_export(
    number: str, payment: str, reasons: list[NotPicked | None], problems: set[ProblemKind]
) -> None:
    read = by_number("shopify_export.csv")[number]
    assert read.draft.payment == payment
    assert [each.not_picked for each in read.draft.lines] == reasons
    assert kinds(read) == problems
    assert read.outcome is (Outcome.HELD if problems else None)


def exported(cells: dict[str, str]) -> CheckedOrder:
    """Read the one-line order #6002 of the export, paid and with other cells."""
    with (SAMPLES / "shopify_export.csv").open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["Name"] == "#6002")
    text = io.StringIO()
    writer = csv.DictWriter(text, row)
    writer.writeheader()
    writer.writerow({**row, "Financial Status": "paid", **cells})
    (only,) = parse_orders(text.getvalue().encode(), name="x.csv").orders
    return only


NOTHING = {ProblemKind.NOTHING_TO_PICK}


@pytest.mark.parametrize(
    ("cells", "reason", "problems"),
    [
        ({"Financial Status": "authorized"}, PICKED, set()),
        ({"Financial Status": "Authorized"}, PICKED, set()),
        ({"Financial Status": "partially_paid"}, PICKED, {ProblemKind.UNPAID}),
        ({"Financial Status": "expired"}, PICKED, {ProblemKind.UNPAID}),
        ({"Financial Status": "voided"}, PICKED, {ProblemKind.UNPAID}),
        ({"Lineitem fulfillment status": "fulfilled"}, FULFILLED, NOTHING),
        ({"Lineitem fulfillment status": "restocked"}, REMOVED, NOTHING),
        ({"Fulfillment Status": "restocked"}, REMOVED, NOTHING),
        ({"Fulfillment Status": "partial"}, PICKED, set()),
        ({"Lineitem requires shipping": "false"}, NotPicked.NO_SHIPPING, NOTHING),
        (
            {"Lineitem requires shipping": "false", "Lineitem name": "Gift card - 25", "Lineitem sku": ""},
            NotPicked.GIFT_CARD,
            NOTHING,
        ),
        ({"Lineitem name": "Trinkgeld", "Lineitem sku": ""}, NotPicked.TIP, NOTHING),
        ({"Shipping Method": "Click & Collect"}, PICKUP, {ProblemKind.PICKUP}),
        ({"Shipping Method": "Post office pick up point"}, PICKED, set()),
        ({"Source": "pos"}, PICKED, set()),
        ({"Source": "shopify_draft_order"}, PICKED, set()),
    ],
)
def test_a_state_of_the_shopify_export(
    cells: dict[str, str], reason: NotPicked | None, problems: set[ProblemKind]
) -> None:
    read = exported(cells)
    assert [each.not_picked for each in read.draft.lines] == [reason]
    assert kinds(read) == problems


@pytest.mark.parametrize(
    ("number", "payment", "reason", "problems"),
    [
        ("801", "paid", PICKED, set()),
        ("802", "on-hold", PICKED, {ProblemKind.UNPAID}),
        ("803", "paid", FULFILLED, {ProblemKind.NOTHING_TO_PICK}),
        ("804", "cancelled", CANCELLED, {ProblemKind.CANCELLED, ProblemKind.UNPAID}),
        ("805", "paid", PICKUP, {ProblemKind.PICKUP}),
        ("806", "partially_refunded", PICKED, {ProblemKind.UNPAID}),
        ("807", "refunded", REMOVED, {ProblemKind.NOTHING_TO_PICK, ProblemKind.UNPAID}),
    ],
)
def test_woocommerce(number: str, payment: str, reason: NotPicked | None, problems: set[ProblemKind]) -> None:
    read = by_number("woocommerce.json")[number]
    assert read.draft.payment == payment
    assert [each.not_picked for each in read.draft.lines] == [reason]
    assert kinds(read) == problems


@pytest.mark.parametrize("status", ["pending", "failed", "checkout-draft", "processing", "wc-backordered"])
def test_a_status_of_woocommerce_without_a_payment_is_its_own_word(status: str) -> None:
    (sample, *_) = json.loads((SAMPLES / "woocommerce.json").read_text("utf-8"))
    told = {**sample, "status": status, "date_paid": None, "date_paid_gmt": None}
    (read,) = parse_orders(json.dumps(told).encode(), name="x").orders
    assert read.draft.payment == status.removeprefix("wc-")
    assert kinds(read) == {ProblemKind.UNPAID}
    assert read.draft.lines[0].pickable


def test_a_fee_of_woocommerce_is_in_the_total_only_and_its_till_is_like_any_other_place() -> None:
    (sample, *_) = json.loads((SAMPLES / "woocommerce.json").read_text("utf-8"))
    fee = {"id": 9, "name": "Tip", "total": "2.00"}
    told = {**sample, "total": "99.50", "fee_lines": [fee], "created_via": "pos-rest-api"}
    (read,) = parse_orders(json.dumps(told).encode(), name="x").orders
    assert (str(read.draft.total), len(read.draft.lines)) == ("99.50", len(sample["line_items"]))
    assert kinds(read) == set()


def test_trash_of_woocommerce_is_cancelled_and_downloads_are_not_sent() -> None:
    (sample, *_) = json.loads((SAMPLES / "woocommerce.json").read_text("utf-8"))
    nowhere = dict.fromkeys(sample["shipping"], "")
    told = [{**sample, "status": "trash"}, {**sample, "shipping_lines": [], "shipping": nowhere}]
    trash, download = parse_orders(json.dumps(told).encode(), name="x").orders
    assert (trash.draft.lines[0].not_picked, ProblemKind.CANCELLED in kinds(trash)) == (CANCELLED, True)
    assert download.draft.lines[0].not_picked is NotPicked.NO_SHIPPING
    assert ProblemKind.NOTHING_TO_PICK in kinds(download)


@pytest.mark.parametrize(
    ("changes", "reason", "problems"),
    [
        ({"cancelled_at": "2026-01-11T08:00:00Z"}, CANCELLED, {ProblemKind.CANCELLED}),
        ({"financial_status": "refunded"}, REMOVED, {ProblemKind.UNPAID, ProblemKind.NOTHING_TO_PICK}),
        ({"shipping_lines": [{"title": "Local Pickup", "price": "0"}]}, PICKUP, {ProblemKind.PICKUP}),
        (
            {"shipping_lines": [{"title": "Our shop", "price": "0", "delivery_category": "pick_up"}]},
            PICKUP,
            {ProblemKind.PICKUP},
        ),
        ({"shipping_lines": [{"title": "DHL Pickup Point", "price": "0"}]}, PICKED, set()),
        ({"test": True}, PICKED, {ProblemKind.TEST_ORDER}),
        ({"financial_status": "pending"}, PICKED, {ProblemKind.UNPAID}),
        ({"financial_status": "partially_refunded"}, PICKED, {ProblemKind.UNPAID}),
        ({"financial_status": "expired"}, PICKED, {ProblemKind.UNPAID}),
        ({"financial_status": "authorized"}, PICKED, set()),
        ({"fulfillment_status": "fulfilled"}, FULFILLED, {ProblemKind.NOTHING_TO_PICK}),
        ({"line_items": [line(gift_card=True)]}, NotPicked.GIFT_CARD, {ProblemKind.NOTHING_TO_PICK}),
        (
            {"line_items": [line(requires_shipping=False)]},
            NotPicked.NO_SHIPPING,
            {ProblemKind.NOTHING_TO_PICK},
        ),
        ({"financial_status": "voided"}, PICKED, {ProblemKind.UNPAID}),
        ({"financial_status": "partially_paid"}, PICKED, {ProblemKind.UNPAID}),
        ({"source_name": "pos"}, PICKED, set()),
        ({"source_name": "shopify_draft_order"}, PICKED, set()),
    ],
)
def test_shopify_json(changes: dict[str, Any], reason: NotPicked | None, problems: set[ProblemKind]) -> None:
    read = checked(order(**changes))
    assert [each.not_picked for each in read.draft.lines] == [reason]
    assert kinds(read) == problems


def test_a_tip_and_the_listing_of_shopify_json() -> None:
    tip = {"id": 9, "title": "Tip", "quantity": 1, "price": "2.00", "requires_shipping": False, "sku": None}
    goods = [line(variant_id=39072856, product_id=5), line(id=72, variant_id=None, product_id=5), tip]
    first, second, last = checked(order(line_items=goods)).draft.lines
    assert (first.listing, second.listing, last.not_picked) == ("39072856", "5", NotPicked.TIP)


def test_a_partly_sent_line_of_an_export_is_asked_about() -> None:
    text = (SAMPLES / "shopify_export.csv").read_text("utf-8").replace("true,pending", "true,partial", 1)
    (first, *_) = parse_orders(text.encode(), name="x.csv").orders
    (told,) = [told for told in first.problems if told.problem is ProblemKind.QUANTITY_UNSURE]
    assert (told.where, told.field, told.value) == ("row 2", "lineitem fulfillment status", "partial")
    assert told.outcome is Outcome.HELD
