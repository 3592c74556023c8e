"""A call that was written down gives the same rows wherever it is played."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from sqlalchemy import select

from oms_desktop.acts import OFFLINE
from oms_desktop.db import Database
from oms_desktop.models import Fulfillment, Intent, PickTask
from oms_desktop.workflow import claims, holds, packing, picking, printing, shipping
from tests.builders import BOTTLE, MUG, TORCH, Site, postage
from tests.replaying import BROUGHT, assert_same_rows, calls_of, copy_rows, play_all, rows_of

Life = Iterator[str]
"""Yields the name of each offline verb before it is called, `HUB` before the calls of the hub."""

HUB = "hub"


def tasks_of(site: Site, pick_list: UUID) -> list[PickTask]:
    with site.database.reading() as session:
        tasks = session.scalars(
            select(PickTask).where(PickTask.pick_list_id == pick_list).order_by(PickTask.position)
        ).all()
        session.expunge_all()
    return list(tasks)


def intent_of(site: Site, document: str) -> UUID:
    with site.database.reading() as session:
        return session.scalars(select(Intent.id).where(Intent.document == document).limit(1)).one()


def claimed(site: Site, lines: dict[str, int], tote: str, number: int) -> claims.Tour:
    site.promised(lines)
    return site.station.do(claims.claim_pick, warehouse=site.warehouse, tote=site.place(tote), number=number)


def shipped_life(site: Site) -> Life:
    do, tote = site.station.do, site.place("T-101")
    order = site.promised({MUG: 2, TORCH: 1, BOTTLE: 11})
    tour = do(claims.claim_pick, warehouse=site.warehouse, tote=tote, number=1)
    mugs, bottles, torches = tasks_of(site, tour.pick_list)
    for task, units in ((mugs, 1), (mugs, 1), (bottles, 4), (torches, 1)):
        yield "pick.confirm.1"
        do(picking.confirm, task=task.id, quantity=units, tote=tote)
    yield "pick.undo.1"
    do(picking.undo, task=mugs.id, quantity=2, tote=tote)
    yield "pick.confirm.1"
    do(picking.confirm, task=mugs.id, quantity=2, tote=tote)
    yield "pick.short.1"
    do(picking.short, task=bottles.id, counted=4, reason="empty")
    yield "pick.done.1"
    do(picking.done, pick_list=tour.pick_list)
    yield from packed_life(site, order, tour.fulfillment, tote)


def packed_life(site: Site, order: UUID, fulfillment: UUID, tote: UUID) -> Life:
    do = site.station.do
    yield HUB
    do(claims.claim_pack, fulfillment=fulfillment)
    yield "pack.open_parcel.1"
    parcel = do(packing.open_parcel, fulfillment=fulfillment)
    for position, units in ((1, 1), (1, 1), (2, 1), (3, 4)):
        line = site.line(order, position).id
        yield "pack.put.1"
        do(packing.put, parcel=parcel, line=line, tote=tote, quantity=units)
    yield "pack.take_out.1"
    do(packing.take_out, parcel=parcel, line=line, tote=tote, quantity=2)
    yield "pack.put.1"
    do(packing.put, parcel=parcel, line=line, tote=tote, quantity=2)
    yield "pack.choose_carton.1"
    do(packing.choose_carton, parcel=parcel, carton=site.carton())
    yield "pack.close.1"
    do(packing.close, parcel=parcel, weight_g=640, expected_g=635, postage=postage())
    yield "pack.done.1"
    do(packing.done, fulfillment=fulfillment)
    yield from loaded_life(site, parcel)


def loaded_life(site: Site, parcel: UUID) -> Life:
    do = site.station.do
    yield "print.done.1"
    do(printing.print_done, intent=intent_of(site, "label"), where="ZD421-2")
    yield "print.failed.1"
    do(printing.print_failed, intent=intent_of(site, "packing slip"), reason="out of paper")
    yield "print.again.1"
    do(printing.print_again, document="packing slip", subject=parcel)
    yield "ship.load.1"
    do(shipping.load, parcel=parcel, lane=site.lane())
    yield "ship.unload.1"
    do(shipping.unload, parcel=parcel)
    yield "ship.load.1"
    do(shipping.load, parcel=parcel, lane=site.lane())
    yield HUB
    do(shipping.close_manifest, lane=site.lane(), number=1)


def cancelled_life(site: Site) -> Life:
    """Picks for an order that is cancelled meanwhile: late, undone, given up, and later still."""
    do, tote = site.station.do, site.place("T-102")
    tour = claimed(site, {MUG: 5, TORCH: 2}, "T-102", 7)
    mugs, torches = tasks_of(site, tour.pick_list)
    yield "pick.confirm.1"
    do(picking.confirm, task=mugs.id, quantity=2, tote=tote)
    yield HUB
    do(holds.cancel, order=order_of(site, tour.fulfillment), reason="wish of the customer")
    for units in (1, 1):
        yield "pick.confirm.1"
        do(picking.confirm, task=mugs.id, quantity=units, tote=tote)
    yield "pick.undo.1"
    do(picking.undo, task=mugs.id, quantity=1, tote=tote)
    yield "pick.yield.1"
    do(picking.yield_work, pick_list=tour.pick_list)
    yield "pick.confirm.1"
    do(picking.confirm, task=torches.id, quantity=2, tote=tote)
    yield HUB


def displaced_life(site: Site) -> Life:
    """Hands that take more than the book has: from others' reservations, then from nowhere."""
    do, tote = site.station.do, site.place("T-103")
    tour = claimed(site, {TORCH: 2}, "T-103", 8)
    for units in (3, 4):
        site.promised({TORCH: units})
    [torches] = tasks_of(site, tour.pick_list)
    for units in (1, 4, 9):
        yield "pick.confirm.1"
        do(picking.confirm, task=torches.id, quantity=units, tote=tote)
    yield "pick.undo.1"
    do(picking.undo, task=torches.id, quantity=1, tote=tote)
    yield "pick.done.1"
    do(picking.done, pick_list=tour.pick_list)
    yield HUB


