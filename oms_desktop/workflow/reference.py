"""What codes stand for: the read side of everything that can be scanned."""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from oms_desktop.models import (
    SHELVES,
    Carton,
    Label,
    Lane,
    Location,
    LocationKind,
    Order,
    Packaging,
    Parcel,
    Product,
    Worker,
)


@dataclass(frozen=True)
class Meaning:
    """What a code stands for: a kind in words, the row, the code as people read it, units of one scan.

    `name` is what people call it, where that is not the code.
    """

    kind: str
    id: UUID
    code: str
    factor: int = 1
    name: str = ""


Meanings = dict[str, Meaning]

_LOCATION_KINDS = {LocationKind.TOTE: "tote", **dict.fromkeys(SHELVES, "location")}


def all_meanings(session: Session) -> Meanings:
    """Return everything that stands on shelves, cards and products, by code in capitals.

    The same code twice: a SKU loses to a GTIN, that to a badge, that to a carton, a lane, a tote, a location.
    """
    found: Meanings = {}
    names = {
        product: Meaning("product", product, sku, 1, name)
        for product, sku, name in session.execute(
            select(Product.id, Product.sku, Product.name).where(Product.retired_at.is_(None))
        )
    }
    found.update({meaning.code.upper(): meaning for meaning in names.values()})
    for product, gtin, factor in session.execute(
        select(Packaging.product_id, Packaging.gtin, Packaging.factor)
    ):
        if product in names:
            found[gtin] = replace(names[product], factor=factor)
    _add(session, found, "badge", select(Worker.id, Worker.badge).where(Worker.retired_at.is_(None)))
    _add(session, found, "carton", select(Carton.id, Carton.code).where(Carton.retired_at.is_(None)))
    _add(session, found, "lane", select(Lane.id, Lane.code))
    for place, code, kind in session.execute(
        select(Location.id, Location.code, Location.kind).where(
            Location.retired_at.is_(None), Location.kind.in_(list(_LOCATION_KINDS))
        )
    ):
        found[code.upper()] = Meaning(_LOCATION_KINDS[kind], place, code)
    return found


def parcel_of(session: Session, code: str) -> Meaning | None:
    """Find a parcel by its SSCC or by the tracking number of its label."""
    parcels = select(Parcel.id, Parcel.sscc).limit(1)
    # Two look-ups, each by its own index: one for both would read every parcel there is.
    found = session.execute(parcels.where(Parcel.sscc == code)).one_or_none()
    if found is None:
        labels = parcels.join(Label, Label.parcel_id == Parcel.id)
        found = session.execute(labels.where(Label.tracking == code)).one_or_none()
    return None if found is None else Meaning("parcel", found.id, found.sscc or code)


def order_of(session: Session, code: str) -> Meaning | None:
    """Find the newest order of a number, in capitals or not, with or without the sign before it."""
    found = session.execute(
        select(Order.id, Order.number)
        .where(Order.number.in_([code, code.upper(), f"#{code}"]))
        .order_by(Order.captured_at.desc())
        .limit(1)
    ).one_or_none()
    return None if found is None else Meaning("order", found.id, found.number)


def _add(session: Session, found: Meanings, kind: str, rows: Select[UUID, str]) -> None:
    for id_, code in session.execute(rows):
        found[code.upper()] = Meaning(kind, id_, code)
