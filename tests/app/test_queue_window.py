"""The queue in the real window: keys for ticked orders, and the one action of each order that is stuck."""

from copy import copy
from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from oms_desktop.app import queue_feed
from oms_desktop.models import NO_DUE, Hold, Order, QueueEntry, Role
from oms_desktop.station import Person
from oms_desktop.ui.widgets.instruction_bar import Tone
from oms_desktop.workflow import holds
from tests.app.floor_window import Floor
from tests.builders import BOTTLE, MUG, NOON, Site
from tests.documents.reading import page_texts
from tests.ui.frame import cut

SYSTEM = Person(UUID(int=1), "system", "System", frozenset(Role))


def office(floor: Floor) -> Site:
    """The same warehouse for what happens elsewhere, in the name of the program."""
    site = floor.desk.site
    other = copy(site)
    other.station = replace(site.station, name="DESK-9", person=SYSTEM)
    return other


def open_queue(floor: Floor, rows: int) -> None:
    floor.sign_in()
    floor.bot.waitUntil(lambda: floor.screen.queue.model.rowCount() == rows, timeout=15_000)


def answer(floor: Floor, words: str) -> None:
    """Type into the big field."""
    field = floor.screen.window.field
    floor.bot.waitUntil(lambda: not field.isHidden(), timeout=15_000)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, words)
    QTest.keyClick(focus, Qt.Key.Key_Return)


def entry(floor: Floor, order: UUID) -> QueueEntry:
    with floor.desk.site.database.reading() as session:
        found = session.get_one(QueueEntry, order)
        session.expunge(found)
        return found


def solve(floor: Floor, words: str = "") -> None:
    """Press the button of the only card, and wait until the card is gone."""
    lane = floor.screen.queue.exceptions
    floor.bot.waitUntil(lambda: len(lane.cards) == 1, timeout=15_000)
    [card] = lane.cards
    assert card.stuck is not None
    button = card.buttons[card.stuck.remedy]
    assert button.height() >= 48
    assert cut(lane) == []
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    if words:
        answer(floor, words)
    floor.bot.waitUntil(lane.isHidden, timeout=15_000)


def test_f8_puts_the_ticked_order_on_hold_with_the_words_typed(floor: Floor) -> None:
    open_queue(floor, 1)
    row = floor.screen.queue.model.row(0)
    assert row is not None
    floor.screen.queue.model.toggle(0)

    floor.key(Qt.Key.Key_F8)
    answer(floor, "wait for the call")

    floor.bot.waitUntil(lambda: entry(floor, UUID(row.id)).held, timeout=15_000)
    with floor.desk.site.database.reading() as session:
        hold = session.scalars(select(Hold)).one()
    assert (hold.kind, hold.text) == ("desk", "wait for the call")
    assert hold.frees_stock, "as this house has set it"
    floor.says("1 order put on hold")
    assert floor.screen.queue.model.ticks == ()


def test_no_key_acts_on_the_order_whose_row_the_search_has_taken_away(floor: Floor) -> None:
    shown = office(floor).promised({BOTTLE: 1})
    open_queue(floor, 2)
    queue = floor.screen.queue
    queue.table.selectRow(0)
    [hidden] = queue.chosen
    assert UUID(hidden) != shown

    QTest.keyClicks(queue.search, "SO-1002")
    QTest.keyClick(queue.search, Qt.Key.Key_Return)
    floor.bot.waitUntil(lambda: queue.model.rowCount() == 1, timeout=15_000)
    assert queue.chosen == ()
    queue.table.selectRow(0)
    floor.key(Qt.Key.Key_F8)
    answer(floor, "wait for the call")

    floor.says("1 order put on hold")
    assert (entry(floor, shown).held, entry(floor, UUID(hidden)).held) == (True, False)


def test_a_held_order_is_let_go_by_its_card(floor: Floor) -> None:
    site = office(floor)
    order = site.promised({MUG: 1})
    site.station.do(holds.hold_orders, orders=(order,), kind="possible duplicate", text="Twice the same?")
    open_queue(floor, 2)

    solve(floor)

    assert not entry(floor, order).held
    assert entry(floor, order).stage.value == "released"
    floor.says("1 order released")


