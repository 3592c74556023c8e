"""What can be pressed, and what repaints only when it must."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from oms_desktop.ui.shapes import Mark
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.badge_card import BadgeRow
from oms_desktop.ui.widgets.chip import Chip
from oms_desktop.ui.widgets.key_button import KeyButton, Weighting
from oms_desktop.ui.widgets.label_preview import LabelPreview
from oms_desktop.ui.widgets.pin_pad import DELETE, PinDots, PinPad
from oms_desktop.ui.widgets.quantity_tile import QuantityTile
from oms_desktop.ui.widgets.status_pill import Shape
from tests.ui import builders
from tests.ui.frame import cut, texts


def test_unchanged_values_do_not_paint_again(qtbot: QtBot, theme: Theme) -> None:
    painted: list[int] = []

    class Counted(QuantityTile):
        def update(self, *_: Any) -> None:
            painted.append(1)

    made = Counted(theme)
    qtbot.addWidget(made)
    for taken in (1, 1, 2, 2):
        made.show_quantity(6, taken)
    assert len(painted) == 2


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("weighting", list(Weighting))
def test_key_button_is_a_target_and_obeys_no_enter(
    qtbot: QtBot, theme: Theme, weighting: Weighting, compact: bool
) -> None:
    theme.set_compact(compact)
    button = KeyButton(theme, "Put aside, go on", "undo-2", "Esc", weighting)
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    button.show()
    button.setFocus()
    pressed: list[int] = []
    button.clicked.connect(lambda: pressed.append(1))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_A, Qt.Key.Key_1):
        QTest.keyClick(button, key)
    assert pressed == []
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert pressed == [1, 1]
    assert button.height() >= 48
    assert texts(button) == ["Put aside, go on", "Esc"]
    assert cut(button) == []


def test_focus_is_visible(qtbot: QtBot, theme: Theme) -> None:
    button = KeyButton(theme, "Undo", "undo-2", "F9")
    qtbot.addWidget(button)
    button.show()
    button.activateWindow()
    qtbot.waitUntil(button.isActiveWindow)
    button.clearFocus()
    before = button.grab().toImage()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    assert button.grab().toImage() != before


def test_pin_pad_tells_digits_and_the_way_back(qtbot: QtBot, theme: Theme) -> None:
    pad, typed = PinPad(theme), list[str]()
    qtbot.addWidget(pad)
    pad.pressed.connect(typed.append)
    pad.show()
    for key in pad.findChildren(QWidget):
        QTest.mouseClick(key, Qt.MouseButton.LeftButton)
        assert min(key.width(), key.height()) >= 48
    assert typed == [*"123456789", "0", DELETE]


def test_pin_dots_never_show_a_digit(qtbot: QtBot, theme: Theme) -> None:
    dots = PinDots(theme)
    qtbot.addWidget(dots)
    dots.resize(dots.sizeHint())
    dots.show_digits(2, expected=True)
    dots.show()
    assert texts(dots) == []
    assert dots.accessibleName() == "2 of 4 digits typed"


def test_chip_and_badge_row_are_targets(qtbot: QtBot, theme: Theme) -> None:
    theme.set_compact(True)
    chip, row = Chip(theme, "started"), BadgeRow(theme, builders.BADGES[0])
    for made in (chip, row):
        qtbot.addWidget(made)
        made.resize(made.sizeHint())
        made.show()
        assert made.height() >= 48
        assert cut(made) == []
    chip.show_count(37)
    chip.resize(chip.sizeHint())
    assert texts(chip) == ["Picking", "37"]
    assert {"M. Okafor", "picker, packer", "B-20417", "PIN 2417"} == set(texts(row))


def test_label_preview_shows_the_picture(qtbot: QtBot, theme: Theme, tmp_path: object) -> None:
    path = f"{tmp_path}/label.png"
    picture = QImage(40, 60, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    assert picture.save(path)
    made = LabelPreview(theme)
    qtbot.addWidget(made)
    made.resize(200, 300)
    made.show()
    assert texts(made) == ["No label yet"]
    made.show_file(path)
    assert made.grab().toImage().pixelColor(100, 150) == Qt.GlobalColor.red
    made.show_file("")
    assert texts(made) == ["No label yet"]


def test_shape_names_its_meaning(qtbot: QtBot, theme: Theme) -> None:
    made = Shape(theme, Mark.RIGHT, 32)
    qtbot.addWidget(made)
    made.show()
    before = made.grab().toImage()
    made.show_mark(Mark.WRONG)
    assert made.accessibleName() == "wrong"
    assert made.grab().toImage() != before
