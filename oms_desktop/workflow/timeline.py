"""The timeline of an order: one line for each thing that happened to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from oms_desktop.acts import Act, encode
from oms_desktop.db.rows import all_of
from oms_desktop.models import Event, table_of

_EVENTS = all_of(table_of(Event))


@dataclass(frozen=True)
class Telling:
    """What one order's timeline is to be told, of those that are told the same kind of thing."""

    order: UUID
    fulfillment: UUID | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


def tell(
    session: Session, act: Act, kind: str, order: UUID, fulfillment: UUID | None = None, **facts: object
) -> None:
    """Write an event. `facts` are numbers, codes and ids; personal data does not belong here."""
    tell_all(session, act, kind, [Telling(order, fulfillment, facts)])


def tell_all(session: Session, act: Act, kind: str, tellings: Sequence[Telling]) -> None:
    """Write an event for each of many orders in one statement."""
    _EVENTS.insert_named(session, [_row(act, kind, telling) for telling in tellings])


def _row(act: Act, kind: str, telling: Telling) -> dict[str, Any]:
    return {
        "id": act.id("event", kind, telling.order, telling.fulfillment),
        "order_id": telling.order,
        "fulfillment_id": telling.fulfillment,
        "call_id": act.call,
        "at": act.at,
        "kind": kind,
        "worker_id": act.worker,
        "station": act.station,
        "facts": {name: encode(value) for name, value in telling.facts.items()},
    }
