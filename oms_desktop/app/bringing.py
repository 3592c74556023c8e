"""Bring files of orders into a database, through the verbs, some hundred orders in a transaction.

1. Entries are read one by one and gathered into batches; only one batch is in memory.
2. A batch is stored by one call, which promises stock to the orders that are free to go. If the database does
   not take it for the values of an order, it is halved until that order stands alone and is refused.
3. Orders that were known already and were never promised anything get their promise, and so do new ones for
   which goods came while they were stored: who brought the goods did not see them yet. Lines that found no
   product are looked up once more for the same reason.

Whenever it ends in between, whole orders are in, with their stock.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from oms_desktop.app.house import PLAIN, House
from oms_desktop.app.mending import find_late
from oms_desktop.app.report import STOPPED, Report, unfinished, unread
from oms_desktop.app.site import main_site
from oms_desktop.app.watch import NOBODY, Watch
from oms_desktop.channels.reading import open_orders
from oms_desktop.channels.source import Entry, OrderFile
from oms_desktop.db import of_values
from oms_desktop.documents.fonts import unprintable
from oms_desktop.drafts import CheckedOrder, Outcome, Problem, ProblemKind, problem
from oms_desktop.drafts.policy import by_policy
from oms_desktop.errors import InputError, StoreError
from oms_desktop.models import Event, Hold, Order, Warehouse
from oms_desktop.planning.due import ship_by
from oms_desktop.station import Incoming, Station
from oms_desktop.workflow import promise, taking_in
from oms_desktop.workflow.capture import Captured, Taken
from oms_desktop.workflow.worklists.waiting import waiting_orders

log = logging.getLogger(__name__)

BATCH = 250
"""Orders stored in one transaction: a scan that comes meanwhile waits for one of these."""

BATCH_TEXT = 2_000_000
"""Characters after which a batch is full, so that large orders do not fill the memory."""


def spelled(name: str) -> str:
    """Spell out the bytes of a file's name that are no text, which no database stores."""
    return name.encode(errors="backslashreplace").decode()


def bring_orders(
    station: Station, file: Path, channel: str = "auto", watch: Watch = NOBODY, house: House = PLAIN
) -> Report:
    """Read a file of orders and store them: see `open_orders` and `store_orders`."""
    return store_orders(station, open_orders(file, channel), file.name, watch, house)


def store_orders(
    station: Station, found: OrderFile, source: str, watch: Watch = NOBODY, house: House = PLAIN
) -> Report:
    """Store orders and promise stock to those that are free to go; `source` is the name of their file.

    What the house lets go is told by `policy`.

    Raises StoreError when the database takes none of them, InputError when the file cannot be read any more
    and none is in. Ctrl+C pressed within a batch takes that batch back.
    """
    warehouse = main_site(station)
    notes = Report(notes=unread(found.others))
    work = _Work(station, warehouse, found, spelled(source), house, _zone(station, warehouse), notes)
    try:
        work.run(watch)
    except (StoreError, InputError) as error:
        if work.report.taken + work.report.held == 0:
            raise
        return replace(work.report, broken=unfinished(error.text, source, work.first))
    except KeyboardInterrupt:
        return work.stopped()
    return work.report


