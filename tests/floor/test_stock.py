"""What somebody at the stock is told: looking up places and products."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from oms_desktop.db import Database
from oms_desktop.floor.reply import Key, Refusal, Thing
from oms_desktop.floor.stock_views import StockRow, StockView
from oms_desktop.models import Condition, Product, Role
from oms_desktop.workflow import stock, thresholds
from oms_desktop.workflow.worklists import heat, shelf_pages, shelves
from tests.builders import BOTTLE, BOTTLE_PLACE, MUG, MUG_PLACE, NOON, TORCH_PLACE
from tests.floor.desk import Desk, Said, everything, said

ALL_IS_WELL = ("Scan a location or a product", "Every place has what it should have")


def low(desk: Desk, reorder_at: int = 12) -> None:
    """Ask for more mugs than there are."""
    row = thresholds.ThresholdRow(MUG, MUG_PLACE, 4, reorder_at, 40)
    desk.site.station.do(thresholds.bring_thresholds, warehouse=desk.site.warehouse, rows=(row,))


def test_goods_that_are_not_good_are_not_free(desk: Desk) -> None:
    with desk.database.reading() as session:
        mug = session.scalars(select(Product.id).where(Product.sku == MUG)).one()
    desk.site.station.do(
        stock.grade,
        product=mug,
        location=desk.site.place(MUG_PLACE),
        quantity=4,
        before=Condition.GOOD,
        after=Condition.DAMAGED,
        reason="dented",
    )
    desk.go("stock")

    assert said(desk.scan(MUG_PLACE)).told == "1 product, 6 free"
    assert StockRow("", "", "", "", "", 4, 0, condition="damaged").available == 0
    assert StockRow("", "", "", "", "", 6, 2).available == 4


def test_a_place_and_a_product_are_looked_up(desk: Desk) -> None:
    desk.site.promised({MUG: 3})
    assert said(desk.go("stock")) == Said("idle", *ALL_IS_WELL)
    before = everything(desk.database)

    place = desk.scan(MUG_PLACE)
    product = desk.scan(MUG)

    assert said(place) == Said(
        "idle", "A-07-03-B2: 1 product, 7 free", "Esc shows everything again", "1 product, 7 free", "ok"
    )
    assert place.data == StockView(place=desk.site.place(MUG_PLACE).hex, location=MUG_PLACE)
    assert said(product) == Said(
        "idle", "MUG-0350-GN: 1 place, 7 free", "Esc shows everything again", "1 place, 7 free", "ok"
    )
    assert (product.data.sku, product.data.place) == (MUG, "")
    assert said(desk.press(Key.PUT_ASIDE)) == Said("idle", *ALL_IS_WELL)
    assert everything(desk.database) == before


@pytest.mark.parametrize(
    ("place", "roles", "leads"),
    [
        ("queue", {Role.SUPERVISOR}, True),
        ("pick", {Role.PICKER, Role.SUPERVISOR}, True),
        ("pack", {Role.PACKER, Role.RECEIVER}, True),
        ("pick", {Role.PICKER}, False),
        ("queue", {Role.ORDER_DESK}, False),
    ],
)
@pytest.mark.parametrize("code", [BOTTLE, BOTTLE_PLACE])
def test_a_code_leads_to_the_stock_where_nothing_is_open(
    desk: Desk, place: str, roles: set[Role], leads: bool, code: str
) -> None:
    desk.become(*roles)
    desk.workplace.go(place)
    if place == "queue" and code == BOTTLE_PLACE:
        assert desk.workplace.scan(code).place == "queue", "the orders with work there come first"

    answer = desk.workplace.scan(code)

    assert answer.place == ("stock" if leads else place)
    if leads:
        assert answer.reply is not None
        assert answer.reply.data.sku or answer.reply.data.location == BOTTLE_PLACE


def test_work_that_is_open_keeps_the_scan(desk: Desk) -> None:
    desk.site.promised({MUG: 2})
    desk.go("pick")
    desk.scan("T-101")

    refusal = desk.refuses(lambda: desk.scan(TORCH_PLACE))

    assert refusal.code == "pick.wrong_location"
    assert desk.workplace.place == "pick"


def test_a_code_of_something_else_is_refused(desk: Desk) -> None:
    desk.go("stock")

    assert desk.refuses(lambda: desk.scan("C4")) == Refusal(
        "stock.not_expected",
        "Not a carton now",
        "C4 is a carton. Nothing was recorded.",
        Thing("Carton", "C4"),
        Thing("A location or a product"),
        "Scan a location or a product",
    )
    assert desk.refuses(lambda: desk.scan("nonsense")).code == "stock.unknown"
    assert desk.refuses(lambda: desk.press(Key.SHORT)).code == "stock.key"


def test_rows_counts_and_words_follow_thresholds(database: Database) -> None:
    desk = Desk(database)
    low(desk)
    desk.site.promised({MUG: 10})
    wanted = shelves.Wanted(desk.site.warehouse)

    with database.reading() as session:
        rows = shelves.goods(session, wanted, 10)
        page = shelf_pages.goods_page(session, desk.site.warehouse)
        counts = shelf_pages.counts(session, desk.site.warehouse)
        found = {
            name: [row.sku for row in shelves.goods(session, shelves.Wanted(desk.site.warehouse, name), 10)]
            for name in ("empty", "low", "count")
        }
        one = shelves.goods(
            session, shelves.Wanted(desk.site.warehouse, place=desk.site.place(BOTTLE_PLACE)), 9
        )

    assert [(row.code, row.on_hand, row.allocated, row.free, row.word) for row in rows] == [
        (MUG_PLACE, 10, 10, 0, "empty"),
        (TORCH_PLACE, 10, 0, 10, ""),
        (BOTTLE_PLACE, 10, 0, 10, ""),
    ]
    assert (rows[0].minimum, rows[0].reorder_at, rows[0].fill_to) == (4, 12, 40)
    assert page == shelf_pages.GoodsPage(rows, None)
    assert counts == {"all": 3, "empty": 1, "low": 0, "count": 0}
    assert found == {"empty": [MUG], "low": [], "count": []}
    assert [row.sku for row in one] == [BOTTLE]


def test_picks_are_counted_by_bay_and_moves_are_told(database: Database) -> None:
    desk = Desk(database)
    desk.picked({MUG: 2})

    with database.reading() as session:
        moves = heat.movements(session, desk.site.warehouse, 3)
        bays = heat.bays(session, desk.site.warehouse, NOON)
        zone = heat.zone_of(session, desk.site.warehouse)

    assert [(move.kind.value, move.units, move.sku, move.place, move.other) for move in moves[:2]] == [
        ("pick", -1, MUG, MUG_PLACE, "tote T-101"),
        ("pick", -1, MUG, MUG_PLACE, "tote T-101"),
    ]
    assert (moves[2].kind.value, moves[2].units) == ("receive", 10)
    assert bays == (), "the places of this warehouse have no coordinates"
    assert heat.day_start(datetime(2026, 3, 2, 4, 59, tzinfo=UTC), zone) == datetime(
        2026, 3, 1, 5, tzinfo=UTC
    )
    assert heat.day_start(datetime(2026, 3, 2, 5, 0, tzinfo=UTC), zone) == datetime(2026, 3, 2, 5, tzinfo=UTC)
