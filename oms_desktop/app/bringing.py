"""Bring files of orders into a database, through the verbs, one order a transaction."""

import logging
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.exc import DBAPIError

from oms_desktop.app.report import Progress, Report, broken
from oms_desktop.app.site import main_site
from oms_desktop.channels.reading import open_orders
from oms_desktop.channels.source import OrderFile
from oms_desktop.db import of_values
from oms_desktop.documents.fonts import unprintable
from oms_desktop.drafts import CheckedOrder, Outcome, ProblemKind, problem
from oms_desktop.errors import StateError, StoreError
from oms_desktop.models import Event, Hold, Order
from oms_desktop.station import Incoming, Station
from oms_desktop.workflow import capture, promise
from oms_desktop.workflow.capture import Taken

log = logging.getLogger(__name__)


def bring_orders(
    station: Station, file: Path, channel: str = "auto", progress: Progress | None = None
) -> Report:
    """Read a file of orders and store them: see `open_orders` and `store_orders`."""
    return store_orders(station, open_orders(file, channel), file.name, progress)


def store_orders(station: Station, found: OrderFile, source: str, progress: Progress | None = None) -> Report:
    """Store orders and promise stock to those that are free to go; `source` is the name of their file.

    Raises StoreError when the database takes none of them.
    """
    warehouse = main_site(station)
    report = Report(read=len(found.problems), refused=len(found.problems), problems=found.problems)
    for done, checked in enumerate(found.orders, start=1):
        try:
            report += _bring_or_refuse(station, warehouse, checked, found.channel, source)
        except StoreError as error:
            if report.taken + report.held == 0:
                raise
            left = len(found.orders) - done + 1
            return replace(report, broken=broken(error, left, source, checked.draft.number))
        if progress is not None:
            progress(done, len(found.orders))
    return report


def _bring_or_refuse(
    station: Station, warehouse: UUID, checked: CheckedOrder, channel: str, source: str
) -> Report:
    """Bring an order; one whose values the database does not take is refused, and the next ones come."""
    try:
        return _bring_order(station, warehouse, _printable(checked), channel, source)
    except (DBAPIError, UnicodeError, ArithmeticError) as error:
        if isinstance(error, DBAPIError) and not of_values(error):
            raise
        draft = checked.draft
        # The error itself may quote the order's texts, which the log does not hold.
        log.error("%s of %s was not stored: %s", draft.where, source, type(error).__name__)
        told = problem(ProblemKind.NOT_STORABLE, order=draft.number, where=draft.where)
        return Report(read=1, refused=1, problems=(told,))


def _printable(checked: CheckedOrder) -> CheckedOrder:
    """Add a problem for each part of the address with letters that no font of the label has."""
    to = checked.draft.ship_to
    if to is None:
        return checked
    parts = ("name", "company", "address1", "address2", "city", "province", "postal_code")
    found = tuple(
        problem(
            ProblemKind.ADDRESS_UNPRINTABLE,
            order=checked.draft.number,
            where=to.where,
            field=part,
            value=getattr(to, part),
        )
        for part in parts
        if unprintable(getattr(to, part))
    )
    return replace(checked, problems=checked.problems + found)


def _bring_order(
    station: Station, warehouse: UUID, checked: CheckedOrder, channel: str, source: str
) -> Report:
    if checked.outcome is Outcome.REFUSED:
        return Report(read=1, refused=1, problems=checked.problems)
    incoming = Incoming(channel, source, checked.raw, replace(checked, raw=""))
    stored = station.call().bringing(incoming).do(capture.capture, intake=UUID(int=0))
    if stored.taken is Taken.HELD:
        return Report(read=1, held=1, problems=stored.problems)
    if stored.taken is Taken.DUPLICATE:
        if _never_promised(station, stored.order):
            _promise(station, warehouse, stored.order)
        return Report(read=1, duplicate=1)
    _promise(station, warehouse, stored.order)
    return Report(read=1, taken=1)


def _never_promised(station: Station, order: UUID) -> bool:
    """Tell whether an order was stored by a program that ended before it came to the promise."""
    told = exists().where(Event.order_id == Order.id, Event.kind == "promised")
    held = exists().where(Hold.order_id == Order.id, Hold.released_at.is_(None))
    with station.store.reading() as session:
        found = session.scalar(
            select(Order.id).where(Order.id == order, Order.cancelled_at.is_(None), ~told, ~held)
        )
    return found is not None


def _promise(station: Station, warehouse: UUID, order: UUID) -> None:
    try:
        station.do(promise.allocate, order=order, warehouse=warehouse)
    except StateError as error:
        # Somebody has held or cancelled the order in the moment since it was stored.
        log.info("no promise: %s", error)