@dataclass
class _Work:
    """A file while it is brought: what became of it so far, and the order at which it stands."""

    station: Station
    warehouse: UUID
    found: OrderFile
    source: str
    house: House
    zone: ZoneInfo
    report: Report
    first: str = ""

    def run(self, watch: Watch) -> None:
        for batch in _batches(self.found.entries()):
            orders = [entry.order for entry in batch if entry.order is not None]
            self.first = orders[0].draft.number if orders else self.first
            if watch.stopped():
                self.report = self.stopped()
                return
            others = tuple(entry.problem for entry in batch if entry.problem is not None)
            self.report += Report(read=len(others), refused=len(others), problems=others)
            self._bring([self._concluded(order) for order in orders])
            watch.progress(self.report, batch[-1].at, self.found.size)

    def stopped(self) -> Report:
        """Tell what is in, and from which order on the file is not done."""
        return replace(self.report, broken=unfinished(STOPPED, self.source, self.first), stopped=True)

    def _concluded(self, checked: CheckedOrder) -> CheckedOrder:
        """Add what the house knows: its rules, the fonts of its labels, when its truck leaves."""
        told = _printable(by_policy(checked, self.house.policy))
        truck = self.house.truck
        if truck is None or told.draft.ship_by is not None:
            return told
        due = ship_by(self.station.clock(), self.zone, truck)
        return replace(told, draft=replace(told.draft, ship_by=due))

    def _bring(self, orders: Sequence[CheckedOrder]) -> None:
        """Store orders; the halves that wait are taken in the order of the file."""
        waiting = [orders] if orders else []
        while waiting:
            part = waiting.pop()
            try:
                captured = self._store([each for each in part if each.outcome is not Outcome.REFUSED])
            except (DBAPIError, UnicodeError, ArithmeticError, InputError) as error:
                if not _of_order(error):
                    raise
                if len(part) == 1:
                    self.report += _refused(part[0], self.source, error)
                else:
                    middle = len(part) // 2
                    waiting += [part[middle:], part[:middle]]
                continue
            self.report += _counted(part, captured)
            self._promise(captured)

    def _store(self, orders: Sequence[CheckedOrder]) -> tuple[Captured, ...]:
        if not orders:
            return ()
        incoming = [
            Incoming(self.found.channel, self.source, each.raw, replace(each, raw="")) for each in orders
        ]
        return self.station.call().bringing(*incoming).do(taking_in.take_in, intakes=())

    def _promise(self, captured: Sequence[Captured]) -> None:
        """Promise stock to what is known and never came to its promise, and to what has just come."""
        known = [each.order for each in captured if each.taken is Taken.DUPLICATE]
        new = [each.order for each in captured if each.taken is not Taken.DUPLICATE]
        unknown = [each.order for each in captured if any(_is_unknown(told) for told in each.problems)]
        if unknown:
            find_late(self.station, unknown)
        with self.station.store.reading() as session:
            wanted = {*_never_promised(session, known), *waiting_orders(session, orders=new)}
        if wanted:
            self.station.do(promise.wave, orders=tuple(sorted(wanted)))


def _is_unknown(told: Problem) -> bool:
    return told.problem is ProblemKind.UNKNOWN_SKU


def _zone(station: Station, warehouse: UUID) -> ZoneInfo:
    with station.store.reading() as session:
        return ZoneInfo(session.get_one(Warehouse, warehouse).time_zone)


def _batches(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    """Gather entries; a batch is never empty."""
    batch: list[Entry] = []
    size = 0
    for entry in entries:
        batch.append(entry)
        size += len(entry.order.raw) if entry.order is not None else 0
        if len(batch) == BATCH or size >= BATCH_TEXT:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _of_order(error: Exception) -> bool:
    """Tell whether it is an order that cannot be stored, not the database that is at fault."""
    if isinstance(error, DBAPIError):
        return of_values(error)
    return not isinstance(error, InputError) or error.code == "order.kit_units"


def _refused(checked: CheckedOrder, source: str, error: Exception) -> Report:
    draft = checked.draft
    # The error of a database may quote the order's texts, which the log does not hold.
    why = error.text if isinstance(error, InputError) else type(error).__name__
    log.error("%s of %s was not stored: %s", draft.where, source, why)
    told = problem(ProblemKind.NOT_STORABLE, order=draft.number, where=draft.where)
    return Report(read=1, refused=1, problems=(told,))


def _counted(orders: Sequence[CheckedOrder], captured: Sequence[Captured]) -> Report:
    """Report what became of orders, their problems in the order of the file."""
    stored = iter(captured)
    problems: list[Problem] = []
    for each in orders:
        # What is known already is not judged again.
        problems += each.problems if each.outcome is Outcome.REFUSED else next(stored).problems
    counts = {taken: sum(each.taken is taken for each in captured) for taken in Taken}
    return Report(
        read=len(orders),
        taken=counts[Taken.TAKEN],
        held=counts[Taken.HELD],
        duplicate=counts[Taken.DUPLICATE],
        refused=len(orders) - len(captured),
        problems=tuple(problems),
    )


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


def _never_promised(session: Session, orders: Sequence[UUID]) -> Iterable[UUID]:
    """Find, among orders, those that are free to go and were never promised anything."""
    if not orders:
        return ()
    told = exists().where(Event.order_id == Order.id, Event.kind == "promised")
    held = exists().where(Hold.order_id == Order.id, Hold.released_at.is_(None))
    wanted = select(Order.id).where(Order.id.in_(orders), Order.cancelled_at.is_(None), ~told, ~held)
    return session.scalars(wanted)
