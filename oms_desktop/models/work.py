"""Work on the floor: leases, pick lists, pick tasks and the uses of totes."""

from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from oms_desktop.models.base import Base, word
from oms_desktop.models.catalog import Product
from oms_desktop.models.orders import Fulfillment, OrderLine
from oms_desktop.models.people import Worker
from oms_desktop.models.site import Location, Warehouse
from oms_desktop.models.stock import Condition


class LeaseKind(Enum):
    """The kind of work a lease covers."""

    PICK = "pick"
    PACK = "pack"


class LeaseEnd(Enum):
    """How a lease ended."""

    DONE = "done"
    YIELDED = "yielded"


class Lease(Base):
    """Work that a station has taken, with exactly the stock promised to it. Open until `ended_at`."""

    __tablename__ = "lease"
    __table_args__ = (Index(None, "station", "ended_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[LeaseKind] = mapped_column(word(LeaseKind, "kind"))
    station: Mapped[str]
    worker_id: Mapped[UUID] = mapped_column(ForeignKey(Worker.id))
    taken_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended: Mapped[LeaseEnd | None] = mapped_column(word(LeaseEnd, "ended"))


class LeaseWork(Base):
    """A fulfillment that a lease covers; at most one open lease covers a fulfillment."""

    __tablename__ = "lease_work"
    __table_args__ = (
        Index(
            "uq_lease_work_open",
            "fulfillment_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    lease_id: Mapped[UUID] = mapped_column(ForeignKey(Lease.id), primary_key=True)
    fulfillment_id: Mapped[UUID] = mapped_column(ForeignKey(Fulfillment.id), primary_key=True)
    ended_at: Mapped[datetime | None]


class PickList(Base):
    """A tour: the tasks one picker walks in one go. `number` counts the tours of a warehouse."""

    __tablename__ = "pick_list"
    __table_args__ = (Index(None, "warehouse_id", "number", unique=True),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    warehouse_id: Mapped[UUID] = mapped_column(ForeignKey(Warehouse.id))
    lease_id: Mapped[UUID] = mapped_column(ForeignKey(Lease.id))
    number: Mapped[int]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class ToteUse(Base):
    """One use of a tote for one fulfillment, from the first goods until it is empty again."""

    __tablename__ = "tote_use"
    __table_args__ = (
        Index(
            "uq_tote_use_open",
            "tote_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index(None, "fulfillment_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    tote_id: Mapped[UUID] = mapped_column(ForeignKey(Location.id))
    fulfillment_id: Mapped[UUID] = mapped_column(ForeignKey(Fulfillment.id))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class PickTask(Base):
    """So many units of an order line at one place: an allocation, and once claimed a stop of a tour.

    `quantity` units are promised, `picked` of them are in a tote; the rest is what `stock.allocated`
    counts. `pick_list_id` and `tote_use_id` are empty until the work is claimed.
    """

    __tablename__ = "pick_task"
    __table_args__ = (
        CheckConstraint("picked >= 0 AND picked <= quantity", name="picked"),
        Index(None, "fulfillment_id"),
        Index(None, "order_line_id"),
        Index(None, "pick_list_id"),
        Index(None, "location_id", "product_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    fulfillment_id: Mapped[UUID] = mapped_column(ForeignKey(Fulfillment.id))
    order_line_id: Mapped[UUID] = mapped_column(ForeignKey(OrderLine.id))
    warehouse_id: Mapped[UUID] = mapped_column(ForeignKey(Warehouse.id))
    product_id: Mapped[UUID] = mapped_column(ForeignKey(Product.id))
    location_id: Mapped[UUID] = mapped_column(ForeignKey(Location.id))
    lot: Mapped[str] = mapped_column(default="")
    condition: Mapped[Condition] = mapped_column(word(Condition, "condition"))
    quantity: Mapped[int]
    picked: Mapped[int] = mapped_column(default=0)
    pick_list_id: Mapped[UUID | None] = mapped_column(ForeignKey(PickList.id))
    tote_use_id: Mapped[UUID | None] = mapped_column(ForeignKey(ToteUse.id))
    position: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
