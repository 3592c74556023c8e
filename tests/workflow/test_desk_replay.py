"""Every verb of the desk, alone and for many orders, gives the same rows wherever it is played."""

from datetime import timedelta
from uuid import UUID

import pytest

from oms_desktop.acts import VERBS
from oms_desktop.app import desk
from oms_desktop.db import Database
from oms_desktop.drafts import Dated, LineEdit, OrderEdit
from oms_desktop.workflow import holds, picking, steering
from oms_desktop.workflow.cancelling import Cut
from oms_desktop.workflow.splitting import Share
from tests.builders import BOTTLE, MUG, TORCH, Clock, Site
from tests.replaying import BROUGHT, assert_same_rows, calls_of, copy_rows, play_all
from tests.workflow.test_editing import NEW, new_line
from tests.workflow.test_replay import claimed, tasks_of

DESK = ("order.", "orders.", "work.")
INTAKE = {"orders.capture.1", "orders.take_in.1"}
"""These bring orders out of files; their own tests play them again."""


def held_and_released(site: Site, orders: list[UUID]) -> None:
    do, station, first = site.station.do, site.station, orders[0]
    hold = do(holds.hold, order=first, kind="old", text="Wait.")
    do(holds.release, hold=hold)
    do(holds.hold_order, order=first, kind="desk", text="Wait.", frees_stock=True)
    clock = station.clock
    assert isinstance(clock, Clock)
    until = clock.now + timedelta(seconds=3)
    desk.hold(station, orders, kind="wave", text="Wait.", until=until, frees_stock=True)
    clock.now = until
    assert len(desk.end_holds(station)) == len(orders) - 1
    desk.release(station, orders)


def changed(site: Site, orders: list[UUID]) -> None:
    station, first, second = site.station, orders[0], orders[1]
    lines = OrderEdit(address=NEW, lines=(LineEdit(1, 1), LineEdit(2, 3)), new_lines=(new_line(BOTTLE, 2),))
    assert desk.edit(station, first, lines).done
    assert desk.edit(station, first, OrderEdit(note="Ring.", clears=(Dated.SHIP_BY,))).done
    assert desk.split(station, first, [Share(site.line(first, 2).id, 1)]).done
    assert desk.merge(station, second, orders[2:4]).done
    desk.prioritize(station, orders, 2)
    desk.assign(station, orders, UUID(int=1))
    desk.send(station, orders)
    station.do(steering.send, orders=tuple(orders))


def cancelled(site: Site, orders: list[UUID]) -> None:
    do, station, tote = site.station.do, site.station, site.place("T-101")
    tour = claimed(site, {TORCH: 2}, "T-101", 1)
    for task in tasks_of(site, tour.pick_list):
        do(picking.confirm, task=task.id, quantity=task.quantity, tote=tote)
    do(picking.done, pick_list=tour.pick_list)
    assert desk.cancel(station, orders[0], "fewer", [Cut(site.line(orders[0], 1).id, 1)]).done
    assert desk.cancel(station, orders[1], "fewer", [Cut(site.line(orders[1], 1).id, 1)]).done
    assert desk.cancel(station, orders[0], "wish of the customer").done
    do(holds.cancel, order=orders[4], reason="the old way")


@pytest.mark.parametrize("home", ["sqlite", "postgresql"])
def test_a_day_at_the_desk_is_the_same_on_the_other_database(
    sqlite: Database, postgresql: Database, home: str
) -> None:
    source, target = (sqlite, postgresql) if home == "sqlite" else (postgresql, sqlite)
    site = Site(source, stock=12)
    orders = [site.promised({MUG: 2, TORCH: 1}) for _order in range(5)]
    held_and_released(site, orders)
    changed(site, orders)
    cancelled(site, orders)
    calls = calls_of(source)
    copy_rows(source, target, BROUGHT)
    play_all(calls, target)

    assert {name for name in VERBS if name.startswith(DESK)} - INTAKE <= {entry.verb for entry in calls}
    assert_same_rows(source, target)
