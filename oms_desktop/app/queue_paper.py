"""Prints the list of the queue: what is ticked, else what a filter shows, as it is now."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.db import Database
from oms_desktop.devices.printer import Printer
from oms_desktop.documents.queue_list import QueueLine, QueuePaper, render_queue
from oms_desktop.floor.views import Filter, QueueRow
from oms_desktop.floor.words import counted
from oms_desktop.models import Warehouse
from oms_desktop.ui.channels import channel_look
from oms_desktop.ui.queue_model import priority_word
from oms_desktop.ui.statuses import look_of
from oms_desktop.workflow.worklists import queue

MOST = 500
"""Orders on one list; nobody reads more on paper."""

_KEY_LENGTH = 12


def print_queue(
    store: Database, printer: Printer, wanted: Filter, ticked: Sequence[UUID], now: datetime
) -> str:
    """Draw the list and hand it to the printer; returns what came of it in a sentence.

    Raises DeviceError when it cannot be printed now.
    """
    with store.reading() as session:
        zone = _zone(session)
        ids = ticked or [UUID(each) for each in queue.queue_ids(session, wanted, now)]
        rows = queue.queue_rows(session, ids[:MOST])
    if not rows:
        return "There is nothing to print here."
    paper = QueuePaper(
        title="Orders",
        filter="ticked" if ticked else _named(wanted),
        at=_local(now, zone),
        total=len(ids),
        rows=tuple(_line(row, zone) for row in rows),
    )
    printer.put("orders.pdf", render_queue(paper), key=uuid4().hex[:_KEY_LENGTH])
    return f"{counted(len(rows), 'order')} of {len(ids):,} printed."


def _line(row: QueueRow, zone: ZoneInfo) -> QueueLine:
    status = ", ".join(part for part in (look_of(row.status).label, row.reason if row.flag else "") if part)
    return QueueLine(
        order=row.order,
        due=_local(datetime.fromisoformat(row.due), zone) if row.due else "no date",
        status=status,
        channel=channel_look(row.channel).words,
        zones=", ".join(row.zones),
        priority=priority_word(row.priority),
        lines=row.lines,
        assignee=row.assignee,
    )


def _named(wanted: Filter) -> str:
    search = f'"{wanted.search}"' if wanted.search else ""
    return ", ".join(part for part in (wanted.due, wanted.stage, wanted.flag, wanted.zone, search) if part)


def _zone(session: Session) -> ZoneInfo:
    name = session.scalar(select(Warehouse.time_zone).order_by(Warehouse.code).limit(1))
    return ZoneInfo(name or "UTC")


def _local(at: datetime, zone: ZoneInfo) -> str:
    return format_datetime(at, "d MMM, HH:mm", tzinfo=zone, locale="en")
