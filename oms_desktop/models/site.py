"""Where goods can be: warehouses, locations of every kind, and the lanes of the dock."""

from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from oms_desktop.models.base import Base, word


class LocationKind(Enum):
    """What a location is. The first four are physical and have stock; the others are ends of moves."""

    PICK_FACE = "pick face"
    RESERVE = "reserve"
    TOTE = "tote"
    PARCEL = "parcel"
    SUPPLIER = "supplier"
    CUSTOMER = "customer"
    SCRAP = "scrap"
    ADJUSTMENT = "adjustment"


PHYSICAL = frozenset({LocationKind.PICK_FACE, LocationKind.RESERVE, LocationKind.TOTE, LocationKind.PARCEL})
SHELVES = frozenset({LocationKind.PICK_FACE, LocationKind.RESERVE})


class Warehouse(Base):
    """A site. `time_zone` is an IANA name; the address stands on labels as the sender.

    Of several that could serve an order alike, the one with the lowest `rank` is taken.
    """

    __tablename__ = "warehouse"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    time_zone: Mapped[str]
    address1: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    postal_code: Mapped[str] = mapped_column(default="")
    country_code: Mapped[str] = mapped_column(default="")
    rank: Mapped[int] = mapped_column(default=0)


class Location(Base):
    """A place for goods. Coordinates are millimetres from the corner of the site, None if unknown.

    `sequence` orders locations along the walk; 0 where nobody walks.
    """

    __tablename__ = "location"
    __table_args__ = (UniqueConstraint("warehouse_id", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    warehouse_id: Mapped[UUID] = mapped_column(ForeignKey(Warehouse.id))
    code: Mapped[str]
    kind: Mapped[LocationKind] = mapped_column(word(LocationKind, "kind"))
    zone: Mapped[str] = mapped_column(default="")
    aisle: Mapped[str] = mapped_column(default="")
    bay: Mapped[str] = mapped_column(default="")
    level: Mapped[str] = mapped_column(default="")
    slot: Mapped[str] = mapped_column(default="")
    x_mm: Mapped[int | None]
    y_mm: Mapped[int | None]
    z_mm: Mapped[int | None]
    sequence: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]


class Lane(Base):
    """Where the parcels of one carrier stand until its truck comes."""

    __tablename__ = "lane"
    __table_args__ = (
        UniqueConstraint("warehouse_id", "code"),
        CheckConstraint("carrier <> ''", name="carrier"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    warehouse_id: Mapped[UUID] = mapped_column(ForeignKey(Warehouse.id))
    code: Mapped[str]
    carrier: Mapped[str]
