"""Holds and cancellation: what somebody wants of an order that is there already."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, verb
from oms_desktop.errors import StateError
from oms_desktop.models import Fulfillment, Hold, Order, OrderLine, Role, Status
from oms_desktop.workflow import alerts, lines, timeline
from oms_desktop.workflow.leases import leased, release_rest

_TOO_LATE = {Status.PICKED, Status.PACKED, Status.SHIPPED, Status.DELIVERED}


@verb("order.hold.1", role=Role.ORDER_DESK, kind=Kind.DECISION)
def hold(session: Session, act: Act, *, order: UUID, kind: str, text: str) -> UUID:
    """Make an order wait, with a reason in words; returns the hold. What is reserved stays reserved."""
    row = session.get_one(Order, order, with_for_update={"key_share": True})
    if row.cancelled_at is not None:
        raise StateError("order.cancelled", f"Order {row.number} is cancelled already.")
    new = Hold(
        id=act.id("hold", kind), order_id=order, kind=kind, text=text, set_at=act.at, set_by=act.worker
    )
    session.add(new)
    timeline.tell(session, act, "held", order, None, reason=kind)
    return new.id


@verb("order.release.1", role=Role.ORDER_DESK, kind=Kind.DECISION)
def release(session: Session, act: Act, *, hold: UUID) -> None:
    """End a hold; one that has ended stays as it ended."""
    row = session.get_one(Hold, hold, with_for_update=True)
    if row.released_at is not None:
        return
    row.released_at, row.released_by = act.at, act.worker
    timeline.tell(session, act, "released", row.order_id, None, reason=row.kind)


@verb("order.cancel.1", role=Role.ORDER_DESK, kind=Kind.DECISION)
def cancel(session: Session, act: Act, *, order: UUID, reason: str) -> None:
    """Cancel an order that has not been picked.

    What nobody has leased is free at once; what a picker walks for stays reserved until the picker's
    station has said so (`pick.yield`). Raises StateError once a part of it is picked.
    """
    row = session.get_one(Order, order, with_for_update={"key_share": True})
    if row.cancelled_at is not None:
        raise StateError("order.cancelled", f"Order {row.number} is cancelled already.")
    parts = session.scalars(
        select(Fulfillment).where(Fulfillment.order_id == order).order_by(Fulfillment.id).with_for_update()
    ).all()
    for part in parts:
        if part.status in _TOO_LATE:
            raise StateError(
                "order.too_late",
                f"Order {row.number} is {part.status.value} and cannot be cancelled any more.",
            )
    row.cancelled_at = act.at
    freed = []
    for part in parts:
        part.status, part.changed_at = Status.CANCELLED, act.at
        if leased(session, part.id) is None:
            freed += release_rest(session, part.id, lines.CANCELLED)
    wanted = session.scalars(
        select(OrderLine).where(OrderLine.order_id == order, OrderLine.open > 0).order_by(OrderLine.id)
    )
    for line in wanted:
        lines.shift(session, line.id, line.open, lines.OPEN, lines.CANCELLED)
    timeline.tell(session, act, "cancelled", order, None, reason=reason)
    alerts.settle(session, act, freed)
