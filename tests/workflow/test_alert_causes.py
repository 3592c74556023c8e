"""Whatever makes a place run low or fills it raises or clears its alert in the very same call."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import func, select

from oms_desktop.db import Database
from oms_desktop.models import Alert, Condition, JournalEntry, PickTask, Product
from oms_desktop.workflow import cancelling, claims, counting, holds, picking, promise, stock, thresholds
from oms_desktop.workflow.books import prove
from oms_desktop.workflow.cancelling import Cut
from tests.builders import MUG, MUG_PLACE, TORCH_PLACE, Site


@dataclass(frozen=True)
class Shelf:
    """Ten mugs, a threshold at four of them, and an order that a cause may be about."""

    site: Site
    order: UUID
    mug: UUID
    here: UUID
    there: UUID


def shelf(database: Database, promised: int) -> Shelf:
    site = Site(database)
    row = thresholds.ThresholdRow(MUG, MUG_PLACE, 2, 4, 12)
    site.station.do(thresholds.bring_thresholds, warehouse=site.warehouse, rows=(row,))
    order = site.promised({MUG: promised}) if promised else site.order({MUG: 6})
    with database.reading() as session:
        mug = session.scalars(select(Product.id).where(Product.sku == MUG)).one()
    return Shelf(site, order, mug, site.place(MUG_PLACE), site.place(TORCH_PLACE))


def calls_and_alerts(database: Database) -> tuple[int, int]:
    """How many calls there were, and how many alerts are open now; the books are sound."""
    with database.reading() as session:
        assert prove(session).violations == ()
        calls = select(func.count()).select_from(JournalEntry)
        alerts = select(func.count()).select_from(Alert).where(Alert.cleared_at.is_(None))
        return session.scalars(calls).one(), session.scalars(alerts).one()


def moved(of: Shelf, units: int) -> None:
    """Move units off the shelf, or the other way."""
    source, target = (of.here, of.there) if units > 0 else (of.there, of.here)
    of.site.station.do(stock.move, product=of.mug, source=source, target=target, quantity=abs(units))


def adjusted(of: Shelf, units: int) -> None:
    of.site.station.do(stock.adjust, product=of.mug, location=of.here, difference=units, reason="seen")


def graded(of: Shelf, before: Condition, after: Condition) -> None:
    do, word = of.site.station.do, "dented"
    do(stock.grade, product=of.mug, location=of.here, quantity=6, before=before, after=after, reason=word)


def counted(of: Shelf, units: int) -> None:
    of.site.station.do(counting.count, location=of.here, product=of.mug, found=(counting.Found(units),))


CAUSES: dict[str, Callable[[Shelf], object]] = {
    "allocate": lambda of: of.site.station.do(promise.allocate, order=of.order),
    "wave": lambda of: of.site.station.do(promise.wave, orders=(of.order,)),
    "move": lambda of: moved(of, 6),
    "adjust": lambda of: adjusted(of, -6),
    "grade": lambda of: graded(of, Condition.GOOD, Condition.DAMAGED),
    "count": lambda of: counted(of, 4),
}

CURES: dict[str, Callable[[Shelf], object]] = {
    "receive": lambda of: of.site.receive({MUG: 6}),
    "cancel": lambda of: of.site.station.do(cancelling.cancel, order=of.order, reason="wish"),
    "cut": lambda of: of.site.station.do(
        cancelling.cancel, order=of.order, reason="fewer", cuts=(Cut(of.site.line(of.order).id, 5),)
    ),
    "the old cancel": lambda of: of.site.station.do(holds.cancel, order=of.order, reason="wish"),
    "hold": lambda of: of.site.station.do(
        holds.hold_order, order=of.order, kind="desk", text="Wait.", frees_stock=True
    ),
    "holds": lambda of: of.site.station.do(
        holds.hold_orders, orders=(of.order,), kind="desk", text="Wait.", frees_stock=True
    ),
    "adjust": lambda of: adjusted(of, 6),
    "count": lambda of: counted(of, 20),
}


@pytest.mark.parametrize("cause", CAUSES)
def test_an_alert_is_raised_in_the_call_that_causes_it(sqlite: Database, cause: str) -> None:
    of = shelf(sqlite, 0)
    calls, alerts = calls_and_alerts(sqlite)
    assert alerts == 0
    CAUSES[cause](of)

    assert calls_and_alerts(sqlite) == (calls + 1, 1)


@pytest.mark.parametrize("cure", CURES)
def test_an_alert_is_cleared_in_the_call_that_causes_it(sqlite: Database, cure: str) -> None:
    of = shelf(sqlite, 6)
    calls, alerts = calls_and_alerts(sqlite)
    assert alerts == 1
    CURES[cure](of)

    assert calls_and_alerts(sqlite) == (calls + 1, 0)


def test_goods_moved_or_graded_back_clear_it(database: Database) -> None:
    of = shelf(database, 0)
    moved(of, 6)
    moved(of, -6)
    assert calls_and_alerts(database)[1] == 0
    graded(of, Condition.GOOD, Condition.DAMAGED)
    assert calls_and_alerts(database)[1] == 1
    graded(of, Condition.DAMAGED, Condition.GOOD)
    assert calls_and_alerts(database)[1] == 0


@pytest.mark.parametrize("end", ["short", "done", "yield"])
def test_a_tour_that_leaves_goods_behind_clears_it(database: Database, end: str) -> None:
    of = shelf(database, 6)
    do, tote = of.site.station.do, of.site.place("T-101")
    tour = do(claims.claim_pick, warehouse=of.site.warehouse, tote=tote, number=1)
    with database.reading() as session:
        task = session.scalars(select(PickTask.id)).one()
    if end == "yield":
        do(cancelling.cancel, order=of.order, reason="wish")
    calls, alerts = calls_and_alerts(database)
    assert alerts == 1, "what a picker walks for stays reserved"
    if end == "short":
        do(picking.short, task=task, counted=0, reason="empty")
    elif end == "done":
        do(picking.done, pick_list=tour.pick_list)
    else:
        do(picking.yield_work, pick_list=tour.pick_list)

    assert calls_and_alerts(database) == (calls + 1, 0)
