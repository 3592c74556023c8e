"""All shelves page by page, and by which indexes the stock screen is read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, update
from sqlalchemy.orm import Session

from oms_desktop.db import Database
from oms_desktop.models import Location, LocationKind
from oms_desktop.workflow import receiving, site, thresholds
from oms_desktop.workflow.worklists import heat, shelf_pages, shelves
from oms_desktop.workflow.worklists.shelf_pages import ShelfPages, counts, goods_page
from tests.builders import BOTTLE, BOTTLE_PLACE, MUG, MUG_PLACE, NOON, TORCH, Site
from tests.floor.desk import Desk, statements

PLACES = 23


def filled(database: Database) -> Site:
    """A site with goods at many places, one of them empty and asked for, one with two products."""
    made = Site(database)
    codes = [f"B-{number:02}" for number in range(PLACES)]
    rows = tuple(site.LocationRow(code, LocationKind.PICK_FACE, sequence=9) for code in codes)
    made.station.do(site.bring_locations, warehouse=made.warehouse, rows=rows)
    goods = [receiving.Receipt(MUG, code, 3) for code in codes[1:]] + [receiving.Receipt(TORCH, codes[5], 2)]
    made.station.do(receiving.receive, warehouse=made.warehouse, rows=tuple(goods))
    asked = (
        thresholds.ThresholdRow(BOTTLE, codes[0], 1, 2, 9),
        thresholds.ThresholdRow(MUG, MUG_PLACE, 4, 12, 40),
        thresholds.ThresholdRow(BOTTLE, BOTTLE_PLACE, 1, 2, 9),
    )
    made.station.do(thresholds.bring_thresholds, warehouse=made.warehouse, rows=asked)
    return made


def test_pages_hold_each_row_once_and_what_runs_low_comes_first(database: Database) -> None:
    made, rows, after = filled(database), list[shelves.Goods](), ""
    with database.reading() as session:
        while True:
            page = goods_page(session, made.warehouse, after, places=4)
            rows += page.rows
            if page.after is None:
                break
            after = page.after
        whole = shelves.goods(session, shelves.Wanted(made.warehouse), 100)
        counted = counts(session, made.warehouse)

    assert rows == list(whole)
    assert len(rows) == PLACES + 4 == counted["all"]
    assert [(row.code, row.word) for row in rows[:2]] == [("B-00", "empty"), (MUG_PLACE, "low")]
    assert (counted["empty"], counted["low"]) == (1, 1)


def test_only_pages_that_were_not_read_are_read(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf_pages, "PAGE", 10)
    monkeypatch.setattr(goods_page, "__defaults__", ("", 10))
    made = filled(database)
    pages = ShelfPages(made.warehouse)
    cost = []
    with database.reading() as session:
        for places, fresh in ((10, True), (20, False), (30, False), (40, False), (20, True)):
            with statements(database) as seen:
                page = pages.read(session, places, fresh=fresh)
            cost.append(len(seen))
        rows = [len(pages.read(session, places, fresh=True).rows) for places in (10, 20, 30)]

    # What is urgent is read once, each page by two statements; behind the end nothing is read.
    assert cost == [4, 2, 2, 0, 6]
    assert rows[0] < rows[1] < rows[2] == PLACES + 4
    assert page.after is not None


def test_bays_show_picks_goods_and_alerts_where_places_have_coordinates(database: Database) -> None:
    desk = Desk(database)
    with database.transaction() as session:
        session.execute(
            update(Location)
            .where(Location.code.in_([MUG_PLACE, BOTTLE_PLACE]))
            .values(zone="A", aisle="07", bay="03", x_mm=100, y_mm=200)
        )
    asked = thresholds.ThresholdRow(MUG, MUG_PLACE, 4, 12, 40)
    desk.site.station.do(thresholds.bring_thresholds, warehouse=desk.site.warehouse, rows=(asked,))
    desk.picked({MUG: 2})

    with database.reading() as session:
        [bay] = heat.bays(session, desk.site.warehouse, NOON - timedelta(hours=1))
        [later] = heat.bays(session, desk.site.warehouse, NOON + timedelta(days=1))

    assert (bay.zone, bay.aisle, bay.bay, bay.x_mm, bay.y_mm) == ("A", "07", "03", 100, 200)
    assert (bay.picks, bay.filled, len(bay.places), bay.alert) == (2, 2, 2, "low")
    assert bay.oldest is not None
    assert (later.picks, later.filled) == (0, 2)


@contextmanager
def explained(database: Database, session: Session) -> Iterator[list[str]]:
    """Collect how the database would read each statement; a server is told to avoid whole tables."""
    plans: list[str] = []
    explain = "EXPLAIN QUERY PLAN " if database.embedded else "EXPLAIN "
    if not database.embedded:
        session.connection().exec_driver_sql("SET LOCAL enable_seqscan = off")

    def note(connection: Any, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        if statement.startswith(("SELECT", "WITH")):
            cursor = connection.connection.cursor()
            cursor.execute(explain + statement, parameters)
            plans.extend(" ".join(map(str, row)) for row in cursor.fetchall())

    event.listen(database.engine, "before_cursor_execute", note)
    yield plans
    event.remove(database.engine, "before_cursor_execute", note)


Read = Callable[[Session, Any], object]
LARGE = ("stock_move", "order_line", "sales_order", "pick_task")
"""Tables that grow with the years."""


@pytest.mark.parametrize(
    ("read", "tables"),
    [
        (lambda session, here: goods_page(session, here, "B-05"), ("stock", "threshold", "location", *LARGE)),
        (lambda session, here: shelves.goods(session, shelves.Wanted(here, "low"), 9), ("stock", *LARGE)),
        (lambda session, here: heat.movements(session, here, 30), LARGE),
        (lambda session, here: heat.bays(session, here, NOON), LARGE),
        (shelves.refills, ("stock", *LARGE)),
        (counts, LARGE),
    ],
    ids=["page", "low", "movements", "bays", "refills", "counts"],
)
def test_no_large_table_is_read_whole(database: Database, read: Read, tables: tuple[str, ...]) -> None:
    made = filled(database)
    made.order({MUG: 1})

    with database.reading() as session, explained(database, session) as plans:
        read(session, made.warehouse)

    assert plans
    whole = "SCAN {} USING|SCAN {}$" if database.embedded else "Seq Scan on {} "
    for table in tables:
        scanned = [
            plan
            for plan in plans
            if any(mark in f"{plan}$" for mark in whole.format(table, table).split("|"))
        ]
        assert scanned == [], table
