"""Two transactions on PostgreSQL that want the same rows: who waits, and what the second one sees."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from oms_desktop.acts import Act
from oms_desktop.db import Database
from oms_desktop.errors import StateError
from oms_desktop.models import Fulfillment, Lease, OrderLine, PickTask, Status
from oms_desktop.station import Station
from oms_desktop.workflow import holds, picking, promise
from tests.builders import MUG, NOON
from tests.crowd import Waiting
from tests.workflow.tour import Floor


def cancelling(floor: Floor) -> Station:
    return replace(floor.site.station, name="DESK-1", new_call=uuid4, _numbers={})


@pytest.mark.parametrize("units", [1, 2, 3])
def test_guard_before_lock(postgresql: Database, units: int) -> None:
    """Schedule 15: a confirm is committed between the cancel's first look and its lock."""
    floor = Floor(postgresql, 3)
    desk, person = cancelling(floor), floor.site.station.person
    assert person is not None
    act = Act(call=uuid4(), worker=person.id, station="PICK-3", at=NOON)
    with postgresql.transaction() as session:
        session.execute(select(PickTask.id).where(PickTask.id == floor.task).with_for_update()).all()
        picking.confirm(session, act, task=floor.task, quantity=units, tote=floor.tote)
        cancel = Waiting(
            postgresql, lambda: desk.do(holds.cancel, order=floor.order, reason="wish of the customer")
        )
        cancel.until_it_waits()
        # An event names the order that the cancel has locked: it must not have to wait for it.
        session.execute(text("SET LOCAL lock_timeout = '2s'"))
        picking.undo(session, replace(act, call=uuid4()), task=floor.task, quantity=units, tote=floor.tote)
        picking.confirm(session, replace(act, call=uuid4()), task=floor.task, quantity=units, tote=floor.tote)
    cancel.join()

    assert cancel.error is None
    assert floor.counters == {key: n for key, n in (("picked", units), ("allocated", 3 - units)) if n}
    assert floor.shelf == (10 - units, 3 - units)
    floor.do(picking.yield_work, pick_list=floor.tour.pick_list)
    assert floor.asked_back == floor.on_hand(floor.tote) == units
    assert floor.counters == {"cancelled": 3}


def test_a_cancel_that_waited_for_the_end_of_the_tour_is_too_late(postgresql: Database) -> None:
    floor = Floor(postgresql, 2)
    floor.confirm(2)
    desk, person = cancelling(floor), floor.site.station.person
    assert person is not None
    act = Act(call=uuid4(), worker=person.id, station="PICK-3", at=NOON)
    with postgresql.transaction() as session:
        session.get_one(Fulfillment, floor.tour.fulfillment, with_for_update=True)
        cancel = Waiting(
            postgresql, lambda: desk.do(holds.cancel, order=floor.order, reason="wish of the customer")
        )
        cancel.until_it_waits()
        picking.done(session, act, pick_list=floor.tour.pick_list)
    cancel.join()

    assert isinstance(cancel.error, StateError)
    assert cancel.error.code == "order.too_late"
    assert (floor.status(), floor.counters) == (Status.PICKED, {"picked": 2})
    with postgresql.reading() as session:
        assert session.scalars(select(OrderLine.cancelled)).all() == [0]
        assert session.scalars(select(Lease.ended_at)).one() is not None


def test_allocating_the_rest_of_an_order_does_not_stop_its_picker(postgresql: Database) -> None:
    """A backorder is promised while the first part is picked: both lock stock first, then the line."""
    floor = Floor(postgresql, 3, stock=2)
    floor.site.receive({MUG: 1})
    desk, person = cancelling(floor), floor.site.station.person
    assert person is not None
    act = Act(call=uuid4(), worker=person.id, station="PICK-3", at=NOON)
    with postgresql.transaction() as session:
        ledger_first = picking.confirm(session, act, task=floor.task, quantity=1, tote=floor.tote)
        allocate = Waiting(
            postgresql,
            lambda: desk.do(promise.allocate, order=floor.order, warehouse=floor.site.warehouse),
        )
        allocate.until_it_waits()
        session.execute(text("SET LOCAL lock_timeout = '2s'"))
        picking.confirm(session, replace(act, call=uuid4()), task=floor.task, quantity=1, tote=floor.tote)
    allocate.join()

    assert allocate.error is None
    assert ledger_first.picked == 1
    assert floor.counters == {"allocated": 1, "picked": 2}
