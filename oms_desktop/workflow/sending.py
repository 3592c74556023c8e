"""Let orders go whatever holds them: all of it happens to an order, or nothing does."""

from uuid import UUID

from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, verb
from oms_desktop.errors import StateError
from oms_desktop.models import Order, Role
from oms_desktop.workflow import board, demand, holds, promise, steering
from oms_desktop.workflow.desk import Desk, Verdict


@verb("work.send.2", role=Role.ORDER_DESK, kind=Kind.DECISION)
def let_go(session: Session, act: Act, *, orders: tuple[UUID, ...]) -> tuple[Verdict, ...]:
    """End the holds of orders, promise stock to them and give it to the floor; returns what became of each.

    Refused are orders that are over and those of which nothing is promised even so: they keep their holds.
    """
    desk = Desk(session, orders)
    wanted_still = [order.id for order in desk.judge().kept]
    wanted = [each for each in demand.lock_orders(session, wanted_still, act.at) if each.wish.wants]
    given = list(promise.allot(session, act, wanted, None))
    served = {each.wish.order for each in given if each.shares}

    def why_not(order: Order) -> StateError | None:
        return None if order.id in served else steering.why_unsent(desk, order)

    judged = desk.judge(why_not)
    kept = {order.id for order in judged.kept}
    holds.end_all(session, act, sorted(kept))
    promise.write(
        session,
        act,
        [each for each in wanted if each.wish.order in kept],
        [each for each in given if each.wish.order in kept],
    )
    steering.give_to_floor(session, act, Desk(session, kept), judged.kept)
    board.settle(session, act, [order.id for order in judged.kept])
    return judged.as_named(orders)
