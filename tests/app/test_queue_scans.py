"""Scans at the queue in the real window: an order, a tote, a place, a person, and what it does not know."""

from PySide6.QtCore import Qt
from sqlalchemy import select

from oms_desktop.floor.reply import Key
from oms_desktop.floor.views import Filter
from oms_desktop.models import Order, QueueEntry, Worker
from tests.app.floor_window import Floor
from tests.app.test_queue_window import office
from tests.builders import BOTTLE_PLACE, MUG


def at_queue(floor: Floor) -> None:
    floor.answered(lambda: floor.screen.window.place_asked.emit("queue"))
    floor.bot.waitUntil(lambda: floor.place == "queue" and floor.station.queue_is_read, timeout=15_000)


def shows(floor: Floor, *numbers: str) -> None:
    """Wait until exactly these orders are listed."""
    model = floor.screen.queue.model

    def listed() -> bool:
        rows = [model.row(number) for number in range(model.rowCount())]
        return sorted(row.order for row in rows if row is not None) == sorted(numbers)

    floor.bot.waitUntil(listed, timeout=15_000)


def numbers(floor: Floor) -> list[str]:
    with floor.desk.database.reading() as session:
        return list(session.scalars(select(Order.number).order_by(Order.captured_at, Order.number)))


def chosen(floor: Floor, number: str) -> None:
    """Wait until the row of an order is selected and its story is open."""
    queue = floor.screen.queue

    def done() -> bool:
        index = queue.table.currentIndex()
        row = queue.model.row(index.row()) if index.isValid() else None
        return row is not None and row.order == number and queue.drawer.order.accessibleName() == number

    floor.bot.waitUntil(done, timeout=15_000)


def test_a_scan_finds_the_order_of_a_tote_and_of_a_number_whatever_is_filtered(floor: Floor) -> None:
    floor.pick_up()
    other = floor.desk.other("DESK-9")
    other.site.station.person = floor.desk.site.station.person
    [number] = numbers(floor)
    at_queue(floor)
    queue = floor.screen.queue
    queue.set_filter(Filter(flag="hold"))
    shows(floor)

    floor.scanner.scan("T-101")

    shows(floor, number)
    chosen(floor, number)
    floor.says(f"Order {number} is in T-101")
    floor.scanner.scan("T-102")
    floor.says("Tote T-102 is empty")
    floor.key(Qt.Key.Key_Escape)
    floor.scanner.scan(number)
    chosen(floor, number)


def test_a_scan_of_a_number_that_two_channels_have_names_the_other(floor: Floor) -> None:
    site = office(floor)
    site.order({MUG: 1}, number="X-7")
    site.order({MUG: 1}, number="X-7", channel="elsewhere")
    floor.sign_in()
    at_queue(floor)

    floor.scanner.scan("X-7")

    floor.says("Order elsewhere:X-7. test:X-7 has this number too")
    shows(floor, "X-7", "X-7")
    chosen(floor, "X-7")
    floor.key(Qt.Key.Key_Escape)
    floor.scanner.scan("test:X-7")
    floor.says("Order X-7")
    floor.bot.waitUntil(lambda: "too" not in floor.bar, timeout=15_000)


def test_a_scan_shows_the_orders_of_a_place_and_of_a_person(floor: Floor) -> None:
    floor.pick_up()
    person = floor.desk.site.station.person
    [mugs] = numbers(floor)
    at_queue(floor)

    floor.scanner.scan(BOTTLE_PLACE)
    shows(floor)
    floor.says(f"Orders with work at {BOTTLE_PLACE}")
    floor.scanner.scan("B-1")
    shows(floor, mugs)
    floor.says("Orders of B-1")
    floor.scanner.scan("B-2")
    shows(floor)

    assert floor.place == "queue"
    assert floor.desk.site.station.person == person
    floor.key(Qt.Key.Key_Escape)
    shows(floor, mugs)


def test_an_unknown_code_is_told_and_put_aside(floor: Floor) -> None:
    floor.sign_in()
    at_queue(floor)

    floor.scanner.scan("nonsense")
    floor.says("Unknown code", "nonsense")
    floor.key(Qt.Key.Key_Escape)

    floor.bot.waitUntil(lambda: "Unknown code" not in floor.bar, timeout=15_000)


def test_a_scanned_badge_answers_whose_badge_is_asked(floor: Floor) -> None:
    floor.sign_in()
    at_queue(floor)
    queue, window = floor.screen.queue, floor.screen.window
    floor.bot.waitUntil(lambda: queue.model.rowCount() == 1, timeout=15_000)
    queue.model.toggle(0)

    floor.key(Qt.Key.Key_F5)
    floor.bot.waitUntil(lambda: window.asked is Key.ASSIGN, timeout=15_000)
    floor.scanner.scan("B-2")

    floor.says("1 order assigned")
    assert window.asked is None
    with floor.desk.database.reading() as session:
        badge = session.scalar(select(Worker.badge).join(QueueEntry, QueueEntry.assignee_id == Worker.id))
    assert badge == "B-2"
    assert queue.filter == Filter()
