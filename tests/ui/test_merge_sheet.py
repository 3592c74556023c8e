"""The sheet in which orders become one: what it says before, and which order takes over."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.merge_sheet import MergeSheet
from oms_desktop.ui.widgets.painted import Pressed
from tests.ui.edit_builders import merge_orders
from tests.ui.frame import SIZES, cut, painted, texts, window

ONE, TWO, THREE = (order.order for order in merge_orders())


def opened(
    qtbot: QtBot,
    size: tuple[int, int] = SIZES[0],
    *,
    dark: bool = False,
    count: int = 3,
    last: str = "Economy",
) -> MergeSheet:
    made = window(qtbot, Theme(dark=dark), size)
    sheet = MergeSheet(made.theme, made.content)
    sheet.wait(count)
    sheet.show_orders(merge_orders(count, last))
    return sheet


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [*SIZES, (1280, 700)], ids=lambda size: str(size[0]))
def test_it_fits_its_texts_and_targets(qtbot: QtBot, size: tuple[int, int], dark: bool) -> None:
    sheet = opened(qtbot, size, dark=dark, count=30, last="Express")
    sheet.refuse("Orders SO-48201 and SO-48230 have not the same way of shipping.")

    assert cut(sheet) == []
    assert min(child.height() for child in painted(sheet) if isinstance(child, Pressed)) >= 48
    assert sheet.inner.minimumSizeHint().height() <= sheet.inner.height()


def test_it_says_what_will_happen_and_the_first_order_takes_over(qtbot: QtBot) -> None:
    sheet = opened(qtbot)
    merged = QSignalSpy(sheet.merged)
    told = texts(sheet)
    assert "SO-48202 and SO-48203 become part of SO-48201: 6 lines, 12 pieces in all." in told
    assert "The others are cancelled by that, and F9 does not undo it. Up and Down choose." in told

    QTest.keyClick(sheet, Qt.Key.Key_Return)
    QTest.keyClick(sheet, Qt.Key.Key_Return)

    assert [merged.at(number) for number in range(merged.count())] == [[ONE, (TWO, THREE)]]
    assert sheet.is_busy and not sheet.merge.isEnabled()


def test_what_keeps_two_orders_apart_is_said_before_they_are_merged(qtbot: QtBot) -> None:
    sheet = opened(qtbot, last="Express")
    parts = [row.part for row in sheet.rows.shown()]
    assert parts == ["takes over the others", "becomes part of it", "ships another way"]
    assert "SO-48203 ships another way: take it out of the ticks, or change that first." in texts(sheet)

    QTest.keyClick(sheet, Qt.Key.Key_Up)

    parts = [row.part for row in sheet.rows.shown()]
    assert parts == ["ships another way", "ships another way", "takes over the others"]
    told = "SO-48201 ships another way (and 1 order more): take it out of the ticks, or change that first."
    assert told in texts(sheet)


def test_orders_to_another_place_are_told(qtbot: QtBot) -> None:
    sheet = opened(qtbot)
    one, two, three = merge_orders()
    sheet.show_orders((one, two, replace(three, to="Max Example, Sample Street 2, 1010 Wien, AT")))
    assert sheet.rows.shown()[2].accessibleName().endswith("goes elsewhere")


def test_an_order_that_stays_by_itself_is_told_also_as_the_one_that_takes_over(qtbot: QtBot) -> None:
    sheet = opened(qtbot)
    one, two, three = merge_orders()
    sheet.show_orders((replace(one, alone="is on hold"), replace(two, alone="ships complete"), three))
    parts = [row.part for row in sheet.rows.shown()]
    assert parts == ["is on hold", "ships complete", "becomes part of it"]
    told = "SO-48201 is on hold (and 1 order more): take it out of the ticks, or change that first."
    assert told in texts(sheet)


def test_another_order_is_chosen_by_key_or_click(qtbot: QtBot) -> None:
    sheet = opened(qtbot)
    merged = QSignalSpy(sheet.merged)
    QTest.keyClick(sheet, Qt.Key.Key_Up)
    assert [row.isChecked() for row in sheet.rows.shown()] == [False, False, True]
    QTest.mouseClick(sheet.rows.shown()[1], Qt.MouseButton.LeftButton)
    assert "SO-48201 and SO-48203 become part of SO-48202: 6 lines, 12 pieces in all." in texts(sheet)
    sheet.submit()
    assert merged.at(0) == [TWO, (ONE, THREE)]


def test_a_refusal_is_shown_and_keeps_the_choice(qtbot: QtBot) -> None:
    sheet = opened(qtbot)
    merged = QSignalSpy(sheet.merged)
    QTest.keyClick(sheet, Qt.Key.Key_Down)
    sheet.submit()
    sheet.refuse("Orders SO-48202 and SO-48203 have not the same way of shipping.")
    assert "Not merged" in texts(sheet)
    sheet.submit()
    assert merged.at(1) == [TWO, (ONE, THREE)]
    assert "Not merged" not in texts(sheet)


def test_orders_that_could_not_be_read_are_asked_for_again(qtbot: QtBot) -> None:
    sheet = opened(qtbot)
    again, merged = QSignalSpy(sheet.again), QSignalSpy(sheet.merged)
    sheet.wait(3)
    sheet.refuse("The database does not answer.")
    assert "Enter tries it again, Esc closes." in texts(sheet)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert (again.count(), merged.count()) == (1, 0)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.isHidden()
