"""Feeds the queue: the reader thread reads what its panel asks for, the station thread does what it wants."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

from PySide6.QtCore import QTimer
from sqlalchemy.orm import Session

from oms_desktop.app import queue_desk
from oms_desktop.app.queue_paper import print_queue
from oms_desktop.app.queue_undo import Last
from oms_desktop.db import Database
from oms_desktop.devices.printer import Printer
from oms_desktop.errors import OmsError
from oms_desktop.floor.overview import none_meant, overview, stale
from oms_desktop.floor.reply import Key, Reply
from oms_desktop.floor.views import PAGE, Filter, QueueCount, QueuePage, Stuck
from oms_desktop.models import Worker
from oms_desktop.station import Station, Strand
from oms_desktop.ui.panels.queue import QueuePanel
from oms_desktop.ui.threads import Bridge
from oms_desktop.workflow.worklists import detail, figures, queue, stuck
from oms_desktop.workflow.worklists.queue_filters import Key as Start

FRESH = timedelta(seconds=20)
"""How long curves and the beginnings of pages are believed before they are read again."""

RETRY_MS = 3_000
"""After how many milliseconds a list that could not be read is tried again."""

SHORT_QUEUE = 20_000
"""Up to how many rows the beginnings of pages are looked up at each reading."""


class QueueFeed:
    """Made and called on the Qt thread; `_read` and what it calls run on the reader thread."""

    def __init__(
        self,
        panel: QueuePanel,
        station: Station,
        strands: tuple[Strand, Strand],
        bridge: Bridge,
        tell: Callable[[Reply[None]], None],
        *,
        printer: Printer,
        last: Last,
        frees_stock: bool = False,
    ) -> None:
        self._panel, self._station, self._bridge, self._tell = panel, station, bridge, tell
        self._work, self._reader = strands
        self._printer, self._frees_stock = printer, frees_stock
        self._last = last
        self._reading = self._again = False
        self._past: figures.History | None = None
        self._past_of = datetime.min.replace(tzinfo=UTC)
        self._behind: tuple[UUID, ...] = ()
        self._unassigned: tuple[UUID, ...] = ()
        self._counts: tuple[QueueCount, ...] = ()
        self._read_at: datetime | None = None
        self._retry = QTimer()
        self._retry.setSingleShot(True)
        self._retry.timeout.connect(self.read)
        self._starts: dict[int, Start] = {}
        self._starts_of: tuple[Filter, datetime] | None = None
        self._pages: set[int] = set()
        self._told = ""
        self.is_read = False
        panel.filter_changed.connect(lambda _filter: self.read())
        panel.page_asked.connect(self._ask)
        panel.row_chosen.connect(self._choose)
        panel.all_asked.connect(self._tick_all)
        panel.model.ticks_changed.connect(self._ticked)
        panel.nothing_meant.connect(lambda: tell(none_meant()))

    @property
    def _store(self) -> Database:
        return self._station.store

    def read(self) -> None:
        """Have the rows near the view read anew; many wishes meanwhile make one more reading."""
        if self._reading:
            self._again = True
            return
        self._reading, self._again = True, False
        self._panel.show_reading(True)
        pages = sorted({0, *self._panel.model.loaded[:3], *self._pages})
        self._pages.clear()
        self._reader.put(partial(self._read, self._panel.filter, pages))

    def press(self, key: Key, text: str) -> None:
        """Do what a key means with the orders that the panel has settled on when it was pressed."""
        if key is Key.PUT_ASIDE:
            self._panel.put_aside()
            return
        if key is Key.PRINT:
            self._print()
            return
        if key in (Key.EDIT, Key.MERGE):
            return  # their sheets have desks of their own
        if key is Key.UNDO:
            self._work.put(lambda: self._tell_done(lambda: self._last.take_back(self._station)))
            return
        solving = self._panel.solving
        if key is Key.SOLVE and solving is not None:
            self._work.put(lambda: self._tell_done(lambda: self._solve(solving, text.strip())))
            return
        orders = [UUID(each) for each in self._panel.meant]
        self._work.put(lambda: self._tell_done(lambda: self._act(key, text.strip(), orders)))

    def _act(self, key: Key, text: str, orders: list[UUID]) -> str:
        """Do it, and take away the ticks of the orders to which it was done."""
        if key is Key.CANCEL:
            done = queue_desk.cancel(self._station, text, orders)
        else:
            done = queue_desk.act(self._station, key, text, orders, frees_stock=self._frees_stock)
        self._last.keep(done.was)
        changed = [order.hex for order in done.orders]
        self._bridge.post(lambda: self._panel.model.untick(changed))
        return done.told

    def _solve(self, stuck: Stuck, text: str) -> str:
        """Do what a card below the list asks for."""
        done = queue_desk.solve(self._station, stuck, text)
        self._last.keep(done.was)
        return done.told

    def _print(self) -> None:
        """Print the ticked orders, else what the filter shows, in its order."""
        wanted, ticked = self._panel.filter, tuple(UUID(each) for each in self._panel.model.ticks)

        def work() -> None:
            try:
                told = print_queue(self._store, self._printer, wanted, ticked, self._station.clock())
            except OmsError as error:
                told = error.text
            self._bridge.post(lambda: self.done(told))

        self._reader.put(work)

    def done(self, told: str) -> None:
        """Say what came of it, and show what it has changed."""
        self._told = told
        self.read()

    def say(self, told: str) -> None:
        """Say something below what the queue says of itself, until another order is chosen."""
        self._told = told

    def _ask(self, page: int) -> None:
        self._pages.add(page)
        self.read()

    def _read(self, wanted: Filter, pages: list[int]) -> None:
        now = self._station.clock()
        try:
            with self._store.reading() as session:
                zone = self._zone(session)
                counts = queue.queue_counts(session, now, zone)
                size = queue.queue_size(session, wanted, now, counts)
                self._forget_starts(wanted, now, size)
                read = [self._page(session, wanted, now, page) for page in pages]
                waits = stuck.stuck_orders(session)
                told = figures.key_figures(self._history(session, now), counts)
                self._look_at_urgent(session, now)
                left = None if size.count else queue.last_left(session)
        except OmsError as error:
            self._bridge.post(partial(self._not_read, error.text))
            return
        finally:
            self._bridge.post(self._was_read)
        needy = sum(count.count for count in counts if count.filter in ("hold", "exception"))
        self._bridge.post(lambda: self._panel.show_figures(told))
        self._bridge.post(lambda: self._panel.show_stuck(waits, needy))
        self._read_at = now
        self._bridge.post(lambda: self._panel.show_last(left))
        self._bridge.post(lambda: self._show(wanted, read, counts, size, zone))

    def _look_at_urgent(self, session: Session, now: datetime) -> None:
        """Find the orders that the big line speaks of: its key means them while no row is chosen."""
        self._behind, self._unassigned = queue.late_behind(session, now), queue.unassigned(session, now)
        key, orders = (Key.PRIORITY, self._behind) if self._behind else (Key.ASSIGN, self._unassigned)
        urgent = {key: tuple(each.hex for each in orders)}
        self._bridge.post(lambda: self._panel.take_urgent(urgent))

    def _not_read(self, why: str) -> None:
        """Keep what is shown, say how old it is, and try again soon."""
        since = (
            f"{self._read_at.astimezone(self._panel.theme.zone):%H:%M}" if self._read_at is not None else ""
        )
        self._tell(stale(since, why))
        self._panel.show_reading(False)
        self._retry.start(RETRY_MS)

    def _history(self, session: Session, now: datetime) -> figures.History:
        """Read what the key figures are made from, or believe what was read a moment ago."""
        if self._past is None or now - self._past_of > FRESH:
            self._past, self._past_of = figures.history(session, now), now
        return self._past

    def _page(self, session: Session, wanted: Filter, now: datetime, page: int) -> QueuePage:
        """Read a page where it begins."""
        if page == 0:
            return queue.queue_page(session, wanted, now)
        start = queue.page_start(session, wanted, now, page, self._starts)
        if start is None:
            return QueuePage(page * PAGE, ())
        self._starts[page] = start
        return queue.queue_page(session, wanted, now, page * PAGE, start)

    def _forget_starts(self, wanted: Filter, now: datetime, size: QueueCount) -> None:
        """Believe no longer where pages began, in a short queue at each reading."""
        known = self._starts_of
        if known is None or known[0] != wanted or now - known[1] > FRESH or size.count <= SHORT_QUEUE:
            self._starts.clear()
            self._starts_of = (wanted, now)

    def _zone(self, session: Session) -> str:
        person = self._station.person
        found = session.get(Worker, person.id) if person is not None else None
        return found.zone if found is not None else ""

    def _show(
        self,
        wanted: Filter,
        pages: list[QueuePage],
        counts: tuple[QueueCount, ...],
        size: QueueCount,
        zone: str,
    ) -> None:
        if wanted != self._panel.filter:
            return
        self.is_read = True
        self._panel.show_reading(False)
        self._panel.set_rows(pages, counts, size, zone)
        if self._panel.opened:
            self._reader.put(partial(self._story, UUID(self._panel.opened)))
        self._counts = counts
        self._say_first()

    def _say_first(self) -> None:
        """Say what to look at first."""
        behind, alone = len(self._behind), len(self._unassigned)
        ticked = len(self._panel.model.ticks)
        self._tell(overview(self._counts, self._told, behind=behind, unassigned=alone, ticked=ticked))

    def _ticked(self) -> None:
        """Say whom the keys mean now; what was done before is said no longer."""
        self._told = ""
        if self._counts:
            self._say_first()

    def _was_read(self) -> None:
        self._reading = False
        if self._again:
            self.read()

    def _choose(self, order: str) -> None:
        self._told = ""
        self._reader.put(lambda: self._story(UUID(order)))

    def _story(self, order: UUID) -> None:
        with self._store.reading() as session:
            found = detail.order_detail(session, order)
        if found is not None:
            self._bridge.post(lambda: self._panel.show_detail(found))

    def _tick_all(self) -> None:
        wanted = self._panel.filter
        self._reader.put(lambda: self._ids(wanted))

    def _ids(self, wanted: Filter) -> None:
        with self._store.reading() as session:
            ids = queue.queue_ids(session, wanted, self._station.clock())
        self._bridge.post(lambda: self._panel.model.tick(ids))

    def _tell_done(self, do: Callable[[], str]) -> None:
        """Do it on the station thread, and say what came of it."""
        try:
            told = do()
        except OmsError as error:
            told = error.text
        self._bridge.post(lambda: self.done(told))
