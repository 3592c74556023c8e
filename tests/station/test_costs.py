"""How many statements a scan costs: each is a round trip on the hub."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

from oms_desktop.db import Database
from oms_desktop.station import Call, Step
from oms_desktop.workflow import claims, packing, picking
from tests.builders import MUG, Site
from tests.replaying import rows_of


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Note each statement but BEGIN; COMMIT does not come through a cursor."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def kept(site: Site) -> Call:
    return site.station.call(keep=lambda _result: Step("place", {"at": "unit"}))


def test_a_pick(database: Database) -> None:
    site = Site(database)
    site.promised({MUG: 2})
    tote = site.place("T-101")
    site.station.do(claims.claim_pick, warehouse=site.warehouse, tote=tote, number=1)
    [(task, *_rest)] = rows_of(database)["pick_task"]
    with statements(database.engine) as unit:
        assert kept(site).do(picking.confirm, task=task, quantity=1, tote=tote).left == 1
    with statements(database.engine) as last:
        assert kept(site).do(picking.confirm, task=task, quantity=1, tote=tote).left == 0

    assert len(unit) <= 8, unit
    assert len(last) <= 10, last


def test_a_put(database: Database) -> None:
    site = Site(database)
    order = site.promised({MUG: 2})
    tote = site.place("T-101")
    tour = site.station.do(claims.claim_pick, warehouse=site.warehouse, tote=tote, number=1)
    [(task, *_rest)] = rows_of(database)["pick_task"]
    site.station.do(picking.confirm, task=task, quantity=2, tote=tote)
    site.station.do(picking.done, pick_list=tour.pick_list)
    site.station.do(claims.claim_pack, fulfillment=tour.fulfillment)
    parcel = site.station.do(packing.open_parcel, fulfillment=tour.fulfillment)
    line = site.line(order).id
    for _unit in range(2):
        with statements(database.engine) as seen:
            kept(site).do(packing.put, parcel=parcel, line=line, tote=tote, quantity=1)
        assert len(seen) <= 8, seen