def order_of(site: Site, fulfillment: UUID) -> UUID:
    with site.database.reading() as session:
        return session.get_one(Fulfillment, fulfillment).order_id


LIVES: dict[Callable[[Site], Life], frozenset[str]] = {
    shipped_life: OFFLINE - {"pick.yield.1"},
    cancelled_life: frozenset({"pick.confirm.1", "pick.undo.1", "pick.yield.1"}),
    displaced_life: frozenset({"pick.confirm.1", "pick.undo.1", "pick.done.1"}),
}
"""Each life with the offline verbs it calls."""


def test_every_offline_verb_is_played() -> None:
    assert frozenset().union(*LIVES.values()) == OFFLINE


@pytest.mark.parametrize(("life", "name"), [(life, name) for life in LIVES for name in sorted(LIVES[life])])
def test_the_calls_of_an_offline_verb_give_the_same_rows_on_the_hub(
    sqlite: Database, postgresql: Database, life: Callable[[Site], Life], name: str
) -> None:
    site = Site(sqlite)
    steps = life(site)
    while next(steps) != name:
        continue
    copy_rows(sqlite, postgresql)
    first = max(entry.sequence for entry in calls_of(sqlite))
    while next(steps, HUB) == name:
        continue
    calls = [entry for entry in calls_of(sqlite, after=first) if entry.verb == name]
    before = rows_of(postgresql)
    play_all(calls, postgresql)

    assert calls
    assert rows_of(postgresql) != before
    assert_same_rows(sqlite, postgresql)


@pytest.mark.parametrize("life", LIVES)
@pytest.mark.parametrize("home", ["sqlite", "postgresql"])
def test_a_whole_life_gives_the_same_rows_on_the_other_database(
    sqlite: Database, postgresql: Database, life: Callable[[Site], Life], home: str
) -> None:
    source, target = (sqlite, postgresql) if home == "sqlite" else (postgresql, sqlite)
    names = list(life(Site(source)))
    copy_rows(source, target, BROUGHT)
    calls = calls_of(source)
    play_all(calls, target)

    assert set(names) - {HUB} == LIVES[life] == {entry.verb for entry in calls} & OFFLINE
    assert_same_rows(source, target)


def test_a_copy_has_the_same_rows(sqlite: Database, postgresql: Database) -> None:
    for _name in shipped_life(Site(sqlite)):
        pass
    copy_rows(sqlite, postgresql)

    assert_same_rows(sqlite, postgresql)
    assert rows_of(sqlite)["stock_move"]
