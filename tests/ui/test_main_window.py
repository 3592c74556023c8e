"""The frame: keys, overlays, tones, density."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from oms_desktop.floor.reply import Key, Refusal, Reply, Sound, Thing
from oms_desktop.ui.main_window import MainWindow
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.instruction_bar import Tone
from oms_desktop.ui.widgets.painted import Pressed
from tests.ui import builders
from tests.ui.frame import ALL, at, cut, painted, texts, window

FLOOR = [
    (Qt.Key.Key_F7, Key.SKIP),
    (Qt.Key.Key_F9, Key.UNDO),
    (Qt.Key.Key_F12, Key.FINISH),
    (Qt.Key.Key_Escape, Key.PUT_ASIDE),
]


def tone(made: MainWindow) -> Tone:
    return made.bar.tone


def keys_of(made: MainWindow) -> list[tuple[Key, str]]:
    heard: list[tuple[Key, str]] = []
    made.key_pressed.connect(lambda key, text: heard.append((key, text)))
    return heard


@pytest.mark.parametrize(("pressed", "key"), FLOOR)
def test_function_keys_are_passed_on(qtbot: QtBot, theme: Theme, pressed: Qt.Key, key: Key) -> None:
    made = at(qtbot, theme, "pick")
    made.show_reply("pick", builders.pick_product(), "")
    heard = keys_of(made)
    QTest.keyClick(made, pressed)
    assert heard == [(key, "")]


def test_a_key_that_a_panel_does_not_offer_does_nothing(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "pack")
    made.show_reply("pack", builders.packing(), "")
    heard = keys_of(made)
    QTest.keyClick(made, Qt.Key.Key_F7)
    QTest.keyClick(made, Qt.Key.Key_F5)
    assert (heard, made.field.isHidden()) == ([], True)
    QTest.keyClick(made, Qt.Key.Key_F9)
    assert heard == [(Key.UNDO, "")]


@pytest.mark.parametrize(("place", "reply"), [("pack", builders.packing), ("ship", builders.shipping)])
def test_papers_are_printed_again_by_key_and_by_button(
    qtbot: QtBot, theme: Theme, place: str, reply: Callable[[], Reply[Any]]
) -> None:
    made = at(qtbot, theme, place)
    made.show_reply(place, reply(), "")
    heard = keys_of(made)
    QTest.keyClick(made, Qt.Key.Key_F8)
    button = next(w for w in painted(made) if isinstance(w, Pressed) and w.text() == "Print again")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard == [(Key.PRINT, "")] * 2


def test_a_refused_key_asks_in_amber(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "pick")
    refusal = Refusal(
        "pick.unfinished", "9 pieces are not picked", "F12 ends it.", Thing("Key"), Thing(""), "Or go on."
    )
    made.show_reply("pick", replace(builders.pick_tote(), ok=False, sound=Sound.ERROR, refusal=refusal), "")
    assert made.sheet.isHidden()
    assert tone(made) is Tone.ASK
    assert {"9 pieces are not picked", "F12 ends it. Or go on."} <= set(texts(made.bar))


def test_a_wrong_pin_is_told_until_the_next_digit(qtbot: QtBot, theme: Theme) -> None:
    made = window(qtbot, theme)
    asked = replace(builders.sign_in(), told="", sound=Sound.NONE)
    made.show_reply("sign_in", builders.sign_in(), "B-20417")
    refusal = Refusal("sign_in.pin", "Wrong PIN", "Type it again.", Thing("PIN", "****"), Thing("PIN"))
    made.show_reply("sign_in", replace(asked, ok=False, sound=Sound.ERROR, refusal=refusal), "")
    assert "Wrong PIN" in texts(made.bar)
    made.show_reply("sign_in", asked, "")
    assert texts(made.bar)[0] == "Type your PIN"


def test_function_keys_of_the_floor_mean_nothing_in_the_queue(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "queue")
    heard = keys_of(made)
    QTest.keyClick(made, Qt.Key.Key_F12)
    assert heard == []


def test_a_button_does_what_its_key_does(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "pick")
    made.show_reply("pick", builders.pick_product(), "")
    heard = keys_of(made)
    undo = next(w for w in painted(made) if isinstance(w, Pressed) and w.text() == "Undo")
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert heard == [(Key.UNDO, "")]


def test_a_short_is_asked_for_its_count(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "pick")
    made.show_reply("pick", builders.pick_product(), "")
    heard = keys_of(made)
    QTest.keyClick(made, Qt.Key.Key_F5)
    assert "How many did you find?" in texts(made)
    QTest.keyClicks(made.field.field, "4")
    QTest.keyClick(made.field.field, Qt.Key.Key_Return)
    assert heard == [(Key.SHORT, "4")]
    assert made.field.isHidden()


def test_a_code_can_be_typed(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "pick")
    typed: list[str] = []
    made.code_typed.connect(typed.append)
    QTest.keyClick(made, Qt.Key.Key_F2)
    qtbot.waitUntil(made.field.field.hasFocus)
    QTest.keyClick(made.field.field, Qt.Key.Key_Return)
    assert (typed, made.field.isHidden()) == ([], False)
    assert QFontInfo(made.field.field.font()).family() == "JetBrains Mono"
    QTest.keyClicks(made.field.field, " A-07-03-B2 ")
    QTest.keyClick(made.field.field, Qt.Key.Key_Return)
    assert typed == ["A-07-03-B2"]
    assert made.field.isHidden()
    assert cut(made) == []


def test_escape_closes_the_field_first(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "pick")
    heard = keys_of(made)
    QTest.keyClick(made, Qt.Key.Key_F2)
    QTest.keyClick(made.field.field, Qt.Key.Key_Escape)
    assert made.field.isHidden()
    assert heard == []


def test_a_scan_closes_the_field(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "pick")
    made.type_code()
    made.show_reply("pick", builders.pick_product(), "A-07-03-B2")
    assert made.field.isHidden()


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_alt_and_the_rail_ask_for_places(qtbot: QtBot, theme: Theme, number: int) -> None:
    made = at(qtbot, theme, "pick")
    asked: list[str] = []
    made.place_asked.connect(asked.append)
    QTest.keyClick(made, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.AltModifier)
    button = made.rail.findChildren(Pressed)[number - 1]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == [ALL[number - 1]] * 2
    assert button.isChecked() is (ALL[number - 1] == "pick")


def test_alt_5_is_no_place(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "pick")
    asked: list[str] = []
    made.place_asked.connect(asked.append)
    QTest.keyClick(made, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    assert asked == []


def test_lock_and_theme_are_asked_for(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "pick")
    asked: list[str] = []
    made.locked.connect(lambda: asked.append("lock"))
    made.theme_asked.connect(lambda: asked.append("theme"))
    QTest.keyClick(made, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(made, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert asked == ["lock", "theme"]


def test_letters_digits_and_enter_do_nothing_on_the_floor(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "pick")
    made.show_reply("pick", builders.pick_product(), "")
    heard, digits = keys_of(made), list[str]()
    made.digit_pressed.connect(digits.append)
    undo = next(w for w in painted(made) if isinstance(w, Pressed) and w.text() == "Undo")
    undo.setFocus()
    QTest.keyClicks(undo, "abcxyz0123456789")
    QTest.keyClick(undo, Qt.Key.Key_Return)
    QTest.keyClick(undo, Qt.Key.Key_Enter)
    assert (heard, digits) == ([], [])


def test_digits_are_a_pin_while_nobody_is_signed_in(qtbot: QtBot, theme: Theme) -> None:
    made = window(qtbot, theme)
    digits: list[str] = []
    made.digit_pressed.connect(digits.append)
    QTest.keyClicks(made, "2a4")
    QTest.keyClick(made, Qt.Key.Key_Backspace)
    QTest.keyClick(made, Qt.Key.Key_Return)
    assert digits == ["2", "4", ""]
    assert made.rail.isHidden()


def test_unknown_codes_are_amber_and_no_sheet(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "pick")
    refusal = Refusal(
        "pick.unknown", "Unknown code", "Nobody knows X1.", Thing("Unknown", "X1"), Thing("Tote")
    )
    made.show_reply("pick", replace(builders.pick_tote(), ok=False, sound=Sound.ERROR, refusal=refusal), "X1")
    assert made.sheet.isHidden()
    assert tone(made) is Tone.ASK
    assert {"Unknown code", "Nobody knows X1.", "X1"} <= set(texts(made.bar))


def test_bar_flashes_after_a_scan_asks_and_waits(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "pick")
    made.show_reply("pick", builders.pick_location(), "")
    assert tone(made) is Tone.MOVE
    made.show_reply("pick", builders.pick_product(), "A-07-03-B2")
    assert tone(made) is Tone.RIGHT
    assert {"A-07-03-B2", "Location right"} <= set(texts(made.bar))
    made.show_reply("pick", replace(builders.pick_product(), sound=Sound.ATTENTION), "A-07-03-B2")
    assert tone(made) is Tone.ASK


def test_each_place_keeps_its_reply(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "pick")
    made.show_reply("pick", builders.pick_location(), "")
    made.show_reply("pack", builders.wrong_item(), "GAS-0100-CV")
    assert made.sheet.isHidden()
    made.set_place("pack")
    assert made.sheet.isVisible()
    made.set_place("pick")
    assert made.sheet.isHidden()
    assert texts(made.bar)[0] == "Go to A-07-03-B2"


def test_devices_station_and_person_are_shown_in_words(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "pick")
    made.show_device("Scanner", "scanner", "ready", ok=True)
    made.show_device("Printer", "printer", "ready", ok=True)
    made.show_device("Printer", "printer", "paper low", ok=False)
    shown = texts(made.top)
    assert {"Picking", "Bench 3", "Scanner", "ready", "paper low", "M. Okafor", "Picker"} <= set(shown)
    assert cut(made.top) == []
    assert shown.count("Printer") == 1
    assert "Printer paper low" in made.top.accessibleName()


def test_density_follows_the_size(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "pick", (1920, 1080))
    seen = []
    for size in ((1366, 768), (1920, 1080), (1599, 1080), (1920, 899)):
        made.resize(*size)
        seen.append(theme.compact)
    assert seen == [True, False, True, True]


def test_theme_changes_while_shown(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "pick")
    made.show_reply("pick", builders.pick_location(), "")
    light = made.grab().toImage()
    theme.set_dark(True)
    assert made.grab().toImage() != light
    theme.set_dark(False)
    assert made.grab().toImage() == light
