"""Orders that ship in more parts, and orders that become one."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from oms_desktop.app import desk
from oms_desktop.db import Database
from oms_desktop.drafts import OrderEdit
from oms_desktop.errors import InputError
from oms_desktop.models import Fulfillment, Order, OrderLine, PickTask, QueueEntry, Stage, Status
from oms_desktop.workflow import claims
from oms_desktop.workflow.books import prove
from oms_desktop.workflow.desk import Verdict
from oms_desktop.workflow.splitting import Share
from tests.builders import MUG, TORCH, Clock, Site
from tests.replaying import BROUGHT, assert_same_rows, calls_of, copy_rows, play_all, rows_of
from tests.workflow.tour import Floor


def assert_sound(database: Database) -> None:
    with database.reading() as session:
        assert prove(session).violations == ()


def parts(site: Site, order: UUID) -> list[tuple[Status, int]]:
    """The parts of an order with the units they ask for."""
    with site.database.reading() as session:
        found = session.scalars(
            select(Fulfillment).where(Fulfillment.order_id == order).order_by(Fulfillment.number)
        ).all()
        tasks = session.scalars(select(PickTask)).all()
        return [
            (part.status, sum(task.quantity for task in tasks if task.fulfillment_id == part.id))
            for part in found
        ]


def lines(site: Site, order: UUID) -> list[tuple[str, int, int, int]]:
    with site.database.reading() as session:
        rows = session.scalars(
            select(OrderLine).where(OrderLine.order_id == order).order_by(OrderLine.position)
        )
        return [(row.sku, row.open, row.allocated, row.cancelled) for row in rows]


def refused(site: Site, work: Callable[[], Verdict], code: str) -> None:
    before = rows_of(site.database)
    assert work().code == code
    assert rows_of(site.database) == before


def test_units_ship_apart(database: Database) -> None:
    site = Site(database)
    order = site.promised({MUG: 4, TORCH: 2})
    mugs = site.line(order, 1).id
    assert desk.split(site.station, order, [Share(mugs, 3)]).done

    assert parts(site, order) == [(Status.PROMISED, 3), (Status.PROMISED, 3)]
    assert lines(site, order) == [(MUG, 0, 4, 0), (TORCH, 0, 2, 0)]
    assert_sound(database)
    for number, tote in enumerate(("T-101", "T-102"), start=1):
        place = site.place(tote)
        site.station.do(claims.claim_pick, warehouse=site.warehouse, tote=place, number=number)
    assert_sound(database)


def test_a_split_keeps_its_picker(database: Database) -> None:
    site = Site(database)
    order = site.promised({MUG: 4})
    desk.assign(site.station, [order], UUID(int=1))
    assert desk.split(site.station, order, [Share(site.line(order).id, 3)]).done

    with database.reading() as session:
        parts = session.scalars(select(Fulfillment).where(Fulfillment.order_id == order)).all()
    assert [part.assigned_to for part in parts] == [UUID(int=1)] * 2
    assert_sound(database)


def test_what_is_split_off_work_of_the_floor_is_the_floors_too(database: Database) -> None:
    site = Site(database)
    order = site.promised({MUG: 4})
    assert desk.send(site.station, [order])[0].done

    assert desk.split(site.station, order, [Share(site.line(order).id, 3)]).done

    assert parts(site, order) == [(Status.RELEASED, 1), (Status.RELEASED, 3)]
    with database.reading() as session:
        assert session.get_one(QueueEntry, order).stage is Stage.RELEASED
    assert_sound(database)


def test_what_is_no_split_is_refused(database: Database) -> None:
    site = Site(database, stock=4)
    order = site.promised({MUG: 6})
    mugs = site.line(order).id

    refused(site, lambda: desk.split(site.station, order, [Share(mugs, 5)]), "order.not_promised")
    refused(site, lambda: desk.split(site.station, order, [Share(mugs, 4)]), "order.nothing_stays")
    with pytest.raises(InputError):
        desk.split(site.station, order, [Share(order, 1)])


def test_what_is_begun_or_ships_complete_is_not_split(database: Database) -> None:
    floor = Floor(database, 3)
    share, station = Share(floor.site.line(floor.order).id, 1), floor.site.station
    refused(floor.site, lambda: desk.split(station, floor.order, [share]), "order.not_promised")
    desk.edit(station, floor.order, OrderEdit(ship_complete=True))
    refused(floor.site, lambda: desk.split(station, floor.order, [share]), "order.ships_complete")


def test_orders_of_one_customer_become_one(database: Database) -> None:
    site = Site(database, stock=4)
    into, first, second = site.promised({MUG: 1}), site.promised({MUG: 2, TORCH: 1}), site.promised({MUG: 3})
    desk.prioritize(site.station, [first], 2)
    assert desk.merge(site.station, into, [first, second]).done

    assert parts(site, into) == [(Status.PROMISED, 5)]
    assert lines(site, into) == [(MUG, 0, 1, 0), (MUG, 0, 2, 0), (TORCH, 0, 1, 0), (MUG, 2, 1, 0)]
    assert lines(site, first) == [(MUG, 0, 0, 2), (TORCH, 0, 0, 1)]
    with database.reading() as session:
        assert [session.get_one(Order, order).merged_into_id for order in (first, second)] == [into, into]
        assert session.get_one(Order, into).priority == 2
        stages = [session.get_one(QueueEntry, order).stage for order in (into, first)]
        assert stages == [Stage.PROMISED, Stage.CLOSED]
    assert_sound(database)
    refused(site, lambda: desk.cancel(site.station, first, "wish"), "order.merged")


def test_an_order_takes_over_one_that_waits_and_one_that_is_promised(database: Database) -> None:
    site = Site(database)
    into, other = site.order({MUG: 1}), site.promised({TORCH: 2})
    assert desk.merge(site.station, into, [other]).done

    assert lines(site, into) == [(MUG, 0, 1, 0), (TORCH, 0, 2, 0)]
    assert_sound(database)


def test_what_is_begun_is_not_merged(database: Database) -> None:
    floor = Floor(database, 3)
    into = floor.site.promised({TORCH: 1})
    station = floor.site.station
    refused(floor.site, lambda: desk.merge(station, into, [floor.order]), "order.begun_already")
    assert desk.merge(station, floor.order, [into]).done
    floor.assert_sound()


def test_held_and_unlike_orders_are_not_merged(database: Database) -> None:
    site = Site(database)
    into, held, other = (site.promised({MUG: 1}) for _ in range(3))
    desk.hold(site.station, [held], kind="address", text="Ask.")
    with database.transaction() as session:
        session.get_one(Order, other).currency = "SEK"

    refused(site, lambda: desk.merge(site.station, into, [held]), "order.on_hold")
    refused(site, lambda: desk.merge(site.station, into, [other]), "order.differs")
    with pytest.raises(InputError):
        desk.merge(site.station, into, [into])


def test_an_order_paid_to_go_faster_is_not_taken_over_by_a_slower_one(database: Database) -> None:
    site = Site(database)
    slow, fast = site.promised({MUG: 1}), site.promised({TORCH: 1})
    assert desk.edit(site.station, slow, OrderEdit(service="Economy")).done
    assert desk.edit(site.station, fast, OrderEdit(service="Express")).done

    refused(site, lambda: desk.merge(site.station, slow, [fast]), "order.differs")
    refused(site, lambda: desk.merge(site.station, fast, [slow]), "order.differs")
    assert desk.edit(site.station, slow, OrderEdit(service="Express")).done
    assert desk.merge(site.station, slow, [fast]).done
    with database.reading() as session:
        assert session.get_one(Order, slow).service == "Express"


def test_a_hold_that_is_over_stops_no_merge(database: Database) -> None:
    site = Site(database)
    into, other = site.promised({MUG: 1}), site.promised({TORCH: 1})
    clock = site.station.clock
    assert isinstance(clock, Clock)
    until = clock.now + timedelta(minutes=1)
    desk.hold(site.station, [into, other], kind="address", text="Ask.", until=until)
    refused(site, lambda: desk.merge(site.station, into, [other]), "order.on_hold")
    clock.now = until

    assert desk.merge(site.station, into, [other]).done
    assert_sound(database)


def test_splits_and_merges_are_the_same_wherever_they_are_played(
    sqlite: Database, postgresql: Database
) -> None:
    site = Site(sqlite, stock=5)
    into, other = site.promised({MUG: 3}), site.promised({MUG: 4, TORCH: 1})
    assert desk.split(site.station, into, [Share(site.line(into).id, 1)]).done
    assert desk.merge(site.station, into, [other]).done
    copy_rows(sqlite, postgresql, BROUGHT)
    play_all(calls_of(sqlite), postgresql)

    assert_same_rows(sqlite, postgresql)
