"""The sheet for editing an order: what it shows, what it hands over, and that nothing typed is lost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from oms_desktop.drafts import Dated, LineDraft, LineEdit, OrderEdit
from oms_desktop.floor.edit_views import Goods
from oms_desktop.ui.widgets.edit_sheet import EditSheet
from oms_desktop.ui.widgets.line_row import LineRow
from oms_desktop.ui.widgets.painted import Pressed
from tests.ui import edit_builders
from tests.ui.edit_sheets import opened, type_into
from tests.ui.frame import SIZES, cut, painted, texts


@pytest.fixture
def sheet(qtbot: QtBot) -> EditSheet:
    return opened(qtbot)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [*SIZES, (1280, 700)], ids=lambda size: str(size[0]))
def test_it_fits_its_texts_and_targets(qtbot: QtBot, size: tuple[int, int], dark: bool) -> None:
    sheet = opened(qtbot, size, dark=dark)
    sheet.refuse("A parcel of order SO-48201 is labelled already; its address stays as it is.")
    sheet.lines.add_goods(Goods("TRC-0400-BK", "Head torch 400 lm", 6))

    for page in range(sheet.pages.count()):
        sheet.turn(page)
        assert cut(sheet) == []
        sizes = [child.height() for child in painted(sheet) if isinstance(child, Pressed)]
        assert (
            min(*sizes, *(each.height() for each in sheet.findChildren(QLineEdit) if each.isVisible())) >= 48
        )
    assert sheet.inner.minimumSizeHint().height() <= sheet.inner.height()
    assert sheet.inner.minimumSizeHint().width() <= sheet.inner.width()


def test_wrong_fields_are_marked_and_the_keyboard_is_in_the_first(sheet: EditSheet) -> None:
    fields = sheet.address.fields
    assert {name for name, field in fields.items() if field.fault} == {"address1", "postal_code"}
    assert QApplication.focusWidget() is fields["address1"].edit
    told = texts(sheet)
    assert "Austria has no such code; 1010 is one." in told
    assert "2 fields of the address to correct. Enter saves, Esc closes and changes nothing." in told
    assert "Why it waits" in told and "Austria" in told


def test_other_pages_speak_of_the_address_only_where_it_is_wrong(sheet: EditSheet) -> None:
    keys = "Enter saves, Esc closes and changes nothing."
    sheet.turn(1)
    assert sheet.told.accessibleName() == f"2 fields of the address to correct. {keys}"
    sheet.show_look(edit_builders.look())
    assert sheet.told.accessibleName() == keys
    sheet.turn(0)
    assert sheet.told.accessibleName() == f"This address can go on a label. {keys}"


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
    assert {"Not done", "The database does not answer."} <= set(texts(sheet))
    assert QApplication.focusWidget() is sheet.address.fields["email"].edit
    sheet.submit()
    assert saved.count() == 2
    assert "Not done" not in texts(sheet)


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


def rows(sheet: EditSheet) -> list[LineRow]:
    return list(sheet.lines.rows.shown())


def saved_edit(sheet: EditSheet) -> OrderEdit:
    saved = QSignalSpy(sheet.saved)
    sheet.submit()
    (change,) = saved.at(0)
    assert isinstance(change, OrderEdit)
    return change


def test_ctrl_tab_turns_the_page_and_back(sheet: EditSheet) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(sheet.address.fields["city"].edit, Qt.Key.Key_Tab, control)
    assert sheet.pages.currentWidget() is sheet.lines
    assert QApplication.focusWidget() is rows(sheet)[0].number
    assert [tab.text() for tab in sheet.tabs if tab.isChecked()] == ["Lines and wishes"]
    QTest.keyClick(rows(sheet)[0].number, Qt.Key.Key_Tab, control | Qt.KeyboardModifier.ShiftModifier)
    assert sheet.pages.currentWidget() is sheet.address


def test_units_go_as_far_as_the_floor_permits(sheet: EditSheet) -> None:
    sheet.turn(1)
    mug, bottle, kit = rows(sheet)
    assert not kit.number.isEnabled() and not kit.more.isEnabled()
    for _ in range(3):
        QTest.keyClick(mug.number, Qt.Key.Key_Down)
    assert mug.units == 1
    assert not mug.less.isEnabled() and not mug.off.isEnabled()
    QTest.mouseClick(bottle.off, Qt.MouseButton.LeftButton)
    QTest.mouseClick(bottle.more, Qt.MouseButton.LeftButton)

    assert saved_edit(sheet) == OrderEdit(lines=(LineEdit(1, 1), LineEdit(2, 1)))


def test_a_product_comes_to_its_line_or_as_a_new_one(sheet: EditSheet) -> None:
    asked = QSignalSpy(sheet.goods_asked)
    saved = QSignalSpy(sheet.saved)
    sheet.turn(1)
    sheet.lines.sku.edit.setFocus()
    QTest.keyClicks(sheet.lines.sku.edit, "trc-0400-bk")
    QTest.keyClick(sheet.lines.sku.edit, Qt.Key.Key_Return)
    assert ([asked.at(0)], saved.count()) == ([["trc-0400-bk"]], 0)

    sheet.lines.refuse_goods("No product has the SKU or barcode trc-0400-bk.")
    assert "No product has the SKU or barcode trc-0400-bk." in texts(sheet)
    assert sheet.lines.sku.text == "trc-0400-bk"
    sheet.lines.add_goods(Goods("TRC-0400-BK", "Head torch 400 lm", 6))
    sheet.lines.add_goods(Goods("TRC-0400-BK", "Head torch 400 lm"))
    sheet.lines.add_goods(Goods("MUG-0350-GN", "Enamel mug 350 ml"))
    sheet.lines.add_goods(Goods("BTL-0750-ST", "Steel bottle 0.75 l"))

    assert [(row.line.sku, row.units) for row in rows(sheet)][3:] == [("TRC-0400-BK", 7), ("BTL-0750-ST", 1)]
    new = (
        LineDraft("TRC-0400-BK", 7, Decimal(), title="Head torch 400 lm"),
        LineDraft("BTL-0750-ST", 1, Decimal(), title="Steel bottle 0.75 l"),
    )
    assert saved_edit(sheet) == OrderEdit(lines=(LineEdit(1, 3),), new_lines=new), "no line with wishes grows"


def test_a_line_without_a_number_is_named_and_nothing_is_saved(sheet: EditSheet) -> None:
    saved = QSignalSpy(sheet.saved)
    sheet.turn(1)
    rows(sheet)[0].number.clear()
    sheet.submit()
    assert saved.count() == 0
    assert "MUG-0350-GN needs a number of units." in texts(sheet)


def test_wishes_are_handed_over_where_they_were_changed(sheet: EditSheet) -> None:
    sheet.theme.zone = ZoneInfo("Europe/Oslo")
    sheet.show_form(edit_builders.edit_form())
    sheet.turn(1)
    wishes = sheet.lines.wishes
    assert wishes["ship_by"].text == "2026-11-30 13:00"
    for name, text in (("service", "Economy"), ("gift", " "), ("ship_by", "2026-12-01 09:30")):
        wishes[name].edit.selectAll()
        QTest.keyClicks(wishes[name].edit, text)

    at = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
    assert saved_edit(sheet) == OrderEdit(service="Economy", gift_message="", ship_by=at)


def test_a_time_is_taken_away_and_one_that_is_none_is_marked(sheet: EditSheet) -> None:
    field = sheet.lines.wishes["ship_by"]
    sheet.turn(1)
    field.edit.selectAll()
    QTest.keyClicks(field.edit, "tomorrow")
    sheet.submit()
    assert field.fault == "A time like 2026-11-30 08:00 is expected."
    assert not sheet.is_busy

    field.edit.selectAll()
    QTest.keyClick(field.edit, Qt.Key.Key_Delete)
    assert field.fault == ""
    assert saved_edit(sheet) == OrderEdit(clears=(Dated.SHIP_BY,))


def test_a_time_beyond_the_calendar_is_marked(sheet: EditSheet) -> None:
    sheet.theme.zone = timezone(timedelta(hours=-12))
    field = sheet.lines.wishes["ship_by"]
    sheet.turn(1)
    field.edit.selectAll()
    QTest.keyClicks(field.edit, "9999-12-31 23:59")
    sheet.submit()
    assert field.fault
