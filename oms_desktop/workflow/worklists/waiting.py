"""Orders that wait for stock and could have some now, and the words for what a promise has given."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from oms_desktop.db.sets import among
from oms_desktop.models import Condition, Hold, Order, OrderLine, Stock


def waiting_orders(
    session: Session, products: Sequence[UUID] | None = None, orders: Sequence[UUID] | None = None
) -> tuple[UUID, ...]:
    """Return the orders with open units of which some are free on a shelf, most urgent first.

    Cancelled orders and those on hold do not wait. `products` narrows it to lines of these products, `orders`
    to these orders.
    """
    free = exists().where(
        Stock.product_id == OrderLine.product_id,
        Stock.condition == Condition.GOOD,
        Stock.on_hand > Stock.allocated,
    )
    wanting = select(OrderLine.order_id).where(OrderLine.open > 0, free)
    if products is not None:
        wanting = wanting.where(among(OrderLine.product_id, "products"))
    if orders is not None:
        wanting = wanting.where(among(OrderLine.order_id, "orders"))
    held = exists().where(Hold.order_id == Order.id, Hold.released_at.is_(None))
    found = session.scalars(
        select(Order.id)
        .where(Order.id.in_(wanting), Order.cancelled_at.is_(None), ~held)
        .order_by(Order.priority.desc(), Order.ship_by.is_(None), Order.ship_by, Order.captured_at, Order.id),
        {"products": products, "orders": orders},
    )
    return tuple(found)


def promise_in_words(facts: dict[str, Any]) -> str:
    """Say what an order was promised, where from and why; `facts` are those of a ``promised`` event."""
    return " ".join(promise_sentences(facts))


def promise_sentences(facts: dict[str, Any]) -> Iterator[str]:
    """Say it sentence by sentence: first how much, then where from, and why not from elsewhere."""
    short = facts["open"]
    where = f" from {facts['warehouse']}" if "warehouse" in facts else ""
    yield f"{pieces(facts['allocated'])} promised{where}{f', {short} short' if short else ''}."
    asked = facts.get("from", [])
    if len(asked) > 1:
        yield "; ".join(f"{code} {why}{f' ({units})' if units else ''}" for code, units, why in asked) + "."
    if facts.get("withheld"):
        yield f"{pieces(facts['withheld'])} were there, but the order ships complete or not at all."
    taken = [
        f"{units} from {place}{f', lot {lot}' if lot else ''} ({why})"
        for place, lot, units, why in facts.get("taken", [])
    ]
    if taken:
        yield "Taken: " + "; ".join(taken) + "."
    for sku, why, units, places in facts.get("over", []):
        yield f"Not taken: {units} of {sku} at {', '.join(places)}, {why}."


def pieces(units: int) -> str:
    """Say a number of pieces."""
    return "1 piece" if units == 1 else f"{units} pieces"
