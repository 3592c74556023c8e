"""What the queue shows of each order, kept beside it so that a million orders are read page by page.

Everything here is derived: `workflow.board` writes it in the transaction that changes the order, and the
books hold it against the rows it comes from.
"""

from datetime import UTC, datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from oms_desktop.models.base import Base, word
from oms_desktop.models.orders import Order
from oms_desktop.models.people import Worker

NO_DUE = datetime(9999, 1, 1, tzinfo=UTC)
"""Stands for "no date" in `QueueEntry.due`, so that it sorts last and compares like any other."""


class Stage(Enum):
    """Where an order stands: the status of that part of it which is least far, NEW before any promise.

    CLOSED are orders of which nothing is left to do, whatever became of them.
    """

    NEW = "new"
    PROMISED = "promised"
    RELEASED = "released"
    STARTED = "started"
    PICKED = "picked"
    PACKED = "packed"
    CLOSED = "closed"


class QueueEntry(Base):
    """An order as the queue shows it.

    `urgency` is the priority with its sign turned, so that (urgency, due, captured_at, order_id), all
    ascending, is the order of the queue. `digits` are those of the number, for searching. `short` units
    wait for stock; `flagged_at` is when the order was held or came to be short. `zones` are joined by
    commas.
    """

    __tablename__ = "queue_entry"
    __table_args__ = (
        Index("ix_queue_entry_stage", "stage", "urgency", "due", "captured_at", "order_id"),
        Index(
            "ix_queue_entry_open",
            "urgency",
            "due",
            "captured_at",
            "order_id",
            sqlite_where=text("stage <> 'closed'"),
            postgresql_where=text("stage <> 'closed'"),
        ),
        Index(
            "ix_queue_entry_due",
            "due",
            sqlite_where=text("stage <> 'closed'"),
            postgresql_where=text("stage <> 'closed'"),
        ),
        Index(
            "ix_queue_entry_flagged",
            "flagged_at",
            "order_id",
            sqlite_where=text("flagged_at IS NOT NULL"),
            postgresql_where=text("flagged_at IS NOT NULL"),
        ),
        Index(None, "number"),
        Index(None, "digits"),
        Index(None, "assignee_id"),
    )

    order_id: Mapped[UUID] = mapped_column(ForeignKey(Order.id), primary_key=True)
    channel: Mapped[str]
    number: Mapped[str]
    digits: Mapped[str]
    stage: Mapped[Stage] = mapped_column(word(Stage, "stage"))
    held: Mapped[bool]
    short: Mapped[int] = mapped_column(BigInteger)
    flagged_at: Mapped[datetime | None]
    urgency: Mapped[int]
    due: Mapped[datetime]
    captured_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    lines: Mapped[int]
    pieces: Mapped[int] = mapped_column(BigInteger)
    zones: Mapped[str]
    assignee_id: Mapped[UUID | None] = mapped_column(ForeignKey(Worker.id))


class QueueTally(Base):
    """How many orders stand under a filter of the queue: the sum over all slots of a bucket.

    A call adds to the slot that its own id falls into, so that stations seldom wait for each other.
    """

    __tablename__ = "queue_tally"

    bucket: Mapped[str] = mapped_column(primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    orders: Mapped[int]
