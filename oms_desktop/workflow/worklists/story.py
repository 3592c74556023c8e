"""The story of an order in words, from the events of its timeline."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from oms_desktop.models import Event, Worker
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
    rows = session.execute(
        select(Event, Worker.name)
        .join(Worker, Worker.id == Event.worker_id)
        .where(Event.order_id == order)
        .order_by(Event.at, case(_RANKS, value=Event.kind, else_=len(_RANKS)), Event.id)
    )
    return tuple(_entry(event, who) for event, who in rows)


# One call captures and promises at one moment, another ends holds, promises and gives to the floor.
_RANKS = {kind: rank for rank, kind in enumerate(("captured", "edited", "found", "released", "promised"))}
_STORY = {
    "captured": "Received from {channel}",
    "contact unusable": "Cannot be reached by {contacts}: it is malformed",
    "found": "{lines} lines are {product}",
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


def _entry(event: Event, who: str) -> TimelineEntry:
    facts = event.facts
    if event.kind == "promised":
        text, *details = promise_sentences(facts)
        return TimelineEntry(event.at.isoformat(), text.rstrip("."), who, event.station, tuple(details))
    number = next((facts[name] for name in _COUNTS if name in facts), 0)
    words = _STORY.get(event.kind, event.kind.capitalize())
    if event.kind == "assigned" and not facts["badge"]:
        words = "Anybody may pick it"
    text = words.format_map({**facts, "pieces": pieces(number), "boxes": _boxes(facts.get("parcels", 0))})
    freed = (f"{pieces(facts['freed'])} given back.",) if "freed" in facts else ()
    return TimelineEntry(event.at.isoformat(), text, who, event.station, freed)


def _boxes(number: int) -> str:
    return "1 parcel" if number == 1 else f"{number} parcels"
