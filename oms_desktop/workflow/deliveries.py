"""Goods of a list that may come again: what was brought before is not booked twice.

Goods were brought before when the same product, lot and condition has been received at the place with the
same reference, or lies there and the row names no reference; units with serials, when all of them are there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, verb
from oms_desktop.db.sets import among
from oms_desktop.models import (
    PHYSICAL,
    Condition,
    Location,
    MoveKind,
    Role,
    Serial,
    Stock,
    StockMove,
    Warehouse,
)
from oms_desktop.workflow.goods import Catalogue, read_catalogue
from oms_desktop.workflow.receiving import Receipt, receive, trimmed

_SERIALS = (
    select(Serial.product_id, Serial.code, Serial.location_id)
    .join(Location, Location.id == Serial.location_id)
    .where(among(Serial.product_id, "products"), Location.kind.in_(PHYSICAL))
)
_LYING = select(Stock.location_id, Stock.product_id, Stock.lot, Stock.condition).where(
    among(Stock.product_id, "products"), among(Stock.location_id, "places"), Stock.on_hand > 0
)
_RECEIVED = (
    select(StockMove.target_id, StockMove.product_id, StockMove.lot, StockMove.condition, StockMove.reference)
    .where(
        among(StockMove.product_id, "products"),
        among(StockMove.target_id, "places"),
        StockMove.kind == MoveKind.RECEIVE,
    )
    .distinct()
)


@dataclass(frozen=True)
class Brought:
    """What lies at some places, what came there with which reference, and where serials are."""

    lying: set[tuple[Any, ...]]
    received: set[tuple[Any, ...]]
    serials: dict[tuple[UUID, str], UUID]

    def knows(
        self,
        place: UUID,
        product: UUID,
        lot: str,
        condition: Condition,
        reference: str,
        serials: Sequence[str],
    ) -> bool:
        """Tell whether goods were brought before."""
        if serials:
            return all((product, serial) in self.serials for serial in serials)
        goods = (place, product, lot, condition)
        return (*goods, reference) in self.received or (not reference and goods in self.lying)


def read_brought(session: Session, known: Catalogue) -> Brought:
    """Read what was brought of some products to some places."""
    given = {
        "products": [product.id for product in known.products.values()],
        "places": [place.id for place in known.shelves.values()],
    }
    return Brought(
        {tuple(found) for found in session.execute(_LYING, given)},
        {tuple(found) for found in session.execute(_RECEIVED, given)},
        {(product, code): place for product, code, place in session.execute(_SERIALS, given)},
    )


@verb("stock.bring.1", role=Role.RECEIVER, kind=Kind.DECISION)
def bring(session: Session, act: Act, *, warehouse: UUID, rows: tuple[Receipt, ...]) -> tuple[int, ...]:
    """Receive the rows that were not brought before; returns their places in `rows`.

    Two lists for one warehouse are looked at one after the other, so that the same list twice at once is
    booked once. Raises InputError as `receive` does.
    """
    session.execute(select(Warehouse.id).where(Warehouse.id == warehouse).with_for_update(key_share=True))
    rows = tuple(map(trimmed, rows))
    known = read_catalogue(session, warehouse, (row.sku for row in rows), (row.location for row in rows))
    brought = read_brought(session, known)
    new = tuple(place for place, row in enumerate(rows) if not _is_known(known, brought, row))
    if new:
        receive(session, act, warehouse=warehouse, rows=tuple(rows[place] for place in new))
    return new


def _is_known(known: Catalogue, brought: Brought, row: Receipt) -> bool:
    product, shelf = known.products.get(row.sku), known.shelves.get(row.location)
    if product is None or shelf is None:
        return False
    return brought.knows(shelf.id, product.id, row.lot, row.condition, row.reference, row.serials)
