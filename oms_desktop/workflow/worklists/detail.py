"""One order in full: its story with what comes next, its lines, and what the customer wishes."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.acts import decode
from oms_desktop.drafts import Property
from oms_desktop.models import Order, OrderLine, Stage
from oms_desktop.workflow.worklists.queue import QueueRow, queue_row
from oms_desktop.workflow.worklists.story import Phase, TimelineEntry, timeline

_STEPS = ("Picking", "Packing", "Handed over")
"""What lies ahead of an order, in the order in which it comes."""

_AHEAD = {
    Stage.NEW: 0,
    Stage.PROMISED: 0,
    Stage.RELEASED: 0,
    Stage.STARTED: 1,
    Stage.PICKED: 1,
    Stage.PACKED: 2,
    Stage.CLOSED: len(_STEPS),
}
"""The first of the steps that still lies ahead, by stage."""

_NOW = {
    Stage.NEW: "Waits for stock",
    Stage.PROMISED: "Waits to be given to the floor",
    Stage.RELEASED: "Waits for a picker",
    Stage.PICKED: "Waits to be packed",
    Stage.PACKED: "Waits for its truck",
}


@dataclass(frozen=True)
class DetailLine:
    """A line of an order: `state` says how far it is, `done` whether all of it is picked or gone.

    `wishes` are its properties, such as an engraving, as the customer has put them.
    """

    sku: str
    name: str
    state: str
    done: bool
    wishes: tuple[str, ...] = ()


@dataclass(frozen=True)
class OrderDetail:
    """An order as its drawer shows it; `gift` and `note` are the customer's words."""

    row: QueueRow
    story: tuple[TimelineEntry, ...]
    lines: tuple[DetailLine, ...]
    gift: str = ""
    note: str = ""


def order_detail(session: Session, order: UUID) -> OrderDetail | None:
    """Read an order in full, None if the queue does not know it."""
    row, known = queue_row(session, order), session.get(Order, order)
    if row is None or known is None:
        return None
    lines = session.scalars(
        select(OrderLine).where(OrderLine.order_id == order).order_by(OrderLine.position)
    ).all()
    story = (*timeline(session, order), *_ahead(row, [line for line in lines if not line.not_picked]))
    return OrderDetail(row, story, tuple(map(line_shown, lines)), known.gift_message, known.note)


def _ahead(row: QueueRow, lines: list[OrderLine]) -> tuple[TimelineEntry, ...]:
    """Say where the order stands now, and what is to come."""
    stage = Stage(row.status)
    steps = _STEPS[_AHEAD[stage] :]
    if not steps:
        return ()
    done = sum(line.open + line.allocated == 0 for line in lines)
    words = _NOW.get(stage, f"{done} of {len(lines)} {'line' if len(lines) == 1 else 'lines'} picked")
    now = TimelineEntry("", row.reason if row.flag else words, row.assignee, "", phase=Phase.NOW)
    planned = (
        TimelineEntry(row.due if step == _STEPS[-1] else "", step, "", "", phase=Phase.PLANNED)
        for step in steps
    )
    return (now, *planned)


def line_shown(line: OrderLine) -> DetailLine:
    """Say of a line what it is called and how far it is."""
    properties: tuple[Property, ...] = decode(tuple[Property, ...], line.properties)
    wishes = tuple(each.words for each in properties)
    name = f"{line.title} {line.variant}".strip() or line.sku
    if line.not_picked:
        return DetailLine(line.sku, name, f"not picked: {line.not_picked}", True, wishes)
    wanted = line.ordered - line.cancelled
    if not wanted:
        return DetailLine(line.sku, name, "cancelled", True, wishes)
    picked = line.picked + line.packed + line.shipped
    short = f", {line.open} missing" if line.open else ""
    for count, word in (
        (line.shipped, "shipped"),
        (line.packed + line.shipped, "packed"),
        (picked, "picked"),
    ):
        if count:
            return DetailLine(line.sku, name, f"{count} of {wanted} {word}{short}", picked == wanted, wishes)
    return DetailLine(line.sku, name, f"{line.allocated} of {wanted} promised{short}", False, wishes)
