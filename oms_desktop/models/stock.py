"""The ledger: stock as the sum of its moves, and what is asked of the counters and put-back hands."""

from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from oms_desktop.models.base import Base, word
from oms_desktop.models.catalog import Product
from oms_desktop.models.orders import OrderLine
from oms_desktop.models.people import Worker
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
    MOVE = "move"
    REFILL = "refill"
    COUNT = "count"
    GRADE = "grade"
    """Goods got another condition: out of one through the adjustment place, into the other."""


class Lot(Base):
    """A lot of a product; `expires_on` is the last day on which it may be sold, None if it keeps for ever."""

    __tablename__ = "lot"
    __table_args__ = (CheckConstraint("code <> ''", name="code"),)

    product_id: Mapped[UUID] = mapped_column(ForeignKey(Product.id), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    expires_on: Mapped[date | None]
    made_at: Mapped[datetime]


class Serial(Base):
    """A single unit of a product, known by its serial, and where the last move that named it left it."""

    __tablename__ = "serial"
    __table_args__ = (CheckConstraint("code <> ''", name="code"), Index(None, "location_id"))

    product_id: Mapped[UUID] = mapped_column(ForeignKey(Product.id), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    lot: Mapped[str] = mapped_column(default="")
    location_id: Mapped[UUID] = mapped_column(ForeignKey(Location.id))
    moved_at: Mapped[datetime]


class Stock(Base):
    """How much of a product is at a physical location, by lot ('' for none) and condition.

    Changed by difference only, together with the move that explains it. `since` is the time the
    oldest goods came into the house, for first in first out: they keep their age from place to place.
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
    """Goods that went from one place to another; never changed, never deleted.

    `reason` is in words where somebody had to give one; `reference` the paper it came with.
    """

    __tablename__ = "stock_move"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("source_id <> target_id", name="two_ends"),
        Index(None, "source_id", "product_id"),
        Index(None, "target_id", "product_id"),
        Index(None, "order_line_id"),
        Index(None, "warehouse_id", "at"),
        Index(
            "ix_stock_move_serial",
            "product_id",
            "serial",
            sqlite_where=text("serial <> ''"),
            postgresql_where=text("serial <> ''"),
        ),
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
    reason: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="")
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
    """A place whose book is in doubt and that somebody must count.

    `seen` are the lots and conditions that were counted since it was opened. Once it is closed `counted` is
    what was found of the product there and `booked` what the book had said.
    """

    __tablename__ = "count"
    __table_args__ = (
        Index(
            "ix_count_open",
            "location_id",
            "product_id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    location_id: Mapped[UUID] = mapped_column(ForeignKey(Location.id))
    product_id: Mapped[UUID] = mapped_column(ForeignKey(Product.id))
    reason: Mapped[str]
    opened_at: Mapped[datetime]
    seen: Mapped[list[Any]] = mapped_column(default=list)
    closed_at: Mapped[datetime | None]
    counted: Mapped[int | None]
    booked: Mapped[int | None]
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey(Worker.id))


class Threshold(Base):
    """How much of a product should be free at a place: the least, when to refill, and up to how much."""

    __tablename__ = "threshold"
    __table_args__ = (
        CheckConstraint("minimum >= 0 AND reorder_at >= minimum AND fill_to > reorder_at", name="in_order"),
        Index(None, "product_id"),
    )

    location_id: Mapped[UUID] = mapped_column(ForeignKey(Location.id), primary_key=True)
    product_id: Mapped[UUID] = mapped_column(ForeignKey(Product.id), primary_key=True)
    minimum: Mapped[int]
    reorder_at: Mapped[int]
    fill_to: Mapped[int]


class AlertLevel(Enum):
    """How little is free at a place: at the reorder point or below it, or less than the minimum."""

    REORDER = "reorder"
    MINIMUM = "minimum"


class Alert(Base):
    """A place that has run low; raised and cleared by the call that made it so. One is open at a time."""

    __tablename__ = "alert"
    __table_args__ = (
        Index(
            "uq_alert_open",
            "location_id",
            "product_id",
            unique=True,
            sqlite_where=text("cleared_at IS NULL"),
            postgresql_where=text("cleared_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    location_id: Mapped[UUID] = mapped_column(ForeignKey(Location.id))
    product_id: Mapped[UUID] = mapped_column(ForeignKey(Product.id))
    level: Mapped[AlertLevel] = mapped_column(word(AlertLevel, "level"))
    raised_at: Mapped[datetime]
    cleared_at: Mapped[datetime | None]
