"""The sheet for editing an order: what it shows, what it hands over, and that nothing typed is lost."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from oms_desktop.drafts import OrderEdit
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.edit_sheet import EditSheet
from oms_desktop.ui.widgets.painted import Pressed
from tests.ui import edit_builders
from tests.ui.frame import SIZES, cut, painted, texts, window


def opened(qtbot: QtBot, size: tuple[int, int] = SIZES[0], *, dark: bool = False) -> EditSheet:
    made = window(qtbot, Theme(dark=dark), size)
    sheet = EditSheet(made.theme, made.content)
    sheet.wait()
    sheet.show_form(edit_builders.edit_form())
    return sheet


@pytest.fixture
def sheet(qtbot: QtBot) -> EditSheet:
    return opened(qtbot)


def type_into(sheet: EditSheet, field: str, text: str) -> None:
    edit = sheet.address.fields[field].edit
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [*SIZES, (1280, 700)], ids=lambda size: str(size[0]))
def test_it_fits_its_texts_and_targets(qtbot: QtBot, size: tuple[int, int], dark: bool) -> None:
    sheet = opened(qtbot, size, dark=dark)
    sheet.refuse("A parcel of order SO-48201 is labelled already; its address stays as it is.")

    assert cut(sheet) == []
    sizes = [child.height() for child in painted(sheet) if isinstance(child, Pressed)]
    assert min(*sizes, *(field.edit.height() for field in sheet.address.fields.values())) >= 48
    assert sheet.inner.minimumSizeHint().height() <= sheet.inner.height()
    assert sheet.inner.minimumSizeHint().width() <= sheet.inner.width()


def test_wrong_fields_are_marked_and_the_keyboard_is_in_the_first(sheet: EditSheet) -> None:
    fields = sheet.address.fields
    assert {name for name, field in fields.items() if field.fault} == {"address1", "postal_code"}
    assert QApplication.focusWidget() is fields["address1"].edit
    told = texts(sheet)
    assert "Austria has no such code; 1010 is one." in told
    assert "2 fields to correct. Enter saves, Esc closes and changes nothing." in told
    assert "Why it waits" in told and "Austria" in told


def test_labels_and_what_is_needed_follow_the_country(sheet: EditSheet) -> None:
    sheet.show_look(edit_builders.look("US"))
    shown = texts(sheet)
    assert {"ZIP code (needed)", "State"} <= set(shown)

    sheet.show_look(edit_builders.look("HK"))
    shown = texts(sheet)
    assert {"Postal code, not used there", "District", "Area"} <= set(shown)


def test_typing_is_judged_once_after_the_last_key(qtbot: QtBot, sheet: EditSheet) -> None:
    with qtbot.waitSignal(sheet.typed, timeout=5_000):
        type_into(sheet, "postal_code", "5020")
    assert sheet.address.address == replace(edit_builders.WRONG, postal_code="5020")


def test_enter_hands_over_what_was_changed_only(sheet: EditSheet) -> None:
    saved = QSignalSpy(sheet.saved)
    QTest.keyClick(sheet.address.fields["city"].edit, Qt.Key.Key_Return)
    assert saved.count() == 0
    assert "Nothing is changed yet. Esc closes." in texts(sheet)

    type_into(sheet, "country_code", "germany")
    type_into(sheet, "province", "by")
    QTest.keyClick(sheet.address.fields["city"].edit, Qt.Key.Key_Return)
    QTest.keyClick(sheet.address.fields["city"].edit, Qt.Key.Key_Return)

    moved = replace(edit_builders.WRONG, country_code="DE", province="by")
    assert [saved.at(number) for number in range(saved.count())] == [[OrderEdit(address=moved)]]
    assert sheet.is_busy and not sheet.save.isEnabled()


def test_a_province_is_written_by_its_code_where_the_post_has_codes(sheet: EditSheet) -> None:
    type_into(sheet, "country_code", "us")
    type_into(sheet, "province", "ny")
    assert (sheet.address.address.province, sheet.address.address.province_code) == ("", "NY")


def test_a_refusal_keeps_what_was_typed_and_may_be_tried_again(sheet: EditSheet) -> None:
    saved = QSignalSpy(sheet.saved)
    type_into(sheet, "email", "new@example.test")
    sheet.submit()
    sheet.refuse("The database does not answer.")

    assert sheet.address.email == "new@example.test"
    assert {"Not saved", "The database does not answer."} <= set(texts(sheet))
    assert QApplication.focusWidget() is sheet.address.fields["email"].edit
    sheet.submit()
    assert saved.count() == 2
    assert "Not saved" not in texts(sheet)


def test_an_order_that_could_not_be_read_is_asked_for_again(qtbot: QtBot, sheet: EditSheet) -> None:
    again = QSignalSpy(sheet.again)
    sheet.wait()
    assert not sheet.address.isEnabled()
    sheet.refuse("The database does not answer.")
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert again.count() == 1
    assert not sheet.save.isEnabled()


def test_keys_of_the_queue_stay_behind_the_sheet_and_escape_closes_it(sheet: EditSheet) -> None:
    window = sheet.window()
    pressed = QSignalSpy(window.key_pressed)  # type: ignore[attr-defined]  # the main window
    field = sheet.address.fields["city"].edit

    for key in (Qt.Key.Key_F8, Qt.Key.Key_F9):
        QTest.keyClick(field, key)
    assert pressed.count() == 0
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert sheet.isHidden()
    assert pressed.count() == 0


def test_tab_passes_the_fields_from_the_country_on(sheet: EditSheet) -> None:
    sheet.address.fields["country_code"].edit.setFocus()
    passed = []
    for _ in sheet.address.fields:
        focus = QApplication.focusWidget()
        assert focus is not None
        passed += [name for name, field in sheet.address.fields.items() if field.edit is focus]
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert passed == list(sheet.address.fields)
