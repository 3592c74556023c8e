"""The bar says it, four times over."""

import pytest
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.instruction_bar import FLASH_MS, InstructionBar, LastScan, Tone
from tests.ui.frame import cut, texts


def bar(qtbot: QtBot, theme: Theme, width: int = 1200) -> InstructionBar:
    made = InstructionBar(theme)
    qtbot.addWidget(made)
    made.resize(width, theme.sizes.bar)
    made.show()
    return made


def test_right_turns_blue_after_a_second(qtbot: QtBot, theme: Theme) -> None:
    made = bar(qtbot, theme)
    made.show_instruction(Tone.RIGHT, "Now scan tote T-104", "Front row")
    assert texts(made)[:2] == ["Right. Now scan tote T-104", "Front row"]
    qtbot.waitUntil(lambda: made.tone is Tone.MOVE, timeout=FLASH_MS * 3)
    assert texts(made)[0] == "Now scan tote T-104"


def test_a_newer_instruction_is_not_turned_blue(qtbot: QtBot, theme: Theme) -> None:
    made = bar(qtbot, theme)
    made.show_instruction(Tone.RIGHT, "Scan the product", "")
    made.show_instruction(Tone.WRONG, "Wrong product", "")
    qtbot.wait(FLASH_MS + 200)
    assert made.tone is Tone.WRONG


def test_each_tone_looks_and_reads_differently(qtbot: QtBot, theme: Theme) -> None:
    made = bar(qtbot, theme)
    pictures, names = [], []
    for tone in Tone:
        made.show_instruction(tone, "Same words", "")
        pictures.append(made.grab().toImage())
        names.append(made.accessibleName())
    assert len(set(names)) == len(Tone)
    assert all(one != other for n, one in enumerate(pictures) for other in pictures[:n])


def test_a_long_line_shrinks_and_is_not_cut(qtbot: QtBot, theme: Theme) -> None:
    made = bar(qtbot, theme)
    made.show_scan(LastScan("A-07-03-B2", "Location right"))
    made.show_instruction(
        Tone.MOVE, "Put 6 pieces of the enamel mug into tote T-104 and scan it", "Front row"
    )
    assert cut(made) == []
    made.show_instruction(Tone.MOVE, "word " * 100, "")
    assert len(cut(made)) == 1


@pytest.mark.parametrize("tone", [Tone.MOVE, Tone.WRONG])
def test_it_is_said_aloud_where_somebody_listens(qtbot: QtBot, theme: Theme, tone: Tone) -> None:
    made = bar(qtbot, theme)
    QAccessible.setActive(True)
    try:
        made.show_instruction(tone, "Scan the location", "")
    finally:
        QAccessible.setActive(False)
    assert made.accessibleName() == f"{tone.value.capitalize()}: Scan the location."


@pytest.mark.parametrize("ok", [True, False])
def test_last_scan_is_shown_with_its_result(qtbot: QtBot, theme: Theme, ok: bool) -> None:
    made = bar(qtbot, theme)
    made.show_instruction(Tone.MOVE, "Scan the product", "")
    made.show_scan(LastScan("A-07-03-B2", "Location right", ok))
    assert {"Last scan", "A-07-03-B2", "Location right"} <= set(texts(made))
    assert cut(made) == []
