"""Let one order take over others of the same customer, so that they ship in one parcel.

What was paid stands with the order that was paid: totals and prices of shipping stay where they are. So an
order that is paid to go another way is not taken over until somebody has edited one of the two.
An order that ships complete stays by itself.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, verb
from oms_desktop.errors import InputError, StateError
from oms_desktop.models import Address, Customer, Fulfillment, Order, OrderLine, Role, Status
from oms_desktop.workflow import board, lines, timeline
from oms_desktop.workflow.desk import OVER, UNBEGUN, Desk, held_of
from oms_desktop.workflow.holds import end_due
from oms_desktop.workflow.splitting import end_taskless, hand_over, lock_tasks, new_part, tell_new
from oms_desktop.workflow.taking_off import read_lines

_ADDRESS = ("name", "company", "address1", "address2", "city", "province_code", "postal_code", "country_code")

_PERSON = ("name", "email", "phone")


@verb("order.merge.1", role=Role.ORDER_DESK, kind=Kind.DECISION)
def merge(session: Session, act: Act, *, into: UUID, orders: tuple[UUID, ...]) -> None:
    """Move the lines of orders into another one, with what is promised to them; they are cancelled.

    All must be of one customer, address, currency, channel and way of shipping, and free of holds; nothing of
    the others may have begun. Raises StateError that says which of this is not so.
    """
    if not orders or into in orders:
        raise InputError("order.merge", "An order and others that are to become part of it are expected.")
    desk = Desk(session, [into, *orders])
    by_id = {order.id: order for order in desk.orders}
    target = by_id[into]
    end_due(session, act, list(by_id))
    held = held_of(session, by_id)
    others = [by_id[order] for order in dict.fromkeys(orders)]
    for order in (target, *others):
        desk.refuse_over(order)
        if order.id in held:
            raise StateError("order.on_hold", f"Order {order.number} is on hold. End the hold first.")
        if order.ship_complete:
            raise StateError(
                "order.ships_complete", f"Order {order.number} ships complete; it stays by itself."
            )
    for order in others:
        _refuse_other(session, target, order)
        _refuse_begun(desk, order)
    _take_wishes(desk, target, others)
    _Merge(session, act, desk, target).take(others)
    board.settle(session, act, by_id)


@dataclass
class _Merge:
    """A merge under way: into which order, and the rows it needs over and over."""

    session: Session
    act: Act
    desk: Desk
    target: Order

    def take(self, others: Sequence[Order]) -> None:
        """Take over orders, one after the other."""
        parts = {part.warehouse_id: part for part in reversed(self.desk.parts(self.target.id, *UNBEGUN))}
        number = 1 + max((part.number for part in self.desk.parts(self.target.id)), default=0)
        taken = ", ".join(order.number for order in others)
        timeline.tell(self.session, self.act, "took over", self.target.id, None, orders=taken)
        for order in others:
            moved = self._take_lines(order)
            number += self._take_tasks(order, moved, parts, number)
            order.merged_into_id, order.cancelled_at = self.target.id, self.act.at
            timeline.tell(self.session, self.act, "merged", order.id, None, into=self.target.number)

    def _take_lines(self, order: Order) -> dict[UUID, OrderLine]:
        """Write the wanted lines of an order, and the kits they belong to, anew in the target."""
        rows = read_lines(self.session, order.id)
        wanted = {line.id for line in rows if line.ordered > line.cancelled}
        wanted |= {line.parent_id for line in rows if line.id in wanted and line.parent_id}
        position = max((line.position for line in read_lines(self.session, self.target.id)), default=0)
        moved: dict[UUID, OrderLine] = {}
        for line in rows:
            if line.id not in wanted:
                continue
            position += 1
            new = moved[line.id] = _copy(self.act, line, self.target, position, moved)
            self.session.add(new)
            self.session.flush()
            lines.shift(self.session, line.id, line.open, lines.OPEN, lines.CANCELLED)
            lines.shift(self.session, line.id, line.allocated, lines.ALLOCATED, lines.CANCELLED)
        return moved

    def _take_tasks(
        self,
        order: Order,
        moved: Mapping[UUID, OrderLine],
        parts: dict[UUID, Fulfillment],
        number: int,
    ) -> int:
        """Hand what is promised to an order to the target's parts; returns how many parts were made."""
        sources = {part.id: part for part in self.desk.parts(order.id, *UNBEGUN)}
        made: Counter[UUID] = Counter()
        for task in lock_tasks(self.session, sources):
            if task.warehouse_id not in parts:
                like = sources[task.fulfillment_id]
                part = new_part(self.session, self.act, self.target, like, number + len(made))
                parts[task.warehouse_id] = part
                made[part.id] = 0
            part, units = parts[task.warehouse_id], task.quantity
            hand_over(self.session, self.act, task, units, part, moved[task.order_line_id].id)
            part.changed_at = self.act.at
            if part.id in made:
                made[part.id] += units
        end_taskless(self.session, self.act, sources.values())
        for part in parts.values():
            if part.id in made:
                tell_new(self.session, self.act, part, made[part.id])
        return len(made)


