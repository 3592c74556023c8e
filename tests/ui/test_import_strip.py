"""The strip and the report of an import in the queue: whole words and targets at every size."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from oms_desktop.ui.panels.queue import QueuePanel
from oms_desktop.ui.shapes import Mark
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.import_strip import ImportLook
from oms_desktop.ui.widgets.painted import Pressed
from oms_desktop.ui.widgets.report_sheet import ReportSheet
from tests.ui.frame import SIZES, at, cut, painted, panel, texts

COUNTS = "12,345 orders read: 11,870 taken, 430 held, 30 known already, 15 refused."
LOOKS = {
    "runs": ImportLook("orders-of-november.json", COUNTS, share=0.45),
    "done": ImportLook("orders-of-november.json", COUNTS, Mark.RIGHT),
    "partly": ImportLook(
        "orders-of-november.json",
        f"Stopped. orders-of-november.json is not done from SO-48213 on. Import it again. {COUNTS}",
        Mark.LOOK_OUT,
        listed=True,
    ),
    "broken": ImportLook(
        "2 files",
        "orders-of-november.json is not JSON: Expecting ',' delimiter in line 41213, column 22. "
        "products.csv is no file of orders: columns Name, Email and Lineitem sku are expected.",
        Mark.WRONG,
    ),
}


@pytest.mark.parametrize("size", [*SIZES, (1536, 864)], ids=["1366", "1920", "1920 at 125 %"])
@pytest.mark.parametrize("state", LOOKS)
def test_each_state_is_shown_whole(qtbot: QtBot, theme: Theme, state: str, size: tuple[int, int]) -> None:
    window = at(qtbot, theme, "queue", size)
    queue = panel(window)
    assert isinstance(queue, QueuePanel)

    queue.strip.show_look(LOOKS[state])

    assert cut(queue) == []
    assert LOOKS[state].name in texts(queue.strip)
    assert min(child.height() for child in painted(queue.strip) if isinstance(child, Pressed)) >= 48
    assert (window.width(), window.height()) == size
    assert queue.bring.isVisible() and queue.bring.height() >= 48


def test_cancel_is_pressed_once_and_comes_back_with_the_next_file(qtbot: QtBot, theme: Theme) -> None:
    queue = panel(at(qtbot, theme, "queue"))
    assert isinstance(queue, QueuePanel)
    strip, cancelled = queue.strip, QSignalSpy(queue.strip.cancelled)
    strip.show_look(LOOKS["runs"])

    QTest.mouseClick(strip.cancel, Qt.MouseButton.LeftButton)
    strip.show_look(LOOKS["runs"])
    QTest.mouseClick(strip.cancel, Qt.MouseButton.LeftButton)

    assert (cancelled.count(), strip.cancel.isEnabled()) == (1, False)
    strip.show_look(LOOKS["partly"])
    strip.show_look(LOOKS["runs"])
    assert strip.cancel.isEnabled()


@pytest.mark.parametrize("size", SIZES, ids=["1366", "1920"])
def test_the_report_lies_over_the_content_and_takes_no_letters(
    qtbot: QtBot, theme: Theme, size: tuple[int, int]
) -> None:
    window = at(qtbot, theme, "queue", size)
    sheet = ReportSheet(theme, window.content)

    sheet.open_report(f"orders-of-november.json: {COUNTS}", ["held: #2 at orders[1]: It is not paid."])
    QTest.keyClicks(sheet.list, "T-101")

    assert cut(sheet) == []
    assert sheet.away.height() >= 48
    assert sheet.list.toPlainText() == "held: #2 at orders[1]: It is not paid."
    QTest.keyClick(sheet.list, Qt.Key.Key_Escape)
    assert sheet.isHidden()
