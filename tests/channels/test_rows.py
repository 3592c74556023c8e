"""Rows of a CSV that have no number: whose they are, and what becomes of that order."""

import pytest

from oms_desktop.channels.reading import parse_orders
from oms_desktop.drafts import Outcome, ProblemKind


@pytest.mark.parametrize(
    ("below", "found"),
    [
        (",B,3,\n,C,4,Rom\n2,D,5,Rom\n", [("1", "ABC", ()), ("2", "D", ())]),
        (",B,3,Bari\n2,D,5,Rom\n", [("1", "AB", (ProblemKind.ORDER_ROWS_DISAGREE,)), ("2", "D", ())]),
        (",B,none,\n2,D,5,Rom\n", [("1", "AB", (ProblemKind.BAD_QUANTITY,)), ("2", "D", ())]),
        ("2,D,5,Rom\n,E,6,\n1,A,2,Rom\n", [("1", "A", ()), ("2", "DE", ()), ("1", "A", ())]),
    ],
    ids=["goes on", "says something else", "is wrong", "of the last order only"],
)
def test_a_row_without_a_number_belongs_to_the_order_above_it_or_refuses_it(
    below: str, found: list[tuple[str, str, tuple[ProblemKind, ...]]]
) -> None:
    read = parse_orders(f"number,sku,quantity,city\n1,A,2,Rom\n{below}".encode(), name="x").orders
    assert [
        (
            order.draft.number,
            "".join(line.sku for line in order.draft.lines),
            tuple(each.problem for each in order.problems if each.problem.outcome is Outcome.REFUSED),
        )
        for order in read
    ] == found


def test_a_row_without_a_name_refuses_the_order_of_an_export_above_it() -> None:
    head = "Name,Lineitem quantity,Lineitem name,Lineitem price,Shipping Name\n"
    text = f"{head}#1,1,Mug,2.00,Zoë\n,1,Tea,2.00,Ola\n#2,1,Mug,2.00,Zoë\n"
    first, second = parse_orders(text.encode(), name="x").orders
    assert (ProblemKind.NO_NUMBER, "row 3", "name", "") in {
        (each.problem, each.where, each.field, each.value) for each in first.problems
    }
    assert (first.draft.number, first.outcome) == ("#1", Outcome.REFUSED)
    assert ProblemKind.NO_NUMBER not in {each.problem for each in second.problems}


def test_a_file_that_begins_without_a_number_has_an_order_without_one() -> None:
    lost, known = parse_orders(b"number,sku,quantity\n,A,2\n,B,2\n1,C,2\n", name="x").orders
    assert ProblemKind.NO_NUMBER in {each.problem for each in lost.problems}
    assert (known.draft.number, [line.sku for line in known.draft.lines]) == ("1", ["C"])
