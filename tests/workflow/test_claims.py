"""Which work a picker is given."""

from uuid import UUID

import pytest
from sqlalchemy import select

from oms_desktop.app import desk, serving
from oms_desktop.db import Database
from oms_desktop.drafts import OrderEdit
from oms_desktop.errors import StateError
from oms_desktop.models import Fulfillment, Role, Worker, WorkerRole
from oms_desktop.station import Person, Station
from oms_desktop.workflow import claims, counting
from oms_desktop.workflow.books import prove
from oms_desktop.workflow.worklists import tours
from tests.builders import MUG, MUG_PLACE, TORCH, Site

PIA = Person(UUID(int=2), "B-2", "Pia Picker", frozenset({Role.PICKER}))


def hire(database: Database) -> None:
    with database.transaction() as session:
        session.add(Worker(id=PIA.id, badge=PIA.badge, name=PIA.name, pin_hash=""))
        session.flush()
        session.add(WorkerRole(worker_id=PIA.id, role=Role.PICKER))


def assign(database: Database, order: UUID, worker: UUID | None, priority: int = 0) -> None:
    with database.transaction() as session:
        part = session.scalars(select(Fulfillment).where(Fulfillment.order_id == order)).one()
        part.assigned_to, part.priority = worker, priority


def claimed(site: Site, person: Person | None, number: int) -> UUID:
    station = Station(site.database, f"PICK-{number}", person, clock=site.station.clock)
    tote = site.place(f"T-10{number}")
    tour = station.do(claims.claim_pick, warehouse=site.warehouse, tote=tote, number=number)
    with site.database.reading() as session:
        return session.get_one(Fulfillment, tour.fulfillment).order_id


def test_own_work_comes_first_and_what_is_somebody_elses_never(database: Database) -> None:
    site = Site(database)
    hire(database)
    urgent, free, own = (site.promised({MUG: 1}) for _order in range(3))
    somebody = site.station.person
    assert somebody is not None
    assign(database, urgent, somebody.id, priority=9)
    assign(database, free, None, priority=5)
    assign(database, own, PIA.id)
    with database.reading() as session:
        assert tours.waiting_tours(session, site.warehouse, PIA.id).count == 2

    assert [claimed(site, PIA, number) for number in (1, 2)] == [own, free]
    with pytest.raises(StateError) as caught:
        claimed(site, PIA, 3)
    assert caught.value.code == "claim.no_work"
    assert claimed(site, somebody, 4) == urgent


def test_an_order_that_ships_complete_waits_until_it_is_whole_again(database: Database) -> None:
    """A count takes away what was promised to it: nobody picks the rest until the missing piece has come."""
    site = Site(database, stock=3)
    order = site.order({MUG: 3, TORCH: 1})
    assert desk.edit(site.station, order, OrderEdit(ship_complete=True)).done
    do, tote = site.station.do, site.place("T-101")
    mug = site.line(order).product_id
    assert mug is not None
    do(counting.count, location=site.place(MUG_PLACE), product=mug, found=(counting.Found(2),))
    assert site.line(order).open == 1

    with database.reading() as session:
        assert tours.waiting_tours(session, site.warehouse, None).count == 0
    with pytest.raises(StateError) as refused:
        do(claims.claim_pick, warehouse=site.warehouse, tote=tote, number=1)
    assert refused.value.code == "claim.no_work"

    site.receive({MUG: 1})
    serving.serve_waiting(site.station)
    assert do(claims.claim_pick, warehouse=site.warehouse, tote=tote, number=1)
    with database.reading() as session:
        assert prove(session).violations == ()
