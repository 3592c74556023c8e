"""Stock promised to orders on real databases: one by one, in waves, and when goods come."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from oms_desktop.app.serving import serve_waiting
from oms_desktop.db import Database
from oms_desktop.models import Event, Fulfillment, Order, PickTask
from oms_desktop.workflow import holds, promise
from oms_desktop.workflow.books import prove
from oms_desktop.workflow.worklists.waiting import promise_in_words, waiting_orders
from tests.builders import MUG, MUG_PLACE, TORCH, Site


def facts_of(database: Database, order: UUID) -> list[dict[str, Any]]:
    with database.reading() as session:
        told = select(Event.facts).where(Event.order_id == order, Event.kind == "promised").order_by(Event.at)
        return list(session.scalars(told))


def assert_sound(database: Database) -> None:
    with database.reading() as session:
        assert prove(session).violations == ()


def set_order(site: Site, order: UUID, **values: object) -> None:
    with site.database.transaction() as session:
        row = session.get_one(Order, order)
        for name, value in values.items():
            setattr(row, name, value)


def test_a_promise_tells_where_from_and_why(database: Database) -> None:
    site = Site(database, stock=2)
    order = site.order({MUG: 3})
    given = site.station.do(promise.allocate, order=order)
    [facts] = facts_of(database, order)

    assert (given.allocated, given.open) == (2, 1)
    assert facts == {
        "allocated": 2,
        "open": 1,
        "from": [["MAIN", 2, "the only one"]],
        "taken": [[MUG_PLACE, "", 2, "oldest"]],
    }
    assert promise_in_words(facts) == f"2 pieces promised, 1 short. Taken: 2 from {MUG_PLACE} (oldest)."
    assert_sound(database)


def test_an_order_that_still_waits_is_not_told_so_again(database: Database) -> None:
    site = Site(database, stock=0)
    order = site.order({MUG: 3})
    for _time in range(2):
        site.station.do(promise.allocate, order=order)

    assert [facts["open"] for facts in facts_of(database, order)] == [3]


def test_a_wave_leaves_held_and_cancelled_orders_as_they_are(database: Database) -> None:
    site = Site(database, stock=10)
    held, cancelled, wanted = (site.order({MUG: 2}) for _order in range(3))
    site.station.do(holds.hold, order=held, kind="desk", text="Wait.")
    site.station.do(holds.cancel, order=cancelled, reason="wish of the customer")
    wave = site.station.do(promise.wave, orders=(held, cancelled, wanted))
    with database.reading() as session:
        served = session.scalars(select(Fulfillment.order_id)).all()

    assert wave == promise.Wave(served=1, allocated=2, open=0)
    assert served == [wanted]
    assert_sound(database)


def test_backorders_are_served_most_urgent_first_when_goods_come(database: Database) -> None:
    site = Site(database, stock=1)
    first, second, urgent = (site.promised({MUG: 2, TORCH: 1}) for _order in range(3))
    set_order(site, urgent, priority=5)
    with database.reading() as session:
        assert waiting_orders(session) == ()
    site.receive({MUG: 4})
    with database.reading() as session:
        assert waiting_orders(session) == (urgent, first, second)
    wave = serve_waiting(site.station)
    with database.reading() as session:
        numbers = session.execute(
            select(Fulfillment.order_id, Fulfillment.number).order_by(Fulfillment.number)
        ).all()

    assert (wave.served, wave.allocated) == (3, 4)
    assert [site.line(order).open for order in (urgent, first, second)] == [0, 0, 1]
    assert (first, 2) in [tuple(row) for row in numbers], "a backorder is a further fulfillment"
    assert_sound(database)


def test_only_orders_for_the_goods_that_came_are_served(database: Database) -> None:
    site = Site(database, stock=0)
    mugs, torches = site.promised({MUG: 1}), site.promised({TORCH: 1})
    site.receive({MUG: 1, TORCH: 1})
    product = site.line(mugs).product_id
    assert product is not None
    serve_waiting(site.station, [product])

    assert (site.line(mugs).open, site.line(torches).open) == (0, 1)


def test_an_order_that_ships_complete_waits_whole(database: Database) -> None:
    site = Site(database, stock=2)
    order = site.order({MUG: 2, TORCH: 3})
    set_order(site, order, ship_complete=True)
    given = site.station.do(promise.allocate, order=order)
    site.station.do(holds.hold, order=order, kind="desk", text="Wait.")
    site.receive({TORCH: 1})
    assert (given.allocated, given.withheld) == (0, 4)
    assert serve_waiting(site.station).served == 0, "it is on hold"
    assert "ships complete or not at all" in promise_in_words(facts_of(database, order)[0])
    with database.reading() as session:
        assert session.scalars(select(PickTask.id)).all() == []
    assert_sound(database)


def test_the_words_of_a_promise_name_warehouses_places_and_what_was_passed_over() -> None:
    facts = {
        "allocated": 5,
        "open": 1,
        "warehouse": "EAST",
        "from": [["EAST", 4, "has most"], ["MAIN", 2, "has some of the rest"], ["WEST", 0, "has nothing"]],
        "taken": [["A-1", "L7", 4, "expires first"]],
        "over": [["MUG", "expired", 3, ["A-2", "A-3"]]],
    }

    assert promise_in_words(facts) == (
        "5 pieces promised from EAST, 1 short."
        " EAST has most (4); MAIN has some of the rest (2); WEST has nothing."
        " Taken: 4 from A-1, lot L7 (expires first). Not taken: 3 of MUG at A-2, A-3, expired."
    )
    assert promise_in_words({"allocated": 1, "open": 0}) == "1 piece promised."
