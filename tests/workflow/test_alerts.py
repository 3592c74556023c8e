"""Alerts appear and clear by themselves, in the call that causes it; on both databases."""

import pytest
from sqlalchemy import select

from oms_desktop.db import Database
from oms_desktop.errors import InputError
from oms_desktop.models import Alert, AlertLevel, JournalEntry, Location, PickTask, Threshold
from oms_desktop.station import Station
from oms_desktop.workflow import alerts, books, claims, holds, picking, promise, thresholds
from oms_desktop.workflow.thresholds import ThresholdRow
from tests.builders import BOTTLE_PLACE, MUG, MUG_PLACE, TORCH_PLACE, Site
from tests.crowd import together
from tests.replaying import rows_of

REORDER, MINIMUM = AlertLevel.REORDER, AlertLevel.MINIMUM


def watched(database: Database, *, minimum: int = 2, reorder_at: int = 4) -> Site:
    """Ten mugs on their shelf, of which so many should be free."""
    site = Site(database)
    row = ThresholdRow(MUG, MUG_PLACE, minimum, reorder_at, 12)
    site.station.do(thresholds.bring_thresholds, warehouse=site.warehouse, rows=(row,))
    return site


def open_alerts(database: Database) -> list[tuple[str, AlertLevel]]:
    with database.reading() as session:
        assert books.prove(session).violations == ()
        found = session.execute(
            select(Location.code, Alert.level)
            .join(Location, Location.id == Alert.location_id)
            .where(Alert.cleared_at.is_(None))
        )
        return [(code, level) for code, level in found]


@pytest.mark.parametrize(
    ("available", "level"), [(5, None), (4, REORDER), (2, REORDER), (1, MINIMUM), (0, MINIMUM)]
)
def test_the_level_by_what_is_available(available: int, level: AlertLevel | None) -> None:
    assert alerts.level_of(available, 2, 4) is level


def test_nothing_free_is_less_than_any_minimum() -> None:
    assert alerts.level_of(0, 0, 0) is MINIMUM


def test_an_alert_comes_grows_and_goes_with_promises(database: Database) -> None:
    site = watched(database)
    first = site.promised({MUG: 6})
    assert open_alerts(database) == [(MUG_PLACE, REORDER)]
    site.promised({MUG: 3})
    assert open_alerts(database) == [(MUG_PLACE, MINIMUM)]

    site.station.do(holds.cancel, order=first, reason="wish of the customer")

    assert open_alerts(database) == []
    with database.reading() as session:
        (alert,) = session.scalars(select(Alert))
        assert alert.level is MINIMUM
        assert alert.cleared_at is not None and alert.raised_at < alert.cleared_at


def test_goods_that_come_clear_it(database: Database) -> None:
    site = watched(database)
    site.promised({MUG: 9})
    site.receive({MUG: 3})
    assert open_alerts(database) == [(MUG_PLACE, REORDER)]
    site.receive({MUG: 1})
    assert open_alerts(database) == []


def test_a_pick_of_reserved_units_changes_nothing_a_surplus_does(database: Database) -> None:
    site = watched(database)
    site.promised({MUG: 5})
    tote = site.place("T-101")
    site.station.do(claims.claim_pick, warehouse=site.warehouse, tote=tote, number=1)
    with database.reading() as session:
        task = session.scalars(select(PickTask.id)).one()
    site.station.do(picking.confirm, task=task, quantity=5, tote=tote)
    assert open_alerts(database) == []
    site.station.do(picking.confirm, task=task, quantity=2, tote=tote)
    assert open_alerts(database) == [(MUG_PLACE, REORDER)]
    site.station.do(picking.undo, task=task, quantity=2, tote=tote)
    assert open_alerts(database) == []


def test_a_short_and_the_end_of_a_tour_free_what_was_reserved(database: Database) -> None:
    site = watched(database)
    site.promised({MUG: 9})
    tote = site.place("T-101")
    tour = site.station.do(claims.claim_pick, warehouse=site.warehouse, tote=tote, number=1)
    with database.reading() as session:
        task = session.scalars(select(PickTask.id)).one()
    site.station.do(picking.confirm, task=task, quantity=2, tote=tote)
    site.station.do(picking.done, pick_list=tour.pick_list)
    assert open_alerts(database) == []


def test_thresholds_raise_and_take_away_alerts(database: Database) -> None:
    site = Site(database)

    def bring(*rows: ThresholdRow) -> int:
        return site.station.do(thresholds.bring_thresholds, warehouse=site.warehouse, rows=rows)

    assert bring(ThresholdRow(MUG, MUG_PLACE, 2, 10, 20), ThresholdRow(MUG, TORCH_PLACE, 2, 4, 8)) == 2
    assert sorted(open_alerts(database)) == sorted([(MUG_PLACE, REORDER), (TORCH_PLACE, MINIMUM)])
    bring(ThresholdRow(MUG, MUG_PLACE, 2, 9, 20))
    assert open_alerts(database) == [(TORCH_PLACE, MINIMUM)]
    bring(ThresholdRow(MUG, TORCH_PLACE, 0, 0, 0))
    assert open_alerts(database) == []
    with database.reading() as session:
        assert [row.reorder_at for row in session.scalars(select(Threshold))] == [9]


def test_all_wrong_rows_are_named_at_once_and_nothing_is_written(database: Database) -> None:
    site = Site(database)
    before = rows_of(database)
    rows = (
        ThresholdRow("NOTHING", MUG_PLACE, 1, 2, 3),
        ThresholdRow(MUG, "Z-99", 1, 2, 3),
        ThresholdRow(MUG, "T-101", 1, 2, 3),
        ThresholdRow(MUG, MUG_PLACE, 3, 2, 3),
        ThresholdRow(MUG, BOTTLE_PLACE, 1, 2, 3),
    )

    with pytest.raises(InputError) as caught:
        site.station.do(thresholds.bring_thresholds, warehouse=site.warehouse, rows=rows)

    assert caught.value.code == "stock.unknown_sku"
    for words in (
        "Row 1 (NOTHING at",
        "Row 2 (MUG-0350-GN at Z-99): There is no",
        "T-101 is no shelf",
        "Row 4",
    ):
        assert words in caught.value.text
    assert "Row 5" not in caught.value.text
    assert rows_of(database) == before


def test_promises_at_once_leave_one_alert_that_is_right(database: Database) -> None:
    site = watched(database)
    orders = [site.order({MUG: 1}) for _order in range(8)]

    def allocating(number: int):  # type: ignore[no-untyped-def]  # a closure for each thread
        def work(own: Station) -> int:
            return own.do(promise.allocate, order=orders[number], warehouse=site.warehouse).allocated

        return work

    together(database, site.station.person, [allocating(number) for number in range(8)])

    assert open_alerts(database) == [(MUG_PLACE, REORDER)]
    with database.reading() as session:
        assert session.scalar(select(JournalEntry.result).where(JournalEntry.result != "done")) is None
