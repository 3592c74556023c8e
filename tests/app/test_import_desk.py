"""Files of orders brought in through the real window: good, broken, cancelled, again, chosen and dropped."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from sqlalchemy import Engine, event, func, select

from oms_desktop.app import bringing
from oms_desktop.app.house import PLAIN
from oms_desktop.app.import_desk import ImportDesk
from oms_desktop.app.report import Report
from oms_desktop.models import Fulfillment, JournalEntry, Order, Worker
from oms_desktop.workflow import books
from tests.app.floor_window import Floor
from tests.builders import MUG
from tests.cli.shell import order, write_orders

LINE = {"id": 1, "sku": MUG, "title": "Mug", "quantity": 1, "price": "14.90"}


@pytest.fixture
def importing(floor: Floor) -> Iterator[ImportDesk]:
    made = ImportDesk(floor.screen, floor.desk.site.station, PLAIN, floor.station.look_again)
    floor.sign_in()
    floor.bot.waitUntil(lambda: floor.place == "queue" and floor.station.queue_is_read, timeout=15_000)
    yield made
    made.stop()


def write(folder: Path, *numbers: int, **changes: object) -> Path:
    orders = [order(f"#{number}", line_items=[LINE], **changes) for number in numbers]
    return write_orders(folder / "o.json", *orders)


def bring(floor: Floor, importing: ImportDesk, *files: Path) -> Report:
    with floor.bot.waitSignal(importing.brought, timeout=30_000) as caught:
        importing.bring(files)
    report = caught.args[0] if caught.args else None
    assert isinstance(report, Report)
    return report


def told(floor: Floor) -> str:
    return floor.screen.queue.strip.told.accessibleName()


def stored(floor: Floor) -> tuple[int, int]:
    """How many orders and fulfillments there are."""
    with floor.desk.database.reading() as session:
        counts = [session.scalar(select(func.count()).select_from(table)) for table in (Order, Fulfillment)]
    return counts[0] or 0, counts[1] or 0


def test_a_file_comes_in_under_the_name_of_who_is_signed_in(
    floor: Floor, importing: ImportDesk, tmp_path: Path
) -> None:
    queue = floor.screen.queue
    file = write_orders(
        tmp_path / "o.json", order("#1", line_items=[LINE]), order("#2", financial_status="pending")
    )

    report = bring(floor, importing, file)

    assert (report.taken, report.held) == (1, 1)
    assert told(floor) == ("o.json: 2 orders read: 1 taken, 1 held, 0 known already, 0 refused.")
    assert queue.strip.isVisible() and queue.strip.report.isVisible() and not queue.strip.cancel.isVisible()
    assert queue.bring.isEnabled()
    floor.bot.waitUntil(lambda: queue.model.rowCount() == 3, timeout=15_000)
    with floor.desk.database.reading() as session:
        [name] = session.scalars(
            select(Worker.name)
            .join(JournalEntry, JournalEntry.worker_id == Worker.id)
            .where(JournalEntry.verb == "orders.take_in.1")
        )
    assert name == "Ida Example"

    QTest.mouseClick(queue.strip.report, Qt.MouseButton.LeftButton)
    assert "held: #2 at " in importing.sheet.list.toPlainText()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    assert importing.sheet.isHidden()
    QTest.mouseClick(queue.strip.close_button, Qt.MouseButton.LeftButton)
    assert queue.strip.isHidden()


def test_the_same_file_again_brings_nothing_twice(
    floor: Floor, importing: ImportDesk, tmp_path: Path
) -> None:
    file = write(tmp_path, 1, 2)
    bring(floor, importing, file)
    before = stored(floor)

    report = bring(floor, importing, file)

    assert (report.taken, report.duplicate, stored(floor)) == (0, 2, before)
    assert "0 taken, 0 held, 2 known already" in told(floor)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"orders": [{"id": 1,', ["o.json", "line 1, column 22"]),
        ("", ["o.json"]),
        ("\x00\x01\x02", ["o.json"]),
        ("sku;name\nM;Mug\n", ["o.json"]),
    ],
    ids=["half-written", "empty", "binary", "no orders"],
)
def test_what_is_no_file_of_orders_is_told_and_writes_nothing(
    floor: Floor, importing: ImportDesk, tmp_path: Path, text: str, words: list[str]
) -> None:
    (tmp_path / "o.json").write_text(text)
    before = stored(floor)

    report = bring(floor, importing, tmp_path / "o.json")

    assert report.broken and not report.read
    assert all(word in told(floor) for word in [report.broken, *words])
    assert str(tmp_path) not in told(floor)
    assert stored(floor) == before


def test_a_broken_file_does_not_keep_a_good_one_out(
    floor: Floor, importing: ImportDesk, tmp_path: Path
) -> None:
    bad, good = tmp_path / "bad.json", write(tmp_path, 1)
    bad.write_text("[")

    report = bring(floor, importing, bad, good)

    assert report.taken == 1
    assert told(floor).startswith("2 files: bad.json")


def test_cancel_stops_behind_the_batch_and_leaves_whole_orders(
    floor: Floor, importing: ImportDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "BATCH", 2)
    file, strip = write(tmp_path, *range(1, 12)), floor.screen.queue.strip
    before = stored(floor)

    def press(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("INSERT INTO sales_order"):
            strip.cancelled.emit()

    event.listen(Engine, "before_cursor_execute", press)
    try:
        report = bring(floor, importing, file)
    finally:
        event.remove(Engine, "before_cursor_execute", press)

    assert (report.stopped, report.read) == (True, 2)
    assert told(floor).startswith("o.json: Stopped. o.json is not done from #3 on. Import it again. 2 orders")
    assert stored(floor) == (before[0] + 2, before[1] + 2)
    with floor.desk.database.reading() as session:
        assert books.prove(session).violations == ()
    report = bring(floor, importing, file)
    assert (report.taken + report.held, report.duplicate) == (9, 2)


def test_the_window_stays_live_and_shows_how_far_it_is(
    floor: Floor, importing: ImportDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "BATCH", 1)
    file, seen = write(tmp_path, *range(1, 6)), []
    strip = floor.screen.queue.strip
    show = strip.told.show_look

    def note(look: Any) -> None:
        seen.append(look)
        show(look)

    monkeypatch.setattr(strip.told, "show_look", note)
    importing.bring([file])
    assert strip.cancel.isVisible() and not floor.screen.queue.bring.isEnabled()
    importing.bring([file])
    assert "Another file is being brought in" in floor.bar
    floor.bot.waitUntil(lambda: seen[-1].share is None, timeout=30_000)

    assert [look.words.split()[0] for look in seen] == ["is", "1", "2", "3", "4", "5", "5"]
    assert [look.share for look in seen] == [0.0, 1.0, 1.0, 1.0, 1.0, 1.0, None]


def test_files_are_chosen_by_the_button_and_dropped_on_the_window(
    floor: Floor, importing: ImportDesk, tmp_path: Path
) -> None:
    file, window = write(tmp_path, 1), floor.screen.window
    QTest.mouseClick(floor.screen.queue.bring, Qt.MouseButton.LeftButton)
    [dialog] = window.findChildren(QFileDialog)
    assert dialog.isVisible()
    with floor.bot.waitSignal(importing.brought, timeout=30_000):
        dialog.filesSelected.emit([str(file)])
    dialog.close()
    assert "1 taken" in told(floor)

    floor.answered(lambda: window.place_asked.emit("pick"))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)), QUrl("https://shop.example/orders.json")])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with floor.bot.waitSignal(importing.brought, timeout=30_000):
        window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, buttons, keys))
    assert "1 known already" in told(floor)
    floor.bot.waitUntil(lambda: floor.place == "queue", timeout=15_000)


def test_who_may_not_see_the_queue_brings_nothing_in(
    floor: Floor, importing: ImportDesk, tmp_path: Path
) -> None:
    floor.answered(lambda: floor.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier))
    floor.sign_in("B-3")
    before = stored(floor)

    importing.bring([write(tmp_path, 1)])

    assert "Somebody who may see the queue" in floor.bar
    assert stored(floor) == before
