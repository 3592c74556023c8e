"""The ledger: stock as the sum of its moves, and what is asked of the counters and put-back hands."""

from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from oms_desktop.models.base import Base, word
from oms_desktop.models.catalog import Product
from oms_desktop.models.orders import OrderLine
from oms_desktop.models.site import Location, Warehouse


class Condition(Enum):
    """What state goods are in; only good ones are promised."""

    GOOD = "good"
    QUARANTINE = "quarantine"
    DAMAGED = "damaged"


class MoveKind(Enum):
    """Why goods moved."""

    RECEIVE = "receive"
    PICK = "pick"
    UNDO_PICK = "undo pick"
    PACK = "pack"
    UNDO_PACK = "undo pack"
    SHIP = "ship"
    PUT_BACK = "put back"
    ADJUST = "adjust"


class Stock(Base):
    """How much of a product is at a physical location, by lot ('' for none) and condition.

    Changed by difference only, together with the move that explains it. `since` is the time the
    oldest goods came, for first in first out.
    """

    __tablename__ = "stock"
    __table_args__ = (
        CheckConstraint("on_hand >= 0 AND allocated >= 0 AND allocated <= on_hand", name="covered"),
        Index(None, "product_id", "warehouse_id"),
    )

    location_id: Mapped[UUID] = mapped_column(ForeignKey(Location.id), primary_key=True)
    product_id: Mapped[UUID] = mapped_column(ForeignKey(Product.id), primary_key=True)
    lot: Mapped[str] = mapped_column(primary_key=True, default="")
    condition: Mapped[Condition] = mapped_column(word(Condition, "condition"), primary_key=True)
    warehouse_id: Mapped[UUID] = mapped_column(ForeignKey(Warehouse.id))
    on_hand: Mapped[int] = mapped_column(default=0)
    allocated: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime]


class StockMove(Base):
    """Goods that went from one place to another; never changed, never deleted."""

    __tablename__ = "stock_move"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("source_id <> target_id", name="two_ends"),
        Index(None, "source_id", "product_id"),
        Index(None, "target_id", "product_id"),
        Index(None, "order_line_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    call_id: Mapped[UUID]
    at: Mapped[datetime]
    kind: Mapped[MoveKind] = mapped_column(word(MoveKind, "kind"))
    warehouse_id: Mapped[UUID] = mapped_column(ForeignKey(Warehouse.id))
    product_id: Mapped[UUID] = mapped_column(ForeignKey(Product.id))
    lot: Mapped[str] = mapped_column(default="")
    condition: Mapped[Condition] = mapped_column(word(Condition, "condition"))
    serial: Mapped[str] = mapped_column(default="")
    quantity: Mapped[int]
    source_id: Mapped[UUID] = mapped_column(ForeignKey(Location.id))
    target_id: Mapped[UUID] = mapped_column(ForeignKey(Location.id))
    order_line_id: Mapped[UUID | None] = mapped_column(ForeignKey(OrderLine.id))


class PutBack(Base):
    """Goods in a tote or parcel that nobody wants any more and that must go back to a shelf."""

    __tablename__ = "put_back"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    location_id: Mapped[UUID] = mapped_column(ForeignKey(Location.id))
    product_id: Mapped[UUID] = mapped_column(ForeignKey(Product.id))
    order_line_id: Mapped[UUID] = mapped_column(ForeignKey(OrderLine.id))
    quantity: Mapped[int]
    reason: Mapped[str]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Count(Base):
    """A place whose book is in doubt and that somebody must count."""

    __tablename__ = "count"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    location_id: Mapped[UUID] = mapped_column(ForeignKey(Location.id))
    product_id: Mapped[UUID] = mapped_column(ForeignKey(Product.id))
    reason: Mapped[str]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
