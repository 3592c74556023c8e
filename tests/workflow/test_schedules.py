"""Orders of events that break a naive design, as far as one database can show them."""

import pytest
from sqlalchemy import func, select

from oms_desktop.db import Database
from oms_desktop.errors import StateError
from oms_desktop.models import Count, JournalEntry, PutBack, Status
from oms_desktop.station import Station
from oms_desktop.workflow import claims, holds, packing, picking, shipping
from tests.builders import MUG, TORCH
from tests.workflow.tour import Floor


def test_green_then_cancelled(database: Database) -> None:
    """Schedule 2: three confirms reach the books after the cancel."""
    floor = Floor(database, 5)
    floor.do(holds.cancel, order=floor.order, reason="wish of the customer")
    answers = [floor.confirm() for _unit in range(3)]

    assert [(each.picked, each.unwanted) for each in answers] == [(0, 1)] * 3
    assert floor.asked_back == floor.on_hand(floor.tote) == 3
    assert floor.shelf == (7, 2), "what was not taken stays reserved until the picker knows"
    floor.assert_sound()

    floor.do(picking.yield_work, pick_list=floor.tour.pick_list)

    assert floor.shelf == (7, 0)
    assert floor.asked_back == 3
    assert floor.counters == {"cancelled": 5}
    floor.assert_sound()


@pytest.mark.parametrize("given_up", [True, False])
def test_a_cancelled_tour_leaves_no_reservation_however_it_ends(database: Database, given_up: bool) -> None:
    floor = Floor(database, 5)
    floor.confirm(2)
    floor.do(holds.cancel, order=floor.order, reason="wish of the customer")
    if given_up:
        floor.do(picking.yield_work, pick_list=floor.tour.pick_list)
    else:
        floor.do(picking.done, pick_list=floor.tour.pick_list)

    assert floor.shelf == (8, 0)
    assert floor.asked_back == floor.on_hand(floor.tote) == 2
    assert floor.counters == {"cancelled": 5}
    floor.assert_sound()


def test_goods_of_a_cancelled_tour_go_back_and_the_tote_is_free(database: Database) -> None:
    floor = Floor(database, 3)
    floor.confirm(2)
    floor.do(holds.cancel, order=floor.order, reason="wish of the customer")
    floor.undo()
    floor.assert_sound()
    floor.do(picking.yield_work, pick_list=floor.tour.pick_list)
    floor.undo()

    assert floor.shelf == (10, 0)
    assert floor.asked_back == floor.on_hand(floor.tote) == 0
    floor.assert_sound()
    floor.site.promised({TORCH: 1})
    floor.do(claims.claim_pick, warehouse=floor.site.warehouse, tote=floor.tote, number=2)


def test_a_cancelled_tour_that_took_nothing_frees_its_tote(database: Database) -> None:
    floor = Floor(database, 3)
    floor.do(holds.cancel, order=floor.order, reason="wish of the customer")
    floor.do(picking.yield_work, pick_list=floor.tour.pick_list)
    floor.site.promised({TORCH: 1})
    floor.do(claims.claim_pick, warehouse=floor.site.warehouse, tote=floor.tote, number=2)

    floor.assert_sound()


def test_undo_too_late(database: Database) -> None:
    """Schedule 6: the tote is at the bench already."""
    floor = Floor(database, 2)
    floor.confirm(2)
    floor.do(picking.done, pick_list=floor.tour.pick_list)
    with pytest.raises(StateError) as caught:
        floor.undo()

    assert caught.value.code == "pick.undo_too_late"
    assert floor.on_hand(floor.tote) == 2
    floor.assert_sound()


def test_a_tour_that_is_done_twice_is_done_once(database: Database) -> None:
    floor = Floor(database, 3)
    floor.confirm(2)
    first = floor.do(picking.done, pick_list=floor.tour.pick_list)

    assert floor.do(picking.done, pick_list=floor.tour.pick_list) == first
    assert floor.counters == {"open": 1, "picked": 2}
    assert floor.asked_back == 0
    floor.assert_sound()


