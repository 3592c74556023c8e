"""A stock to work at: mugs in reserve, a threshold that asks for more of them, bottles by lot."""

from sqlalchemy import select

from oms_desktop.models import LocationKind, MoveKind, Product, StockMove
from oms_desktop.workflow import receiving, site, thresholds
from oms_desktop.workflow.books import prove
from tests.builders import BOTTLE, MUG, MUG_PLACE
from tests.floor.desk import Desk

RESERVE = "R-01-02-R1"


def stocked(desk: Desk, mugs: int = 24, lots: tuple[str, ...] = ("",)) -> Desk:
    """A desk at the stock: mugs in reserve, and a threshold that asks for 16 more of them."""
    places = (site.LocationRow(RESERVE, LocationKind.RESERVE, sequence=9),)
    desk.site.station.do(site.bring_locations, warehouse=desk.site.warehouse, rows=places)
    rows = tuple(receiving.Receipt(MUG, RESERVE, mugs, lot=lot) for lot in lots)
    desk.site.station.do(receiving.receive, warehouse=desk.site.warehouse, rows=rows)
    asked = thresholds.ThresholdRow(MUG, MUG_PLACE, 4, 12, 26)
    desk.site.station.do(thresholds.bring_thresholds, warehouse=desk.site.warehouse, rows=(asked,))
    desk.case_of_six()
    desk.workplace.resolver.load()
    desk.go("stock")
    return desk


def moves(desk: Desk, kind: MoveKind) -> list[tuple[int, str, str]]:
    """Units, reason and reference of all moves of a kind."""
    with desk.database.reading() as session:
        rows = session.scalars(
            select(StockMove).where(StockMove.kind == kind).order_by(StockMove.at, StockMove.id)
        )
        return [(row.quantity, row.reason, row.reference) for row in rows]


def sound(desk: Desk) -> bool:
    """Whether the books are."""
    with desk.database.reading() as session:
        return prove(session).sound


def lotted(desk: Desk) -> Desk:
    """A desk with two lots of mugs in reserve."""
    with desk.database.transaction() as session:
        session.scalars(select(Product).where(Product.sku == BOTTLE)).one().lot_tracked = True
    stocked(desk)
    rows = tuple(receiving.Receipt(BOTTLE, RESERVE, 5, lot=lot) for lot in ("L-1", "L-2"))
    desk.site.station.do(receiving.receive, warehouse=desk.site.warehouse, rows=rows)
    return desk
