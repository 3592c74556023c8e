"""Boxes and what leaves: parcels with their content, labels, manifests."""

from datetime import datetime
from decimal import Decimal
from enum import Enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from oms_desktop.models.base import Base, word
from oms_desktop.models.catalog import Carton, Product
from oms_desktop.models.orders import Fulfillment, OrderLine
from oms_desktop.models.people import Worker
from oms_desktop.models.site import Lane, Location, Warehouse
from oms_desktop.models.stock import Condition


class ParcelStatus(Enum):
    """The life of a parcel. `closed` means weighed and labelled, `loaded` that it stands in its lane."""

    OPEN = "open"
    CLOSED = "closed"
    LOADED = "loaded"
    SHIPPED = "shipped"


class Manifest(Base):
    """What a carrier took at once. Made when it is closed, never changed after."""

    __tablename__ = "manifest"
    __table_args__ = (
        UniqueConstraint("warehouse_id", "number"),
        CheckConstraint("parcels > 0", name="parcels"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    warehouse_id: Mapped[UUID] = mapped_column(ForeignKey(Warehouse.id))
    lane_id: Mapped[UUID] = mapped_column(ForeignKey(Lane.id))
    carrier: Mapped[str]
    number: Mapped[int]
    parcels: Mapped[int]
    closed_at: Mapped[datetime]
    closed_by: Mapped[UUID] = mapped_column(ForeignKey(Worker.id))


class Parcel(Base):
    """A box of a fulfillment. It is also a location, so that goods in it have a place.

    Weights are grams; `expected_g` and the chosen service are those of the act that closed it.
    """

    __tablename__ = "parcel"
    __table_args__ = (
        UniqueConstraint("fulfillment_id", "number"),
        CheckConstraint(
            "status = 'open' OR (weight_g > 0 AND carton_id IS NOT NULL AND sscc IS NOT NULL)", name="closed"
        ),
        CheckConstraint("status <> 'shipped' OR manifest_id IS NOT NULL", name="shipped"),
        Index(None, "status"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    fulfillment_id: Mapped[UUID] = mapped_column(ForeignKey(Fulfillment.id))
    number: Mapped[int]
    location_id: Mapped[UUID] = mapped_column(ForeignKey(Location.id), unique=True)
    status: Mapped[ParcelStatus] = mapped_column(word(ParcelStatus, "status"))
    carton_id: Mapped[UUID | None] = mapped_column(ForeignKey(Carton.id))
    weight_g: Mapped[int | None]
    expected_g: Mapped[int | None]
    weight_reason: Mapped[str] = mapped_column(default="")
    sscc: Mapped[str | None] = mapped_column(unique=True)
    carrier: Mapped[str] = mapped_column(default="")
    service: Mapped[str] = mapped_column(default="")
    price: Mapped[Decimal | None]
    currency: Mapped[str] = mapped_column(default="")
    station: Mapped[str]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    lane_id: Mapped[UUID | None] = mapped_column(ForeignKey(Lane.id))
    loaded_at: Mapped[datetime | None]
    manifest_id: Mapped[UUID | None] = mapped_column(ForeignKey(Manifest.id), index=True)


class ParcelItem(Base):
    """What is in a parcel, by order line, lot and condition; what the scans have confirmed."""

    __tablename__ = "parcel_item"
    __table_args__ = (CheckConstraint("quantity >= 0", name="quantity"), Index(None, "order_line_id"))

    parcel_id: Mapped[UUID] = mapped_column(ForeignKey(Parcel.id), primary_key=True)
    order_line_id: Mapped[UUID] = mapped_column(ForeignKey(OrderLine.id), primary_key=True)
    lot: Mapped[str] = mapped_column(primary_key=True, default="")
    condition: Mapped[Condition] = mapped_column(word(Condition, "condition"), primary_key=True)
    product_id: Mapped[UUID] = mapped_column(ForeignKey(Product.id))
    quantity: Mapped[int]


class Label(Base):
    """A label that was made for a parcel; it lives until it is voided."""

    __tablename__ = "label"
    __table_args__ = (
        Index(
            "uq_label_live",
            "parcel_id",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
        Index(None, "tracking"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    parcel_id: Mapped[UUID] = mapped_column(ForeignKey(Parcel.id))
    sscc: Mapped[str]
    tracking: Mapped[str]
    routing: Mapped[str]
    made_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]
