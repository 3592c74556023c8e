"""An order in full: where it stands in words, what is still to come, and how far each line is."""

from uuid import UUID

from sqlalchemy import select

from oms_desktop.db import Database
from oms_desktop.models import PickTask
from oms_desktop.workflow import claims, holds, picking
from oms_desktop.workflow.worklists.detail import OrderDetail, order_detail
from oms_desktop.workflow.worklists.story import Phase
from tests.builders import BOTTLE, MUG, Site


def seen(site: Site, order: UUID) -> OrderDetail:
    with site.database.reading() as session:
        found = order_detail(session, order)
    assert found is not None
    return found


def ahead(detail: OrderDetail) -> list[str]:
    return [entry.text for entry in detail.story if entry.phase is not Phase.PAST]


def test_it_tells_where_an_order_stands_and_what_is_to_come(database: Database) -> None:
    site = Site(database)
    order = site.promised({MUG: 2, BOTTLE: 12})

    detail = seen(site, order)
    assert ahead(detail) == ["2 pieces short", "Picking", "Packing", "Handed over"]
    assert [line.state for line in detail.lines] == ["2 of 2 promised", "10 of 12 promised, 2 missing"]

    tote = site.place("T-101")
    site.station.do(claims.claim_pick, warehouse=site.warehouse, tote=tote, number=1)
    with database.reading() as session:
        task = session.scalars(select(PickTask.id).where(PickTask.quantity == 2)).one()
    site.station.do(picking.confirm, task=task, quantity=2, tote=tote)
    detail = seen(site, order)
    assert ahead(detail)[1:] == ["Packing", "Handed over"]
    assert (detail.lines[0].state, detail.lines[0].done) == ("2 of 2 picked", True)

    site.station.do(holds.hold_orders, orders=(order,), kind="desk", text="wait for the call")
    assert ahead(seen(site, order))[0] == "wait for the call"


def test_nobody_knows_an_order_that_is_not_here(database: Database) -> None:
    site = Site(database)
    with site.database.reading() as session:
        assert order_detail(session, UUID(int=7)) is None
