"""Who works here, and the customers. Personal data stands here and in the raw intake, nowhere else."""

from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from oms_desktop.models.base import Base, word


class Role(Enum):
    """What a worker may do; a worker may have several."""

    PICKER = "picker"
    PACKER = "packer"
    SHIPPER = "shipper"
    RECEIVER = "receiver"
    ORDER_DESK = "order desk"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class Worker(Base):
    """A person with a badge, or the program itself (badge ``system``, no PIN, cannot sign in).

    `language` is a language tag, '' for the station's own; `zone` the part of the floor they work in.
    """

    __tablename__ = "worker"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    badge: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    pin_hash: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    zone: Mapped[str] = mapped_column(default="")
    retired_at: Mapped[datetime | None]


class WorkerRole(Base):
    """One role of a worker."""

    __tablename__ = "worker_role"

    worker_id: Mapped[UUID] = mapped_column(ForeignKey(Worker.id), primary_key=True)
    role: Mapped[Role] = mapped_column(word(Role, "role"), primary_key=True)


class Intake(Base):
    """Something as it arrived: the raw text, and the draft that was read from it (codec form)."""

    __tablename__ = "intake"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    channel: Mapped[str]
    source: Mapped[str]
    raw: Mapped[str]
    draft: Mapped[dict[str, Any]]


class Customer(Base):
    """Who ordered, as the channel knows them; a channel's guest without an id is a row per order."""

    __tablename__ = "customer"
    __table_args__ = (UniqueConstraint("channel", "external_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    channel: Mapped[str]
    external_id: Mapped[str]
    name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    locale: Mapped[str] = mapped_column(default="")


class Address(Base):
    """A postal address as given; `country_code` is ISO 3166-1 alpha-2."""

    __tablename__ = "address"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    company: Mapped[str] = mapped_column(default="")
    address1: Mapped[str] = mapped_column(default="")
    address2: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    province: Mapped[str] = mapped_column(default="")
    province_code: Mapped[str] = mapped_column(default="")
    postal_code: Mapped[str] = mapped_column(default="")
    country_code: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
