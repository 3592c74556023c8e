"""The first start makes the demo warehouse, whole even if it was broken off in the middle."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, func, select

from oms_desktop.app import bringing, desktop, opening, site
from oms_desktop.app.demo_data import demo_warehouse
from oms_desktop.db import Database
from oms_desktop.models import Lane, Order, Product, Stock
from oms_desktop.settings import Settings, resource
from oms_desktop.station import Station
from oms_desktop.workflow import books


class BrokenOffError(Exception):
    """The program ends here."""


@contextmanager
def ending_after(database: Database, commits: int) -> Iterator[None]:
    """Let the program end before the next commit after so many."""
    left = [commits]

    def count(_connection: Connection) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise BrokenOffError

    event.listen(database.engine, "commit", count)
    try:
        with pytest.raises(BrokenOffError):
            yield
    finally:
        event.remove(database.engine, "commit", count)


def six_orders(maker: Station, _settings: Settings) -> None:
    """Make the demo, and fill it with less than a morning's orders."""
    site.make_demo(maker)
    bringing.bring_orders(maker, resource("demo/orders_shopify.json"))


def whole(database: Database) -> tuple[int, int, int, int, bool]:
    with database.reading() as session:
        return (
            session.scalars(select(func.count()).select_from(Product)).one(),
            session.scalars(select(func.sum(Stock.on_hand))).one(),
            session.scalars(select(func.count()).select_from(Lane)).one(),
            session.scalars(select(func.count()).select_from(Order)).one(),
            books.prove(session).sound,
        )


@pytest.mark.parametrize("commits", range(1, 14, 3))
def test_a_first_start_that_was_broken_off_is_finished_by_the_next(tmp_path: Path, commits: int) -> None:
    database = opening.open_database(f"sqlite:///{tmp_path / 'oms.sqlite'}")
    with ending_after(database, commits):
        desktop.open_workplace(database, Settings(), six_orders)

    workplace = desktop.open_workplace(database, Settings(), six_orders)

    demo = demo_warehouse()
    units = sum(row.quantity for row in demo.stock)
    goods = len(demo.products) + len(demo.kits)
    assert whole(database) == (goods, units, len(demo.lanes), 6, True)
    assert len(workplace.door.view().badges) == len(demo.workers)
    database.close()


def test_a_warehouse_of_ones_own_is_never_made_the_demo(tmp_path: Path) -> None:
    database = opening.open_database(f"sqlite:///{tmp_path / 'oms.sqlite'}")
    site.main_site(opening.system_station(database))

    workplace = desktop.open_workplace(database, Settings())

    assert whole(database)[0] == 0
    assert workplace.door.view().badges == ()
    database.close()
