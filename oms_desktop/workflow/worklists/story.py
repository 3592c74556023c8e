"""The story of an order in words, from the events of its timeline."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.models import Event, Worker


@dataclass(frozen=True)
class TimelineEntry:
    """One event of an order: UTC time as ISO text, its kind, its facts in words, who and where."""

    at: str
    text: str
    who: str
    where: str


def timeline(session: Session, order: UUID) -> tuple[TimelineEntry, ...]:
    """Return the events of an order, oldest first."""
    rows = session.execute(
        select(Event, Worker.name)
        .join(Worker, Worker.id == Event.worker_id)
        .where(Event.order_id == order)
        .order_by(Event.at, Event.id)
    )
    return tuple(
        TimelineEntry(event.at.isoformat(), _words(event.kind, event.facts), who, event.station)
        for event, who in rows
    )


_STORY = {
    "captured": "Received from {channel}",
    "contact unusable": "Cannot be reached by {contacts}: it is malformed",
    "found": "{lines} lines are {product}",
    "promised": "{allocated} pieces promised, {open} short",
    "held": "Put on hold: {reason}",
    "released": "Hold ended: {reason}",
    "cancelled": "Cancelled: {reason}",
    "picking": "Picking started, tour {tour}",
    "picked": "{quantity} pieces picked",
    "short": "{missing} pieces were missing at their place",
    "tour done": "Tour {tour} done",
    "given up": "Tour {tour} given up",
    "packing": "Packing started",
    "parcel closed": "Parcel closed, {weight_g} g",
    "packed": "Packed in {parcels} parcels",
    "loaded": "Parcel loaded",
    "unloaded": "Parcel taken out of its lane",
    "handed over": "Handed over with manifest {manifest}",
    "prioritized": "Priority set to {priority}",
    "assigned": "Assigned to {badge}",
    "sent": "Given to the floor",
    "edited": "Changed: {changed}",
    "split": "{units} pieces split off",
    "took over": "Took over {orders}",
    "merged": "Merged into {into}",
    "lines cancelled": "Lines cancelled: {reason}",
    "stock missing": "{sku} was missing when it was counted",
}
"""What the timeline says of each kind of event."""


def _words(kind: str, facts: dict[str, Any]) -> str:
    return _STORY.get(kind, kind.capitalize()).format_map(facts)