def _copy(
    act: Act, line: OrderLine, target: Order, position: int, moved: Mapping[UUID, OrderLine]
) -> OrderLine:
    """Make the line of the target that stands for a line of another order."""
    units = line.ordered - line.cancelled
    booked = {"ordered": units, "open": line.open, "allocated": line.allocated}
    if line.not_picked:
        booked = {"ordered": line.ordered, "open": 0, "cancelled": line.cancelled}
    return OrderLine(
        id=act.id("line", line.id),
        order_id=target.id,
        position=position,
        parent_id=moved[line.parent_id].id if line.parent_id else None,
        external_id=line.external_id,
        product_id=line.product_id,
        sku=line.sku,
        title=line.title,
        variant=line.variant,
        price=line.price,
        properties=line.properties,
        not_picked=line.not_picked,
        listing=line.listing,
        one_lot=line.one_lot,
        min_life_days=line.min_life_days,
        **booked,
    )


def _refuse_begun(desk: Desk, order: Order) -> None:
    for part in desk.parts(order.id):
        if part.status not in (*UNBEGUN, Status.CANCELLED):
            raise StateError(
                "order.begun_already",
                f"Order {order.number} is {part.status.value} already; it cannot become part of another.",
            )


def _refuse_other(session: Session, target: Order, order: Order) -> None:
    """Refuse an order that is not for the same person at the same place, in the same money."""
    ours, theirs = (session.get_one(Address, each.ship_to_id) for each in (target, order))
    who, whom = (session.get_one(Customer, each.customer_id) for each in (target, order))
    same = {
        "channel": target.channel == order.channel,
        "currency": target.currency == order.currency,
        "customer": who.id == whom.id
        or (who.name, who.email, who.phone) == (whom.name, whom.email, whom.phone),
        "address": all(getattr(ours, name) == getattr(theirs, name) for name in _ADDRESS),
        "way of shipping": target.service == order.service,
        "gift message": not (target.gift_message and order.gift_message)
        or target.gift_message == order.gift_message,
    }
    for what, alike in same.items():
        if not alike:
            raise StateError(
                "order.differs", f"Orders {target.number} and {order.number} have not the same {what}."
            )


def _take_wishes(desk: Desk, target: Order, others: Sequence[Order]) -> None:
    """Keep the most urgent wishes of all, and every note."""
    everybody = (target, *others)
    target.priority = max(order.priority for order in everybody)
    target.ship_by = min((order.ship_by for order in everybody if order.ship_by), default=None)
    target.deliver_by = min((order.deliver_by for order in everybody if order.deliver_by), default=None)
    target.gift_message = next((order.gift_message for order in everybody if order.gift_message), "")
    target.note = "\n".join(dict.fromkeys(order.note for order in everybody if order.note))
    for part in desk.parts(target.id):
        if part.status not in OVER:
            part.priority, part.ship_by = target.priority, target.ship_by
