"""A window that is smaller than its screens says so in place of a screen that is cut."""

import pytest
from pytestqt.qtbot import QtBot

from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.too_small import LEAST
from tests.ui.frame import at, cut, texts

NEEDED = (LEAST.width(), LEAST.height())


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [(1279, 700), (1280, 699), (1024, 600), (480, 320)], ids=str)
def test_a_screen_that_would_be_cut_is_covered_by_words(
    qtbot: QtBot, size: tuple[int, int], dark: bool
) -> None:
    made = at(qtbot, Theme(dark=dark), "queue")
    made.resize(*size)
    qtbot.waitUntil(made.small.isVisible)

    assert made.small.rect().contains(made.rect())
    assert cut(made.small) == []
    told = " ".join(texts(made.small))
    assert "This window is too small" in told
    assert f"needs 1280 x 700 pixels and has {size[0]} x {size[1]}" in told


def test_it_goes_when_the_window_is_large_enough(qtbot: QtBot) -> None:
    made = at(qtbot, Theme(), "queue", (1024, 600))
    qtbot.waitUntil(made.small.isVisible)
    made.resize(*NEEDED)
    qtbot.waitUntil(made.small.isHidden)
    assert made.size() == LEAST
