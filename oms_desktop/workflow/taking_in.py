"""Take orders in: store them and promise stock to them in one call."""

from uuid import UUID

from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, verb
from oms_desktop.models import Role
from oms_desktop.workflow import board, promise
from oms_desktop.workflow.capture import Captured, store


@verb("orders.take_in.1", role=Role.ORDER_DESK, kind=Kind.DECISION)
def take_in(session: Session, act: Act, *, intakes: tuple[UUID, ...]) -> tuple[Captured, ...]:
    """Store the orders of intake rows and promise stock to those that are free to go.

    The rows are those of `orders.capture.1` and then `promise.wave.1`: whoever looks at an order that has
    come in sees its promise too. Raises InputError, and stores none, when one cannot be represented.
    """
    stored = store(session, act, intakes)
    wanted = [each for each in stored.demands if each.may_be_served]
    if wanted:
        promise.share_out(session, act, wanted, None)
    board.settle(session, act, stored.orders, new=True)
    return stored.results