def test_undo_takes_first_what_was_too_much(database: Database) -> None:
    floor = Floor(database, 2)
    assert floor.confirm(3).unwanted == 1
    assert floor.undo() == picking.Picked(picked=2, left=0, unwanted=0)
    assert (floor.asked_back, floor.on_hand(floor.tote)) == (0, 2)
    assert floor.undo() == picking.Picked(picked=1, left=1, unwanted=0)
    assert floor.shelf == (9, 1)
    floor.assert_sound()


def test_redone_work(database: Database) -> None:
    """Schedule 10: what one station shipped, another confirms again, late."""
    floor = Floor(database, 5)
    floor.confirm(5)
    floor.do(picking.done, pick_list=floor.tour.pick_list)
    floor.pack_and_ship()
    late = Station(database, "PICK-4", floor.site.station.person, clock=floor.site.station.clock)
    other_tote = floor.site.place("T-102")
    answers = [late.do(picking.confirm, task=floor.task, quantity=1, tote=other_tote) for _unit in range(3)]
    with database.reading() as session:
        stations = session.execute(
            select(JournalEntry.station, func.count())
            .where(JournalEntry.verb == "pick.confirm.1")
            .group_by(JournalEntry.station)
            .order_by(JournalEntry.station)
        ).all()
        asked = session.scalars(select(func.sum(PutBack.quantity))).one()

    assert [each.unwanted for each in answers] == [1, 1, 1]
    assert (floor.on_hand(other_tote), asked) == (3, 3)
    assert floor.counters == {"shipped": 5}
    assert floor.status() is Status.SHIPPED
    assert [tuple(row) for row in stations] == [("PICK-3", 1), ("PICK-4", 3)]
    assert floor.shelf == (2, 0)
    floor.assert_sound()


def test_more_than_the_book_had(database: Database) -> None:
    """Schedule 9, the ledger: as the hands did, the least urgent reservation opens again, a count is due."""
    floor = Floor(database, 2, stock=5)
    later = floor.site.promised({MUG: 3})
    floor.confirm(4)
    line = floor.site.line(later)
    assert (line.allocated, line.open) == (1, 2)
    assert floor.shelf == (1, 1)
    floor.assert_sound()
    floor.confirm(3)
    with database.reading() as session:
        counts = session.scalars(select(Count.reason)).all()

    assert (floor.site.line(later).allocated, floor.shelf) == (0, (0, 0))
    assert floor.on_hand(floor.tote) == 7
    assert len(counts) == 1
    floor.assert_sound()
    with pytest.raises(StateError) as caught:
        floor.do(claims.claim_pick, warehouse=floor.site.warehouse, tote=floor.site.place("T-102"), number=2)
    assert caught.value.code == "claim.no_work", "nothing is left that this order could be picked from"


def test_a_cancelled_reservation_that_others_took_stays_cancelled(database: Database) -> None:
    floor = Floor(database, 2, stock=3)
    cancelled = floor.site.promised({MUG: 1})
    tote = floor.site.place("T-102")
    floor.do(claims.claim_pick, warehouse=floor.site.warehouse, tote=tote, number=2)
    floor.do(holds.cancel, order=cancelled, reason="wish of the customer")
    floor.confirm(3)
    line = floor.site.line(cancelled)

    assert (line.allocated, line.open, line.cancelled) == (0, 0, 1)
    floor.assert_sound()


def test_the_dock_is_faster_than_the_bench(database: Database) -> None:
    floor = Floor(database, 2)
    floor.confirm(2)
    floor.do(picking.done, pick_list=floor.tour.pick_list)
    parcel = floor.pack()
    floor.do(shipping.load, parcel=parcel, lane=floor.site.lane())
    floor.do(shipping.close_manifest, lane=floor.site.lane(), number=1)
    assert floor.status() is Status.PICKED
    floor.assert_sound()
    floor.do(packing.done, fulfillment=floor.tour.fulfillment)

    assert floor.status() is Status.SHIPPED
    assert floor.counters == {"shipped": 2}
    floor.assert_sound()
