"""Key figures and chips: whole at every size, light and dark, with counts of any length."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from oms_desktop.floor.views import QueueCount
from oms_desktop.ui.main_window import MainWindow
from oms_desktop.ui.panels.queue import QueuePanel
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.key_figure import KeyFigureCard
from oms_desktop.ui.widgets.painted import Pressed
from tests.ui import builders, queue_builders
from tests.ui.frame import at, cut, painted, panel, texts

SIZES = [(1920, 1080), (1536, 864), (1366, 768), (1280, 720)]
"""The sizes of the pictures, 1920 x 1080 at 125 %, and at 150 %."""


def fits(made: MainWindow, size: tuple[int, int]) -> bool:
    least = made.minimumSizeHint()
    return least.width() <= size[0] and least.height() <= size[1]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dark", [False, True])
def test_figures_and_chips_are_whole(qtbot: QtBot, theme: Theme, size: tuple[int, int], dark: bool) -> None:
    theme.set_dark(dark)
    made = at(qtbot, theme, "queue", size)
    queue = panel(made)
    assert isinstance(queue, QueuePanel)
    counts = [*builders.queue_counts(), QueueCount("zone", 39)]
    queue.set_rows(builders.queue_pages(builders.queue_rows()), counts, QueueCount("all", 40), "A")
    queue.show_figures(queue_builders.key_figures())
    assert {"Open orders", "184", "−22 in 1 h", "99.6", "+18 to plan"} <= set(texts(queue))
    queue.show_stuck(queue_builders.stuck_orders(), 5)
    assert {"Exceptions", "5, oldest first", "Stock missing", "22 min"} <= set(texts(queue))
    assert 2 <= len(queue.exceptions.cards) <= 4
    assert cut(made) == []
    queue.table.selectRow(4)
    queue.open_drawer()
    queue.show_detail(queue_builders.order_detail(4))
    queue.model.toggle(0)
    assert queue.drawer.isVisible() and queue.bulk.isVisible()
    # Cards that have no room beside the drawer any more are put away by the next round of the layout.
    qtbot.waitUntil(lambda: cut(made) == [])
    pressed = [button for button in queue.findChildren(Pressed) if button.isVisible()]
    assert min(button.height() for button in pressed) >= 48
    qtbot.waitUntil(lambda: fits(made, size))
    for large in (9_999, 1_234_567):
        queue.set_rows((), [replace(count, count=large, more=True) for count in counts], counts[0], "A")
        assert cut(made) == []
        chips = list(queue.chips.values())
        assert len({chip.y() for chip in chips}) == 1
        assert fits(made, size)
        assert chips[-1].mapTo(queue, chips[-1].rect().topRight()).x() < queue.width()
        assert min(chip.height() for chip in chips) >= 48


def test_a_figure_without_a_number_says_why(qtbot: QtBot, theme: Theme) -> None:
    card = KeyFigureCard(theme)
    qtbot.addWidget(card)
    card.resize(200, card.sizeHint().height())
    card.show()
    for figure in queue_builders.key_figures():
        card.show_figure(figure)
        assert [child.written.cut for child in painted(card)] == [[]]
    card.show_figure(replace(figure, value="", change="nothing packed in 6 h", trend=(), good=None))
    assert texts(card) == ["Exceptions", "–", "nothing packed in 6 h"]
    assert card.accessibleName() == "Exceptions: none, nothing packed in 6 h"
