"""Keeps the stock panel at what the database says: reads on the reader thread, shows on the Qt thread."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from oms_desktop.app import serving
from oms_desktop.db import Database
from oms_desktop.floor.stock_views import (
    BayView,
    MovementView,
    RefillView,
    StockBoard,
    StockCount,
    StockRow,
    StockWish,
)
from oms_desktop.station import SYSTEM, Station, Strand, find_person
from oms_desktop.ui.panels.stock import StockPanel
from oms_desktop.ui.threads import Bridge
from oms_desktop.workflow.worklists import heat, shelf_pages, shelves
from oms_desktop.workflow.worklists.shelf_pages import ShelfPages

MOVEMENTS = 30
"""How many moves are read; as many as the panel has room for are shown."""


class StockFeed:
    """Feeds one panel. Made on the Qt thread; many wishes while it reads make one more reading.

    Rows, refills and moves are shown before floor and counts are read, which takes longer. `read` calls back
    on the Qt thread after the panel has taken over all.
    """

    def __init__(
        self,
        store: Database,
        warehouse: UUID,
        panel: StockPanel,
        reader: Strand,
        bridge: Bridge,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store, self._warehouse, self._panel = store, warehouse, panel
        self._reader, self._bridge, self._clock = reader, bridge, clock
        self._reading = self._read_again = False
        self._zone: ZoneInfo | None = None
        self._done: Callable[[], None] = lambda: None
        self._pages = ShelfPages(warehouse)
        self._late = StockBoard(bays=None)
        panel.wish_changed.connect(lambda _wish: self._read_wish(fresh=False))

    def when_read(self, done: Callable[[], None]) -> None:
        """Call `done` on the Qt thread each time the panel shows what was read."""
        self._done = done

    def read(self) -> None:
        """Have the stock read anew."""
        self._read_wish(fresh=True)

    def _read_wish(self, *, fresh: bool) -> None:
        """Have what the panel wants read; rows that are read are read again where it is to be `fresh`."""
        if self._reading:
            self._read_again = True
            return
        self._reading, self._read_again = True, False
        wish = self._panel.wish
        self._reader.put(lambda: self._read(wish, fresh=fresh))

    def _read(self, wish: StockWish, *, fresh: bool) -> None:
        try:
            board = self._board(wish, fresh=fresh)
            first = self._with_late(board)
            self._bridge.post(lambda: self._panel.set_board(first))
            if fresh or self._late.bays is None:
                self._late = self._floor()
            whole = self._with_late(board)
        finally:
            self._bridge.post(self._was_read)

        def show() -> None:
            self._panel.set_board(whole)
            self._done()

        self._bridge.post(show)

    def _with_late(self, board: StockBoard) -> StockBoard:
        return replace(board, bays=self._late.bays, counts=self._late.counts)

    def _was_read(self) -> None:
        self._reading = False
        if self._read_again:
            self.read()

    def _board(self, wish: StockWish, *, fresh: bool) -> StockBoard:
        with self._store.reading() as session:
            self._zone = zone = self._zone or heat.zone_of(session, self._warehouse)
            since = heat.day_start(self._clock(), zone)
            wanted = shelves.Wanted(self._warehouse, wish.filter, _id(wish.place), _id(wish.product))
            if wanted.narrow:
                found = shelves.goods(session, wanted, wish.limit + 1)
                rows, more = found[: wish.limit], len(found) > wish.limit
            else:
                page = self._pages.read(session, wish.limit, fresh=fresh)
                rows, more = page.rows, page.after is not None
            refills = shelves.refills(session, self._warehouse)
            moves = heat.movements(session, self._warehouse, MOVEMENTS)
        return StockBoard(
            rows=tuple(_row(row) for row in rows),
            more=more,
            refills=tuple(_refill(refill) for refill in refills),
            movements=tuple(_movement(move, zone) for move in moves),
            since=f"{since.astimezone(zone):%H:%M}",
        )

    def _floor(self) -> StockBoard:
        """Read the bays and how many rows stand under each filter: what takes longest."""
        now = self._clock()
        with self._store.reading() as session:
            zone = self._zone or heat.zone_of(session, self._warehouse)
            counts = shelf_pages.counts(session, self._warehouse)
            bays = heat.bays(session, self._warehouse, heat.day_start(now, zone))
        return StockBoard(
            counts=tuple(StockCount(name, count) for name, count in counts.items()),
            bays=tuple(_bay(bay, now) for bay in bays),
        )


def serve_who_waits(store: Database, name: str, product: UUID) -> None:
    """Promise what is free of a product to the orders that wait for it, in the name of the program itself."""
    with store.reading() as session:
        system = find_person(session, SYSTEM)
    serving.serve_waiting(Station(store, name, system), [product])


def _id(text: str) -> UUID | None:
    return UUID(text) if text else None


def _row(goods: shelves.Goods) -> StockRow:
    return StockRow(
        id=f"{goods.location.hex}|{goods.product.hex}|{goods.lot}|{goods.condition.value}",
        location=goods.code,
        place=goods.location.hex,
        name=goods.name,
        sku=goods.sku,
        on_hand=goods.on_hand,
        allocated=goods.allocated,
        lot=goods.lot,
        condition=goods.condition.value,
        minimum=goods.minimum,
        reorder_at=goods.reorder_at,
        fill_to=goods.fill_to,
        word=goods.word,
        to_count=goods.to_count,
    )


def _bay(bay: heat.Bay, now: datetime) -> BayView:
    return BayView(
        code="-".join(part for part in (bay.zone, bay.aisle, bay.bay) if part),
        aisle=bay.aisle,
        x_mm=bay.x_mm,
        y_mm=bay.y_mm,
        picks=bay.picks,
        fill=bay.filled / len(bay.places),
        age_days=(now - bay.oldest).days if bay.oldest is not None else 0,
        alert=bay.alert,
        places=frozenset(place.hex for place in bay.places),
        zone=bay.zone,
    )


def _refill(refill: shelves.Refill) -> RefillView:
    return RefillView(
        id=f"{refill.target.hex}|{refill.product.hex}",
        name=refill.name,
        sku=refill.sku,
        source=refill.source_code,
        target=refill.target_code,
        place=refill.target.hex,
        quantity=refill.quantity,
        source_has=refill.source_has,
        word=refill.word,
        waits=refill.waits,
    )


def _movement(move: heat.Movement, zone: ZoneInfo) -> MovementView:
    at = f"{move.at.astimezone(zone):%H:%M}"
    return MovementView(move.id.hex, at, move.kind.value, move.units, move.sku, move.place, move.other)
