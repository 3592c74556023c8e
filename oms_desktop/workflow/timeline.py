"""The timeline of an order: one line for each thing that happened to it."""

from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, encode
from oms_desktop.models import Event, table_of

_EVENT = insert(table_of(Event))


def tell(
    session: Session, act: Act, kind: str, order: UUID, fulfillment: UUID | None = None, **facts: object
) -> None:
    """Write an event. `facts` are numbers, codes and ids; personal data does not belong here."""
    values: dict[str, Any] = {name: encode(value) for name, value in facts.items()}
    row = {
        "id": act.id("event", kind, order, fulfillment),
        "order_id": order,
        "fulfillment_id": fulfillment,
        "call_id": act.call,
        "at": act.at,
        "kind": kind,
        "worker_id": act.worker,
        "station": act.station,
        "facts": values,
    }
    session.connection().execute(_EVENT, row)
