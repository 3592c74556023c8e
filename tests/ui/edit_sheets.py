"""The sheet for editing, opened in a window with an invented order, and its keys."""

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.edit_sheet import EditSheet
from tests.ui.edit_builders import edit_form
from tests.ui.frame import SIZES, window


def opened(qtbot: QtBot, size: tuple[int, int] = SIZES[0], *, dark: bool = False) -> EditSheet:
    """A sheet that shows an order."""
    made = window(qtbot, Theme(dark=dark), size)
    sheet = EditSheet(made.theme, made.content)
    sheet.wait()
    sheet.show_form(edit_form())
    return sheet


def type_into(sheet: EditSheet, field: str, text: str) -> None:
    """Type over a field of the address."""
    edit = sheet.address.fields[field].edit
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)
