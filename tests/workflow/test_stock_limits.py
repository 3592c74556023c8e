"""What no database holds is refused in the same words on each of them, before anything is written."""

from collections.abc import Callable
from typing import Any

import pytest

from oms_desktop.db import Database
from oms_desktop.errors import InputError
from oms_desktop.workflow import counting, ledger, stock, thresholds
from oms_desktop.workflow.counting import Found
from oms_desktop.workflow.receiving import Receipt
from oms_desktop.workflow.thresholds import ThresholdRow
from tests.builders import MUG, MUG_PLACE, TORCH_PLACE
from tests.replaying import rows_of
from tests.workflow.yard import DAMAGED, DRILL, GOOD, TEA, Yard

NUL, HALF, LONG = "a\0b", "a\ud800b", "".join(chr(33 + at * 7919 % 9000) for at in range(20_000))


def at_mugs(yard: Yard) -> dict[str, Any]:
    return {"product": yard.product(MUG), "location": yard.site.place(MUG_PLACE)}


def adjust(yard: Yard, **changes: Any) -> None:
    yard.do(stock.adjust, **{**at_mugs(yard), "difference": 1, "reason": "seen", **changes})


def grade(yard: Yard, reason: str) -> None:
    yard.do(stock.grade, **at_mugs(yard), quantity=1, before=GOOD, after=DAMAGED, reason=reason)


def move(yard: Yard, reference: str) -> None:
    source, target = yard.site.place(MUG_PLACE), yard.site.place(TORCH_PLACE)
    mug = yard.product(MUG)
    yard.do(stock.move, product=mug, source=source, target=target, quantity=1, reference=reference)


def bring_thresholds(yard: Yard, row: ThresholdRow) -> None:
    yard.do(thresholds.bring_thresholds, warehouse=yard.site.warehouse, rows=(row,))


WORKS: list[tuple[str, Callable[[Yard, str], object]]] = [
    ("stock.letters", lambda yard, text: adjust(yard, reason=text)),
    ("stock.letters", lambda yard, text: adjust(yard, reference=text)),
    ("stock.letters", lambda yard, text: adjust(yard, lot=text)),
    ("stock.letters", lambda yard, text: adjust(yard, product=yard.product(DRILL), serials=(text,))),
    ("stock.letters", grade),
    ("stock.letters", move),
    ("stock.letters", lambda yard, text: yard.bring(Receipt(TEA, MUG_PLACE, 1, lot=text))),
    ("stock.letters", lambda yard, text: yard.bring(Receipt(DRILL, MUG_PLACE, 1, serials=(text,)))),
    ("stock.letters", lambda yard, text: yard.bring(Receipt(MUG, MUG_PLACE, 1, reference=text))),
    ("stock.letters", lambda yard, text: yard.do(counting.open_count, **at_mugs(yard), reason=text)),
    ("stock.letters", lambda yard, text: yard.do(counting.count, **at_mugs(yard), found=(Found(1, text),))),
    ("stock.unknown_sku", lambda yard, text: yard.bring(Receipt(text, MUG_PLACE, 1))),
    ("stock.unknown_location", lambda yard, text: yard.bring(Receipt(MUG, text, 1))),
    ("stock.unknown_sku", lambda yard, text: bring_thresholds(yard, ThresholdRow(text, MUG_PLACE, 1, 2, 3))),
]


@pytest.mark.parametrize("text", [NUL, HALF], ids=["nul", "half"])
@pytest.mark.parametrize(("code", "work"), WORKS)
def test_letters_that_cannot_be_stored(
    database: Database, code: str, work: Callable[[Yard, str], object], text: str
) -> None:
    refused(Yard(database), code, lambda yard: work(yard, text))


@pytest.mark.parametrize(
    ("code", "work"),
    [
        ("stock.too_long", lambda yard: yard.bring(Receipt(TEA, MUG_PLACE, 1, lot=LONG))),
        ("stock.too_long", lambda yard: yard.bring(Receipt(DRILL, MUG_PLACE, 1, serials=(LONG,)))),
        ("stock.threshold", lambda yard: bring_thresholds(yard, ThresholdRow(MUG, MUG_PLACE, 1, 2, 2**31))),
    ],
)
def test_what_is_too_long_or_too_much(database: Database, code: str, work: Callable[[Yard], object]) -> None:
    refused(Yard(database), code, work)


def test_a_lot_and_a_serial_of_the_longest_kind_are_kept(database: Database) -> None:
    yard = Yard(database)
    longest = LONG[:500]
    yard.bring(
        Receipt(TEA, MUG_PLACE, 1, lot=longest),
        Receipt(DRILL, MUG_PLACE, 1, serials=(longest,), lot=longest),
    )
    assert yard.at(MUG_PLACE, TEA, longest) == (1, 0)


def test_a_place_has_an_end(database: Database) -> None:
    yard = Yard(database)
    most = ledger.MOST_STOCK
    yard.bring(*(Receipt(MUG, MUG_PLACE, 1_000_000) for _row in range(most // 1_000_000 - 1)))
    yard.bring(Receipt(MUG, MUG_PLACE, 1_000_000 - 10))
    assert yard.at(MUG_PLACE, MUG) == (most, 0)

    refused(yard, "stock.too_much", lambda yard: yard.bring(Receipt(MUG, MUG_PLACE, 1)))


def refused(yard: Yard, code: str, work: Callable[[Yard], object]) -> None:
    before = rows_of(yard.database)
    with pytest.raises(InputError) as caught:
        work(yard)
    assert caught.value.code == code
    assert rows_of(yard.database) == before
