"""The stock panel: everything fits, keeps its targets large, and asks for what is pressed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from oms_desktop.floor.reply import Key, Reply
from oms_desktop.floor.stock_views import StockBoard, StockView, StockWish
from oms_desktop.ui.main_window import MainWindow
from oms_desktop.ui.panels.stock import StockPanel
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.tiles import initials
from oms_desktop.ui.widgets.painted import Pressed
from tests.ui import stock_builders
from tests.ui.frame import SIZES, cut, painted, texts

PLACES = ("queue", "pick", "pack", "ship", "stock")


def stock(qtbot: QtBot, theme: Theme, size: tuple[int, int] = SIZES[0]) -> tuple[MainWindow, StockPanel]:
    """A shown window with the stock panel in front, somebody signed in."""
    made, panel = MainWindow(theme), StockPanel(theme)
    qtbot.addWidget(made)
    made.add_panel("stock", "Stock", panel)
    made.show_person("R. Lind", "supervisor", PLACES)
    made.set_place("stock")
    made.resize(*size)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made, panel


STATES: list[tuple[Callable[[], Reply[Any]], list[str]]] = [
    (
        stock_builders.idle,
        ["Floor today", "Refill now", "Gas cartridge 230 g", "to A-04-13-B1, 24 from R-02-04"],
    ),
    (stock_builders.refill, ["From", "R-02-04", "12 of 24", "Type number", "step 2 of 3"]),
    (stock_builders.count, ["Place", "Product", "Number", "MUG-0350-GN"]),
    (stock_builders.wrong_place, ["From", "step 1 of 3"]),
]


@pytest.mark.parametrize("size", SIZES)
def test_goods_that_are_all_promised_are_not_called_empty(
    qtbot: QtBot, theme: Theme, size: tuple[int, int]
) -> None:
    made, panel = stock(qtbot, theme, size)
    promised = stock_builders.row("A-05-11-B1", stock_builders.BOTTLE, 42, 42, "empty")
    panel.set_board(replace(stock_builders.board(), rows=(promised,)))
    made.show_reply("stock", stock_builders.idle(), "")
    qtbot.wait(1)

    texts(panel)

    written = panel.locations.delegate.written
    assert "promised" in written.texts
    assert "empty" not in written.texts
    assert written.cut == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("reply", "words"), STATES, ids=lambda value: getattr(value, "__name__", ""))
def test_state_is_shown_whole(
    qtbot: QtBot,
    theme: Theme,
    reply: Callable[[], Reply[Any]],
    words: list[str],
    size: tuple[int, int],
    dark: bool,
) -> None:
    theme.set_dark(dark)
    made, panel = stock(qtbot, theme, size)
    panel.set_board(stock_builders.board())
    made.show_reply("stock", reply(), "A-07-03-B2")
    qtbot.wait(1)
    least = made.minimumSizeHint()
    assert (least.width() <= size[0], least.height() <= size[1]) == (True, True)
    assert set(words) <= set(texts(panel))
    assert cut(made) == []
    assert "counted 18, booked 20" in texts(panel), "whole, and no smaller than the smallest words"
    assert panel.locations.delegate.written.cut == []
    assert {"Enamel mug 350 ml", "A-07-03-B2", "fine"} <= set(panel.locations.delegate.written.texts)
    for child in painted(made):
        if isinstance(child, Pressed):
            assert min(child.width(), child.height()) >= 48, child.accessibleName()


@pytest.mark.parametrize("size", [*SIZES, (1536, 864)], ids=["1366", "1920", "1920 at 125 %"])
def test_areas_have_their_names_where_there_are_several(
    qtbot: QtBot, theme: Theme, size: tuple[int, int]
) -> None:
    made, panel = stock(qtbot, theme, size)
    board = stock_builders.board()
    assert board.bays is not None
    panel.set_board(board)
    whole = texts(panel.map)

    named = tuple(replace(bay, zone="A" if bay.y_mm < 13_000 else "Cold room") for bay in board.bays)
    panel.set_board(replace(board, bays=named))

    assert set(texts(panel.map)) - set(whole) == {"A", "Cold room"}
    assert cut(made) == []
    for child in painted(made):
        if isinstance(child, Pressed):
            assert min(child.width(), child.height()) >= 48, child.accessibleName()


def test_an_empty_warehouse_says_so(qtbot: QtBot, theme: Theme) -> None:
    made, panel = stock(qtbot, theme)
    assert "The stock is being read" in texts(panel)
    panel.set_board(StockBoard())
    assert {
        "Nothing lies here",
        "Nothing to refill",
        "Nothing has moved yet.",
        "The places have no coordinates yet, so there is no map.",
    } <= set(texts(panel))
    assert cut(made) == []


def test_only_what_differs_is_changed(qtbot: QtBot, theme: Theme) -> None:
    _made, panel = stock(qtbot, theme)
    board = stock_builders.board()
    panel.set_board(board)
    panel.locations.table.selectRow(2)
    changed = list[int]()
    panel.locations.model.dataChanged.connect(lambda index, *_rest: changed.append(index.row()))
    row = replace(board.rows[1], on_hand=41)
    panel.set_board(replace(board, rows=(board.rows[0], row, *board.rows[2:])))
    assert changed == [1]
    assert panel.locations.table.currentIndex().row() == 2


def test_the_end_of_the_list_asks_for_more_and_keeps_what_is_shown(qtbot: QtBot, theme: Theme) -> None:
    _made, panel = stock(qtbot, theme)
    wishes = list[StockWish]()
    panel.wish_changed.connect(wishes.append)
    board = stock_builders.board()
    panel.set_board(board)
    panel.locations.model.fetchMore()
    assert wishes[-1].limit == 200
    more = tuple(replace(row, id=f"{row.id}+", location="B-01-01-A1") for row in board.rows)
    panel.set_board(replace(board, rows=(*board.rows, *more), more=False))
    assert panel.locations.model.rowCount() == 2 * len(board.rows)
    assert not panel.locations.model.canFetchMore()


def test_chips_scans_and_escape_say_what_is_to_be_read(qtbot: QtBot, theme: Theme) -> None:
    made, panel = stock(qtbot, theme)
    wishes = list[StockWish]()
    panel.wish_changed.connect(wishes.append)
    QTest.mouseClick(panel.locations.chips["low"], Qt.MouseButton.LeftButton)
    made.show_reply(
        "stock", stock_builders.idle(StockView(place="A-07-03-B2", location="A-07-03-B2")), "A-07-03-B2"
    )
    made.show_reply("stock", stock_builders.idle(StockView(product="7f", sku="MUG-0350-GN")), "MUG-0350-GN")
    made.show_reply("stock", stock_builders.idle(), "")
    assert [(wish.filter, wish.place, wish.product) for wish in wishes] == [
        ("low", "", ""),
        ("all", "A-07-03-B2", ""),
        ("all", "", "7f"),
        ("all", "", ""),
    ]


def test_the_map_marks_what_is_urgent_chosen_or_scanned(qtbot: QtBot, theme: Theme) -> None:
    made, panel = stock(qtbot, theme)
    panel.set_board(stock_builders.board())
    assert "Marked: A-04-13-B1, empty, " in panel.map.accessibleName()
    panel.locations.table.selectRow(4)
    assert "Marked: A-05-11-B1, 1,278 free, " in panel.map.accessibleName()
    view = StockView(place="A-07-03-B2", location="A-07-03-B2")
    made.show_reply("stock", stock_builders.idle(view), "A-07-03-B2")
    assert "Marked: A-07-03-B2, 12 free, " in panel.map.accessibleName()
    assert "A-04-13 empty" in panel.map.accessibleName()
    for heat, words in [("fill", "share of places with goods"), ("age", "days since the oldest goods came")]:
        choice = next(each for each in panel.choices.values() if each.name == heat)
        QTest.mouseClick(choice, Qt.MouseButton.LeftButton)
        assert words in texts(panel)
        assert f"bays by {heat}" in panel.map.accessibleName()


def test_keys_and_buttons_ask_for_work(qtbot: QtBot, theme: Theme) -> None:
    made, panel = stock(qtbot, theme)
    panel.set_board(stock_builders.board())
    made.show_reply("stock", stock_builders.idle(), "")
    keys, refills = list[tuple[Key, str]](), list[str]()
    made.key_pressed.connect(lambda key, text: keys.append((key, text)))
    panel.refill_asked.connect(refills.append)
    for key in (Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F9):
        QTest.keyClick(made, key)
    for button in (panel.locations.move_button, panel.locations.count_button, panel.adjust, panel.undo):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [key for key, _text in keys] == [
        Key.REFILL,
        Key.MOVE,
        Key.COUNT,
        Key.ADJUST,
        Key.UNDO,
        Key.MOVE,
        Key.COUNT,
        Key.ADJUST,
        Key.UNDO,
    ]
    rows = panel.refills.shown()
    QTest.mouseClick(rows[0].first_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(rows[2].button, Qt.MouseButton.LeftButton)
    assert refills == ["1", "3"]
    assert "Two orders wait, the first one is due 12:10." in texts(rows[0])
    assert rows[0].height() > rows[1].height() >= 48


def test_what_can_only_be_typed_opens_the_field_by_itself(qtbot: QtBot, theme: Theme) -> None:
    made, _panel = stock(qtbot, theme)
    keys = list[tuple[Key, str]]()
    made.key_pressed.connect(lambda key, text: keys.append((key, text)))
    made.show_reply("stock", stock_builders.count(), "MUG-0350-GN")
    qtbot.waitUntil(lambda: not made.field.isHidden())
    QTest.keyClicks(made.field.field, "12")
    QTest.keyClick(made.field.field, Qt.Key.Key_Return)
    assert keys == [(Key.COUNT, "12")]
    made.show_reply("stock", stock_builders.count(), "")
    qtbot.wait(1)
    assert made.field.isHidden(), "the same step asks once"


def test_a_count_hides_what_the_book_has(qtbot: QtBot, theme: Theme) -> None:
    made, panel = stock(qtbot, theme)
    panel.set_board(stock_builders.board())
    made.show_reply("stock", stock_builders.count(), "MUG-0350-GN")
    made.field.close_field()
    panel.locations.delegate.written.texts.clear()
    made.grab()
    written = panel.locations.delegate.written.texts
    assert {"?", "being counted", "96"} <= set(written)
    assert "42" not in written
    assert "free" not in panel.map.accessibleName()
    model = panel.locations.model
    assert [model.data(model.index(1, column)) for column in (2, 3, 4, 5)] == ["being counted"] * 4


def test_nothing_moves_between_the_steps_of_a_refill(qtbot: QtBot, theme: Theme) -> None:
    made, panel = stock(qtbot, theme)
    panel.set_board(stock_builders.board())
    places = []
    for step in range(3):
        made.show_reply("stock", stock_builders.refill(step), "")
        places.append({child: child.mapTo(made, QPoint()) for child in painted(panel)})
    assert places[0] == places[1] == places[2]


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Gas cartridge 230 g", "GC"), ("Mug", "MU"), ("350 ml bottle", "MB"), ("", ""), ("12", "12")],
)
def test_a_tile_shows_initials(name: str, letters: str) -> None:
    assert initials(name) == letters
