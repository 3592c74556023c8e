"""What comes into the house while an import stores orders that need it: neither side sees the other yet."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from oms_desktop.app import mending, serving
from oms_desktop.app.bringing import bring_orders
from oms_desktop.db import Database
from oms_desktop.models import Hold, OrderLine
from oms_desktop.station import Station
from oms_desktop.workflow import board, catalog
from oms_desktop.workflow.books import prove
from tests.builders import MUG, MUG_PLACE, Site
from tests.cli.shell import order, write_orders
from tests.crowd import station


def test_an_order_for_which_goods_come_while_it_is_stored_gets_them(
    postgresql: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who brings the goods does not see the order yet, and the order does not see the goods."""
    site = Site(postgresql, stock=0)

    def goods_come(dock: Station) -> None:
        row = catalog.ReceiptRow(MUG, MUG_PLACE, 5)
        dock.do(catalog.receive, warehouse=site.warehouse, rows=(row,))
        assert serving.serve_waiting(dock).allocated == 0

    while_orders_are_stored(site, monkeypatch, goods_come)

    assert bring_orders(site.station, write_orders(tmp_path / "o.json", order("#1"))).taken == 1

    with postgresql.reading() as session:
        [line] = session.scalars(select(OrderLine)).all()
        assert (line.open, line.allocated) == (0, 1)
        assert prove(session).violations == ()


def product_comes(own: Station) -> None:
    own.do(catalog.bring_products, rows=(catalog.ProductRow("MUG-NEW", "Mug of the new kind"),))
    assert mending.find_again(own).lines == 0


def listing_comes(own: Station) -> None:
    assert mending.mend(own, mending.Name("shopify", "sku:MUG-NEW"), MUG).lines == 0


@pytest.mark.parametrize("comes", [product_comes, listing_comes])
def test_an_order_whose_product_becomes_known_while_it_is_stored_finds_it(
    postgresql: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, comes: Callable[[Station], None]
) -> None:
    site = Site(postgresql)
    item = {"id": 1, "sku": "MUG-NEW", "title": "Mug", "quantity": 2, "price": "7.45"}
    file = write_orders(tmp_path / "o.json", order("#1", line_items=[item]))
    while_orders_are_stored(site, monkeypatch, comes)

    bring_orders(site.station, file)

    with postgresql.reading() as session:
        [line] = session.scalars(select(OrderLine)).all()
        assert line.product_id is not None
        assert line.allocated == (2 if comes is listing_comes else 0)
        assert session.scalars(select(Hold.released_at)).one() is not None
        assert prove(session).violations == ()


def while_orders_are_stored(
    site: Site, monkeypatch: pytest.MonkeyPatch, work: Callable[[Station], None]
) -> None:
    """Let another station do something once, before the orders that come in are committed."""
    settle = board.settle

    def meanwhile(*given: Any, **named: Any) -> None:
        monkeypatch.setattr(board, "settle", settle)
        with station(site.database, "DESK-2", site.station.person) as own:
            work(own)
        settle(*given, **named)

    monkeypatch.setattr(board, "settle", meanwhile)
