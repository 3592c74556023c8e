"""Whatever is clicked on a sheet, or tabbed to, the keyboard stays on it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from oms_desktop.ui.main_window import MainWindow
from oms_desktop.ui.widgets.edit_sheet import EditSheet
from oms_desktop.ui.widgets.line_row import LineRow
from tests.ui.edit_sheets import opened

LINES, SPLIT = 1, 2
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def sheet(qtbot: QtBot) -> EditSheet:
    made = opened(qtbot)
    made.window().activateWindow()
    qtbot.waitActive(made.window())
    return made


def first_row(sheet: EditSheet, page: int) -> LineRow:
    sheet.turn(page)
    rows = sheet.lines.rows if page == LINES else sheet.split.rows
    return next(row for row in rows.shown() if row.number.isEnabled() and row.more.isEnabled())


def keyboard() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


@pytest.mark.parametrize("page", [LINES, SPLIT])
@pytest.mark.parametrize("button", ["more", "less", "off"])
@pytest.mark.parametrize("by_key", [False, True])
def test_a_button_of_a_line_leaves_the_keyboard_in_its_number(
    sheet: EditSheet, page: int, button: str, by_key: bool
) -> None:
    row = first_row(sheet, page)
    if button == "less":
        row.add(1)
    pressed = getattr(row, button)
    if by_key:
        pressed.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(pressed, Qt.Key.Key_Space)
    else:
        QTest.mouseClick(pressed, LEFT)

    assert keyboard() is row.number
    with_enter: list[object] = []
    sheet.saved.connect(with_enter.append)
    sheet.parted.connect(with_enter.append)
    if button != "less":
        QTest.keyClick(keyboard(), Qt.Key.Key_Return)
        assert len(with_enter) == 1
        sheet.refuse("Not now.")
    QTest.keyClick(keyboard(), Qt.Key.Key_Escape)
    assert sheet.isHidden()


def test_a_click_beside_the_fields_leaves_the_keyboard_on_the_sheet(sheet: EditSheet) -> None:
    QTest.mouseClick(sheet.title, LEFT)
    assert keyboard() is sheet
    QTest.keyClick(keyboard(), Qt.Key.Key_Tab)
    assert sheet.isAncestorOf(keyboard())
    QTest.mouseClick(sheet, LEFT, pos=sheet.rect().topLeft())
    QTest.keyClick(keyboard(), Qt.Key.Key_Escape)
    assert sheet.isHidden()


@pytest.mark.parametrize("page", [0, LINES, SPLIT])
@pytest.mark.parametrize("back", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier])
def test_tab_goes_round_on_the_sheet(sheet: EditSheet, page: int, back: Qt.KeyboardModifier) -> None:
    sheet.turn(page)
    begun, seen = keyboard(), list[QWidget]()
    key = Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab
    while keyboard() not in seen:
        seen.append(keyboard())
        QTest.keyClick(keyboard(), key, back)
    assert keyboard() is begun
    assert all(sheet.isAncestorOf(each) for each in seen)
    assert {sheet.save, sheet.cancel} <= set(seen)


def test_no_place_is_opened_behind_a_sheet(sheet: EditSheet) -> None:
    window, asked = sheet.window(), list[str]()
    assert isinstance(window, MainWindow)
    window.rail.show_places(("queue", "pick"))
    window.place_asked.connect(asked.append)

    def try_both() -> int:
        asked.clear()
        window.rail.asked.emit("pick")
        QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        return len(asked)

    assert try_both() == 0
    sheet.close_card()
    assert try_both() == 2