def test_a_name_that_nobody_knows_is_given_a_sku_by_its_card(floor: Floor) -> None:
    site = office(floor)
    order = site.order({"BLUE-MUG": 2})
    open_queue(floor, 2)

    solve(floor, MUG)

    assert site.line(order).allocated == 2
    assert not entry(floor, order).held
    floor.says("BLUE-MUG is", MUG, "1 line found it")


def test_what_is_missing_is_promised_again_by_its_card(floor: Floor) -> None:
    site = office(floor)
    order = site.promised({BOTTLE: 12})
    assert entry(floor, order).short == 2
    open_queue(floor, 2)
    lane = floor.screen.queue.exceptions
    floor.bot.waitUntil(lambda: len(lane.cards) == 1, timeout=15_000)
    [card] = lane.cards
    QTest.mouseClick(next(b for b in card.buttons.values() if b.isVisible()), Qt.MouseButton.LeftButton)
    floor.says("2 pieces still missing")
    assert site.line(order).open == 2
    site.receive({BOTTLE: 5})

    solve(floor)

    floor.bot.waitUntil(partial(_all_there, site, order), timeout=15_000)


def _all_there(site: Site, order: UUID) -> bool:
    return site.line(order).allocated == 12


def test_f9_takes_back_the_last_hold_once(floor: Floor) -> None:
    open_queue(floor, 1)
    row = floor.screen.queue.model.row(0)
    assert row is not None
    floor.screen.queue.model.toggle(0)
    floor.key(Qt.Key.Key_F8)
    answer(floor, "wait for the call")
    floor.bot.waitUntil(lambda: entry(floor, UUID(row.id)).held, timeout=15_000)

    floor.key(Qt.Key.Key_F9)

    floor.says("Undone: the hold of SO-1001 ended")
    assert not entry(floor, UUID(row.id)).held
    floor.key(Qt.Key.Key_F9)
    floor.says("There is nothing to undo")


def test_ctrl_p_prints_what_the_list_shows(floor: Floor) -> None:
    site = office(floor)
    site.promised({MUG: 1})
    open_queue(floor, 2)

    floor.key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)

    floor.says("2 orders of 2 printed")
    [file] = (floor.file.parent / "documents").glob("orders-*.pdf")
    [page] = page_texts(file.read_bytes())
    assert ("SO-1001" in page, "SO-1002" in page) == (True, True)


def test_f7_without_a_row_means_the_orders_that_the_big_line_speaks_of(floor: Floor) -> None:
    site = office(floor)
    late, other = site.promised({MUG: 1}), site.promised({MUG: 1})
    with site.database.transaction() as session:
        for order, due in ((late, NOON), (other, NOON + timedelta(days=20_000))):
            session.get_one(QueueEntry, order).due = session.get_one(Order, order).ship_by = due
        session.get_one(QueueEntry, entry_of(session, "SO-1001")).due = NO_DUE
    open_queue(floor, 3)
    floor.says("1 order late", "Press F7")
    assert floor.screen.window.bar.tone is Tone.ASK

    floor.key(Qt.Key.Key_F7)
    answer(floor, "2")

    floor.bot.waitUntil(lambda: entry(floor, late).urgency == -2, timeout=15_000)
    assert entry(floor, other).urgency == 0
    floor.says("1 order given the priority")
    floor.screen.queue.model.toggle(1)
    floor.says("1 order late", "1 order ticked: F4 to F8 and F10 mean it")
    floor.screen.queue.put_aside()
    floor.says("1 order late", "It goes first already")
    floor.key(Qt.Key.Key_F7)
    floor.says("Tick orders first")


def test_a_list_that_cannot_be_read_stays_and_says_how_old_it_is(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_feed, "RETRY_MS", 200)
    open_queue(floor, 1)
    with floor.desk.site.database.transaction() as session:
        session.execute(text("ALTER TABLE queue_tally RENAME TO gone"))

    floor.says("List is from", "tried again")
    assert floor.screen.queue.model.rowCount() == 1
    assert floor.screen.window.bar.tone is Tone.ASK
    with floor.desk.site.database.transaction() as session:
        session.execute(text("ALTER TABLE gone RENAME TO queue_tally"))

    floor.says("1 order")
    assert "List is from" not in floor.bar


def entry_of(session: Session, number: str) -> UUID:
    return session.scalars(select(QueueEntry.order_id).where(QueueEntry.number == number)).one()
