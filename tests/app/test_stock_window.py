"""The stock screen in the real window: scans that lead there, and a correction by keys and scans."""

from functools import partial
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from oms_desktop.models import Role
from oms_desktop.station import Person
from tests.app.floor_window import Floor
from tests.builders import BOTTLE, BOTTLE_PLACE, GTINS, MUG, MUG_PLACE


@pytest.mark.parametrize("place", ["queue", "pick", "pack", "ship"])
def test_a_location_or_product_leads_to_the_stock_where_nothing_is_open(floor: Floor, place: str) -> None:
    floor.sign_in()
    floor.answered(lambda: floor.screen.window.place_asked.emit(place))
    panel = floor.screen.stock

    floor.answered(lambda: floor.scanner.scan(GTINS[MUG][1:] if place == "queue" else MUG_PLACE))

    floor.says("8 free")
    assert floor.place == "stock"
    rows = panel.locations.model
    floor.bot.waitUntil(lambda: rows.rowCount() == 1, timeout=15_000)
    assert (rows.row(0).location, rows.row(0).on_hand, rows.row(0).allocated) == (MUG_PLACE, 10, 2)
    floor.key(Qt.Key.Key_Escape)
    floor.bot.waitUntil(lambda: rows.rowCount() == 3, timeout=15_000)


def test_a_correction_by_keys_and_scans_serves_who_waits(floor: Floor) -> None:
    desk = floor.desk
    desk.site.station.person = Person(UUID(int=1), "system", "System", frozenset(Role))
    waits = desk.site.promised({BOTTLE: 12})
    desk.site.station.person = None
    floor.sign_in("B-1")
    window, stock = floor.screen.window, desk.workplace.dialogues["stock"]
    window.place_asked.emit("stock")
    floor.bot.waitUntil(lambda: window.stack.currentWidget() is floor.screen.stock, timeout=15_000)

    floor.key(Qt.Key.Key_F6)
    floor.scanner.scan(BOTTLE_PLACE)
    floor.scanner.scan(GTINS[BOTTLE][1:])

    def asked(step: str) -> bool:
        return stock.state.name == step and not window.field.isHidden()

    for step, words in (("NUMBER", "+5"), ("REASON", "found behind the rack")):
        floor.bot.waitUntil(partial(asked, step), timeout=15_000)
        QTest.keyClicks(window.field.field, words)
        QTest.keyClick(window.field.field, Qt.Key.Key_Return)

    floor.says(BOTTLE_PLACE)
    floor.bot.waitUntil(lambda: desk.site.line(waits).allocated == 12, timeout=15_000)
