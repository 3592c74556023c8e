"""A small warehouse with goods of every kind: a reserve, cases, lots, serials and a kit."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act
from oms_desktop.db import Database
from oms_desktop.models import (
    Condition,
    KitPart,
    Level,
    Location,
    LocationKind,
    Packaging,
    Product,
    Serial,
    Stock,
    StockMove,
)
from oms_desktop.workflow import books, catalog, receiving, site
from oms_desktop.workflow.receiving import Receipt
from tests.builders import MUG, Site

TEA, DRILL, SET = "TEA-0100-GR", "DRL-0012-BL", "SET-0001-XX"
RESERVE, CASE = "R-01-01-A1", "14006381333938"
JUNE, JULY = date(2026, 6, 30), date(2026, 7, 31)
GOOD, DAMAGED = Condition.GOOD, Condition.DAMAGED

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Yard:
    """The usual site, a reserve place, a case of 12 mugs, tea by lot, drills by serial, a kit of both."""

    database: Database
    stock: int = 10
    site: Site = field(init=False)

    def __post_init__(self) -> None:
        self.site = Site(self.database, stock=self.stock)
        do, warehouse = self.site.station.do, self.site.warehouse
        do(
            site.bring_locations,
            warehouse=warehouse,
            rows=(site.LocationRow(RESERVE, LocationKind.RESERVE, sequence=9),),
        )
        do(
            catalog.bring_products,
            rows=(
                catalog.ProductRow(TEA, "Green tea 100 g", lot_tracked=True),
                catalog.ProductRow(DRILL, "Cordless drill", serial_tracked=True),
                catalog.ProductRow(SET, "Tea and drill"),
            ),
        )
        with self.database.transaction() as session:
            mug, case = self.product(MUG), UUID(int=77)
            session.add(Packaging(id=case, product_id=mug, level=Level.CASE, gtin=CASE, factor=12))
            session.add(KitPart(kit_id=self.product(SET), part_id=self.product(TEA), quantity=1))

    def do(self, verb: Callable[Concatenate[Session, Act, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Do a verb and prove the books."""
        result = self.site.station.do(verb, *args, **kwargs)
        self.prove()
        return result

    def prove(self) -> None:
        with self.database.reading() as session:
            assert books.prove(session).violations == ()

    def bring(self, *rows: Receipt) -> int:
        """Receive goods."""
        return self.do(receiving.receive, warehouse=self.site.warehouse, rows=rows)

    def product(self, sku: str) -> UUID:
        with self.database.reading() as session:
            return session.scalars(select(Product.id).where(Product.sku == sku)).one()

    def at(self, code: str, sku: str, lot: str = "", condition: Condition = GOOD) -> tuple[int, int]:
        """Units of a product at a place, and how many of them are reserved."""
        with self.database.reading() as session:
            row = session.execute(
                select(Stock.on_hand, Stock.allocated).where(
                    Stock.location_id == self.site.place(code),
                    Stock.product_id == self.product(sku),
                    Stock.lot == lot,
                    Stock.condition == condition,
                )
            ).one_or_none()
        return (row.on_hand, row.allocated) if row else (0, 0)

    def serials(self, sku: str = DRILL) -> dict[str, str]:
        """The place of each serial of a product, by its code."""
        with self.database.reading() as session:
            rows = session.execute(
                select(Serial.code, Location.code.label("place"))
                .join(Location, Location.id == Serial.location_id)
                .where(Serial.product_id == self.product(sku))
            )
            return {row.code: row.place for row in rows}

    def moves(self) -> list[StockMove]:
        """The moves of the last call that made any, in no order."""
        with self.database.reading() as session:
            last = select(func.max(StockMove.at)).scalar_subquery()
            found = session.scalars(select(StockMove).where(StockMove.at == last)).all()
            session.expunge_all()
        return list(found)
