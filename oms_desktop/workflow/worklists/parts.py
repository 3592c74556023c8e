"""Parts of queries that several worklists use."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from oms_desktop.models import Hold, Order, Packaging

EACH = (
    select(Packaging.product_id, func.min(Packaging.gtin).label("gtin"))
    .where(Packaging.factor == 1)
    .group_by(Packaging.product_id)
    .subquery()
)
"""The GTIN of the single unit of each product."""


@dataclass(frozen=True)
class Waiting:
    """How much work waits at a place, and a tote to begin with: an empty one, or the one to come first."""

    count: int = 0
    tote: str = ""


def held() -> ColumnElement[bool]:
    """Tell, beside `Order`, whether an order is on hold."""
    return select(Hold.id).where(Hold.order_id == Order.id, Hold.released_at.is_(None)).exists()
