"""Orders that become one in the real window, and what refuses it."""

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest

from oms_desktop.app import desk
from oms_desktop.drafts import OrderEdit
from oms_desktop.models import Order
from oms_desktop.ui.widgets.merge_sheet import MergeSheet
from tests.app.floor_window import Floor
from tests.app.test_queue_window import entry, office, open_queue
from tests.builders import BOTTLE, MUG


def tick_all(floor: Floor, rows: int) -> MergeSheet:
    open_queue(floor, rows)
    for number in range(rows):
        floor.screen.queue.model.toggle(number)
    floor.key(Qt.Key.Key_F4)
    return floor.station.merges.sheet


def opened(floor: Floor, sheet: MergeSheet) -> None:
    floor.bot.waitUntil(lambda: bool(sheet.orders) and not sheet.is_busy, timeout=15_000)


def into(floor: Floor, order: UUID) -> UUID | None:
    with floor.desk.site.database.reading() as session:
        return session.get_one(Order, order).merged_into_id


def test_ticked_orders_of_one_person_become_one(floor: Floor) -> None:
    second = office(floor).promised({BOTTLE: 1})
    sheet = tick_all(floor, 2)
    opened(floor, sheet)
    first = UUID(sheet.orders[0].order)
    assert [order.number for order in sheet.orders] == ["SO-1001", "SO-1002"]
    assert sheet.orders[1].to == "Ida Example, Lakeside Lane 14, 5020 Salzburg, AT"
    QTest.keyClick(sheet, Qt.Key.Key_Return)

    floor.says("2 orders are SO-1001 now. Nothing of it is missing")
    assert sheet.isHidden()
    assert into(floor, second) == first
    assert (entry(floor, first).lines, floor.screen.queue.model.ticks) == (2, ())


def test_orders_that_differ_are_refused_in_the_sheet(floor: Floor) -> None:
    site = office(floor)
    second = site.promised({MUG: 1})
    assert desk.edit(site.station, second, OrderEdit(service="By night")).done
    sheet = tick_all(floor, 2)
    opened(floor, sheet)
    sheet.submit()

    told = "Not merged: Orders SO-1001 and SO-1002 have not the same way of shipping."
    floor.bot.waitUntil(lambda: sheet.refused.accessibleName() == told, timeout=15_000)
    assert into(floor, second) is None
    assert len(floor.screen.queue.model.ticks) == 2


def test_what_keeps_an_order_by_itself_is_said_before(floor: Floor) -> None:
    site = office(floor)
    whole, held = site.promised({MUG: 1}), site.promised({MUG: 1})
    assert desk.edit(site.station, whole, OrderEdit(ship_complete=True)).done
    assert all(verdict.done for verdict in desk.hold(site.station, (held,), kind="desk", text="call first"))
    sheet = tick_all(floor, 3)
    opened(floor, sheet)

    assert [order.alone for order in sheet.orders] == ["", "ships complete", "is on hold"]


def test_an_order_that_went_meanwhile_is_said(floor: Floor) -> None:
    site = office(floor)
    second = site.promised({MUG: 1})
    open_queue(floor, 2)
    queue = floor.screen.queue
    queue.model.toggle(0)
    queue.model.toggle(1)
    assert desk.cancel(site.station, second, "not wanted").done
    floor.key(Qt.Key.Key_F4)

    sheet = floor.station.merges.sheet
    opened(floor, sheet)
    sheet.submit()
    floor.bot.waitUntil(lambda: "SO-1002 is cancelled" in sheet.refused.accessibleName(), timeout=15_000)


def test_one_order_alone_is_not_merged(floor: Floor) -> None:
    sheet = tick_all(floor, 1)
    floor.says("Tick the orders that are to become one")
    assert sheet.isHidden()


def test_a_scan_or_key_while_the_sheet_is_open_moves_nothing_behind_it(floor: Floor) -> None:
    second = office(floor).promised({BOTTLE: 1})
    sheet = tick_all(floor, 2)
    opened(floor, sheet)
    floor.scanner.scan("SO-1002")

    floor.bot.waitUntil(lambda: "SO-1002 was scanned" in sheet.told.accessibleName(), timeout=15_000)
    asked = QSignalSpy(floor.screen.queue.all_asked)
    QTest.keyClick(sheet, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert (floor.screen.queue.search.text(), asked.count()) == ("", 0)
    assert into(floor, second) is None
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    floor.answered(lambda: floor.scanner.scan("SO-1002"))
    assert sheet.isHidden()
    floor.bot.waitUntil(lambda: floor.screen.queue.search.text() == "SO-1002", timeout=15_000)
