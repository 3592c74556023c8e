"""What goes first, who picks it, and when the floor gets it."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from oms_desktop.app import desk, queue_desk
from oms_desktop.db import Database
from oms_desktop.errors import InputError, RoleError
from oms_desktop.floor.reply import Key
from oms_desktop.models import Fulfillment, Hold, Order, QueueEntry, Role, Status, Worker, WorkerRole
from oms_desktop.workflow import claims, holds, steering
from oms_desktop.workflow.books import prove
from oms_desktop.workflow.worklists.story import timeline
from tests.builders import MUG, TORCH, Site
from tests.replaying import rows_of
from tests.workflow.tour import Floor


def add_worker(database: Database, badge: str, *roles: Role) -> UUID:
    worker = UUID(int=int(badge.removeprefix("B-")))
    with database.transaction() as session:
        session.add(Worker(id=worker, badge=badge, name="Invented", pin_hash=""))
        session.flush()
        session.add_all(WorkerRole(worker_id=worker, role=role) for role in roles)
    return worker


def part_of(site: Site, order: UUID) -> Fulfillment:
    with site.database.reading() as session:
        found = session.scalars(select(Fulfillment).where(Fulfillment.order_id == order)).one()
        session.expunge(found)
    return found


def test_what_is_urgent_is_picked_first(database: Database) -> None:
    site = Site(database)
    _first, second = site.promised({MUG: 1}), site.promised({TORCH: 1})
    [verdict] = desk.prioritize(site.station, [second], 2)
    tour = site.station.do(claims.claim_pick, warehouse=site.warehouse, tote=site.place("T-101"), number=1)

    assert verdict.done
    assert tour.fulfillment == part_of(site, second).id
    with database.reading() as session:
        assert session.get_one(Order, second).priority == 2
        assert session.get_one(QueueEntry, second).urgency == -2
        assert prove(session).violations == ()


def test_the_priority_of_what_is_cancelled_is_refused(database: Database) -> None:
    site = Site(database)
    order = site.promised({MUG: 1})
    site.station.do(holds.cancel, order=order, reason="wish of the customer")
    before = rows_of(database)
    [verdict] = desk.prioritize(site.station, [order], 2)

    assert (verdict.done, verdict.code) == (False, "order.cancelled")
    assert rows_of(database) == before


@pytest.mark.parametrize("priority", [-1, 3])
def test_there_are_three_priorities(database: Database, priority: int) -> None:
    site = Site(database)
    order = site.promised({MUG: 1})
    with pytest.raises(InputError) as refused:
        desk.prioritize(site.station, [order], priority)

    assert refused.value.code == "order.priority"


def test_work_is_assigned_to_a_picker_and_back_to_anybody(database: Database) -> None:
    site = Site(database)
    picker = add_worker(database, "B-20401", Role.PICKER)
    orders = [site.promised({MUG: 1}), site.promised({TORCH: 1}), site.order({MUG: 1})]
    found = desk.assign(site.station, orders, picker)

    assert [verdict.code for verdict in found] == ["", "", "work.nothing"]
    assert [part_of(site, order).assigned_to for order in orders[:2]] == [picker, picker]
    with database.reading() as session:
        assert session.get_one(QueueEntry, orders[0]).assignee_id == picker
    desk.assign(site.station, orders[:1], None)
    assert part_of(site, orders[0]).assigned_to is None


def test_what_another_one_picks_is_not_assigned(database: Database) -> None:
    floor = Floor(database, 2)
    picker = add_worker(database, "B-20401", Role.PICKER)
    before = rows_of(database)
    [verdict] = desk.assign(floor.site.station, [floor.order], picker)

    assert verdict.code == "order.being_picked"
    assert verdict.text == "Order SO-1001 is being picked by system at PICK-3."
    assert rows_of(database) == before


def test_only_a_picker_gets_work(database: Database) -> None:
    site = Site(database)
    order, packer = site.promised({MUG: 1}), add_worker(database, "B-20403", Role.PACKER)
    with pytest.raises(InputError) as refused:
        desk.assign(site.station, [order], packer)

    assert refused.value.code == "work.no_picker"
    assert part_of(site, order).assigned_to is None


def test_a_supervisor_stands_in_for_the_order_desk(database: Database) -> None:
    site = Site(database)
    order = site.promised({MUG: 1})
    person = site.station.person
    assert person is not None
    for role in (Role.SUPERVISOR, Role.ORDER_DESK):
        station = replace(site.station, person=replace(person, roles=frozenset({role})))
        assert desk.prioritize(station, [order], 1)[0].done
    picker = replace(site.station, person=replace(person, roles=frozenset({Role.PICKER})))
    with pytest.raises(RoleError):
        desk.prioritize(picker, [order], 2)


def test_an_order_that_is_let_go_is_free_promised_and_released(database: Database) -> None:
    site = Site(database)
    waiting, fresh, short = (
        site.order({MUG: 2}, payment="pending"),
        site.order({TORCH: 1}),
        site.order({"NO-SUCH": 1}),
    )
    found = desk.send(site.station, [waiting, fresh, short])

    assert [verdict.code for verdict in found] == ["", "", "work.unpromised"]
    assert [part_of(site, order).status for order in (waiting, fresh)] == [Status.RELEASED] * 2
    before = rows_of(database)
    assert desk.send(site.station, [fresh])[0].done
    assert rows_of(database)["fulfillment"] == before["fulfillment"]
    with database.reading() as session:
        assert prove(session).violations == ()


def test_what_is_on_hold_is_not_sent(database: Database) -> None:
    site = Site(database)
    order = site.promised({MUG: 1})
    desk.hold(site.station, [order], kind="address", text="Ask.")
    before = rows_of(database)
    [verdict] = site.station.do(steering.send, orders=(order,))

    assert verdict.code == "order.on_hold"
    assert rows_of(database) == before


@pytest.mark.parametrize("lines", [{"NO-SUCH": 1}, {TORCH: 1}])
def test_a_refused_send_changes_nothing(database: Database, lines: dict[str, int]) -> None:
    site = Site(database)
    site.promised({TORCH: site.stock})
    order, over = site.order(lines), site.promised({MUG: 1})
    desk.hold(site.station, [order, over], kind="address", text="Ask.", frees_stock=True)
    site.station.do(holds.cancel, order=over, reason="wish of the customer")
    before = rows_of(database)
    named = (order, over)
    told = queue_desk.act(site.station, Key.RELEASE, "", named).told

    assert rows_of(database) == before
    assert told == (
        "0 orders released. 2 not: No stock is promised to order SO-1002 yet; it stays as it was."
    )
    assert [verdict.code for verdict in desk.send(site.station, named)] == [
        "work.unpromised",
        "order.cancelled",
    ]
    assert rows_of(database) == before


def test_what_is_refused_does_not_keep_the_others(database: Database) -> None:
    site = Site(database)
    free, short = site.order({MUG: 2}), site.order({"NO-SUCH": 1})
    desk.hold(site.station, [free, short], kind="address", text="Ask.", frees_stock=True)

    assert [verdict.done for verdict in desk.send(site.station, [short, free, short])] == [False, True]
    with database.reading() as session:
        open_holds = select(Hold.order_id, Hold.kind).where(Hold.released_at.is_(None)).order_by(Hold.kind)
        assert session.execute(open_holds).all() == [(short, "address"), (short, "unknown sku")]
        told = [entry.text.partition(":")[0] for entry in timeline(session, free)]
        assert told[-3:] == ["Hold ended", "2 pieces promised", "Given to the floor"]
        assert prove(session).violations == ()
