"""The drawer of the queue: opened and closed by keys, and its buttons mean its order alone."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from oms_desktop.ui.panels.queue import QueuePanel
from oms_desktop.ui.theme import Theme
from tests.ui import builders, queue_builders
from tests.ui.frame import at, panel
from tests.ui.test_queue import fill


def test_right_opens_the_drawer_and_esc_closes_it(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "queue")
    queue = panel(made)
    assert isinstance(queue, QueuePanel)
    heard: list[str] = []
    queue.row_chosen.connect(heard.append)
    queue.key_asked.connect(lambda key: heard.append(key.value))
    fill(queue, builders.queue_rows(), builders.queue_counts())
    queue.table.selectRow(3)
    assert (heard, queue.drawer.isHidden()) == ([], True)

    QTest.keyClick(queue.table, Qt.Key.Key_Right)
    queue.show_detail(queue_builders.order_detail(4))
    assert queue.drawer.isHidden()
    queue.show_detail(queue_builders.order_detail(3))
    assert not queue.drawer.isHidden()
    QTest.keyClick(queue.table, Qt.Key.Key_Down)
    assert heard == [builders.queue_row(3).id, builders.queue_row(4).id]
    queue.show_detail(queue_builders.order_detail(4))

    queue.model.toggle(1)
    queue.drawer.go.click()
    assert heard[2:] == ["release"]
    assert queue.model.ticks == ()
    queue.put_aside()
    assert queue.drawer.isHidden()
    queue.show_detail(queue_builders.order_detail(4))
    assert queue.drawer.isHidden()
