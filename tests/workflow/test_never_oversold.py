"""Several stations want the same goods or the same work at the same moment."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from oms_desktop.acts import Act
from oms_desktop.db import Database
from oms_desktop.models import Fulfillment, OrderLine, PickTask, Stock
from oms_desktop.station import Station
from oms_desktop.workflow import claims, packing, picking, promise
from oms_desktop.workflow.books import prove
from tests.builders import BOTTLE, MUG, NOON, TORCH, Site
from tests.crowd import station, together


def assert_sound(database: Database) -> None:
    with database.reading() as session:
        assert prove(session).violations == ()


def allocating(site: Site, *orders: UUID) -> Callable[[Station], int]:
    def work(own: Station) -> int:
        promised = [own.do(promise.allocate, order=order, warehouse=site.warehouse) for order in orders]
        return sum(each.allocated for each in promised)

    return work


def reserved(database: Database) -> tuple[int, int]:
    """Units reserved on shelves, and units reserved by tasks."""
    with database.reading() as session:
        shelves = session.scalars(select(func.sum(Stock.allocated))).one()
        tasks = session.scalars(select(func.sum(PickTask.quantity - PickTask.picked))).one()
        return shelves, tasks


@pytest.mark.parametrize(("stations", "wish"), [(2, 8), (8, 3)])
def test_no_unit_is_promised_twice(database: Database, stations: int, wish: int) -> None:
    site = Site(database, stock=10)
    orders = [site.order({MUG: wish}) for _station in range(stations)]
    given = together(database, site.station.person, [allocating(site, order) for order in orders])

    assert sum(each for each in given if isinstance(each, int)) == 10
    assert reserved(database) == (10, 10)
    assert_sound(database)


def test_orders_that_name_the_same_products_crosswise_do_not_block_each_other(database: Database) -> None:
    site = Site(database, stock=10)
    wishes = [{MUG: 1, TORCH: 1, BOTTLE: 1}, {BOTTLE: 1, TORCH: 1, MUG: 1}] * 4
    orders = [[site.order(wish), site.order(wish)] for wish in wishes]
    works = [allocating(site, *pair) for pair in orders]
    given = together(database, site.station.person, works)

    assert sum(each for each in given if isinstance(each, int)) == 30
    assert reserved(database) == (30, 30)
    assert_sound(database)


def test_one_order_is_promised_once_however_many_press_the_button(database: Database) -> None:
    site = Site(database, stock=10)
    order = site.order({MUG: 4})
    given = together(database, site.station.person, [allocating(site, order)] * 4)

    assert sorted(each for each in given if isinstance(each, int)) == [0, 0, 0, 4]
    assert reserved(database) == (4, 4)
    assert_sound(database)


def claiming(site: Site, number: int) -> Callable[[Station], UUID]:
    tote = site.place(f"T-10{number}")

    def work(own: Station) -> UUID:
        tour = own.do(claims.claim_pick, warehouse=site.warehouse, tote=tote, number=number)
        return tour.fulfillment

    return work


def test_work_goes_to_one_station_only(database: Database) -> None:
    site = Site(database)
    site.promised({MUG: 1})
    given = together(database, site.station.person, [claiming(site, number) for number in (1, 2, 3)])

    assert sorted(str(each) for each in given)[1:] == ["claim.no_work", "claim.no_work"]
    assert_sound(database)


def test_each_station_gets_other_work(database: Database) -> None:
    site = Site(database)
    for _order in range(5):
        site.promised({MUG: 1})
    given = together(database, site.station.person, [claiming(site, number) for number in range(1, 6)])
    with database.reading() as session:
        parts = set(session.scalars(select(Fulfillment.id)))

    assert set(given) == parts
    assert_sound(database)


def test_one_tote_goes_to_one_tour(database: Database) -> None:
    site = Site(database)
    site.promised({MUG: 1})
    site.promised({MUG: 1})
    tote = site.place("T-101")

    def claiming_it(number: int) -> Callable[[Station], str]:
        def work(own: Station) -> str:
            own.do(claims.claim_pick, warehouse=site.warehouse, tote=tote, number=number)
            return "claimed"

        return work

    given = together(database, site.station.person, [claiming_it(1), claiming_it(2)])

    assert sorted(given) == ["claim.tote_in_use", "claimed"]
    assert_sound(database)


def test_a_claim_does_not_wait_for_another(postgresql: Database) -> None:
    site = Site(postgresql)
    urgent, next_one = site.promised({MUG: 1}), site.promised({MUG: 1})
    first_tote, second_tote = site.place("T-101"), site.place("T-102")
    person = site.station.person
    assert person is not None
    act = Act(call=uuid4(), worker=person.id, station="PICK-3", at=NOON)
    with (
        station(postgresql, "PICK-4", person, "-c lock_timeout=1s") as other,
        postgresql.transaction() as session,
    ):
        first = claims.claim_pick(session, act, warehouse=site.warehouse, tote=first_tote, number=1)
        second = other.do(claims.claim_pick, warehouse=site.warehouse, tote=second_tote, number=2)
    with postgresql.reading() as session:
        orders = [session.get_one(Fulfillment, each.fulfillment).order_id for each in (first, second)]

    assert orders == [urgent, next_one]


def picked(site: Site, units: int) -> tuple[UUID, UUID, UUID]:
    """An order of mugs whose tour is done; returns order, fulfillment and tote."""
    order, tote = site.promised({MUG: units}), site.place("T-101")
    tour = site.station.do(claims.claim_pick, warehouse=site.warehouse, tote=tote, number=1)
    with site.database.reading() as session:
        task = session.scalars(select(PickTask.id)).one()
    site.station.do(picking.confirm, task=task, quantity=units, tote=tote)
    site.station.do(picking.done, pick_list=tour.pick_list)
    return order, tour.fulfillment, tote


def test_a_tote_goes_to_one_packer(database: Database) -> None:
    site = Site(database)
    _order, fulfillment, _tote = picked(site, 2)

    def work(own: Station) -> str:
        own.do(claims.claim_pack, fulfillment=fulfillment)
        return "claimed"

    given = together(database, site.station.person, [work, work, work])

    assert sorted(given) == ["claim.taken", "claim.taken", "claimed"]
    assert_sound(database)


def test_two_scanners_put_every_unit_once(database: Database) -> None:
    site = Site(database)
    order, fulfillment, tote = picked(site, 10)
    site.station.do(claims.claim_pack, fulfillment=fulfillment)
    parcel = site.station.do(packing.open_parcel, fulfillment=fulfillment)
    line = site.line(order).id

    def work(own: Station) -> None:
        for _unit in range(5):
            own.do(packing.put, parcel=parcel, line=line, tote=tote, quantity=1)

    assert together(database, site.station.person, [work, work]) == [None, None]
    assert (site.line(order).picked, site.line(order).packed) == (0, 10)
    assert_sound(database)


def test_two_pickers_take_from_one_place(database: Database) -> None:
    site = Site(database, stock=6)
    tasks: list[tuple[UUID, UUID]] = []
    for number in (1, 2):
        site.promised({MUG: 3})
        tote = site.place(f"T-10{number}")
        site.station.do(claims.claim_pick, warehouse=site.warehouse, tote=tote, number=number)
        with database.reading() as session:
            newest = select(PickTask.id).where(PickTask.picked == 0).order_by(PickTask.created_at.desc())
            tasks.append((session.scalars(newest.limit(1)).one(), tote))

    def taking(task: UUID, tote: UUID) -> Callable[[Station], None]:
        def work(own: Station) -> None:
            for _unit in range(3):
                own.do(picking.confirm, task=task, quantity=1, tote=tote)

        return work

    together(database, site.station.person, [taking(task, tote) for task, tote in tasks])
    with database.reading() as session:
        assert session.scalars(select(func.sum(OrderLine.picked))).one() == 6
        assert session.scalars(select(func.sum(Stock.on_hand)).where(Stock.allocated > 0)).one() is None
    assert_sound(database)
