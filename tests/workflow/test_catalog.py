"""Products that are brought: known ones stay, their stock is booked once, and only on shelves."""

import pytest
from sqlalchemy import func, select

from oms_desktop.app.product_list import store_products
from oms_desktop.channels.products import parse_products
from oms_desktop.db import Database
from oms_desktop.errors import InputError
from oms_desktop.models import Location, LocationKind, Product, Stock
from oms_desktop.station import Station
from oms_desktop.workflow import books, catalog, reference
from tests.builders import GTINS, MUG, MUG_PLACE, Site
from tests.cli.shell import HEADER
from tests.crowd import together

NEW = "NEW-1"
ROWS = (catalog.ProductRow(NEW, "A thing"),)
RECEIPTS = (catalog.ReceiptRow(NEW, MUG_PLACE, 7),)


def on_hand(database: Database, sku: str) -> int:
    with database.reading() as session:
        wanted = select(func.sum(Stock.on_hand)).join(Product, Product.id == Stock.product_id)
        return session.scalar(wanted.where(Product.sku == sku)) or 0


def test_the_stock_of_a_product_that_is_known_is_left(database: Database) -> None:
    site = Site(database)

    made = [
        site.station.do(catalog.open_catalog, warehouse=site.warehouse, rows=ROWS, receipts=RECEIPTS)
        for _ in range(2)
    ]

    assert made == [1, 0]
    assert on_hand(database, NEW) == 7


def test_two_imports_at_once_book_the_stock_once(postgresql: Database) -> None:
    site = Site(postgresql)

    def bring(station: Station) -> int:
        return station.do(catalog.open_catalog, warehouse=site.warehouse, rows=ROWS, receipts=RECEIPTS)

    made = together(postgresql, site.station.person, [bring] * 4)

    assert sorted(made, key=str) == [0, 0, 0, 1]
    assert on_hand(postgresql, NEW) == 7
    with postgresql.reading() as session:
        assert books.prove(session).sound


@pytest.mark.parametrize("place", ["T-101", "SUPPLIER"])
def test_goods_come_to_no_tote(database: Database, place: str) -> None:
    site = Site(database)
    codes = {"T-101": "T-101", "SUPPLIER": _supplier(database)}

    with pytest.raises(InputError) as caught:
        site.station.do(
            catalog.receive, warehouse=site.warehouse, rows=(catalog.ReceiptRow(MUG, codes[place], 1),)
        )

    assert caught.value.code == "stock.not_a_shelf"
    assert on_hand(database, MUG) == 10


def test_rows_that_name_a_tote_are_refused_alone(database: Database) -> None:
    site = Site(database)
    text = f"{HEADER}\nNEW-1,One,,1,2,3,4,T-101,7\nNEW-2,Two,,1,2,3,4,Z-1,7\n{'S' * 201},X,,1,2,3,4,Z-1,7\n"

    report = store_products(site.station, parse_products(text.encode(), name="p.csv"))

    assert (report.read, report.taken, report.refused) == (3, 1, 2)
    told = [(each.where, each.field, each.problem.value) for each in report.problems]
    assert sorted(told) == [("row 2", "location", "not a shelf"), ("row 4", "sku", "too long")]


def test_a_gtin_wins_over_a_sku_that_looks_the_same(database: Database) -> None:
    site = Site(database)
    site.station.do(catalog.bring_products, rows=(catalog.ProductRow(GTINS[MUG], "An impostor"),))

    with database.reading() as session:
        assert reference.all_meanings(session)[GTINS[MUG]].code == MUG


def _supplier(database: Database) -> str:
    with database.reading() as session:
        return session.scalars(select(Location.code).where(Location.kind == LocationKind.SUPPLIER)).one()
