"""Fonts, icons and shapes come from what is bundled."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontInfo, QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import oms_desktop.ui
from oms_desktop.settings import resource
from oms_desktop.ui.icons import draw_icon
from oms_desktop.ui.shapes import Mark, draw_mark
from oms_desktop.ui.theme import Theme, colour, load_fonts


def drawn(mark: Mark | None, icon: str = "") -> QImage:
    image = QImage(48, 48, QImage.Format.Format_RGB32)
    image.fill(colour("#FFFFFF"))
    painter = QPainter(image)
    if mark:
        draw_mark(painter, mark, QRectF(4, 4, 40, 40), "#1450D2", "#FFBE2E")
    else:
        draw_icon(painter, icon, QRectF(4, 4, 40, 40), "#1450D2")
    painter.end()
    return image


def test_bundled_families_are_the_ones_in_use(theme: Theme) -> None:
    assert {"Inter", "JetBrains Mono"} <= set(load_fonts())
    assert QFontInfo(theme.words(18).font).family() == "Inter"
    assert QFontInfo(theme.codes(18).font).family() == "JetBrains Mono"


def test_counting_digits_have_one_width(theme: Theme) -> None:
    face = theme.words(46, 700)
    widths = [face.width(digit) for digit in "0123456789"]
    assert max(widths) - min(widths) < 0.1


def test_codes_are_not_joined_by_ligatures(theme: Theme) -> None:
    face = theme.codes(20)
    assert face.width("-->") == pytest.approx(3 * face.width("-"))


def test_every_icon_the_code_names_is_bundled() -> None:
    bundled = {path.stem for path in resource("icons").glob("*.svg")}
    source = "".join(path.read_text() for path in Path(oms_desktop.ui.__file__).parent.rglob("*.py"))
    named = set(re.findall(r'icon\(\s*"([a-z0-9-]+)"', source))
    named |= set(re.findall(r'Card\([\w.]+, "[^"]+", "([a-z0-9-]+)"', source))
    named |= set(re.findall(r'KeyButton\([\w.]+, "[^"]+", "([a-z0-9-]+)"', source))
    named |= set(re.findall(r'Notice\([\w.]+, "([a-z0-9-]+)"', source))
    named |= set(re.findall(r'PlaceLook\("\w+", "\w+", "([a-z0-9-]+)"', source))
    assert len(named) > 15
    assert named <= bundled
    assert (resource("icons") / "LICENSE-lucide.txt").exists()


def test_an_icon_has_the_colour_it_was_asked_for() -> None:
    image = drawn(None, "check")
    ink = colour("#1450D2").rgb()
    assert any(image.pixel(x, y) == ink for x in range(48) for y in range(48))


def test_all_shapes_differ() -> None:
    pictures = [drawn(mark) for mark in Mark]
    assert all(one != other for n, one in enumerate(pictures) for other in pictures[:n])


def test_a_change_is_told_once_and_dresses_the_window(theme: Theme, qtbot: QtBot) -> None:
    told: list[bool] = []
    theme.changed.connect(lambda: told.append(theme.dark))
    theme.set_dark(True)
    theme.set_dark(True)
    assert told == [True]
    window = QWidget()
    qtbot.addWidget(window)
    theme.style(window)
    assert window.palette().window().color() == colour(theme.colours.bg)
    assert theme.colours.text in window.styleSheet()
