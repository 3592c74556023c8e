"""All shelves page by page, and how many rows stand under each filter."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, union
from sqlalchemy.orm import Session

from oms_desktop.models import Location, Product, Stock, Threshold
from oms_desktop.workflow.worklists.shelves import (
    EMPTY,
    LOW,
    SHELF,
    URGENCY,
    Goods,
    Wanted,
    goods,
    goods_of,
    select_rows,
)

PAGE = 100
"""Places on a page."""

URGENT = 500
"""How many empty and how many low rows stand before the first page at most; their filters show all."""


@dataclass(frozen=True)
class GoodsPage:
    """Some rows of all shelves, and the code of the place they end with, None where no others follow."""

    rows: tuple[Goods, ...]
    after: str | None


def goods_page(session: Session, warehouse: UUID, after: str = "", places: int = PAGE) -> GoodsPage:
    """Read the rows of so many places behind a code, by their code; empty and low ones come before the first.

    Places are read along their index and rows by their key: a page costs the same wherever it is.
    """
    found = session.execute(_places(warehouse, after, places)).all()
    wished = select_rows(Wanted(warehouse), [row.id for row in found]).where(URGENCY == 2)
    rows = session.execute(wished.order_by(Location.code, Product.sku, Stock.lot, Stock.condition))
    last = found[-1].code if len(found) == places else None
    return GoodsPage((*_urgent(session, warehouse, after), *(goods_of(row) for row in rows)), last)


def _places(warehouse: UUID, after: str, places: int) -> Select[Any]:
    """Select the next places with goods or a threshold; each of the two is read by itself, and no further."""
    goods_there = select(Stock.location_id).where(Stock.location_id == Location.id, Stock.on_hand > 0)
    asked_there = select(Threshold.location_id).where(Threshold.location_id == Location.id)
    parts = [
        select(Location.id, Location.code)
        .where(Location.warehouse_id == warehouse, Location.code > after, SHELF, there.exists())
        .order_by(Location.code)
        .limit(places)
        .subquery()
        for there in (goods_there, asked_there)
    ]
    both = union(*(select(part.c.id, part.c.code) for part in parts)).subquery()
    return select(both.c.id, both.c.code).order_by(both.c.code).limit(places)


def _urgent(session: Session, warehouse: UUID, after: str) -> tuple[Goods, ...]:
    if after:
        return ()
    parts = (goods(session, Wanted(warehouse, name), URGENT) for name in (EMPTY, LOW))
    return tuple(row for part in parts for row in part)


def counts(session: Session, warehouse: UUID) -> dict[str, int]:
    """Return how many rows stand under each filter."""
    there = select(Stock.location_id).where(
        Stock.location_id == Threshold.location_id,
        Stock.product_id == Threshold.product_id,
        Stock.on_hand > 0,
    )
    lying = (
        select(func.count())
        .select_from(Stock)
        .join(Location, Location.id == Stock.location_id)
        .where(Stock.warehouse_id == warehouse, Stock.on_hand > 0, SHELF)
    )
    asked = (
        select(func.count())
        .select_from(Threshold)
        .join(Location, Location.id == Threshold.location_id)
        .where(Location.warehouse_id == warehouse, SHELF, ~there.exists())
    )
    found = {"all": session.scalars(lying).one() + session.scalars(asked).one()}
    for name in (EMPTY, LOW, "count"):
        rows = select_rows(Wanted(warehouse, name)).subquery()
        found[name] = session.scalars(select(func.count()).select_from(rows)).one()
    return found


class ShelfPages:
    """The pages that somebody has leafed through, one after the other."""

    def __init__(self, warehouse: UUID) -> None:
        self._warehouse = warehouse
        self._pages: list[GoodsPage] = []

    def read(self, session: Session, places: int, *, fresh: bool) -> GoodsPage:
        """Return the rows of so many places as one page.

        Only pages that were not read yet are read, all of them where they are to be `fresh`.
        """
        pages = [] if fresh else self._pages[: places // PAGE]
        while len(pages) * PAGE < places and (not pages or pages[-1].after is not None):
            pages.append(goods_page(session, self._warehouse, pages[-1].after or "" if pages else ""))
        self._pages = pages
        return GoodsPage(tuple(row for page in pages for row in page.rows), pages[-1].after)
