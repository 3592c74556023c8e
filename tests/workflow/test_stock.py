"""Receive, move, adjust and grade: each a move with two ends, nothing below zero, refusals write nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from oms_desktop.db import Database
from oms_desktop.errors import InputError, OmsError
from oms_desktop.models import Lot, MoveKind, Stock
from oms_desktop.workflow import catalog, stock
from oms_desktop.workflow.receiving import Receipt
from tests.builders import BOTTLE, MUG, MUG_PLACE, TORCH_PLACE, Clock
from tests.replaying import assert_same_rows, calls_of, copy_rows, play_all, rows_of
from tests.workflow.yard import CASE, DAMAGED, DRILL, GOOD, JULY, JUNE, RESERVE, SET, TEA, Yard


def refused(yard: Yard, code: str, words: str, work: Callable[[], object]) -> None:
    before = rows_of(yard.database)
    with pytest.raises(OmsError) as caught:
        work()
    assert caught.value.code == code
    assert words in caught.value.text
    assert rows_of(yard.database) == before


def test_a_case_counts_its_units(database: Database) -> None:
    yard = Yard(database)

    assert yard.bring(Receipt(MUG, RESERVE, 2, packaging=CASE, reference="PO 7719")) == 24

    assert yard.at(RESERVE, MUG) == (24, 0)
    (move,) = yard.moves()
    assert (move.kind, move.quantity, move.reference) == (MoveKind.RECEIVE, 24, "PO 7719")


def test_lots_and_serials_are_known_from_their_coming(database: Database) -> None:
    yard = Yard(database)
    yard.bring(
        Receipt(TEA, MUG_PLACE, 5, lot="L1", expires_on=JUNE),
        Receipt(TEA, MUG_PLACE, 2, lot="L1"),
        Receipt(DRILL, RESERVE, 2, serials=("S-1", "S-2")),
    )

    assert yard.at(MUG_PLACE, TEA, "L1") == (7, 0)
    assert yard.serials() == {"S-1": RESERVE, "S-2": RESERVE}
    with database.reading() as session:
        lot = session.scalars(select(Lot)).one()
        assert (lot.code, lot.expires_on) == ("L1", JUNE)


def test_spaces_around_a_lot_or_a_serial_make_no_other(database: Database) -> None:
    yard = Yard(database)
    yard.bring(Receipt(TEA, MUG_PLACE, 5, lot="L1", expires_on=JUNE), Receipt(TEA, MUG_PLACE, 2, lot="L1 "))
    yard.bring(Receipt(DRILL, RESERVE, 1, serials=(" S-1",)))

    assert yard.at(MUG_PLACE, TEA, "L1") == (7, 0)
    assert yard.serials() == {"S-1": RESERVE}
    with pytest.raises(InputError, match="in the house already"):
        yard.bring(Receipt(DRILL, RESERVE, 1, serials=("S-1 ",)))


WRONGS = (
    "Row 1 (NO-SUCH to A-07-03-B2): No product has the SKU",
    "Row 2 (MUG-0350-GN to Z-1): There is no location Z-1",
    "T-101 is no shelf",
    "SET-0001-XX is a kit",
    "is no GTIN of BTL-0750-ST",
    "Row 6 (MUG-0350-GN to A-07-03-B2): 0 units cannot be booked",
    "12000000 units cannot be booked",
    "Row 8 (TEA-0100-GR to A-07-03-B2): TEA-0100-GR is kept by lot",
    "Lot L1 of TEA-0100-GR is known with the expiry 2026-06-30, not 2026-07-31",
    "2 units need 2 serials, 1 is named",
    "S-3 of DRL-0012-BL is named more than once",
    "S-1 (at R-01-01-A1) of DRL-0012-BL is in the house already",
    "Row 13 (DRL-0012-BL to A-07-03-B2): S-3 of DRL-0012-BL is named in an earlier row",
    "MUG-0350-GN is not kept by serial",
    "Row 16 (TEA-0100-GR to A-07-03-B2): Lot L2 of TEA-0100-GR has the expiry 2026-07-31 in an earlier",
)


def test_everything_wrong_with_a_delivery_is_said_at_once(database: Database) -> None:
    yard = Yard(database)
    yard.bring(
        Receipt(TEA, MUG_PLACE, 5, lot="L1", expires_on=JUNE), Receipt(DRILL, RESERVE, 1, serials=("S-1",))
    )
    rows = (
        Receipt("NO-SUCH", MUG_PLACE, 1),
        Receipt(MUG, "Z-1", 1),
        Receipt(MUG, "T-101", 1),
        Receipt(SET, MUG_PLACE, 1),
        Receipt(BOTTLE, MUG_PLACE, 1, packaging=CASE),
        Receipt(MUG, MUG_PLACE, 0),
        Receipt(MUG, MUG_PLACE, 1_000_000, packaging=CASE),
        Receipt(TEA, MUG_PLACE, 1),
        Receipt(TEA, MUG_PLACE, 1, lot="L1", expires_on=JULY),
        Receipt(DRILL, MUG_PLACE, 2, serials=("S-2",)),
        Receipt(DRILL, MUG_PLACE, 2, serials=("S-3", "S-3")),
        Receipt(DRILL, MUG_PLACE, 1, serials=("S-1",)),
        Receipt(DRILL, MUG_PLACE, 1, serials=("S-3",)),
        Receipt(MUG, MUG_PLACE, 1, serials=("S-9",)),
        Receipt(TEA, MUG_PLACE, 1, lot="L2", expires_on=JULY),
        Receipt(TEA, MUG_PLACE, 1, lot="L2", expires_on=JUNE),
    )
    before = rows_of(database)

    with pytest.raises(InputError) as caught:
        yard.bring(*rows)

    assert caught.value.code == "stock.unknown_sku"
    for words in WRONGS:
        assert words in caught.value.text
    assert rows_of(database) == before


def test_the_first_version_refuses_goods_that_must_name_a_lot(database: Database) -> None:
    yard = Yard(database)
    rows = (catalog.ReceiptRow(TEA, MUG_PLACE, 1), catalog.ReceiptRow(DRILL, "NEW-PLACE", 1))

    refused(
        yard,
        "stock.lot_wanted",
        "DRL-0012-BL, TEA-0100-GR: these goods",
        lambda: yard.do(catalog.receive, warehouse=yard.site.warehouse, rows=rows),
    )


def test_a_move_takes_free_units_only(database: Database) -> None:
    yard = Yard(database)
    yard.site.promised({MUG: 6})
    mug, here, there = yard.product(MUG), yard.site.place(MUG_PLACE), yard.site.place(RESERVE)

    refused(
        yard,
        "stock.not_free",
        "4 of MUG-0350-GN (good) are free at A-07-03-B2; 5 cannot be taken",
        lambda: yard.do(stock.move, product=mug, source=here, target=there, quantity=5),
    )
    yard.do(stock.move, product=mug, source=here, target=there, quantity=4, refill=True)

    assert (yard.at(MUG_PLACE, MUG), yard.at(RESERVE, MUG)) == ((6, 6), (4, 0))
    (move,) = yard.moves()
    assert (move.kind, move.source_id, move.target_id) == (MoveKind.REFILL, here, there)


def test_what_cannot_be_moved_so(database: Database) -> None:
    yard = Yard(database)
    yard.bring(Receipt(DRILL, RESERVE, 2, serials=("S-1", "S-2")))
    mug, drill = yard.product(MUG), yard.product(DRILL)
    here, there = yard.site.place(MUG_PLACE), yard.site.place(RESERVE)
    tote = yard.site.place("T-101")
    for code, words, work in (
        ("stock.two_ends", "The goods are at A-07-03-B2 already", lambda: stock_move(yard, mug, here, here)),
        ("stock.not_a_shelf", "T-101 is no shelf", lambda: stock_move(yard, mug, here, tote)),
        ("stock.unknown_product", "not known", lambda: stock_move(yard, here, here, there)),
        ("stock.quantity", "0 units", lambda: stock_move(yard, mug, here, there, 0)),
        ("stock.kit", "is a kit", lambda: stock_move(yard, yard.product(SET), here, there)),
        ("stock.lot_wanted", "by lot", lambda: stock_move(yard, yard.product(TEA), here, there)),
        ("stock.unknown_lot", "No lot L9", lambda: stock_move(yard, mug, here, there, 1, lot="L9")),
        (
            "stock.serial_wanted",
            "1 unit needs 1 serial, 0 are",
            lambda: stock_move(yard, drill, there, here),
        ),
        (
            "stock.serial_elsewhere",
            "S-9 cannot be at R-01-01-A1",
            lambda: stock_move(yard, drill, there, here, 1, serials=("S-9",)),
        ),
    ):
        refused(yard, code, words, work)


def stock_move(
    yard: Yard, product: object, source: object, target: object, quantity: int = 1, **more: object
) -> None:
    yard.do(stock.move, product=product, source=source, target=target, quantity=quantity, **more)  # type: ignore[arg-type]  # a table of wrong ones


def test_a_serial_goes_where_its_unit_goes(database: Database) -> None:
    yard = Yard(database)
    yard.bring(Receipt(DRILL, RESERVE, 2, serials=("S-1", "S-2")))
    drill, there, here = yard.product(DRILL), yard.site.place(RESERVE), yard.site.place(MUG_PLACE)

    yard.do(stock.move, product=drill, source=there, target=here, quantity=1, serials=("S-2",))
    assert yard.serials() == {"S-1": RESERVE, "S-2": MUG_PLACE}
    yard.do(
        stock.grade,
        product=drill,
        location=here,
        quantity=1,
        before=GOOD,
        after=DAMAGED,
        reason="case broken",
        serials=("S-2",),
    )
    assert yard.serials() == {"S-1": RESERVE, "S-2": MUG_PLACE}
    yard.do(stock.adjust, product=drill, location=there, difference=-1, reason="gone", serials=("S-1",))
    assert yard.serials()["S-1"] == "adjustment"
    yard.bring(Receipt(DRILL, RESERVE, 1, serials=("S-1",)))
    assert yard.serials()["S-1"] == RESERVE


def test_an_adjustment_needs_a_reason_and_free_units(database: Database) -> None:
    yard = Yard(database)
    yard.site.promised({MUG: 6})
    mug, here = yard.product(MUG), yard.site.place(MUG_PLACE)

    def adjust(difference: int, reason: str = "broken in the aisle") -> None:
        yard.do(stock.adjust, product=mug, location=here, difference=difference, reason=reason)

    refused(yard, "stock.reason_wanted", "needs its reason", lambda: adjust(1, "  "))
    refused(yard, "stock.quantity", "0 units", lambda: adjust(0))
    refused(yard, "stock.not_free", "4 of MUG-0350-GN", lambda: adjust(-5))
    adjust(-4)
    adjust(2, "found behind the rack")

    assert yard.at(MUG_PLACE, MUG) == (8, 6)
    (move,) = yard.moves()
    assert (move.kind, move.quantity, move.reason) == (MoveKind.ADJUST, 2, "found behind the rack")


def test_a_grade_changes_the_condition_by_two_moves(database: Database) -> None:
    yard = Yard(database)
    mug, here = yard.product(MUG), yard.site.place(MUG_PLACE)

    def grade(units: int, before: object = GOOD, after: object = DAMAGED, reason: str = "dented") -> None:
        yard.do(
            stock.grade,
            product=mug,
            location=here,
            quantity=units,
            before=before,  # type: ignore[arg-type]  # the conditions, as objects
            after=after,  # type: ignore[arg-type]  # likewise
            reason=reason,
        )

    refused(yard, "stock.two_ends", "are damaged already", lambda: grade(1, DAMAGED))
    refused(yard, "stock.reason_wanted", "needs its reason", lambda: grade(1, reason=""))
    refused(yard, "stock.not_free", "10 of", lambda: grade(11))
    grade(3)

    assert (yard.at(MUG_PLACE, MUG), yard.at(MUG_PLACE, MUG, "", DAMAGED)) == ((7, 0), (3, 0))
    assert [move.kind for move in yard.moves()] == [MoveKind.GRADE] * 2


def test_a_day_at_the_shelves_gives_the_same_rows_on_the_other_database(
    sqlite: Database, postgresql: Database
) -> None:
    yard = Yard(sqlite)
    copy_rows(sqlite, postgresql)
    first = max(entry.sequence for entry in calls_of(sqlite))
    yard.bring(
        Receipt(TEA, MUG_PLACE, 5, lot="L1", expires_on=JUNE), Receipt(DRILL, RESERVE, 1, serials=("S-1",))
    )
    tea, drill = yard.product(TEA), yard.product(DRILL)
    here, there, other = (yard.site.place(code) for code in (MUG_PLACE, RESERVE, TORCH_PLACE))
    yard.do(stock.move, product=tea, source=here, target=there, quantity=2, lot="L1")
    yard.do(stock.move, product=drill, source=there, target=other, quantity=1, serials=("S-1",))
    yard.do(stock.adjust, product=tea, location=here, difference=-1, reason="torn bag", lot="L1")
    yard.do(
        stock.grade,
        product=tea,
        location=here,
        quantity=1,
        before=GOOD,
        after=DAMAGED,
        reason="wet",
        lot="L1",
    )
    play_all(calls_of(sqlite, after=first), postgresql)

    assert_same_rows(sqlite, postgresql)


def test_goods_keep_their_age_from_place_to_place(database: Database) -> None:
    """First in, first out: what was refilled to a pick face is still the oldest."""
    yard = Yard(database, stock=0)
    yard.bring(Receipt(MUG, RESERVE, 4))
    came = since(yard, RESERVE)
    assert isinstance(yard.site.station.clock, Clock)
    yard.site.station.clock.now += timedelta(days=30)
    yard.bring(Receipt(MUG, MUG_PLACE, 4))

    mug = yard.product(MUG)
    source, target = yard.site.place(RESERVE), yard.site.place(MUG_PLACE)
    yard.do(stock.move, product=mug, source=source, target=target, quantity=1, refill=True)

    assert since(yard, MUG_PLACE) == came


def since(yard: Yard, code: str) -> datetime:
    with yard.database.reading() as session:
        here = yard.site.place(code)
        return session.scalars(select(Stock.since).where(Stock.location_id == here, Stock.on_hand > 0)).one()
