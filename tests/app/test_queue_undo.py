"""What was done from the queue is taken back as a recorded opposite, for the orders it was done to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from oms_desktop.app import queue_desk
from oms_desktop.app.queue_undo import Last, undo
from oms_desktop.db import Database
from oms_desktop.floor.reply import Key
from oms_desktop.floor.views import Remedy, Stuck
from oms_desktop.models import Fulfillment, Hold, Order, Role, Worker, WorkerRole
from oms_desktop.ui.widgets.instruction_bar import Tone
from oms_desktop.workflow import holds, steering
from tests.app.floor_window import Floor
from tests.app.test_queue_window import answer, office, open_queue
from tests.builders import MUG, Site


def held(site: Site, order: UUID) -> list[str]:
    with site.database.reading() as session:
        found = select(Hold.text).where(Hold.order_id == order, Hold.released_at.is_(None))
        return sorted(session.scalars(found))


def both(site: Site, look: Callable[[UUID], object], orders: tuple[UUID, UUID]) -> tuple[object, ...]:
    return tuple(look(order) for order in orders)


def test_a_hold_is_ended_and_an_end_of_holds_sets_them_again(database: Database) -> None:
    site = Site(database)
    one, other = orders = site.promised({MUG: 1}), site.promised({MUG: 1})
    site.station.do(holds.hold_orders, orders=(other,), kind="unpaid", text="not paid")
    done = queue_desk.act(site.station, Key.HOLD, "call first", orders)
    assert both(site, lambda order: held(site, order), orders) == (["call first"], ["call first", "not paid"])

    assert undo(site.station, done.was) == "Undone: the hold of 2 orders ended."
    assert both(site, lambda order: held(site, order), orders) == ([], ["not paid"])

    released = queue_desk.act(site.station, Key.RELEASE, "", orders)
    assert undo(site.station, released.was) == "Undone: SO-1002 on hold again."
    assert both(site, lambda order: held(site, order), orders) == ([], ["not paid"])

    given = queue_desk.act(site.station, Key.RELEASE, "", (one,))
    assert undo(site.station, given.was).startswith("SO-1001 cannot be taken back: the floor has the work")


def test_of_two_holds_by_hand_the_one_set_last_is_ended(database: Database) -> None:
    site = Site(database)
    orders = site.promised({MUG: 1}), site.promised({MUG: 1})
    site.station.do(holds.hold_orders, orders=orders[1:], kind="desk", text="first")
    done = queue_desk.act(site.station, Key.HOLD, "second", orders)

    assert undo(site.station, done.was) == "Undone: the hold of 2 orders ended."

    assert both(site, lambda order: held(site, order), orders) == ([], ["first"])
    again = undo(site.station, done.was)
    assert again.startswith("Undone: the hold of 0 orders ended. 2 not: ")
    assert both(site, lambda order: held(site, order), orders) == ([], ["first"])


def test_a_hold_whose_time_has_come_meanwhile_is_not_set_again(database: Database) -> None:
    site = Site(database)
    one, other = orders = site.promised({MUG: 1}), site.promised({MUG: 1})
    until = site.station.clock() + timedelta(minutes=1)
    site.station.do(holds.hold_orders, orders=orders, kind="desk", text="till noon", until=until)
    site.station.do(holds.hold_orders, orders=(other,), kind="unpaid", text="not paid")
    both_done = queue_desk.act(site.station, Key.RELEASE, "", orders)
    one_done = both_done.was.only([one])
    later = replace(site.station, clock=lambda: until)

    assert undo(later, one_done).startswith(
        "SO-1001 cannot be put on hold again: the time of the hold is over"
    )
    assert held(site, one) == []
    assert undo(later, both_done.was) == "Undone: SO-1002 on hold again."
    assert both(site, lambda order: held(site, order), orders) == ([], ["not paid"])


def test_priorities_and_pickers_become_what_they_were(database: Database) -> None:
    site = Site(database)
    picker = UUID(int=70)
    with database.transaction() as session:
        session.add(Worker(id=picker, badge="B-7", name="Ida Example", pin_hash=""))
        session.flush()
        session.add(WorkerRole(worker_id=picker, role=Role.PICKER))
    one, other = orders = site.promised({MUG: 1}), site.promised({MUG: 1})
    site.station.do(steering.prioritize, orders=(one,), priority=1)
    site.station.do(steering.assign, orders=(other,), worker=picker)

    urgent = queue_desk.act(site.station, Key.PRIORITY, "2", orders)
    nobody = queue_desk.act(site.station, Key.ASSIGN, "", orders)
    assert undo(site.station, urgent.was) == "Undone: the priority of 2 orders as before."
    assert undo(site.station, nobody.was) == "Undone: the picker of 2 orders as before."

    with database.reading() as session:
        levels = dict(session.execute(select(Order.id, Order.priority)).all())
        people = dict(session.execute(select(Fulfillment.order_id, Fulfillment.assigned_to)).all())
    assert levels == {one: 1, other: 0}
    assert people == {one: None, other: picker}


def test_the_release_of_a_card_is_taken_back_as_f6_is(floor: Floor) -> None:
    site = office(floor)
    held_one = site.promised({MUG: 1})
    site.station.do(holds.hold_orders, orders=(held_one,), kind="unpaid", text="not paid")
    open_queue(floor, 2)
    other = hold_by_key(floor, 0)
    lane = floor.screen.queue.exceptions
    floor.bot.waitUntil(lambda: len(lane.cards) == 2, timeout=15_000)
    card = next(card for card in lane.cards if card.stuck and card.stuck.order == held_one.hex)
    QTest.mouseClick(card.buttons[Remedy.RELEASE], Qt.MouseButton.LeftButton)
    floor.says("1 order released")

    floor.key(Qt.Key.Key_F9)

    floor.says("Undone: SO-1002 on hold again.")
    assert both(site, lambda order: held(site, order), (held_one, other)) == (["not paid"], ["call first"])


def test_f9_does_not_reach_behind_an_edit(floor: Floor) -> None:
    open_queue(floor, 1)
    order = hold_by_key(floor, 0)
    sheet = floor.station.edits.sheet
    floor.screen.queue.edit_asked.emit(order.hex)
    floor.bot.waitUntil(lambda: sheet.form is not None and not sheet.is_busy, timeout=15_000)
    QTest.keyClicks(sheet.lines.wishes["note"].edit, "Paper padding only")
    sheet.submit()
    floor.says("SO-1001 is saved")

    for _once_and_again in range(2):
        floor.screen.window.bar.show_instruction(Tone.MOVE, "before", "")
        floor.key(Qt.Key.Key_F9)
        floor.says("The edit of SO-1001 was the last thing done here, and cannot be taken back")
    assert held(floor.desk.site, order) == ["call first"]


def test_f9_does_not_reach_behind_a_card_that_cannot_be_taken_back(database: Database) -> None:
    site, last = Site(database), Last()
    order = site.promised({MUG: 1})
    last.keep(queue_desk.act(site.station, Key.HOLD, "call first", (order,)).was)
    stuck = Stuck(order.hex, "SO-1001", "2026-11-20T11:19:00+00:00", "Stock missing", "", Remedy.PROMISE)
    last.keep(queue_desk.solve(site.station, stuck, "").was)
    nobody = queue_desk.act(site.station, Key.RELEASE, "", ())
    last.keep(nobody.was)

    told = (
        "The allocation of SO-1001 was the last thing done here, and cannot be taken back. Nothing is undone."
    )
    assert last.take_back(site.station) == told
    assert held(site, order) == ["call first"]


def hold_by_key(floor: Floor, row: int) -> UUID:
    """Put the order of a row on hold with F8."""
    model = floor.screen.queue.model
    model.toggle(row)
    [order] = model.ticks
    floor.key(Qt.Key.Key_F8)
    answer(floor, "call first")
    floor.says("1 order put on hold")
    return UUID(order)
