"""What lies in the totes of a fulfillment for which line: by the moves, stock does not say for whom."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act
from oms_desktop.models import Fulfillment, OrderLine, PutBack, StockMove, ToteUse
from oms_desktop.workflow import lines


@dataclass(frozen=True)
class Lying:
    """Units of a line in a tote that nobody has asked back yet."""

    fulfillment: UUID
    line: UUID
    tote: UUID
    product: UUID
    lot: str
    units: int


def lying(session: Session, fulfillment: UUID) -> list[Lying]:
    """Return what lies in the totes in use for a fulfillment, by line, tote and lot."""
    asked = _asked(session, fulfillment)
    came = case((StockMove.target_id == ToteUse.tote_id, StockMove.quantity), else_=-StockMove.quantity)
    rows = session.execute(
        select(OrderLine.id, ToteUse.tote_id, StockMove.product_id, StockMove.lot, func.sum(came))
        .join(Fulfillment, Fulfillment.order_id == OrderLine.order_id)
        .join(ToteUse, ToteUse.fulfillment_id == Fulfillment.id)
        .join(StockMove, StockMove.order_line_id == OrderLine.id)
        .where(
            Fulfillment.id == fulfillment,
            ToteUse.closed_at.is_(None),
            or_(StockMove.target_id == ToteUse.tote_id, StockMove.source_id == ToteUse.tote_id),
        )
        .group_by(OrderLine.id, ToteUse.tote_id, StockMove.product_id, StockMove.lot)
        .order_by(OrderLine.id, ToteUse.tote_id, StockMove.lot)
    ).all()
    found = []
    for line, tote, product, lot, units in rows:
        # A put-back does not name the lot: it is taken off the first ones.
        back = min(asked[line, tote], int(units))
        asked[line, tote] -= back
        if units > back:
            found.append(Lying(fulfillment, line, tote, product, lot, int(units) - back))
    return found


def ask_back(session: Session, act: Act, goods: Lying, units: int, reason: str) -> None:
    """Count picked units of a line as cancelled, and ask for them to be put back from their tote."""
    lines.shift(session, goods.line, units, lines.PICKED, lines.CANCELLED)
    session.add(
        PutBack(
            id=act.id("put back", goods.tote, goods.product, goods.lot, goods.line),
            location_id=goods.tote,
            product_id=goods.product,
            order_line_id=goods.line,
            quantity=units,
            reason=reason,
            opened_at=act.at,
        )
    )


def put_back_picked(session: Session, act: Act, fulfillment: Fulfillment) -> None:
    """Ask for everything that lies in the totes of an unwanted fulfillment to be put back."""
    session.flush()
    for goods in lying(session, fulfillment.id):
        line = session.get_one(OrderLine, goods.line, populate_existing=True)
        units = min(goods.units, line.picked)
        if units:
            ask_back(session, act, goods, units, "the order is not wanted any more")


def _asked(session: Session, fulfillment: UUID) -> Counter[tuple[UUID, UUID]]:
    """Read how many units are to be put back, by line and tote."""
    rows = session.execute(
        select(PutBack.order_line_id, PutBack.location_id, func.sum(PutBack.quantity))
        .join(ToteUse, ToteUse.tote_id == PutBack.location_id)
        .where(
            ToteUse.fulfillment_id == fulfillment, ToteUse.closed_at.is_(None), PutBack.closed_at.is_(None)
        )
        .group_by(PutBack.order_line_id, PutBack.location_id)
    )
    return Counter({(line, tote): int(units) for line, tote, units in rows})
