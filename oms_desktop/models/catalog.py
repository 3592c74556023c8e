"""What can be sold and what it is packed in: products, their packagings, the cartons."""

from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from oms_desktop.models.base import Base, word


class Level(Enum):
    """The level of a packaging."""

    EACH = "each"
    INNER = "inner"
    CASE = "case"


class Product(Base):
    """A product. Weight in grams, sizes in millimetres; 0 means not known."""

    __tablename__ = "product"
    __table_args__ = (
        CheckConstraint(
            "weight_g >= 0 AND length_mm >= 0 AND width_mm >= 0 AND height_mm >= 0", name="measures"
        ),
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
    retired_at: Mapped[datetime | None]


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
