"""A company with two warehouses: products in lots and cases, and orders with wishes of every kind."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act
from oms_desktop.db import Database
from oms_desktop.models import (
    Level,
    Location,
    LocationKind,
    Lot,
    MoveKind,
    Order,
    OrderLine,
    Packaging,
    Product,
    StockMove,
)
from oms_desktop.workflow import ledger, site
from tests.builders import BOTTLE, MUG, NOON, TORCH, Site

SKUS = (MUG, BOTTLE, TORCH)
CASE = 6
TODAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Lying:
    """Units on a shelf; `life` are days until their lot expires, None for goods without a lot."""

    second: bool
    reserve: bool
    sku: str
    units: int
    life: int | None = None
    age: int = 0


@dataclass(frozen=True)
class Wanted:
    """An order to be; `lines` are units by SKU."""

    lines: dict[str, int]
    priority: int = 0
    ship_complete: bool = False
    one_lot: bool = False
    min_life: int = 0


class Company:
    """A test site with a second warehouse EAST; mugs come in cases of six."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.site = Site(database, stock=0)
        self.east = self.site.station.do(
            site.open_site, site=site.SiteRow("EAST", "East depot", "Europe/Vienna", country_code="AT")
        )
        with database.transaction() as session:
            mug = session.scalars(select(Product.id).where(Product.sku == MUG)).one()
            session.add(
                Packaging(
                    id=UUID(int=77), product_id=mug, level=Level.CASE, gtin="14006381333938", factor=CASE
                )
            )

    def lay(self, *rows: Lying) -> None:
        """Put goods on places of their own, by moves from the supplier."""
        person = self.site.station.person
        assert person is not None
        with self.database.transaction() as session:
            call = session.execute(select(StockMove.call_id)).scalars().first() or UUID(int=1000)
            act = Act(call, person.id, "DOCK-1", NOON)
            for number, row in enumerate(rows):
                self._lay(session, act, number, row)

    def _lay(self, session: Session, act: Act, number: int, row: Lying) -> None:
        warehouse = self.east if row.second else self.site.warehouse
        kind = LocationKind.RESERVE if row.reserve else LocationKind.PICK_FACE
        place = Location(
            id=UUID(int=10_000 + number),
            warehouse_id=warehouse,
            code=f"P-{number:02d}",
            kind=kind,
            sequence=number % 4,
        )
        session.add(place)
        product = session.scalars(select(Product.id).where(Product.sku == row.sku)).one()
        lot = "" if row.life is None else f"L{row.life}"
        if lot and session.get(Lot, (product, lot)) is None:
            expires = TODAY + timedelta(days=row.life or 0)
            session.add(Lot(product_id=product, code=lot, expires_on=expires, made_at=NOON))
        session.flush()
        came = Act(act.call, act.worker, act.station, NOON - timedelta(days=row.age))
        supplier = ledger.end(session, warehouse, LocationKind.SUPPLIER)
        move = ledger.Move(
            MoveKind.RECEIVE, ledger.Goods(warehouse, product, lot), supplier, place.id, row.units
        )
        ledger.put_in(session, came, move)
        ledger.write(session, came, move)

    def order(self, wanted: Wanted) -> UUID:
        """Capture an order with these wishes."""
        order = self.site.order(wanted.lines)
        with self.database.transaction() as session:
            row = session.get_one(Order, order)
            row.priority, row.ship_complete = wanted.priority, wanted.ship_complete
            for line in session.scalars(select(OrderLine).where(OrderLine.order_id == order)):
                line.one_lot, line.min_life_days = wanted.one_lot, wanted.min_life
        return order
