"""What was done: journal, events, intents, the remembered step of each dialogue, number ranges."""

from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from oms_desktop.models.base import Base, word
from oms_desktop.models.orders import Fulfillment, Order
from oms_desktop.models.people import Worker

DONE = "done"
"""The result of a call that was carried out; any other result is the code of its refusal."""


class JournalEntry(Base):
    """One call of a verb, as it can be played again.

    `arguments` are in codec form and hold no personal data. `at` is the station's clock, `hub_at` the
    clock of the database's own machine. `ordinal` is the order in which the calls were carried out: it
    is taken under the locks of the verb, so that of two calls that concern the same rows the later one
    has the greater number; calls that have nothing to do with each other may share one.
    """

    __tablename__ = "journal"
    __table_args__ = (UniqueConstraint("station", "incarnation", "sequence"),)

    call_id: Mapped[UUID] = mapped_column(primary_key=True)
    station: Mapped[str]
    incarnation: Mapped[int]
    sequence: Mapped[int]
    verb: Mapped[str]
    arguments: Mapped[dict[str, Any]]
    worker_id: Mapped[UUID] = mapped_column(ForeignKey(Worker.id))
    approver_id: Mapped[UUID | None] = mapped_column(ForeignKey(Worker.id))
    device: Mapped[str]
    at: Mapped[datetime]
    lease_id: Mapped[UUID | None]
    result: Mapped[str]
    hub_at: Mapped[datetime]
    ordinal: Mapped[int] = mapped_column(BigInteger, index=True)


class Event(Base):
    """A line of an order's timeline. `facts` are numbers, codes and ids, never personal data."""

    __tablename__ = "event"
    __table_args__ = (Index(None, "order_id", "at"), Index(None, "kind", "at"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey(Order.id))
    fulfillment_id: Mapped[UUID | None] = mapped_column(ForeignKey(Fulfillment.id))
    call_id: Mapped[UUID]
    at: Mapped[datetime]
    kind: Mapped[str]
    worker_id: Mapped[UUID] = mapped_column(ForeignKey(Worker.id))
    station: Mapped[str]
    facts: Mapped[dict[str, Any]]


class IntentState(Enum):
    """Whether the outside effect has happened."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class Intent(Base):
    """Something to be done outside the database, by exactly one executor (a station, or ``hub``)."""

    __tablename__ = "intent"
    __table_args__ = (
        CheckConstraint("executor <> ''", name="executor"),
        Index(None, "executor", "state", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    call_id: Mapped[UUID]
    kind: Mapped[str]
    executor: Mapped[str]
    document: Mapped[str]
    subject_id: Mapped[UUID]
    state: Mapped[IntentState] = mapped_column(word(IntentState, "state"))
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    result: Mapped[str] = mapped_column(default="")


class Memory(Base):
    """The step a dialogue of a station stands at, written in the commit of the scan that led there."""

    __tablename__ = "dialogue"

    station: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)
    step: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class NumberRange(Base):
    """Numbers handed to a station in blocks; `next` is the first that nobody has."""

    __tablename__ = "number_range"
    __table_args__ = (CheckConstraint("next > 0", name="next"),)

    kind: Mapped[str] = mapped_column(primary_key=True)
    next: Mapped[int]
