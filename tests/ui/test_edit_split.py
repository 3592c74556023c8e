"""The page of the edit sheet on which an order is split."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from oms_desktop.floor.edit_views import Goods
from oms_desktop.ui.widgets.edit_sheet import EditSheet
from tests.ui import edit_builders
from tests.ui.edit_sheets import opened, type_into
from tests.ui.frame import SIZES, cut, texts

LONG = (
    "3 pieces of order SO-48201 cannot ship apart: 1 of SKU MUG-0350-GN is picked already, and 2 of"
    " BTL-0750-ST wait for stock. Choose fewer."
)


@pytest.fixture
def sheet(qtbot: QtBot) -> EditSheet:
    return opened(qtbot)


def test_the_split_says_what_will_happen_and_hands_over_the_chosen_units(sheet: EditSheet) -> None:
    parted, saved = QSignalSpy(sheet.parted), QSignalSpy(sheet.saved)
    sheet.turn(2)
    assert "4 pieces can ship apart: promised, and begun by nobody." in texts(sheet)
    mug, bottle = sheet.split.rows.shown()
    QTest.keyClick(mug.number, Qt.Key.Key_Return)
    assert "Choose the pieces that ship apart first." in texts(sheet)

    QTest.mouseClick(mug.off, Qt.MouseButton.LeftButton)
    QTest.mouseClick(bottle.off, Qt.MouseButton.LeftButton)
    assert "Nothing would stay behind. Leave at least one piece." in texts(sheet)
    QTest.keyClick(mug.number, Qt.Key.Key_Return)
    assert texts(sheet).count("Nothing would stay behind. Leave at least one piece.") == 2
    QTest.mouseClick(bottle.less, Qt.MouseButton.LeftButton)
    assert "3 pieces of 2 lines will ship apart, 1 stay." in texts(sheet)
    QTest.keyClick(mug.number, Qt.Key.Key_Return)

    assert ([parted.at(0)], saved.count()) == ([[(("1" * 32, 1), ("2" * 32, 2))]], 0)
    assert sheet.is_busy


def test_an_order_that_ships_complete_says_so(sheet: EditSheet) -> None:
    sheet.show_form(replace(edit_builders.edit_form(), ships_complete=True))
    sheet.turn(2)
    assert "This order ships complete; it is not split." in texts(sheet)


def test_a_split_does_not_lose_what_other_pages_have(sheet: EditSheet) -> None:
    parted = QSignalSpy(sheet.parted)
    type_into(sheet, "city", "Graz")
    sheet.turn(2)
    QTest.mouseClick(sheet.split.rows.shown()[0].more, Qt.MouseButton.LeftButton)
    sheet.submit()
    assert parted.count() == 0
    assert "Other pages are changed. Save them first, or close the sheet with Esc." in texts(sheet)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_a_refusal_is_whole_and_moves_no_number(qtbot: QtBot, size: tuple[int, int]) -> None:
    sheet = opened(qtbot, size)
    sheet.show_form(replace(edit_builders.edit_form(), holds=()))
    sheet.turn(2)
    number = sheet.split.rows.shown()[0].number
    places = [number.mapTo(sheet, QPoint())]
    for told in (LONG, f"{LONG} {LONG}"):
        sheet.refuse(told)
        qtbot.waitUntil(lambda: not cut(sheet))
        places.append(number.mapTo(sheet, QPoint()))
    assert places[0] == places[1] == places[2]


def test_the_keyboard_is_in_the_first_number_whatever_was_saved_before(sheet: EditSheet) -> None:
    sheet.turn(0)
    type_into(sheet, "city", "Graz")
    sheet.submit()
    sheet.refuse("The database does not answer.")
    sheet.turn(2)
    first = sheet.split.rows.shown()[0].number
    assert first.hasFocus()

    sheet.show_form(replace(edit_builders.edit_form(), lines=()))
    sheet.turn(2)
    assert sheet.hasFocus(), "Enter and Esc reach the sheet"


def test_what_was_added_last_is_not_said_of_the_next_order(sheet: EditSheet) -> None:
    sheet.lines.add_goods(Goods("MUG-0350-GN", "Enamel mug 350 ml"))
    sheet.turn(1)
    assert "3 of Enamel mug 350 ml" in texts(sheet)
    sheet.wait()
    sheet.show_form(edit_builders.edit_form())
    sheet.turn(1)
    assert "3 of Enamel mug 350 ml" not in texts(sheet)
