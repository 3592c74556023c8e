"""The queue changes in place; its cells are whole; filters and search."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from oms_desktop.floor.views import QueueRow
from oms_desktop.ui.panels.queue import QueuePanel
from oms_desktop.ui.queue_delegate import QueueDelegate
from oms_desktop.ui.queue_model import COLUMNS, QueueColumn, QueueModel
from oms_desktop.ui.theme import Theme
from tests.ui import builders
from tests.ui.frame import SIZES, at, cut, panel, texts


def told(model: QAbstractItemModel) -> list[str]:
    """What a model tells its views, in words."""
    heard: list[str] = []
    model.dataChanged.connect(lambda first, last: heard.append(f"changed {first.row()}-{last.row()}"))
    model.rowsInserted.connect(lambda _, first, last: heard.append(f"inserted {first}-{last}"))
    model.rowsRemoved.connect(lambda _, first, last: heard.append(f"removed {first}-{last}"))
    model.rowsMoved.connect(lambda _, first, last, to, row: heard.append(f"moved {first} to {row}"))
    model.modelReset.connect(lambda: heard.append("reset"))
    return heard


def filled(rows: list[QueueRow]) -> QueueModel:
    model = QueueModel()
    model.set_rows(rows)
    return model


def orders(model: QueueModel) -> list[str]:
    return [model.row(number).order for number in range(model.rowCount())]


def test_only_changed_rows_are_told() -> None:
    rows = builders.queue_rows(5)
    model = filled(rows)
    heard = told(model)
    model.set_rows(list(rows))
    assert heard == []
    rows[3] = replace(rows[3], status="picked", assignee="L. Silva")
    model.set_rows(rows)
    assert heard == ["changed 3-3"]
    assert model.row(3).assignee == "L. Silva"


def test_rows_come_go_and_move() -> None:
    rows = builders.queue_rows(6)
    model = filled(rows)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    heard = told(model)
    changed = [rows[4], rows[0], builders.queue_row(50), rows[2], replace(rows[3], lines=77)]
    model.set_rows(changed)
    assert orders(model) == [row.order for row in changed]
    assert model.row(4).lines == 77
    assert "reset" not in heard
    assert heard == ["removed 5-5", "removed 1-1", "moved 3 to 0", "inserted 2-2", "changed 4-4"]
    assert tester.model() is model


def test_selection_and_scroll_survive(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "queue")
    queue = panel(made)
    assert isinstance(queue, QueuePanel)
    rows = builders.queue_rows(60)
    queue.set_rows(rows, builders.queue_counts())
    queue.table.selectRow(20)
    queue.table.verticalScrollBar().setValue(400)
    rows = [replace(row, lines=row.lines + 1) for row in rows[:10] + rows[11:]]
    queue.set_rows(rows, ())
    chosen = queue.table.selectionModel().selectedRows()
    assert [queue.model.row(index.row()).order for index in chosen] == ["SO-48220"]
    assert queue.table.verticalScrollBar().value() == 400


@pytest.mark.parametrize("size", SIZES)
def test_cells_are_whole(qtbot: QtBot, theme: Theme, size: tuple[int, int]) -> None:
    made = at(qtbot, theme, "queue", size)
    queue = panel(made)
    assert isinstance(queue, QueuePanel)
    queue.set_rows(builders.queue_rows(16), builders.queue_counts())
    made.grab()
    delegate = queue.table.itemDelegate()
    assert isinstance(delegate, QueueDelegate)
    image = QImage(600, 80, QImage.Format.Format_RGB32)
    option = QStyleOptionViewItem()
    seen, short = [], []
    for index in (queue.model.index(r, c) for r in range(16) for c in range(len(COLUMNS))):
        place: QRect = queue.table.visualRect(index)
        option.rect = QRect(0, 0, place.width(), place.height())
        painter = QPainter(image)
        delegate.paint(painter, option, index)
        painter.end()
        seen += delegate.written.texts
        short += delegate.written.cut
    assert short == []
    assert {"SO-48200", "41 min late", "00:26", "Picking", "On hold", "Exception", "top", "nobody"} <= set(
        seen
    )
    assert queue.table.rowHeight(0) >= 48
    header = queue.table.horizontalHeader()
    titles = theme.words(theme.sizes.label, 600)
    for number, column in enumerate(COLUMNS):
        assert header.sectionSize(number) >= titles.width(column.title) + 24, column.title


@pytest.mark.parametrize("size", SIZES)
def test_panel_is_whole_and_tells_what_is_chosen(qtbot: QtBot, theme: Theme, size: tuple[int, int]) -> None:
    made = at(qtbot, theme, "queue", size)
    queue = panel(made)
    assert isinstance(queue, QueuePanel)
    chosen: list[str] = []
    queue.row_chosen.connect(chosen.append)
    queue.set_rows(builders.queue_rows(), builders.queue_counts())
    spot = queue.table.visualRect(queue.model.index(4, 2)).center()
    QTest.mouseClick(queue.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert chosen == [builders.queue_row(4).id]
    queue.show_timeline(builders.queue_row(4), builders.timeline())
    qtbot.waitUntil(lambda: queue.story.height() > 40)
    shown = texts(queue)
    assert {
        "SO-48204",
        "On hold",
        "Address is unclear",
        "Released",
        "R. Lind, DESK-1",
        "40 of 184 shown",
    } <= set(shown)
    assert cut(made) == []
    least = made.minimumSizeHint()
    assert (least.width() <= size[0], least.height() <= size[1]) == (True, True)


def test_chips_filter(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "queue")
    queue = panel(made)
    assert isinstance(queue, QueuePanel)
    asked: list[str] = []
    queue.filter_changed.connect(asked.append)
    queue.set_rows(builders.queue_rows(), builders.queue_counts())
    assert queue.chips["all"].isChecked()
    QTest.mouseClick(queue.chips["hold"], Qt.MouseButton.LeftButton)
    assert asked == ["hold"]
    assert [name for name, chip in queue.chips.items() if chip.isChecked()] == ["hold"]
    queue.set_rows((), ())
    assert {"Nothing here", "184 without this filter."} <= set(texts(queue))


def test_search_narrows_what_is_there(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "queue")
    queue = panel(made)
    assert isinstance(queue, QueuePanel)
    assert {"No open orders"} <= set(texts(queue))
    queue.set_rows(builders.queue_rows(), ())
    queue.search.setText("so-48207")
    assert orders(queue.model) == ["SO-48207"]
    queue.search.setText("nothing like it")
    assert {"Nothing found"} <= set(texts(queue))
    queue.search.clear()
    assert len(orders(queue.model)) == 40


def test_cells_have_words_for_screen_readers() -> None:
    model = filled([builders.queue_row(7)])
    words = [model.index(0, column).data() for column in range(len(COLUMNS))]
    assert words[COLUMNS.index(QueueColumn.STATUS)] == "New, Exception: Address is unclear"
    assert words[COLUMNS.index(QueueColumn.ASSIGNEE)] == "nobody"
    assert model.rowCount(model.index(0, 0)) == model.columnCount(model.index(0, 0)) == 0
    assert model.index(0, 0, QModelIndex()).data(Qt.ItemDataRole.ToolTipRole) is None


def test_letters_do_not_search_the_table(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "queue")
    queue = panel(made)
    assert isinstance(queue, QueuePanel)
    queue.set_rows(builders.queue_rows(), ())
    queue.table.selectRow(3)
    QTest.keyClicks(queue.table, "SO-48230")
    assert queue.table.currentIndex().row() == 3
