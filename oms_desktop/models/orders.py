"""Orders, their lines and holds, and the fulfillment: the part of an order that ships together."""

from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from oms_desktop.models.base import Base, word
from oms_desktop.models.catalog import Product
from oms_desktop.models.people import Address, Customer, Intake, Worker
from oms_desktop.models.site import Warehouse


class Status(Enum):
    """The life of a fulfillment."""

    PROMISED = "promised"
    RELEASED = "released"
    STARTED = "started"
    PICKED = "picked"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


NEXT: dict[Status, frozenset[Status]] = {
    Status.PROMISED: frozenset({Status.RELEASED, Status.STARTED, Status.CANCELLED}),
    Status.RELEASED: frozenset({Status.STARTED, Status.CANCELLED}),
    Status.STARTED: frozenset({Status.PICKED, Status.CANCELLED}),
    Status.PICKED: frozenset({Status.PACKED, Status.CANCELLED}),
    Status.PACKED: frozenset({Status.SHIPPED, Status.PICKED, Status.CANCELLED}),
    Status.SHIPPED: frozenset({Status.DELIVERED}),
    Status.DELIVERED: frozenset(),
    Status.CANCELLED: frozenset(),
}
"""The legal transitions; packed goes back to picked when a parcel is opened again."""


class Order(Base):
    """An order of a channel. The state of its work is derived from its fulfillments.

    A `ship_complete` order is promised whole or not at all. `ship_by` is when it has to leave, `deliver_by`
    when it has to be there. `likeness` is a digest of who wants what: equal for possible duplicates.
    `merged_into_id` is the order that took over the lines of this one.
    """

    __tablename__ = "sales_order"
    __table_args__ = (
        UniqueConstraint("channel", "number"),
        Index(None, "number"),
        Index(None, "likeness", "captured_at"),
        Index(None, "customer_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    channel: Mapped[str]
    number: Mapped[str]
    external_id: Mapped[str] = mapped_column(default="")
    placed_at: Mapped[datetime | None]
    captured_at: Mapped[datetime]
    currency: Mapped[str] = mapped_column(default="")
    total: Mapped[Decimal]
    payment: Mapped[str] = mapped_column(default="")
    service: Mapped[str] = mapped_column(default="")
    service_price: Mapped[Decimal]
    note: Mapped[str] = mapped_column(default="")
    gift_message: Mapped[str] = mapped_column(default="")
    priority: Mapped[int] = mapped_column(default=0)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey(Customer.id))
    ship_to_id: Mapped[UUID] = mapped_column(ForeignKey(Address.id))
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id))
    ship_complete: Mapped[bool] = mapped_column(default=False)
    ship_by: Mapped[datetime | None]
    deliver_by: Mapped[datetime | None]
    tags: Mapped[list[Any]] = mapped_column(default=list)
    likeness: Mapped[str] = mapped_column(default="")
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("sales_order.id"))
    cancelled_at: Mapped[datetime | None]


class OrderLine(Base):
    """A line of an order. The seven counters are units and always add up to `ordered`.

    `not_picked` says why a line is not ours to pick (``fulfilled``, ``gift card``, ...); its units are
    booked as cancelled. `parent_id` is the kit a component belongs to. `listing` is the channel's own id of
    what was ordered. A `one_lot` line takes all its units from one lot; `min_life_days` is what that lot
    must still have before its expiry, beyond what the product asks for.
    """

    __tablename__ = "order_line"
    __table_args__ = (
        CheckConstraint("ordered = open + allocated + picked + packed + shipped + cancelled", name="adds_up"),
        CheckConstraint(
            "open >= 0 AND allocated >= 0 AND picked >= 0 AND packed >= 0 AND shipped >= 0"
            " AND cancelled >= 0 AND returned >= 0 AND returned <= shipped",
            name="not_negative",
        ),
        CheckConstraint("min_life_days >= 0", name="life"),
        UniqueConstraint("order_id", "position"),
        Index(
            "ix_order_line_open",
            "product_id",
            sqlite_where=text("open > 0"),
            postgresql_where=text("open > 0"),
        ),
        Index(
            "ix_order_line_unknown",
            "sku",
            sqlite_where=text("product_id IS NULL"),
            postgresql_where=text("product_id IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey(Order.id))
    position: Mapped[int]
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("order_line.id"))
    external_id: Mapped[str] = mapped_column(default="")
    product_id: Mapped[UUID | None] = mapped_column(ForeignKey(Product.id))
    sku: Mapped[str]
    title: Mapped[str]
    variant: Mapped[str] = mapped_column(default="")
    price: Mapped[Decimal]
    properties: Mapped[list[Any]]
    not_picked: Mapped[str] = mapped_column(default="")
    listing: Mapped[str] = mapped_column(default="")
    one_lot: Mapped[bool] = mapped_column(default=False)
    min_life_days: Mapped[int] = mapped_column(default=0)
    ordered: Mapped[int]
    open: Mapped[int]
    """Open units: wanted, and no stock promised to them."""
    allocated: Mapped[int] = mapped_column(default=0)
    picked: Mapped[int] = mapped_column(default=0)
    packed: Mapped[int] = mapped_column(default=0)
    shipped: Mapped[int] = mapped_column(default=0)
    cancelled: Mapped[int] = mapped_column(default=0)
    returned: Mapped[int] = mapped_column(default=0)


class Hold(Base):
    """Why an order must wait: a fact beside its status, kept after it was released.

    A hold with a time `until` ends by itself then. One that `frees_stock` has given back what was promised.
    """

    __tablename__ = "hold"
    __table_args__ = (
        Index(None, "order_id"),
        Index(
            "ix_hold_until",
            "until",
            sqlite_where=text("released_at IS NULL AND until IS NOT NULL"),
            postgresql_where=text("released_at IS NULL AND until IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey(Order.id))
    kind: Mapped[str]
    text: Mapped[str]
    set_at: Mapped[datetime]
    set_by: Mapped[UUID] = mapped_column(ForeignKey(Worker.id))
    until: Mapped[datetime | None]
    frees_stock: Mapped[bool] = mapped_column(default=False)
    released_at: Mapped[datetime | None]
    released_by: Mapped[UUID | None] = mapped_column(ForeignKey(Worker.id))


class Fulfillment(Base):
    """The part of an order that one warehouse ships together. It carries the status.

    `assigned_to` is the worker a supervisor wants to pick it; nobody else is given it.
    """

    __tablename__ = "fulfillment"
    __table_args__ = (UniqueConstraint("order_id", "number"), Index(None, "status", "priority", "created_at"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey(Order.id))
    warehouse_id: Mapped[UUID] = mapped_column(ForeignKey(Warehouse.id))
    number: Mapped[int]
    status: Mapped[Status] = mapped_column(word(Status, "status"))
    priority: Mapped[int] = mapped_column(default=0)
    ship_by: Mapped[datetime | None]
    assigned_to: Mapped[UUID | None] = mapped_column(ForeignKey(Worker.id))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
