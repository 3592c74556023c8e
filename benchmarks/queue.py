"""The supervisor's queue over a million orders, in a file on a real disk, against a model of rows in memory.

The first paint is timed from what was read to what stands on the screen. A page in the middle is set against
the first one; scrolling, with every page read when it is asked for, against the same table over rows that are
all in memory. Changes go through the feed of a workstation, see `queue_changes`. Figures are milliseconds,
and screens a second for scrolling.
"""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import TypeVar

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import psutil
from sqlalchemy.orm import Session

from benchmarks import queue_changes, queue_rows, rows
from benchmarks.depot import NOON
from benchmarks.disk import real_disk
from benchmarks.rows import Row, told
from oms_desktop.db import Database
from oms_desktop.floor.views import PAGE, Filter, QueuePage
from oms_desktop.ui.panels.queue import QueuePanel
from oms_desktop.ui.queue_model import KEPT, QueueModel
from oms_desktop.ui.queue_table import QueueTable
from oms_desktop.workflow.worklists import figures, queue, stuck
from oms_desktop.workflow.worklists.queue_filters import Key

ORDERS = 1_000_000
FILE = "queue.sqlite"
TURNS = 7
SCREENS = 30
FIRST_PAINT_MS = 100
DEEP, SCROLL = 1.2, 0.8
MEGABYTES = 64
"""How much more memory may be in use after a walk through many pages."""

T = TypeVar("T")


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 when a goal does not hold."""
    wish = rows.arguments("Time the queue over a million orders.").parse_args(arguments)
    orders = max(wish.limit or ORDERS, queue_rows.LEAST)
    with real_disk() as disk:
        told(f"Making a queue of {orders} orders on {disk.file_system} ...")
        database = queue_rows.bring_queue(disk.folder / FILE, orders)
        screen = queue_changes.shown_queue()
        try:
            found = _measure(_Desk(database, screen.queue))
            told("Changes of the filter, and of orders by others ...")
            found += queue_changes.measured(database, disk.folder / FILE)
        finally:
            screen.window.close()
            database.close()
    return rows.finished("queue", found, as_json=wish.json)


@dataclass
class _Desk:
    """The panel over the database: it shows what it is given."""

    database: Database
    panel: QueuePanel

    def show(self) -> Callable[[], None]:
        """Read the whole queue at its beginning; returns what puts it on the screen."""
        with self.database.reading() as session:
            read = queue_rows.read_top(session, Filter())

        def put() -> None:
            self.panel.set_rows(*read)
            self.panel.repaint()

        return put


def _measure(desk: _Desk) -> list[Row]:
    told("First paint and jumps ...")
    found = [*_paints(desk), *_pages(desk)]
    told("Scrolling ...")
    return [*found, *_scrolling(desk)]


def _paints(desk: _Desk) -> list[Row]:
    show = desk.show()

    def first() -> None:
        desk.panel.model.forget()
        show()

    painted = median(_timed(first) for _ in range(TURNS))
    with desk.database.reading() as session:
        curves = median(_timed(lambda: figures.history(session, NOON)) for _ in range(TURNS))
        lane = median(_timed(lambda: stuck.stuck_orders(session)) for _ in range(TURNS))
    return [
        rows.counted("first paint after the query", painted, FIRST_PAINT_MS),
        rows.reported("history of the key figures read", curves),
        rows.reported("exceptions read", lane),
    ]


def _pages(desk: _Desk) -> list[Row]:
    middle = desk.panel.model.rowCount() // PAGE // 2
    with desk.database.reading() as session:
        jump = _timed(lambda: queue.page_start(session, Filter(), NOON, middle, {}))
        start = queue.page_start(session, Filter(), NOON, middle, {})
        first, deep = [], []
        for _ in range(TURNS * 3):
            first.append(_timed(lambda: queue.queue_page(session, Filter(), NOON)))
            deep.append(_timed(lambda: queue.queue_page(session, Filter(), NOON, middle * PAGE, start)))
    return [
        rows.compared("a page in the middle, against the first", median(deep), median(first), DEEP),
        rows.reported("jump to the middle found", jump),
    ]


def _scrolling(desk: _Desk) -> list[Row]:
    """Scroll through the same rows in turns: read page by page, and all of them in memory."""
    desk.show()()
    table, process = desk.panel.table, psutil.Process()
    with desk.database.reading() as session:
        seen = _rows_of(table) // PAGE + 2
        known: dict[int, Key] = {}
        memory = QueueModel(kept=seen)
        memory.set_size(seen * PAGE)
        for page in range(seen):
            memory.take(_page(session, page, known))
        paged, held = list[float](), list[float]()
        before = process.memory_info().rss
        for _turn in range(TURNS):
            model = _fed(session, seen * PAGE)
            paged.append(_scroll(table, model))
            held.append(_scroll(table, memory))
        grown = (process.memory_info().rss - before) / 2**20
    return [
        rows.compared("screens a second, scrolling", median(paged), median(held), SCROLL, ">="),
        rows.counted("pages in memory", len(model.loaded), KEPT),
        rows.counted("megabytes more after scrolling", grown, MEGABYTES),
    ]


def _fed(session: Session, size: int) -> QueueModel:
    """A model that keeps few pages, and is given each when it asks for it."""
    model, known = QueueModel(), dict[int, Key]()
    model.asked.connect(lambda page: model.take(_page(session, page, known)))
    model.set_size(size)
    return model


def _page(session: Session, page: int, known: dict[int, Key]) -> QueuePage:
    start = queue.page_start(session, Filter(), NOON, page, known)
    if start is None:
        return QueuePage(page * PAGE, ())
    known[page] = start
    return queue.queue_page(session, Filter(), NOON, page * PAGE, start)


def _rows_of(table: QueueTable) -> int:
    """Rows that a whole scroll passes."""
    return SCREENS * (table.viewport().height() // table.rowHeight(0) + 1)


def _scroll(table: QueueTable, model: QueueModel) -> float:
    """Go down screen by screen, each painted; returns how many a second."""
    table.setModel(model)
    bar, viewport = table.verticalScrollBar(), table.viewport()
    begun = perf_counter()
    for number in range(SCREENS):
        bar.setValue(number * bar.pageStep())
        viewport.repaint()
    return SCREENS / (perf_counter() - begun)


def _timed(work: Callable[[], T]) -> float:
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
