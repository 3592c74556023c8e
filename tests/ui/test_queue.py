"""The queue changes in place; its cells are whole; filters and search."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from oms_desktop.floor.views import PAGE, Filter, QueueCount, QueuePage, QueueRow
from oms_desktop.ui.panels.queue import QueuePanel
from oms_desktop.ui.queue_delegate import QueueDelegate
from oms_desktop.ui.queue_model import COLUMNS, KEPT, TICKED, QueueColumn, QueueModel
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.key_button import KeyButton
from tests.ui import builders, queue_builders
from tests.ui.frame import NOW, SIZES, at, cut, panel, texts


def told(model: QAbstractItemModel) -> list[str]:
    """What a model tells its views, in words."""
    heard: list[str] = []
    model.dataChanged.connect(lambda first, last: heard.append(f"changed {first.row()}-{last.row()}"))
    model.rowsInserted.connect(lambda _, first, last: heard.append(f"inserted {first}-{last}"))
    model.rowsRemoved.connect(lambda _, first, last: heard.append(f"removed {first}-{last}"))
    model.rowsMoved.connect(lambda _, first, last, to, row: heard.append(f"moved {first} to {row}"))
    model.modelReset.connect(lambda: heard.append("reset"))
    return heard


def show(model: QueueModel, rows: Sequence[QueueRow]) -> None:
    model.set_size(len(rows))
    for page in builders.queue_pages(rows):
        model.take(page)


def fill(queue: QueuePanel, rows: Sequence[QueueRow], counts: Sequence[QueueCount]) -> None:
    queue.set_rows(builders.queue_pages(rows), counts, builders.queue_size(rows))


def filled(rows: Sequence[QueueRow]) -> QueueModel:
    model = QueueModel()
    show(model, rows)
    return model


def order(model: QueueModel, number: int) -> str:
    row = model.row(number)
    return row.order if row is not None else ""


def orders(model: QueueModel) -> list[str]:
    return [order(model, number) for number in range(model.rowCount())]


def test_only_changed_rows_are_told() -> None:
    rows = builders.queue_rows(5)
    model = filled(rows)
    heard = told(model)
    show(model, list(rows))
    assert heard == []
    rows[3] = replace(rows[3], status="picked", assignee="L. Silva")
    show(model, rows)
    assert heard == ["changed 3-3"]
    changed = model.row(3)
    assert changed is not None
    assert changed.assignee == "L. Silva"


def test_pages_are_asked_for_once_and_only_some_are_kept() -> None:
    model = QueueModel()
    asked: list[int] = []
    model.asked.connect(asked.append)
    heard = told(model)
    model.set_size(1_000_000)
    assert heard == ["inserted 0-999999"]
    assert model.row(500_000) is None
    assert model.row(500_001) is None
    assert asked[-1:] == [500_000 // PAGE]
    assert asked.count(500_000 // PAGE) == 1
    rows = tuple(builders.queue_row(number) for number in range(PAGE))
    for page in range(KEPT + 5):
        model.take(QueuePage(page * PAGE, rows))
    assert len(model.loaded) == KEPT
    assert model.index(999_999, 1).data() == "is being read"


def test_ticks_stay_with_their_orders() -> None:
    rows = builders.queue_rows(5)
    model = filled(rows)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.toggle(1)
    model.toggle(3)
    model.toggle(3)
    assert model.ticks == (rows[1].id,)
    show(model, rows[1:])
    assert model.index(0, 0).data(TICKED) is True
    assert model.index(1, 0).data(TICKED) is False
    assert tester.model() is model


def test_keys_tick_and_ask_for_all(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "queue")
    queue = panel(made)
    assert isinstance(queue, QueuePanel)
    rows = builders.queue_rows()
    fill(queue, rows, builders.queue_counts())
    heard: list[str] = []
    queue.all_asked.connect(lambda: heard.append("all"))
    queue.key_asked.connect(lambda key: heard.append(key.value))
    queue.table.selectRow(2)
    assert queue.bulk.isHidden()
    QTest.keyClick(queue.table, Qt.Key.Key_Space)
    assert list(queue.model.ticks) == [rows[2].id]
    assert not queue.bulk.isHidden()
    QTest.keyClick(queue.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    for button in queue.bulk.findChildren(KeyButton)[:4]:
        assert button.isVisible()
        assert button.height() >= 48
        button.click()
    assert heard == ["all", "assign", "release", "priority", "hold"]
    assert cut(made) == []
    queue.put_aside()
    assert list(queue.model.ticks) == []
    assert queue.bulk.isHidden()


def test_selection_and_scroll_survive(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "queue")
    queue = panel(made)
    assert isinstance(queue, QueuePanel)
    rows = builders.queue_rows(60)
    fill(queue, rows, builders.queue_counts())
    queue.table.selectRow(20)
    queue.table.verticalScrollBar().setValue(400)
    rows = [replace(row, lines=row.lines + 1) for row in rows[:10] + rows[11:]]
    fill(queue, rows, ())
    chosen = queue.table.selectionModel().selectedRows()
    assert [order(queue.model, index.row()) for index in chosen] == ["SO-48220"]
    assert queue.table.verticalScrollBar().value() == 400


@pytest.mark.parametrize("size", SIZES)
def test_cells_are_whole(qtbot: QtBot, theme: Theme, size: tuple[int, int]) -> None:
    made = at(qtbot, theme, "queue", size)
    queue = panel(made)
    assert isinstance(queue, QueuePanel)
    fill(queue, builders.queue_rows(16), builders.queue_counts())
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
    fill(queue, builders.queue_rows(), builders.queue_counts())
    spot = queue.table.visualRect(queue.model.index(4, 2)).center()
    QTest.mouseClick(queue.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert chosen == [builders.queue_row(4).id]
    queue.show_detail(queue_builders.order_detail(4))
    qtbot.waitUntil(lambda: queue.drawer.story.height() > 40)
    shown = texts(queue)
    assert {
        "SO-48204",
        "On hold",
        "now",
        "Handed over",
        "Released",
        "R. Lind, DESK-1",
        "40 of 184 shown",
    } <= set(shown)
    assert cut(made) == []
    assert queue.drawer.lines[1].accessibleName().endswith("MUG-0350-GN, 1 of 2 picked, Engraving: Ida")
    assert queue.drawer.gift.accessibleName() == "Gift message: Happy trails!"
    assert [cut(widget) for widget in (*queue.drawer.lines, queue.drawer.gift)] == [[]] * 4
    for button in queue.drawer.findChildren(KeyButton):
        assert button.isHidden() or button.height() >= 48
    least = made.minimumSizeHint()
    assert (least.width() <= size[0], least.height() <= size[1]) == (True, True)


def test_chips_combine_across_their_groups(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "queue", SIZES[1])
    queue = panel(made)
    assert isinstance(queue, QueuePanel)
    asked: list[Filter] = []
    queue.filter_changed.connect(asked.append)
    fill(queue, builders.queue_rows(), builders.queue_counts())
    assert queue.chips["all"].isChecked()
    for name in ("hold", "late", "exception", "late"):
        QTest.mouseClick(queue.chips[name], Qt.MouseButton.LeftButton)
    assert asked == [
        Filter(flag="hold"),
        Filter(flag="hold", due="late"),
        Filter(flag="exception", due="late"),
        Filter(flag="exception"),
    ]
    assert [name for name, chip in queue.chips.items() if chip.isChecked()] == ["exception"]
    fill(queue, (), ())
    assert {"Nothing here", "184 without this filter."} <= set(texts(queue))
    assert queue.list.all_again.height() >= 48
    queue.list.all_again.click()
    assert asked[-1] == Filter()


def test_what_is_typed_is_looked_for(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "queue")
    queue = panel(made)
    assert isinstance(queue, QueuePanel)
    fill(queue, (), ())
    assert {"No open orders"} <= set(texts(queue))
    with qtbot.waitSignal(queue.filter_changed) as heard:
        queue.search.setText(" so-48207 ")
    assert heard.args == [Filter(search="so-48207")]
    fill(queue, (), ())
    assert {"Nothing found"} <= set(texts(queue))
    queue.put_aside()
    assert queue.filter == Filter()


def test_cells_have_words_for_screen_readers() -> None:
    model = filled([builders.queue_row(7)])
    words = [model.index(0, column).data() for column in range(len(COLUMNS))]
    assert words[COLUMNS.index(QueueColumn.STATUS)] == "New, Exception: Address is unclear"
    assert words[COLUMNS.index(QueueColumn.ASSIGNEE)] == "nobody"
    assert model.rowCount(model.index(0, 0)) == model.columnCount(model.index(0, 0)) == 0
    assert model.index(0, 0, QModelIndex()).data(Qt.ItemDataRole.ToolTipRole) is None


@pytest.mark.parametrize(
    ("width", "seen"), [(70, ["A", "B"]), (48, ["A", "B"]), (47, ["A", "+2"]), (120, ["A", "B", "C"])]
)
def test_zones_are_shown_or_counted_never_cut(
    qtbot: QtBot, theme: Theme, width: int, seen: list[str]
) -> None:
    theme.set_compact(True)
    zones = ("A", "B", "C") if seen != ["A", "B"] else ("A", "B")
    model = filled([builders.queue_row(1, zones=zones)])
    delegate, image = QueueDelegate(theme, lambda: NOW), QImage(200, 60, QImage.Format.Format_RGB32)
    option, painter = QStyleOptionViewItem(), QPainter(image)
    option.rect = QRect(0, 0, width + 18, 48)
    delegate.paint(painter, option, model.index(0, COLUMNS.index(QueueColumn.ZONES)))
    painter.end()
    assert (delegate.written.texts, delegate.written.cut) == (seen, [])


def test_letters_do_not_search_the_table(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "queue")
    queue = panel(made)
    assert isinstance(queue, QueuePanel)
    fill(queue, builders.queue_rows(), ())
    queue.table.selectRow(3)
    QTest.keyClicks(queue.table, "SO-48230")
    assert queue.table.currentIndex().row() == 3
