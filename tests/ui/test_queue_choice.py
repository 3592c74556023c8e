"""What the keys of the queue mean: the order that is seen to be chosen, and no other."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from oms_desktop.floor.views import Filter
from oms_desktop.ui.panels.queue import QueuePanel
from oms_desktop.ui.theme import Theme
from tests.ui import builders, queue_builders
from tests.ui.frame import at, panel
from tests.ui.test_queue import fill


def chosen(queue: QueuePanel) -> tuple[str, ...]:
    return queue.chosen


def test_only_what_is_selected_in_the_list_that_is_shown_is_chosen(qtbot: QtBot, theme: Theme) -> None:
    queue = panel(at(qtbot, theme, "queue"))
    assert isinstance(queue, QueuePanel)
    rows = builders.queue_rows(6)
    fill(queue, rows, ())
    queue.table.selectRow(5)
    assert chosen(queue) == (rows[5].id,)
    fill(queue, [rows[5], rows[0]], ())
    assert chosen(queue) == (rows[5].id,), "where it has moved to, however short the list is"
    assert queue.table.currentIndex().row() == 0

    queue.search.setText("SO-48203")
    assert chosen(queue) == (), "another list is wanted"
    queue.set_filter(Filter(search="SO-48203"))
    assert chosen(queue) == (), "another list is awaited"
    fill(queue, [rows[3]], ())
    assert (chosen(queue), queue.table.selectionModel().selectedRows()) == ((), [])
    queue.set_filter(Filter())
    fill(queue, rows, ())
    assert chosen(queue) == (), "what was filtered away does not come back chosen"

    queue.table.selectRow(2)
    fill(queue, [*rows[:2], *rows[3:]], ())
    assert (chosen(queue), queue.table.selectionModel().selectedRows()) == ((), []), "it has left the list"


def test_the_drawer_closes_with_the_row_that_is_filtered_away_but_keeps_what_was_scanned(
    qtbot: QtBot, theme: Theme
) -> None:
    queue = panel(at(qtbot, theme, "queue"))
    assert isinstance(queue, QueuePanel)
    rows = builders.queue_rows(6)
    fill(queue, rows, ())
    queue.table.selectRow(3)
    queue.open_drawer()
    queue.show_detail(queue_builders.order_detail(3))
    fill(queue, [*rows[:3], *rows[4:]], ())
    assert (chosen(queue), queue.drawer.isHidden()) == ((rows[3].id,), False), "it is done, and still read"

    queue.set_filter(Filter(stage="new"))
    fill(queue, rows[:1], ())
    assert (chosen(queue), queue.drawer.isHidden()) == ((), True)

    queue.look_up("SO-48205", rows[5].id)
    fill(queue, (), ())
    queue.show_detail(queue_builders.order_detail(5))
    assert (chosen(queue), queue.drawer.isHidden()) == ((rows[5].id,), False)
    queue.look_for("")
    fill(queue, rows[:1], ())
    assert (chosen(queue), queue.drawer.isHidden()) == ((), True)


def test_ctrl_a_ticks_all_wherever_the_keyboard_is_but_in_a_text(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "queue")
    queue = panel(made)
    assert isinstance(queue, QueuePanel)
    fill(queue, builders.queue_rows(), builders.queue_counts())
    asked = QSignalSpy(queue.all_asked)
    chip = queue.chips["new"]
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    for number, focus in enumerate((chip, queue.bring, queue.table, made), start=1):
        focus.setFocus()
        QTest.keyClick(focus, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        assert asked.count() == number

    queue.search.setText("SO-482")
    queue.search.setFocus()
    QTest.keyClick(queue.search, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert (asked.count(), queue.search.selectedText()) == (4, "SO-482")
