"""Which lines of a Shopify order are picked, and how many of each."""

from typing import Any

import pytest

from oms_desktop.drafts import NotPicked, ProblemKind, Property
from tests.channels.shop import checked, first_line, line, named, order


def test_a_line_is_read_whole() -> None:
    read = first_line(barcode="2990000000323")
    assert (read.sku, read.external_id, read.barcode) == ("BTL-0750-BU", "71", "2990000000323")
    assert (read.title, read.variant, read.grams) == ("Steel bottle", "blue", 315)
    assert (read.quantity, read.pickable) == (3, True)
    assert read.properties == (Property("Engraving", "Ahoy"),)


@pytest.mark.parametrize(
    ("changes", "quantity", "reason"),
    [
        ({"fulfillable_quantity": 3}, 3, None),
        ({"fulfillable_quantity": 1}, 1, None),
        ({"fulfillable_quantity": 9}, 3, None),
        ({"current_quantity": 2}, 2, None),
        ({"current_quantity": 2, "fulfillable_quantity": 1}, 1, None),
        ({"fulfillment_status": "partial", "fulfillable_quantity": 2}, 2, None),
        ({"fulfillable_quantity": 0}, 3, NotPicked.FULFILLED),
        ({"fulfillment_status": "fulfilled"}, 3, NotPicked.FULFILLED),
        ({"current_quantity": 0, "fulfillable_quantity": 0}, 3, NotPicked.REMOVED),
        ({"requires_shipping": False}, 3, NotPicked.NO_SHIPPING),
        ({"gift_card": True, "requires_shipping": False}, 3, NotPicked.GIFT_CARD),
    ],
)
def test_what_is_left_to_pick(changes: dict[str, Any], quantity: int, reason: NotPicked | None) -> None:
    read = first_line(**changes)
    assert (read.quantity, read.not_picked) == (quantity, reason)


@pytest.mark.parametrize(
    ("status", "taken", "left", "reason"),
    [
        ("success", 1, 2, None),
        ("success", 3, 3, NotPicked.FULFILLED),
        ("open", 3, 3, NotPicked.FULFILLED),
        ("failure", 3, 3, None),
        ("cancelled", 3, 3, None),
        ("error", 3, 3, None),
        (None, 3, 3, None),
    ],
)
def test_only_a_fulfillment_that_happens_takes(
    status: str | None, taken: int, left: int, reason: NotPicked | None
) -> None:
    sent = [{"status": status, "line_items": [{"id": 71, "quantity": taken}]}]
    gone, other = checked(order(line_items=[line(), line(id=72)], fulfillments=sent)).draft.lines
    assert (gone.quantity, gone.not_picked) == (left, reason)
    assert (other.quantity, other.not_picked) == (3, None)


def test_what_two_fulfillments_took_is_added_up() -> None:
    sent = [{"status": "success", "line_items": [{"id": 71, "quantity": 1}]}] * 2
    (read,) = checked(order(fulfillments=sent)).draft.lines
    assert (read.quantity, read.pickable) == (1, True)


@pytest.mark.parametrize(("kind", "quantity"), [("cancel", 1), ("return", 3)])
def test_only_a_refund_before_shipping_lessens_the_line(kind: str, quantity: int) -> None:
    refunds = [{"refund_line_items": [{"line_item_id": 71, "quantity": 2, "restock_type": kind}]}]
    assert checked(order(refunds=refunds)).draft.lines[0].quantity == quantity


def test_an_order_fulfilled_as_a_whole_has_nothing_to_pick() -> None:
    read = checked(order(fulfillment_status="fulfilled"))
    assert named(read) == [(ProblemKind.NOTHING_TO_PICK, "/order", "lines")]


def test_a_fulfillment_of_unnamed_lines_takes_from_none() -> None:
    sent = [{"status": "success", "line_items": [{"quantity": 3}]}]
    (read,) = checked(order(line_items=[line(id=None)], fulfillments=sent)).draft.lines
    assert (read.quantity, read.pickable) == (3, True)


@pytest.mark.parametrize("field", ["current_quantity", "fulfillable_quantity"])
@pytest.mark.parametrize("value", [-1, "some", 0.5])
def test_a_wrong_remaining_quantity_is_refused(field: str, value: object) -> None:
    read = checked(order(line_items=[line(**{field: value})]))
    assert {told.problem for told in read.problems} == {ProblemKind.BAD_QUANTITY}
