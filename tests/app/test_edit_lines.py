"""Lines changed and orders split in the sheet of the real window."""

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from oms_desktop.models import Fulfillment, Order, Status
from oms_desktop.ui.widgets.edit_sheet import EditSheet
from oms_desktop.ui.widgets.line_row import LineRow
from tests.app.floor_window import Floor
from tests.app.test_edit_window import opened
from tests.app.test_queue_window import office, open_queue
from tests.builders import BOTTLE, MUG
from tests.floor.desk import CASE


def open_lines(floor: Floor) -> EditSheet:
    """The sheet of the first order at its lines."""
    floor.screen.queue.table.selectRow(0)
    floor.key(Qt.Key.Key_F3)
    sheet = opened(floor)
    QTest.keyClick(sheet.address.fields["city"].edit, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    return sheet


def row_of(sheet: EditSheet, sku: str) -> LineRow:
    [found] = [row for row in sheet.lines.rows.shown() if row.line.sku == sku]
    return found


def test_lines_are_changed_and_goods_added_by_scan_and_by_sku(floor: Floor) -> None:
    floor.desk.case_of_six()
    open_queue(floor, 1)
    sheet = open_lines(floor)
    QTest.keyClick(row_of(sheet, MUG).number, Qt.Key.Key_Up)
    sheet.lines.sku.edit.setFocus()
    QTest.keyClicks(sheet.lines.sku.edit, BOTTLE.lower())
    QTest.keyClick(sheet.lines.sku.edit, Qt.Key.Key_Return)
    floor.bot.waitUntil(lambda: len(sheet.lines.rows.shown()) == 2, timeout=15_000)
    floor.scanner.scan(CASE)
    floor.bot.waitUntil(lambda: row_of(sheet, MUG).units == 9, timeout=15_000)
    assert floor.place == "queue", "the scan was the sheet's"
    sheet.submit()

    floor.says("is saved")
    site = office(floor)
    with site.database.reading() as session:
        order = session.scalars(select(Order.id)).one()
    assert (site.line(order, 1).ordered, site.line(order, 2).ordered) == (9, 1)
    assert site.line(order, 2).title == "Steel bottle 0.75 l"
    assert site.line(order, 2).allocated == 1


def test_a_product_that_nobody_knows_is_said_in_its_field(floor: Floor) -> None:
    open_queue(floor, 1)
    sheet = open_lines(floor)
    sheet.lines.asked.emit("NOT-THERE")

    told = "No product has the SKU or barcode NOT-THERE."
    floor.bot.waitUntil(lambda: sheet.lines.sku.fault == told, timeout=15_000)
    assert len(sheet.lines.rows.shown()) == 1


def test_a_scan_at_the_address_is_said_and_changes_nothing(floor: Floor) -> None:
    open_queue(floor, 1)
    floor.screen.queue.table.selectRow(0)
    floor.key(Qt.Key.Key_F3)
    sheet = opened(floor)
    floor.scanner.scan(CASE)

    floor.bot.waitUntil(lambda: "was scanned" in sheet.told.accessibleName(), timeout=15_000)
    assert floor.place == "queue"
    QTest.keyClick(sheet.address.fields["city"].edit, Qt.Key.Key_Escape)
    floor.answered(lambda: floor.scanner.scan("SO-1001"))


def test_what_the_floor_has_begun_is_refused_with_the_reason(floor: Floor) -> None:
    open_queue(floor, 1)
    sheet = open_lines(floor)
    row = row_of(sheet, MUG)
    with floor.desk.site.database.transaction() as session:
        part = session.scalars(select(Fulfillment)).one()
        part.status = Status.STARTED
    row.number.setText("1")
    sheet.submit()

    floor.bot.waitUntil(lambda: not sheet.is_busy, timeout=15_000)
    assert "SO-1001" in sheet.refused.accessibleName()
    assert row.units == 1
    assert office(floor).line(UUID(sheet.form.order if sheet.form else "")).ordered == 2


def open_split(floor: Floor) -> EditSheet:
    sheet = open_lines(floor)
    QTest.keyClick(sheet.lines.sku.edit, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    return sheet


def parts_of(floor: Floor) -> list[int]:
    with floor.desk.site.database.reading() as session:
        return list(session.scalars(select(Fulfillment.number).order_by(Fulfillment.number)))


def test_an_order_is_split(floor: Floor) -> None:
    open_queue(floor, 1)
    sheet = open_split(floor)
    [row] = sheet.split.rows.shown()
    QTest.mouseClick(row.more, Qt.MouseButton.LeftButton)
    QTest.keyClick(row.number, Qt.Key.Key_Return)

    floor.says("SO-1001 is split: 1 piece ships apart")
    assert parts_of(floor) == [1, 2]
    assert sheet.isHidden()


def test_a_split_that_cannot_be_is_refused_in_the_sheet(floor: Floor) -> None:
    open_queue(floor, 1)
    sheet = open_split(floor)
    [row] = sheet.split.rows.shown()
    QTest.mouseClick(row.more, Qt.MouseButton.LeftButton)
    with floor.desk.site.database.transaction() as session:
        session.scalars(select(Fulfillment)).one().status = Status.STARTED
    sheet.submit()

    floor.bot.waitUntil(lambda: "SO-1001" in sheet.refused.accessibleName(), timeout=15_000)
    assert (parts_of(floor), row.units) == ([1], 1)
