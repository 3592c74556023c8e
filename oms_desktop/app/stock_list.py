"""Bring a list of stock: goods at their places, with lots and serials, and how many should be there.

A chunk of rows is two calls: its goods, then its levels, so that no alert is raised for goods that are in the
list. Killed in between, the same list brings the rest: what is in is known by then.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.app.lot_life import never_promised
from oms_desktop.app.report import STOPPED, Note, Report, broken, unread
from oms_desktop.app.serving import afterwards, serve_waiting
from oms_desktop.app.site import main_site
from oms_desktop.app.stock_rows import WantedRow, judge_stock
from oms_desktop.app.watch import NOBODY, Watch
from oms_desktop.channels.lists import StockLine
from oms_desktop.channels.tables import ListFile, in_rows
from oms_desktop.errors import InputError, StoreError
from oms_desktop.models import Location, Product, Warehouse
from oms_desktop.station import Station
from oms_desktop.workflow import deliveries, receiving, thresholds
from oms_desktop.workflow.reference import spelling

CHUNK = 500
"""Rows brought in one transaction."""


def store_stock(station: Station, found: ListFile[StockLine], watch: Watch = NOBODY) -> Report:
    """Book the goods of a list that were not brought before, set its levels, and serve who waits for them.

    Raises StoreError or InputError when the database takes nothing of it.
    """
    warehouse = main_site(station)
    with station.store.reading() as session:
        judged = judge_stock(session, warehouse, _spelt(session, warehouse, found.rows))
    bad = {told.where for told in judged.problems}
    report = Report(
        read=found.read - len(judged.wanted),
        duplicate=judged.known,
        refused=found.refused + len(bad),
        problems=in_rows(*found.problems, *judged.problems),
        notes=unread(found.others),
    )
    report = _bring(station, warehouse, judged.wanted, report, watch)
    try:
        with afterwards():
            serve_waiting(station, judged.products)
    except StoreError as error:
        return replace(report, broken=report.broken or error.text)
    return report


def _spelt(session: Session, warehouse: UUID, rows: Sequence[StockLine]) -> list[StockLine]:
    """Write the SKUs and locations of rows as they are known."""
    sku = spelling(session.scalars(select(Product.sku)))
    place = spelling(session.scalars(select(Location.code).where(Location.warehouse_id == warehouse)))
    return [replace(row, sku=sku(row.sku), location=place(row.location)) for row in rows]


def _bring(
    station: Station, warehouse: UUID, wanted: Sequence[WantedRow], report: Report, watch: Watch
) -> Report:
    today = _today(station, warehouse)
    for first in range(0, len(wanted), CHUNK):
        chunk = wanted[first : first + CHUNK]
        left = len(wanted) - first, "the rows", f"row {chunk[0].line.row}"
        if watch.stopped():
            return replace(report, broken=broken(STOPPED, *left), stopped=True)
        try:
            known = _store(station, warehouse, chunk)
        except (StoreError, InputError) as error:
            if first == 0:
                raise
            return replace(report, broken=broken(error.text, *left))
        notes = tuple(_never_promised(chunk, today))
        report += Report(read=len(chunk), taken=len(chunk) - known, duplicate=known, notes=notes)
        watch.progress(report, first + len(chunk), len(wanted))
    return report


def _store(station: Station, warehouse: UUID, chunk: Sequence[WantedRow]) -> int:
    """Book rows; returns how many of them somebody else has brought meanwhile."""
    goods = [row for row in chunk if row.goods]
    levels = tuple(
        thresholds.ThresholdRow(
            row.line.sku,
            row.line.location,
            row.line.minimum or 0,
            row.line.reorder_at or 0,
            row.line.fill_to or 0,
        )
        for row in chunk
        if row.levels
    )
    done: tuple[int, ...] = ()
    if goods:
        receipts = tuple(_receipt(row.line) for row in goods)
        done = station.do(deliveries.bring, warehouse=warehouse, rows=receipts)
    if levels:
        station.do(thresholds.bring_thresholds, warehouse=warehouse, rows=levels)
    return sum(1 for place, row in enumerate(goods) if place not in done and not row.levels)


def _today(station: Station, warehouse: UUID) -> date:
    """Return the day it is in a warehouse."""
    with station.store.reading() as session:
        zone = ZoneInfo(session.get_one(Warehouse, warehouse).time_zone)
    return station.clock().astimezone(zone).date()


def _never_promised(chunk: Sequence[WantedRow], today: date) -> Iterator[Note]:
    """Tell of the goods that were booked and that no order will ever get."""
    for row in chunk:
        why = never_promised(row.line.lot, row.keeps_until, row.product.min_life_days, today)
        if row.goods and why:
            day = str(row.keeps_until)
            yield Note(row.line.sku, f"row {row.line.row}", "expires_on", day, why)


def _receipt(line: StockLine) -> receiving.Receipt:
    return receiving.Receipt(
        line.sku,
        line.location,
        line.quantity,
        lot=line.lot,
        expires_on=line.expires_on,
        serials=line.serials,
        condition=line.condition,
        reference=line.reference,
    )
