"""Make kits: products that are sold as one and picked as their parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, verb
from oms_desktop.errors import InputError, StateError
from oms_desktop.models import KitPart, OrderLine, Product, Role, Stock
from oms_desktop.workflow.catalog import ProductRow, make_products

T = TypeVar("T")


@dataclass(frozen=True)
class KitRow:
    """A part of a kit, both by their SKUs, and how many units of it one kit has."""

    kit: str
    part: str
    quantity: int


@verb("catalog.kits.1", role=Role.ADMINISTRATOR, kind=Kind.DECISION)
def bring_kits(session: Session, act: Act, *, rows: tuple[KitRow, ...]) -> int:
    """Make products kits of these parts; one that is a kit already keeps its parts. Returns how many.

    Raises InputError for an unknown SKU, a part named twice or without units, and a kit that would be a part
    of itself; StateError for a kit that has stock, or that orders wait for as it is.
    """
    products = _lock(session, sorted({sku for row in rows for sku in (row.kit, row.part)}))
    known = set(session.scalars(select(KitPart.kit_id).where(KitPart.kit_id.in_(products.values()))))
    fresh = [row for row in rows if products[row.kit] not in known]
    _refuse_rows(fresh)
    _refuse_circles(session, products, fresh)
    kits = {row.kit: products[row.kit] for row in fresh}
    _refuse_goods(session, kits)
    session.add_all(
        KitPart(kit_id=products[row.kit], part_id=products[row.part], quantity=row.quantity) for row in fresh
    )
    return len(kits)


@verb("catalog.open_kits.1", role=Role.ADMINISTRATOR, kind=Kind.DECISION)
def open_kits(
    session: Session, act: Act, *, products: tuple[ProductRow, ...], parts: tuple[KitRow, ...]
) -> int:
    """Bring new products together with the parts that make them kits, both or neither; returns how many.

    A product that is known already stays as it is. Raises as `catalog.bring_products` and `bring_kits` do.
    """
    made = make_products(session, act, products)
    bring_kits(session, act, rows=tuple(row for row in parts if row.kit in made))
    return len(made)


def _lock(session: Session, skus: Sequence[str]) -> dict[str, UUID]:
    """Lock the products, so that two calls cannot make each other's kits circles; their ids by SKU."""
    found = session.execute(
        select(Product.sku, Product.id)
        .where(Product.sku.in_(skus), Product.retired_at.is_(None))
        .order_by(Product.id)
        .with_for_update()
    )
    products: dict[str, UUID] = dict(found.all())
    for sku in skus:
        if sku not in products:
            raise InputError("catalog.unknown_sku", f"No product has the SKU {sku}.")
    return products


def _refuse_rows(rows: Sequence[KitRow]) -> None:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if row.quantity < 1 or (row.kit, row.part) in seen:
            raise InputError(
                "catalog.kit_rows", f"{row.kit} names each part once, with at least one unit; see {row.part}."
            )
        seen.add((row.kit, row.part))


def _refuse_circles(session: Session, products: Mapping[str, UUID], rows: Sequence[KitRow]) -> None:
    """Follow the parts of the new kits down to the goods; a kit that is met on its own way is a circle."""
    inside: dict[UUID, set[UUID]] = {}
    for row in rows:
        inside.setdefault(products[row.kit], set()).add(products[row.part])
    asked = {part for parts in inside.values() for part in parts} - inside.keys()
    while asked:
        found = session.execute(
            select(KitPart.kit_id, KitPart.part_id).where(KitPart.kit_id.in_(asked))
        ).all()
        for kit, part in found:
            inside.setdefault(kit, set()).add(part)
        asked = {part for _kit, part in found} - inside.keys()
    for row in rows:
        if products[row.kit] in below(products[row.part], inside):
            raise InputError("catalog.kit_circle", f"{row.kit} would be a part of itself, by {row.part}.")


def below(product: T, inside: Mapping[T, set[T]]) -> set[T]:
    """Return a product and all that is in it, however deep."""
    met = {product}
    asked = [product]
    while asked:
        new = inside.get(asked.pop(), set()) - met
        met |= new
        asked += new
    return met


def _refuse_goods(session: Session, kits: Mapping[str, UUID]) -> None:
    stocked = exists().where(Stock.product_id == Product.id, Stock.on_hand > 0)
    wanted = exists().where(OrderLine.product_id == Product.id, OrderLine.open > 0)
    sku = _first(session, kits, stocked)
    if sku is not None:
        raise StateError("catalog.kit_stocked", f"There is stock of {sku}; a kit has none of its own.")
    sku = _first(session, kits, wanted)
    if sku is not None:
        raise StateError("catalog.kit_wanted", f"Orders wait for {sku} as it is; it cannot become a kit.")


def _first(session: Session, kits: Mapping[str, UUID], has: ColumnElement[bool]) -> str | None:
    return session.scalar(
        select(Product.sku).where(Product.id.in_(kits.values()), has).order_by(Product.sku).limit(1)
    )
