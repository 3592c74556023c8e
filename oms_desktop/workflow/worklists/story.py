"""The story of an order in words, from the events of its timeline."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from oms_desktop.models import Event, Hold, Worker
from oms_desktop.workflow.worklists.waiting import pieces, promise_sentences


class Phase(Enum):
    """Whether an entry has happened, is so now, or is planned."""

    PAST = "past"
    NOW = "now"
    PLANNED = "planned"


@dataclass(frozen=True)
class TimelineEntry:
    """One moment of an order: UTC time as ISO text, what happened in words, who and where.

    `details` are sentences about it: what was promised from where, and why not from elsewhere.
    """

    at: str
    text: str
    who: str
    where: str
    details: tuple[str, ...] = ()
    phase: Phase = Phase.PAST


def timeline(session: Session, order: UUID) -> tuple[TimelineEntry, ...]:
    """Return the events of an order, oldest first."""
    reasons = _reasons(session, order)
    rows = session.execute(
        select(Event, Worker.name)
        .join(Worker, Worker.id == Event.worker_id)
        .where(Event.order_id == order)
        .order_by(Event.at, case(_RANKS, value=Event.kind, else_=len(_RANKS)), Event.id)
    )
    return tuple(
        _entry(event, who, reasons.get(event.at, ()) if event.kind == "held" else ()) for event, who in rows
    )


def _reasons(session: Session, order: UUID) -> dict[datetime, tuple[str, ...]]:
    """Read why an order was put on hold at a time: an event itself holds no words that somebody typed."""
    found: dict[datetime, tuple[str, ...]] = {}
    holds = select(Hold.set_at, Hold.text).where(Hold.order_id == order, Hold.text != "")
    for at, text in session.execute(holds.order_by(Hold.kind, Hold.id)):
        found[at] = (*found.get(at, ()), text)
    return found


# One call captures and promises at one moment, another ends holds, promises and gives to the floor.
_RANKS = {kind: rank for rank, kind in enumerate(("captured", "edited", "found", "released", "promised"))}
_STORY = {
    "captured": "Received from {channel}",
    "contact unusable": "Cannot be reached by {contacts}: it is malformed",
    "found": "{found} {product}",
    "held": "Put on hold: {reason}",
    "released": "Hold ended: {reason}",
    "cancelled": "Cancelled: {reason}",
    "picking": "Picking started, tour {tour}",
    "picked": "{pieces} picked",
    "short": "Missing at the place: {pieces}",
    "tour done": "Tour {tour} done",
    "given up": "Tour {tour} given up",
    "packing": "Packing started",
    "parcel closed": "Parcel closed, {weight_g} g",
    "packed": "Packed in {boxes}",
    "loaded": "Parcel loaded",
    "unloaded": "Parcel taken out of its lane",
    "handed over": "Handed over with manifest {manifest}",
    "prioritized": "Priority set to {priority}",
    "assigned": "Assigned to {badge}",
    "sent": "Given to the floor",
    "edited": "Changed: {changed}",
    "split": "{pieces} split off",
    "took over": "Took over {orders}",
    "merged": "Merged into {into}",
    "lines cancelled": "Lines cancelled: {reason}",
    "stock missing": "{sku} was missing when it was counted",
}
"""What the timeline says of each kind of event."""

_COUNTS = ("quantity", "missing", "units")
"""The facts that are numbers of pieces."""


def _entry(event: Event, who: str, reasons: tuple[str, ...]) -> TimelineEntry:
    facts = event.facts
    if event.kind == "promised":
        text, *details = promise_sentences(facts)
        return TimelineEntry(event.at.isoformat(), text.rstrip("."), who, event.station, tuple(details))
    number = next((facts[name] for name in _COUNTS if name in facts), 0)
    words = _STORY.get(event.kind, event.kind.capitalize())
    if event.kind == "assigned" and not facts["badge"]:
        words = "Anybody may pick it"
    counts = {
        "pieces": pieces(number),
        "boxes": _boxes(facts.get("parcels", 0)),
        "found": "1 line is" if facts.get("lines") == 1 else f"{facts.get('lines')} lines are",
    }
    text = words.format_map({**facts, **counts})
    freed = (f"{pieces(facts['freed'])} given back.",) if "freed" in facts else ()
    return TimelineEntry(event.at.isoformat(), text, who, event.station, (*reasons, *freed))


def _boxes(number: int) -> str:
    return "1 parcel" if number == 1 else f"{number} parcels"
