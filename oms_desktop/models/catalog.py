"""What can be sold and what it is packed in: products, kits, listings, packagings, the cartons."""

from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from oms_desktop.models.base import Base, word


class Level(Enum):
    """The level of a packaging."""

    EACH = "each"
    INNER = "inner"
    CASE = "case"


class Product(Base):
    """A product. Weight in grams, sizes in millimetres; 0 means not known.

    Goods of a `lot_tracked` product name their lot when they come, those of a `serial_tracked` one each
    unit's serial. `min_life_days` is what a lot must still have before its expiry when it is promised.
    """

    __tablename__ = "product"
    __table_args__ = (
        CheckConstraint(
            "weight_g >= 0 AND length_mm >= 0 AND width_mm >= 0 AND height_mm >= 0", name="measures"
        ),
        CheckConstraint("min_life_days >= 0", name="life"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sku: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    variant: Mapped[str] = mapped_column(default="")
    weight_g: Mapped[int] = mapped_column(default=0)
    length_mm: Mapped[int] = mapped_column(default=0)
    width_mm: Mapped[int] = mapped_column(default=0)
    height_mm: Mapped[int] = mapped_column(default=0)
    fragile: Mapped[bool] = mapped_column(default=False)
    hazard: Mapped[str] = mapped_column(default="")
    lot_tracked: Mapped[bool] = mapped_column(default=False)
    serial_tracked: Mapped[bool] = mapped_column(default=False)
    min_life_days: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]

    @hybrid_property
    def called(self) -> str:
        """Name and variant in one line, as people tell it from others that look alike."""
        return f"{self.name} {self.variant}".strip()

    @called.inplace.expression
    @classmethod
    def _called(cls) -> ColumnElement[str]:
        return func.trim(cls.name + " " + cls.variant)


class KitPart(Base):
    """What a kit is made of: so many units of a part. A product with parts is a kit and has no stock."""

    __tablename__ = "kit_part"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("kit_id <> part_id", name="not_itself"),
        Index(None, "part_id"),
    )

    kit_id: Mapped[UUID] = mapped_column(ForeignKey(Product.id), primary_key=True)
    part_id: Mapped[UUID] = mapped_column(ForeignKey(Product.id), primary_key=True)
    quantity: Mapped[int]


class Listing(Base):
    """What a channel calls a product: its key there, as `drafts.LineDraft.keys` writes it."""

    __tablename__ = "listing"
    __table_args__ = (UniqueConstraint("channel", "key"), Index(None, "product_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    channel: Mapped[str]
    key: Mapped[str]
    product_id: Mapped[UUID] = mapped_column(ForeignKey(Product.id))


class Packaging(Base):
    """A way a product is packed: its GTIN (14 digits) and how many units one of it holds."""

    __tablename__ = "packaging"
    __table_args__ = (
        CheckConstraint("factor > 0", name="factor"),
        Index(None, "product_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    product_id: Mapped[UUID] = mapped_column(ForeignKey(Product.id))
    level: Mapped[Level] = mapped_column(word(Level, "level"))
    gtin: Mapped[str] = mapped_column(unique=True)
    factor: Mapped[int] = mapped_column(default=1)


class Carton(Base):
    """A box of the catalogue: inner size in millimetres, own weight and greatest gross weight in grams."""

    __tablename__ = "carton"
    __table_args__ = (CheckConstraint("weight_g >= 0 AND max_g > 0", name="weights"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    length_mm: Mapped[int]
    width_mm: Mapped[int]
    height_mm: Mapped[int]
    weight_g: Mapped[int]
    max_g: Mapped[int]
    retired_at: Mapped[datetime | None]
