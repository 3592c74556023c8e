"""What to refill first, and from where."""

from datetime import date, timedelta

from sqlalchemy import update

from oms_desktop.db import Database
from oms_desktop.models import AlertLevel, Order
from oms_desktop.workflow import counting, promise, thresholds
from oms_desktop.workflow.receiving import Receipt
from oms_desktop.workflow.thresholds import ThresholdRow
from oms_desktop.workflow.worklists.refills import Refill, Waiting, refills
from tests.builders import BOTTLE, BOTTLE_PLACE, MUG, MUG_PLACE, NOON, TORCH, TORCH_PLACE
from tests.workflow.yard import JULY, JUNE, RESERVE, Yard

TODAY = NOON.date()


def watch(yard: Yard, *rows: ThresholdRow) -> None:
    yard.do(thresholds.bring_thresholds, warehouse=yard.site.warehouse, rows=rows)


def to_refill(yard: Yard, today: date = TODAY) -> tuple[Refill, ...]:
    with yard.database.reading() as session:
        return refills(session, yard.site.warehouse, today)


def test_a_refill_takes_whole_cases_of_what_expires_first(database: Database) -> None:
    yard = Yard(database)
    yard.bring(
        Receipt(MUG, RESERVE, 30, lot="L2", expires_on=JULY),
        Receipt(MUG, RESERVE, 15, lot="L1", expires_on=JUNE),
    )
    watch(yard, ThresholdRow(MUG, MUG_PLACE, 2, 10, 40))
    (refill,) = to_refill(yard)

    assert (refill.code, refill.level, refill.available, refill.wanted) == (
        MUG_PLACE,
        AlertLevel.REORDER,
        10,
        30,
    )
    assert [(source.lot, source.quantity) for source in refill.sources] == [("L1", 12), ("L2", 12)]
    assert [source.lot for source in to_refill(yard, JUNE + timedelta(days=1))[0].sources] == ["L2"]
    assert to_refill(yard, JULY + timedelta(days=1))[0].quantity == 0


def test_the_first_order_that_waits_decides(database: Database) -> None:
    yard = Yard(database)
    yard.bring(Receipt(MUG, RESERVE, 5), Receipt(BOTTLE, RESERVE, 5), Receipt(TORCH, RESERVE, 5))
    watch(
        yard,
        ThresholdRow(MUG, MUG_PLACE, 2, 10, 12),
        ThresholdRow(BOTTLE, BOTTLE_PLACE, 11, 11, 14),
        ThresholdRow(TORCH, TORCH_PLACE, 2, 10, 15),
    )
    first, second = yard.site.order({TORCH: 1}), yard.site.order({TORCH: 2})
    with database.transaction() as session:
        for order, hours in ((first, 2), (second, 1)):
            due = NOON + timedelta(hours=hours)
            session.execute(update(Order).where(Order.id == order).values(ship_by=due))

    found = to_refill(yard)

    assert [(each.sku, each.wanted, each.quantity) for each in found] == [
        (TORCH, 5, 5),
        (BOTTLE, 4, 4),
        (MUG, 2, 2),
    ]
    assert found[0].waiting.words("Europe/Berlin") == "Two orders wait, the first one is due 14:00."
    assert found[1].waiting.words("UTC") == ""
    assert Waiting(1, NOON).words("UTC") == "One order waits, due 12:00."
    assert (
        Waiting(1, NOON).words("UTC", "%Y-%m-%d %H:%M UTC")
        == f"One order waits, due {NOON:%Y-%m-%d} 12:00 UTC."
    )
    assert Waiting(12).words("UTC") == "12 orders wait."


def test_two_places_do_not_get_the_same_reserve(database: Database) -> None:
    yard = Yard(database)
    yard.bring(Receipt(MUG, RESERVE, 8), Receipt(MUG, TORCH_PLACE, 1))
    watch(yard, ThresholdRow(MUG, MUG_PLACE, 2, 10, 16), ThresholdRow(MUG, TORCH_PLACE, 2, 4, 6))
    found = to_refill(yard)

    assert [(each.code, each.quantity) for each in found] == [(TORCH_PLACE, 5), (MUG_PLACE, 3)]


def test_a_reserve_in_doubt_or_promised_is_not_brought(database: Database) -> None:
    yard = Yard(database, stock=0)
    yard.bring(Receipt(MUG, RESERVE, 8))
    watch(yard, ThresholdRow(MUG, MUG_PLACE, 1, 2, 12))
    order = yard.site.order({MUG: 6})
    yard.do(promise.allocate, order=order, warehouse=yard.site.warehouse)
    assert [(source.code, source.free, source.quantity) for source in to_refill(yard)[0].sources] == [
        (RESERVE, 2, 2)
    ]
    yard.do(
        counting.open_count,
        location=yard.site.place(RESERVE),
        product=yard.product(MUG),
        reason="box is open",
    )
    assert to_refill(yard)[0].sources == ()
