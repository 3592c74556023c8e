"""What somebody at the stock is told when something is not right; nothing is written then."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from oms_desktop.floor.reply import Key, Reply
from oms_desktop.models import Condition, Product, Stock
from oms_desktop.workflow import receiving
from tests.builders import BOTTLE, BOTTLE_PLACE, MUG, MUG_PLACE, TORCH, TORCH_PLACE
from tests.floor.desk import CASE, Desk, said
from tests.floor.stockroom import RESERVE, lotted, stocked

Scene = Callable[[Desk], object]


def refilling(*codes: str) -> Scene:
    return lambda desk: (desk.press(Key.REFILL), *(desk.scan(code) for code in codes))


def moving(*codes: str) -> Scene:
    return lambda desk: (desk.press(Key.MOVE), *(desk.scan(code) for code in codes))


def counting(*codes: str) -> Scene:
    return lambda desk: (desk.press(Key.COUNT), *(desk.scan(code) for code in codes))


def scan(code: str) -> Callable[[Desk], Reply[Any]]:
    return lambda desk: desk.scan(code)


def press(key: Key, text: str = "") -> Callable[[Desk], Reply[Any]]:
    return lambda desk: desk.press(key, text)


@pytest.mark.parametrize(
    ("scene", "do", "code", "got", "wanted"),
    [
        (refilling(), scan(MUG_PLACE), "stock.wrong_place", MUG_PLACE, RESERVE),
        (refilling(RESERVE), scan(BOTTLE), "stock.wrong_product", BOTTLE, MUG),
        (refilling(RESERVE, CASE, CASE), scan(CASE), "stock.too_many", MUG, MUG),
        (refilling(RESERVE, CASE), scan(BOTTLE_PLACE), "stock.wrong_place", BOTTLE_PLACE, MUG_PLACE),
        (refilling(RESERVE, CASE), scan(RESERVE), "stock.same_place", RESERVE, MUG),
        (refilling(RESERVE), scan(MUG_PLACE), "stock.not_expected", MUG_PLACE, MUG),
        (refilling(RESERVE, MUG), press(Key.REFILL, "17"), "stock.too_many", MUG, MUG),
        (refilling(RESERVE, MUG), press(Key.REFILL, "many"), "stock.number", "many", ""),
        (refilling(RESERVE), press(Key.REFILL, "3"), "stock.scan_first", "3", MUG),
        (refilling(RESERVE), press(Key.MOVE, "3"), "stock.key", "3", MUG),
        (refilling(RESERVE), scan("nonsense"), "stock.unknown", "nonsense", MUG),
        (moving(RESERVE), scan(BOTTLE), "stock.not_here", BOTTLE, ""),
        (moving(MUG_PLACE, MUG, CASE), scan(CASE), "stock.more_than_free", MUG, MUG),
        (moving(MUG_PLACE, MUG), press(Key.MOVE, "11"), "stock.more_than_free", "11", MUG),
        (counting(MUG_PLACE, MUG), press(Key.COUNT, "-1"), "stock.number", "-1", ""),
        (counting(MUG_PLACE, MUG), scan(MUG), "stock.not_expected", MUG, ""),
        (lambda desk: None, press(Key.REFILL, "7f"), "stock.no_refill", "7f", ""),
        (lambda desk: None, press(Key.UNDO), "stock.nothing_to_undo", "", ""),
    ],
)
def test_what_is_wrong_is_refused_in_words_and_writes_nothing(
    desk: Desk, scene: Scene, do: Callable[[Desk], Reply[Any]], code: str, got: str, wanted: str
) -> None:
    stocked(desk)
    scene(desk)

    refusal = desk.refuses(lambda: do(desk))

    assert (refusal.code, refusal.got.code, refusal.expected.code) == (code, got, wanted)


def test_a_lot_is_chosen_by_scan(desk: Desk) -> None:
    lotted(desk).scan(RESERVE)
    desk.press(Key.MOVE)
    bottle = "01" + "04006381333948" + "10"

    refusal = desk.refuses(lambda: desk.scan(BOTTLE))
    assert (refusal.code, refusal.text) == (
        "stock.which_lot",
        "Lots L-1, L-2 lie at R-01-02-R1. Scan the code that names the lot.",
    )
    assert desk.refuses(lambda: desk.scan(bottle + "L-9")).code == "stock.wrong_lot"
    assert desk.scan(bottle + "L-2").data.task.lot == "L-2"
    assert desk.refuses(lambda: desk.scan(bottle + "L-1")).code == "stock.wrong_lot"
    desk.scan(BOTTLE, MUG_PLACE)

    with desk.database.reading() as session:
        rows = session.scalars(select(Stock).where(Stock.lot != "").order_by(Stock.on_hand))
        assert [(row.lot, row.on_hand, row.condition) for row in rows] == [
            ("L-2", 2, Condition.GOOD),
            ("L-2", 3, Condition.GOOD),
            ("L-1", 5, Condition.GOOD),
        ]


def test_a_refill_of_pieces_with_serials_asks_for_them_and_takes_typed_ones(desk: Desk) -> None:
    with desk.database.transaction() as session:
        session.scalars(select(Product).where(Product.sku == TORCH)).one().serial_tracked = True
    stocked(desk)
    row = receiving.Receipt(TORCH, RESERVE, 2, serials=("S-1", "S-2"))
    desk.site.station.do(receiving.receive, warehouse=desk.site.warehouse, rows=(row,))
    desk.press(Key.MOVE)

    asked = said(desk.scan(RESERVE, TORCH))

    assert (asked.message, asked.told) == ("Scan the serial of each piece", "Product right")
    assert asked.hint == "0 taken. F2 types a serial that cannot be scanned"
    assert desk.refuses(lambda: desk.scan(TORCH)).code == "stock.serial_needed"
    assert said(desk.scan("S-1", device="typed")).told == "Right, 1 taken"
    assert desk.refuses(lambda: desk.scan("S-1", device="typed")).code == "stock.serial_again"
    assert said(desk.scan("S-2", TORCH_PLACE)).told == f"2 of {TORCH} are at {TORCH_PLACE} now"


def test_an_empty_place_gives_nothing_and_work_is_put_aside(desk: Desk) -> None:
    stocked(desk, mugs=6)
    desk.press(Key.REFILL)
    desk.scan(RESERVE, CASE, MUG_PLACE)
    desk.press(Key.PUT_ASIDE)
    desk.press(Key.MOVE)

    assert desk.refuses(lambda: desk.scan(RESERVE)).code == "stock.nothing_here"
    desk.scan(MUG_PLACE, CASE)
    assert said(desk.press(Key.PUT_ASIDE)).told == "Put 6 pieces back to A-07-03-B2"
    assert desk.on_hand(MUG_PLACE) == 16


@pytest.mark.parametrize("wrong", [BOTTLE, "who-knows"])
def test_behind_a_refusal_only_that_is_put_aside(desk: Desk, wrong: str) -> None:
    stocked(desk, mugs=6)
    desk.press(Key.MOVE)
    desk.scan(MUG_PLACE, MUG, MUG)
    reply = desk.workplace.current().reply
    assert reply is not None
    before, units = said(reply), desk.on_hand(MUG_PLACE)
    desk.refuses(lambda: desk.scan(wrong))

    assert said(desk.press(Key.PUT_ASIDE)) == before
    desk.scan(MUG, TORCH_PLACE)
    assert desk.on_hand(MUG_PLACE) == units - 3
    desk.press(Key.MOVE)
    assert said(desk.press(Key.PUT_ASIDE)).state == "idle", "without a refusal the work is put aside"


def test_what_others_have_taken_meanwhile_is_told_by_the_verb(desk: Desk) -> None:
    stocked(desk)
    desk.press(Key.MOVE)
    desk.scan(TORCH_PLACE, TORCH)
    desk.press(Key.MOVE, "10")
    desk.other("DESK-9").site.promised({TORCH: 1})

    refusal = desk.refuses(lambda: desk.scan(MUG_PLACE), "stock.not_free")

    assert refusal.text == "9 of TRC-0400-BK (good) are free at A-03-06-D2; 10 cannot be taken."
