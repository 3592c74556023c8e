"""Holds with a time and a policy of stock, one by one and many at once."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from oms_desktop.app import desk
from oms_desktop.db import Database
from oms_desktop.drafts import LineEdit, OrderEdit
from oms_desktop.errors import InputError, StateError
from oms_desktop.models import Event, Fulfillment, Hold, QueueEntry, Status
from oms_desktop.workflow import claims, holds, promise
from oms_desktop.workflow.books import prove
from oms_desktop.workflow.picking import done as picking_done
from tests.builders import MUG, NOON, TORCH, Clock, Site
from tests.replaying import rows_of
from tests.workflow.tour import Floor

ASK = {"kind": "address", "text": "Ask for the house number."}


def statuses(site: Site, order: UUID) -> list[Status]:
    with site.database.reading() as session:
        parts = select(Fulfillment).where(Fulfillment.order_id == order).order_by(Fulfillment.number)
        return [part.status for part in session.scalars(parts)]


def told(site: Site, order: UUID, kind: str) -> list[dict[str, object]]:
    with site.database.reading() as session:
        events = select(Event).where(Event.order_id == order, Event.kind == kind).order_by(Event.at)
        return [event.facts for event in session.scalars(events)]


def counters(site: Site, order: UUID) -> tuple[int, int]:
    line = site.line(order)
    return line.open, line.allocated


def assert_sound(site: Site) -> None:
    with site.database.reading() as session:
        assert prove(session).violations == ()


def test_a_hold_keeps_the_stock_of_its_order(database: Database) -> None:
    site = Site(database)
    order = site.promised({MUG: 3})
    site.station.do(holds.hold_order, order=order, **ASK)  # type: ignore[arg-type]  # two texts

    assert counters(site, order) == (0, 3)
    assert statuses(site, order) == [Status.PROMISED]
    with database.reading() as session:
        assert session.get_one(QueueEntry, order).held
    assert_sound(site)


def test_a_hold_that_frees_stock_gives_it_to_the_next(database: Database) -> None:
    site = Site(database)
    order = site.promised({MUG: 8, TORCH: 1})
    site.station.do(holds.hold_order, order=order, frees_stock=True, **ASK)  # type: ignore[arg-type]  # texts
    other = site.promised({MUG: 10})

    assert counters(site, order) == (8, 0)
    assert statuses(site, order) == [Status.CANCELLED]
    assert told(site, order, "held") == [{"reason": "address", "freed": 9}]
    assert counters(site, other) == (0, 10)
    assert_sound(site)


def test_who_waits_is_served_from_what_a_hold_frees(database: Database) -> None:
    site = Site(database)
    order, waiting = site.promised({MUG: 8}), site.promised({MUG: 6})
    assert counters(site, waiting) == (4, 2)
    desk.hold(site.station, [order], kind="address", text="Ask.")
    assert counters(site, waiting) == (4, 2)
    desk.hold(site.station, [order], kind="again", text="Ask.", frees_stock=True)

    assert (counters(site, order), counters(site, waiting)) == ((8, 0), (0, 6))
    assert_sound(site)


def test_who_waits_is_served_from_what_an_edit_frees(database: Database) -> None:
    site = Site(database)
    order, waiting = site.promised({MUG: 8}), site.promised({MUG: 6})
    desk.edit(site.station, order, OrderEdit(lines=(LineEdit(1, 5),)))

    assert (counters(site, order), counters(site, waiting)) == ((0, 5), (1, 5))
    assert_sound(site)


def test_what_a_picker_has_taken_stays_with_the_picker(database: Database) -> None:
    floor = Floor(database, 3)
    floor.confirm(1)
    floor.do(holds.hold_order, order=floor.order, frees_stock=True, **ASK)  # type: ignore[arg-type]  # texts

    assert floor.counters == {"allocated": 2, "picked": 1}
    assert floor.status() is Status.STARTED
    floor.assert_sound()


def test_a_released_order_is_promised_again(database: Database) -> None:
    site = Site(database)
    order = site.promised({MUG: 3})
    desk.hold(site.station, [order], kind="address", text="Ask.", frees_stock=True)
    [verdict] = desk.release(site.station, [order])

    assert verdict.done
    assert counters(site, order) == (0, 3)
    assert statuses(site, order) == [Status.CANCELLED, Status.PROMISED]
    assert_sound(site)


def test_many_are_held_and_each_refusal_is_named(database: Database) -> None:
    site = Site(database)
    first, second, third = (site.promised({MUG: 2}) for _ in range(3))
    site.station.do(holds.cancel, order=second, reason="wish of the customer")
    found = desk.hold(site.station, [third, second, first], kind="wave", text="Wait for the truck.")

    assert [verdict.order for verdict in found] == [third, second, first]
    assert [verdict.code for verdict in found] == ["", "order.cancelled", ""]
    assert found[1].text == "Order SO-1002 is cancelled already."
    found = desk.release(site.station, [first, second])
    assert [verdict.code for verdict in found] == ["", "order.cancelled"]
    assert [verdict.code for verdict in desk.release(site.station, [first])] == ["order.not_held"]
    assert_sound(site)


def test_only_holds_of_one_kind_are_ended(database: Database) -> None:
    site = Site(database)
    order = site.order({MUG: 1}, payment="pending")
    desk.hold(site.station, [order], kind="address", text="Ask.")
    desk.release(site.station, [order], "unpaid")

    with database.reading() as session:
        open_ones = session.scalars(select(Hold.kind).where(Hold.released_at.is_(None))).all()
    assert open_ones == ["address"]
    assert counters(site, order) == (1, 0)


@pytest.mark.parametrize("state", ["cancelled", "gone"])
def test_what_is_over_cannot_be_held(database: Database, state: str) -> None:
    floor = Floor(database, 1)
    if state == "gone":
        floor.confirm(1)
        floor.do(picking_done, pick_list=floor.tour.pick_list)
        floor.pack_and_ship()
    else:
        floor.do(holds.cancel, order=floor.order, reason="wish of the customer")
    before = rows_of(database)
    with pytest.raises(StateError) as refused:
        floor.do(holds.hold_order, order=floor.order, **ASK)  # type: ignore[arg-type]  # two texts

    assert refused.value.code == f"order.{state}"
    assert rows_of(database) == before


def test_a_hold_cannot_end_before_it_begins(database: Database) -> None:
    site = Site(database)
    order = site.promised({MUG: 1})
    before = rows_of(database)
    with pytest.raises(InputError) as refused:
        site.station.do(holds.hold_order, order=order, until=NOON, **ASK)  # type: ignore[arg-type]  # texts

    assert refused.value.code == "hold.past"
    assert rows_of(database) == before


def test_a_hold_ends_at_a_time_of_a_zone(database: Database) -> None:
    site = Site(database)
    order = site.promised({MUG: 1})
    before = rows_of(database)
    with pytest.raises(InputError) as refused:
        desk.hold(site.station, [order], kind="desk", text="Wait.", until=NOON.replace(tzinfo=None))

    assert refused.value.code == "hold.zone"
    assert rows_of(database) == before


def test_a_hold_ends_by_itself_at_its_minute(database: Database) -> None:
    site = Site(database)
    clock = site.station.clock
    assert isinstance(clock, Clock)
    early, late, both = (site.promised({MUG: 1}) for _ in range(3))
    at = clock.now + timedelta(hours=1)
    for orders, minutes in (([early, both], 0), ([late, both], 30)):
        until = at + timedelta(minutes=minutes)
        desk.hold(site.station, orders, kind="date", text="Not before.", until=until, frees_stock=True)
    calls = len(rows_of(database)["event"])

    clock.now = at - timedelta(seconds=2)
    assert desk.end_holds(site.station) == ()
    assert len(rows_of(database)["event"]) == calls
    clock.now = at
    assert desk.end_holds(site.station) == (early,)
    assert [counters(site, order) for order in (early, late, both)] == [(0, 1), (1, 0), (1, 0)]
    assert told(site, early, "released") == [{"reason": "date", "why": "time"}]
    clock.now = at + timedelta(minutes=31)
    assert set(desk.end_holds(site.station)) == {late, both}
    assert_sound(site)


def test_a_held_order_gets_no_stock_until_its_time(database: Database) -> None:
    site = Site(database)
    order = site.order({MUG: 1})
    until = NOON + timedelta(days=1)
    desk.hold(site.station, [order], kind="date", text="Not before.", until=until)
    with pytest.raises(StateError) as refused:
        site.station.do(promise.allocate, order=order, warehouse=site.warehouse)

    assert refused.value.code == "order.held"


@pytest.mark.parametrize("how", ["claim", "allocate", "wave"])
def test_a_hold_whose_minute_is_over_keeps_nobody_waiting(database: Database, how: str) -> None:
    """Also before anybody was asked to end it: who needs the order ends it."""
    site = Site(database)
    clock = site.station.clock
    assert isinstance(clock, Clock)
    order = site.promised({MUG: 1}) if how == "claim" else site.order({MUG: 1})
    until = NOON + timedelta(hours=1)
    desk.hold(site.station, [order], kind="date", text="Not before.", until=until)
    tote = site.place("T-101")

    def wanted() -> object:
        if how == "claim":
            return site.station.do(claims.claim_pick, warehouse=site.warehouse, tote=tote, number=1)
        if how == "wave":
            return site.station.do(promise.wave, orders=(order,)).served or None
        return site.station.do(promise.allocate, order=order)

    clock.now = until - timedelta(minutes=1)
    before = rows_of(database)
    if how == "wave":
        assert wanted() is None
    else:
        with pytest.raises(StateError):
            wanted()
    assert rows_of(database) == before
    clock.now = until

    assert wanted()
    assert told(site, order, "released") == [{"reason": "date", "why": "time"}]
    assert counters(site, order) == (0, 1)
    assert_sound(site)


def test_a_bench_takes_an_order_whose_hold_is_over_and_ends_it(database: Database) -> None:
    """Nobody has called `end_holds` in that minute."""
    floor = Floor(database, units=1)
    floor.confirm()
    floor.do(picking_done, pick_list=floor.tour.pick_list)
    clock = floor.site.station.clock
    assert isinstance(clock, Clock)
    until = clock.now + timedelta(hours=1)
    desk.hold(floor.site.station, [floor.order], kind="date", text="Not before.", until=until)
    clock.now = until - timedelta(minutes=1)
    before = rows_of(database)

    with pytest.raises(StateError) as refused:
        floor.do(claims.claim_pack, fulfillment=floor.tour.fulfillment)
    assert (refused.value.code, rows_of(database)) == ("claim.held", before)
    clock.now = until
    floor.do(claims.claim_pack, fulfillment=floor.tour.fulfillment)

    assert told(floor.site, floor.order, "released") == [{"reason": "date", "why": "time"}]
    with database.reading() as session:
        assert session.scalars(select(Hold.released_at)).one() is not None
    floor.assert_sound()
