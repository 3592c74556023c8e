"""What changes in the queue before a person's eyes, through its real feed: another filter, other orders.

The reference is the same panel over rows in memory: told of the same change, without anything being read.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from uuid import UUID

from PySide6.QtCore import QEvent, QEventLoop, QObject, QRect, QTimer
from PySide6.QtGui import QPaintEvent
from sqlalchemy import update

from benchmarks import rows
from benchmarks.depot import NOON
from benchmarks.queue_rows import read_top
from benchmarks.rows import Row
from oms_desktop.app import screens
from oms_desktop.app.queue_feed import QueueFeed
from oms_desktop.app.queue_undo import Last
from oms_desktop.app.screens import Screen
from oms_desktop.db import Database, connect
from oms_desktop.devices.printer import FolderPrinter
from oms_desktop.floor.views import Filter
from oms_desktop.models import QueueEntry
from oms_desktop.station import Notices, Station, Strand
from oms_desktop.ui.panels.queue import QueuePanel
from oms_desktop.ui.queue_table import QueueTable
from oms_desktop.ui.threads import Bridge

TURNS = 7
CHIP = "started"
CHANGED = (1, 3, 4)
"""Places of the rows on the first screen that somebody else changes."""

PATIENCE_MS = 60_000


def measured(database: Database, file: Path) -> list[Row]:
    """Toggle a chip, and change orders by another connection to the file, in turns with the reference."""
    other = connect(f"sqlite:///{file}")
    ours, memory = shown_queue(), shown_queue()
    try:
        with _fed(database, ours.queue, file.parent) as desk:
            return [*_filters(desk, memory.queue), *_live(desk, other, memory.queue)]
    finally:
        ours.window.close()
        memory.window.close()
        other.close()


def shown_queue() -> Screen:
    """A window that shows the queue on a large screen."""
    screen = screens.build_screen(screens.application(headless=True))
    screen.window.set_place("queue")
    screen.window.resize(1920, 1080)
    screen.window.show()
    screen.window.grab()
    painted()  # a window that is not exposed yet ignores each wish to repaint
    return screen


def painted() -> None:
    """Let the windows paint what waits to be painted."""
    loop = QEventLoop()
    QTimer.singleShot(0, loop.quit)
    loop.exec()


class _Noted(QObject):
    """Notes which rows of a table are painted.

    Those of which no more than the line at the edge is painted do not count: what Qt calls changed reaches
    one pixel into the next row.
    """

    def __init__(self, table: QueueTable) -> None:
        super().__init__()
        self.painted: set[int] = set()
        self._table = table
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - the name of Qt
        if isinstance(event, QPaintEvent):
            table, region = self._table, event.region()
            for row in range(table.rowAt(0), table.rowAt(table.viewport().height() - 1) + 1):
                middle = table.rowViewportPosition(row) + table.rowHeight(row) // 2
                if region.intersects(QRect(0, middle, table.viewport().width(), 1)):
                    self.painted.add(row)
        return False


@dataclass
class _Desk:
    """A panel whose feed reads the database on a thread of its own."""

    database: Database
    panel: QueuePanel
    feed: QueueFeed
    bridge: Bridge
    loop: QEventLoop
    noted: _Noted

    def wait(self) -> None:
        """Live until the feed has shown what it has read, and that is painted."""
        late = QTimer()
        late.setSingleShot(True)
        late.timeout.connect(lambda: self.loop.exit(1))
        late.start(PATIENCE_MS)
        if self.loop.exec():
            raise SystemExit("The queue did not show what it should.")
        painted()


@contextmanager
def _fed(database: Database, panel: QueuePanel, folder: Path) -> Iterator[_Desk]:
    """Feed a panel as a workstation does."""
    loop, bridge, failed = QEventLoop(), Bridge(), list[Exception]()
    strands = Strand("station", failed.append), Strand("reader", failed.append)
    station = Station(database, "DESK-1", clock=lambda: NOON)
    feed = QueueFeed(
        panel,
        station,
        strands,
        bridge,
        lambda _reply: loop.quit(),
        printer=FolderPrinter(folder / "documents"),
        last=Last(),
    )
    desk = _Desk(database, panel, feed, bridge, loop, _Noted(panel.table))
    try:
        feed.read()
        desk.wait()
        yield desk
    finally:
        for strand in strands:
            strand.stop()


def _filters(desk: _Desk, memory: QueuePanel) -> list[Row]:
    """Toggle a chip until the first page under the other filter is painted."""
    with desk.database.reading() as session:
        kept = {wanted: read_top(session, wanted) for wanted in (Filter(), Filter(stage=CHIP))}
    memory.filter_changed.connect(lambda wanted: memory.set_rows(*kept[wanted]))
    memory.set_rows(*kept[Filter()])
    ours, held = list[float](), list[float]()
    for _turn in range(TURNS):
        ours.append(_toggled(desk.panel, desk.wait))
        held.append(_toggled(memory, painted))
        for panel, settle in ((desk.panel, desk.wait), (memory, painted)):
            _toggled(panel, settle)
    return [rows.compared("filter change, ms", median(ours), median(held))]


def _toggled(panel: QueuePanel, settle: Callable[[], None]) -> float:
    begun = perf_counter()
    panel.chips[CHIP].click()
    settle()
    return (perf_counter() - begun) * 1000


def _live(desk: _Desk, other: Database, memory: QueuePanel) -> list[Row]:
    """Let another connection change orders that are shown, until exactly they are painted anew."""
    noticed = list[float]()

    def look() -> None:
        noticed.append(perf_counter())
        desk.bridge.post(desk.feed.read)

    notices, ours, held, anew = Notices(desk.database, look), list[float](), list[float](), list[int]()
    notices.start()
    try:
        for _turn in range(TURNS):
            desk.noted.painted.clear()
            _change(other, [UUID(row.id) for place in CHANGED if (row := desk.panel.model.row(place))])
            desk.wait()
            ours.append((perf_counter() - noticed[-1]) * 1000)
            if not desk.noted.painted >= set(CHANGED):
                raise SystemExit("A row that was changed is not painted anew.")
            anew.append(len(desk.noted.painted))
            held.append(_told(desk.database, memory))
    finally:
        notices.stop()
    return [
        rows.compared("live change, ms from its notice", median(ours), median(held)),
        rows.compared("rows repainted, of rows changed", max(anew), len(CHANGED), 1),
    ]


def _change(database: Database, orders: Sequence[UUID]) -> None:
    with database.transaction() as session:
        session.execute(
            update(QueueEntry).where(QueueEntry.order_id.in_(orders)).values(lines=QueueEntry.lines + 1)
        )


def _told(database: Database, memory: QueuePanel) -> float:
    """Tell the panel in memory of the same change, until it is painted."""
    with database.reading() as session:
        changed = read_top(session, Filter())
    begun = perf_counter()
    memory.set_rows(*changed)
    painted()
    return (perf_counter() - begun) * 1000
