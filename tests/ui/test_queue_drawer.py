"""The drawer of the queue, opened and closed by keys; and what the list shows while it is read."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from oms_desktop.floor.views import Filter
from oms_desktop.ui.panels.queue import QueuePanel
from oms_desktop.ui.theme import Theme
from tests.ui import builders, queue_builders
from tests.ui.frame import NOW, at, cut, panel, texts
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


def test_rows_stay_while_others_are_read_and_the_first_ones_are_grey(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "queue")
    queue = panel(made)
    assert isinstance(queue, QueuePanel)
    assert (queue.model.rowCount(), queue.model.index(3, 1).data()) == (12, "is being read")
    fill(queue, builders.queue_rows(20), builders.queue_counts())

    queue.show_reading(True)
    qtbot.waitUntil(lambda: queue.list.reading.shows)
    queue.set_filter(Filter(stage="new"))
    assert queue.model.rowCount() == 20
    fill(queue, builders.queue_rows(3), builders.queue_counts())
    queue.show_reading(False)
    assert (queue.model.rowCount(), queue.list.reading.shows) == (3, False)

    queue.set_filter(Filter())
    queue.show_last(NOW)
    fill(queue, (), ())
    assert {"No open orders", f"Last one left at {NOW.astimezone(theme.zone):%H:%M}."} <= set(texts(queue))
    assert cut(made) == []


def test_the_due_time_goes_on_while_the_drawer_is_open(qtbot: QtBot, theme: Theme) -> None:
    now = [NOW]
    queue = QueuePanel(theme, lambda: now[0])
    qtbot.addWidget(queue)
    detail = queue_builders.order_detail(3)
    soon = replace(detail, row=replace(detail.row, due=(NOW + timedelta(minutes=3)).isoformat()))
    queue.drawer.show_detail(soon)
    assert queue.drawer.due.accessibleName() == "due 00:03"

    now[0] += timedelta(minutes=5)
    queue.table.minute.timeout.emit()

    assert queue.drawer.due.accessibleName() == "2 min late"
