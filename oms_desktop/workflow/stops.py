"""A stop of a tour as it is under the lock: the first statement of every scan at a shelf."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from oms_desktop.errors import ImpossibleError
from oms_desktop.models import Condition, Fulfillment, Lease, PickList, PickTask, Status, ToteUse, table_of
from oms_desktop.workflow.alerts import Place
from oms_desktop.workflow.ledger import Goods

_TASKS, _FULFILLMENTS = table_of(PickTask), table_of(Fulfillment)
_LEASES, _LISTS, _USES = table_of(Lease), table_of(PickList), table_of(ToteUse)

_LOCK = (
    select(
        _TASKS.c.fulfillment_id,
        _TASKS.c.order_line_id,
        _TASKS.c.warehouse_id,
        _TASKS.c.product_id,
        _TASKS.c.location_id,
        _TASKS.c.lot,
        _TASKS.c.condition,
        _TASKS.c.quantity,
        _TASKS.c.picked,
        _FULFILLMENTS.c.status,
        _FULFILLMENTS.c.order_id,
        _LEASES.c.ended_at.label("lease_ended_at"),
        exists()
        .where(
            _USES.c.tote_id == bindparam("tote"),
            _USES.c.fulfillment_id == _TASKS.c.fulfillment_id,
            _USES.c.closed_at.is_(None),
        )
        .correlate(_TASKS)
        .label("in_its_tote"),
    )
    .join(_FULFILLMENTS, _FULFILLMENTS.c.id == _TASKS.c.fulfillment_id)
    .join(_LISTS, _LISTS.c.id == _TASKS.c.pick_list_id)
    .join(_LEASES, _LEASES.c.id == _LISTS.c.lease_id)
    .where(_TASKS.c.id == bindparam("task"))
    .with_for_update(of=[_FULFILLMENTS, _LEASES, _TASKS])
)


@dataclass(frozen=True)
class Stop:
    """A task as it is under the lock, with the state of its fulfillment and lease."""

    fulfillment_id: UUID
    order_line_id: UUID
    warehouse_id: UUID
    product_id: UUID
    location_id: UUID
    lot: str
    condition: Condition
    quantity: int
    picked: int
    status: Status
    order_id: UUID
    lease_ended_at: datetime | None
    in_its_tote: bool

    @property
    def wanted(self) -> bool:
        """Whether what is taken still counts for the task."""
        return self.status is Status.STARTED and self.lease_ended_at is None

    @property
    def place(self) -> Place:
        """What an alert about this stop is about."""
        return Place(self.location_id, self.product_id)

    @property
    def goods(self) -> Goods:
        """What is taken here."""
        return Goods(self.warehouse_id, self.product_id, self.lot, self.condition)


def lock_stop(session: Session, task: UUID, tote: UUID | None = None) -> Stop:
    """Lock a task with its fulfillment and lease; ImpossibleError if it is on no tour.

    `in_its_tote` tells whether `tote` is in use for the task's fulfillment.
    """
    stop = session.connection().execute(_LOCK, {"task": task, "tote": tote}).one_or_none()
    if stop is None:
        raise ImpossibleError(
            "pick.no_such_task", "This stop is on no tour; nothing can have been taken for it."
        )
    return Stop(**stop._mapping)
