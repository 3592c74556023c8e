"""The error sheet stays until the right scan or Esc."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from oms_desktop.floor.reply import Key, Refusal, Sound, Thing
from oms_desktop.ui.main_window import MainWindow
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.instruction_bar import Tone
from tests.ui import builders
from tests.ui.frame import at, cut, texts


def tone(made: MainWindow) -> Tone:
    return made.bar.tone


def keys_of(made: MainWindow) -> list[tuple[Key, str]]:
    heard: list[tuple[Key, str]] = []
    made.key_pressed.connect(lambda key, text: heard.append((key, text)))
    return heard


def test_error_sheet_is_closed_by_escape_not_by_enter_or_time(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "pack")
    made.show_reply("pack", builders.packing(), "BTL-0750-ST")
    made.show_reply("pack", builders.wrong_item(), "GAS-0100-CV")
    heard = keys_of(made)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        QTest.keyClick(QApplication.focusWidget() or made, key)
    qtbot.wait(1300)
    assert made.sheet.isVisible()
    assert tone(made) is Tone.WRONG
    QTest.keyClick(made, Qt.Key.Key_Escape)
    assert made.sheet.isHidden()
    assert heard == [(Key.PUT_ASIDE, "")]
    assert texts(made.bar)[0] == "Scan the gas cartridge"


def test_error_sheet_says_what_differs_and_what_to_do(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "pack")
    made.show_reply("pack", builders.wrong_item(), "GAS-0100-CV")
    shown = texts(made.sheet)
    for words in (
        "Wrong item, do not pack it",
        "You scanned",
        "GAS-0100-CV",
        "100",
        "Expected",
        "GAS-0230-CV",
        "230",
        "Put it into the grey return box, then scan the right item",
        "Put aside, go on",
    ):
        assert words in shown
    assert cut(made.sheet) == []
    assert made.sheet.accessibleName().startswith("Stop: Wrong item")


def test_the_right_scan_closes_the_sheet_and_a_wrong_one_replaces_it(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "pack")
    made.show_reply("pack", builders.packing(), "")
    made.show_reply("pack", builders.wrong_item(), "GAS-0100-CV")
    other = Refusal("pack.too_many", "One too many", "All are in.", Thing("Mug"), Thing("Gas cartridge"))
    made.show_reply("pack", replace(builders.wrong_item(), refusal=other), "MUG-0350-GN")
    assert made.sheet.isVisible()
    assert "One too many" in texts(made.sheet)
    made.show_reply("pack", builders.packing(), "GAS-0230-CV")
    assert made.sheet.isHidden()
    assert tone(made) is Tone.RIGHT


def test_a_reading_of_the_scale_does_not_close_the_sheet(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "pack")
    quiet = replace(builders.packing(builders.pack_view(weight=900)), told="", sound=Sound.NONE)
    made.show_reply("pack", quiet, "")
    made.show_reply("pack", builders.wrong_item(), "GAS-0100-CV")
    made.show_reply("pack", replace(quiet, data=builders.pack_view(weight=912)), "")
    assert made.sheet.isVisible()
    made.sheet.put_aside.emit()
    assert "912" in texts(made)
