"""F5 to F8 and F10 in the real window: on which orders they act, and what becomes of the ticks."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import func, select

from oms_desktop.floor.views import Filter
from oms_desktop.models import Event, Hold, Product, Stock
from oms_desktop.ui.widgets.instruction_bar import Tone
from oms_desktop.workflow import cancelling
from tests.app.floor_window import Floor
from tests.app.test_queue_window import answer, entry, office, open_queue
from tests.builders import MUG

KEYS = (Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F8, Qt.Key.Key_F10)


@pytest.mark.parametrize("search", ["", "zzz"])
def test_a_key_without_an_order_asks_nothing_and_says_what_to_do(floor: Floor, search: str) -> None:
    open_queue(floor, 1)
    queue, window = floor.screen.queue, floor.screen.window
    queue.look_for(search)
    floor.bot.waitUntil(lambda: queue.model.rowCount() == (0 if search else 1), timeout=15_000)

    for key in KEYS:
        window.bar.show_instruction(Tone.MOVE, "before", "")
        floor.key(key)
        floor.says("Tick orders first")
        assert (window.field.isHidden(), window.bar.tone) == (True, Tone.ASK)

    with floor.desk.site.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Hold)) == 0


def test_what_could_not_be_done_leaves_the_ticks(floor: Floor) -> None:
    site = office(floor)
    gone = site.promised({MUG: 1})
    open_queue(floor, 2)
    queue = floor.screen.queue
    queue.model.toggle(0)
    queue.model.toggle(1)
    ticks = queue.model.ticks
    [kept] = [UUID(each) for each in ticks if each != gone.hex]

    floor.key(Qt.Key.Key_F5)
    answer(floor, "B-99")
    floor.says("Nobody has the badge B-99")
    assert queue.model.ticks == ticks
    floor.key(Qt.Key.Key_F7)
    answer(floor, "x")
    floor.says("“x” is none")
    assert queue.model.ticks == ticks
    assert [(entry(floor, each).assignee_id, entry(floor, each).urgency) for each in (gone, kept)] == [
        (None, 0),
        (None, 0),
    ]

    site.station.do(cancelling.cancel, order=gone, reason="not wanted", cuts=())
    floor.key(Qt.Key.Key_F8)
    answer(floor, "wait for the call")
    floor.says("1 order put on hold. 1 not:")
    assert entry(floor, kept).held
    assert queue.model.ticks == (gone.hex,)


def test_f10_cancels_the_ticked_orders_for_a_reason_and_gives_their_goods_to_others(floor: Floor) -> None:
    site = office(floor)
    gone = site.promised({MUG: 1})
    open_queue(floor, 2)
    queue, field = floor.screen.queue, floor.screen.window.field
    [mine] = [UUID(row.id) for row in map(queue.model.row, range(2)) if row and row.id != gone.hex]
    with site.database.reading() as session:
        mugs = select(func.sum(Stock.on_hand - Stock.allocated)).join(Product).where(Product.sku == MUG)
        free = session.scalars(mugs).one()
    waiting = site.promised({MUG: free + 2})
    site.station.do(cancelling.cancel, order=gone, reason="not wanted", cuts=())
    queue.model.tick((gone.hex, mine.hex))

    floor.key(Qt.Key.Key_F10)
    answer(floor, "")
    assert not field.isHidden(), "without a reason nothing is cancelled"
    answer(floor, "ordered twice")

    floor.says("1 order cancelled. 1 not: Order SO-1002 is cancelled")
    assert queue.model.ticks == (gone.hex,)
    with site.database.reading() as session:
        told = session.scalars(select(Event).where(Event.order_id == mine, Event.kind == "cancelled")).one()
    assert (told.facts["reason"], site.line(waiting).open) == ("ordered twice", 0)

    floor.key(Qt.Key.Key_F9)
    floor.says("The cancellation of SO-1001 was the last thing done here, and cannot be taken back")


def test_a_key_acts_on_what_its_question_names(floor: Floor) -> None:
    other = office(floor).promised({MUG: 1})
    open_queue(floor, 2)
    queue, window = floor.screen.queue, floor.screen.window
    queue.table.selectRow(0)
    [named] = queue.chosen
    assert UUID(named) != other
    floor.key(Qt.Key.Key_F8)
    assert window.field.accessibleName().startswith("Why must SO-1001 wait?")

    queue.look_for("SO-1002")
    floor.bot.waitUntil(lambda: queue.model.rowCount() == 1, timeout=15_000)
    answer(floor, "wait for the call")

    floor.says("1 order put on hold")
    assert (entry(floor, UUID(named)).held, entry(floor, other).held) == (True, False)


def test_f5_answered_by_nothing_takes_the_picker_away(floor: Floor) -> None:
    open_queue(floor, 1)
    queue, window = floor.screen.queue, floor.screen.window
    queue.table.selectRow(0)
    [order] = queue.chosen
    floor.key(Qt.Key.Key_F5)
    answer(floor, "B-2")
    floor.says("1 order assigned")
    assert entry(floor, UUID(order)).assignee_id is not None

    floor.key(Qt.Key.Key_F5)
    answer(floor, "")

    floor.says("1 order left to anybody")
    assert entry(floor, UUID(order)).assignee_id is None
    floor.key(Qt.Key.Key_F8)
    QTest.keyClick(window.field.field, Qt.Key.Key_Return)
    assert not window.field.isHidden(), "a hold wants its reason"


def test_the_next_person_begins_with_the_whole_queue(floor: Floor) -> None:
    office(floor).promised({MUG: 1})
    open_queue(floor, 2)
    queue = floor.screen.queue
    queue.model.toggle(0)
    queue.look_for("SO-1002")
    floor.bot.waitUntil(lambda: queue.model.rowCount() == 1, timeout=15_000)

    floor.answered(floor.screen.window.locked.emit)
    floor.bot.waitUntil(lambda: floor.place == "sign_in", timeout=15_000)
    floor.sign_in("B-2")

    floor.bot.waitUntil(lambda: queue.model.rowCount() == 2, timeout=15_000)
    assert (queue.search.text(), queue.model.ticks, queue.filter) == ("", (), Filter())
