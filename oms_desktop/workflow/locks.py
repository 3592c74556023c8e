"""In which order rows are locked, and the locks that several verbs share.

Orders, fulfillments, pick tasks, stock on shelves, order lines, thresholds, queue entries, tallies; of each
kind the rows by their key. Goods in totes and parcels are locked by the fulfillment they are for, and by
nobody else: an allocator never asks for them. So two calls do not wait for each other crosswise, but in two
cases, in which one of them is played again and gets through:

- Two pickers take more than the book has from one place at one moment.
- A row of stock comes into being while a call that will book to it has locked others; it then finds it.
"""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oms_desktop.db.sets import among
from oms_desktop.models import PickTask, Stock, table_of

_STOCK, _TASKS = table_of(Stock), table_of(PickTask)
_KEY = ("location_id", "product_id", "lot", "condition")
_BY_KEY = [_STOCK.c[name] for name in _KEY]

# Counted by the server: what is locked need not travel.
_AT = select(func.count()).select_from(
    select(_STOCK.c.location_id)
    .where(among(_STOCK.c.location_id, "locations"), among(_STOCK.c.product_id, "products"))
    .order_by(*_BY_KEY)
    .with_for_update()
    .subquery()
)
_RESERVING = (
    select(PickTask)
    .where(among(PickTask.fulfillment_id, "parts"), PickTask.quantity > PickTask.picked)
    .order_by(PickTask.id)
    .with_for_update()
    .execution_options(populate_existing=True)
)
_RESERVED = select(func.count()).select_from(
    select(_STOCK.c.location_id)
    .join(_TASKS, _TASKS.c.location_id == _STOCK.c.location_id)
    .where(
        *(_TASKS.c[name] == _STOCK.c[name] for name in _KEY[1:]),
        among(_TASKS.c.fulfillment_id, "parts"),
        _TASKS.c.quantity > _TASKS.c.picked,
    )
    .order_by(*_BY_KEY)
    .with_for_update(of=_STOCK)
    .subquery()
)


def lock_stock(session: Session, locations: Iterable[UUID], products: Iterable[UUID]) -> None:
    """Lock the stock of some products at some places, in the order of its key."""
    given = {"locations": list(set(locations)), "products": list(set(products))}
    session.connection().execute(_AT, given)


def lock_reserving(session: Session, parts: Collection[UUID]) -> list[PickTask]:
    """Lock what fulfillments reserve: their open tasks, returned by their ids, and then the stock.

    The caller has locked the fulfillments.
    """
    given = {"parts": list(parts)}
    tasks = list(session.scalars(_RESERVING, given)) if parts else []
    if tasks:
        session.connection().execute(_RESERVED, given)
    return tasks
