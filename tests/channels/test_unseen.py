"""Letters that nobody sees: around the number of an order they make no other order, elsewhere they stay."""

import json

import pytest

from oms_desktop.channels.reading import parse_orders

UNSEEN = ["\ufeff{}", "\u200b{}", "{}\u200e ", " \u2060\ufeff {}"]


@pytest.mark.parametrize("written", UNSEEN)
def test_letters_nobody_sees_around_a_number_are_no_part_of_it(written: str) -> None:
    number = written.format("B-2")
    csv = f"number,sku,quantity\nB-1,A,1\n{number},A\u200bB,1\nB-2,C,1\n{written.format('')},D,1\n"
    values = {"number": number, "lines": [{"sku": "A\u200bB", "quantity": 1}]}
    shops = [
        {"name": number, "line_items": []},
        {"number": number, "line_items": [], "billing": {}},
    ]

    first, second = parse_orders(csv.encode(), name="x.csv").orders

    assert [first.draft.number, second.draft.number] == ["B-1", "B-2"]
    assert [line.sku for line in second.draft.lines] == ["A\u200bB", "C", "D"]
    for order in (values, *shops):
        (read,) = parse_orders(json.dumps({"orders": [order]}).encode(), name="x.json").orders
        assert read.draft.number == "B-2"


def test_letters_nobody_sees_within_a_number_stay() -> None:
    (read,) = parse_orders("number,sku,quantity\nB\u200b2,A,1\n".encode(), name="x.csv").orders
    assert read.draft.number == "B\u200b2"
