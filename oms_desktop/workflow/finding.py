"""Find the products that the lines of orders are about, and the parts of those that are kits.

A line is looked up by its SKU, then by its barcode, then by the listings of its channel, the surest key
first. Retired products are not found. The barcode of a pack or case finds nothing: how many units the
customer wants would be a guess. The number of statements does not grow with the orders.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from oms_desktop.db.sets import among
from oms_desktop.drafts import MAX_QUANTITY, LineDraft, NotPicked, OrderDraft
from oms_desktop.errors import InputError
from oms_desktop.models import KitPart, Listing, Packaging, Product

_CHUNK = 5000
"""Pairs in one statement: both databases take some tens of thousands."""

_BY_SKU = select(Product.sku, Product.id).where(Product.retired_at.is_(None), among(Product.sku, "skus"))
_BY_GTIN = (
    select(Packaging.gtin, Packaging.product_id)
    .join(Product, Product.id == Packaging.product_id)
    .where(Product.retired_at.is_(None), Packaging.factor == 1, among(Packaging.gtin, "gtins"))
)
_PARTS = select(KitPart.kit_id, KitPart.part_id, KitPart.quantity).where(among(KitPart.kit_id, "kits"))
_NAMES = select(Product.id, Product.sku, Product.called).where(among(Product.id, "products"))


@dataclass(frozen=True)
class Piece:
    """A part of a kit: so many units of it go into one kit."""

    product: UUID
    sku: str
    name: str
    units: int

    def of(self, kits: int) -> int:
        """Return how many units so many kits have; InputError for more than a line can hold."""
        if self.units * kits > MAX_QUANTITY:
            raise InputError(
                "order.kit_units",
                f"{kits} kits with {self.units} of {self.sku} each are more than a line can hold.",
            )
        return self.units * kits


@dataclass(frozen=True)
class Found:
    """The product of a line, None when it is unknown; `pieces` is what a kit is made of, () for others."""

    product: UUID | None
    pieces: tuple[Piece, ...] = ()

    def spread(self, line: LineDraft) -> tuple[LineDraft, ...]:
        """Write a line as lines to store: a kit as itself, not picked, and behind it a line for each part.

        The parts cost nothing, the kit was paid; its properties are shown with each of them.
        """
        if not self.pieces or not line.pickable:
            return (line,)
        parts = (
            replace(
                line,
                sku=piece.sku,
                title=piece.name,
                variant="",
                quantity=piece.of(line.quantity),
                price=Decimal(),
                external_id="",
                barcode=None,
                listing="",
                grams=0,
            )
            for piece in self.pieces
        )
        return (replace(line, not_picked=NotPicked.KIT), *parts)


def find(session: Session, drafts: Sequence[OrderDraft]) -> list[tuple[Found, ...]]:
    """Find the products of all lines of some orders: one tuple for each order, in the order of its lines."""
    lines = [line for draft in drafts for line in draft.lines]
    by_sku = _by_sku(session, {line.sku for line in lines if line.sku})
    lost = [line for line in lines if line.sku not in by_sku]
    by_gtin = _by_gtin(session, {gtin for gtin in map(_gtin, lost) if gtin})
    keys = {
        (draft.channel, key)
        for draft in drafts
        for line in draft.lines
        if line.sku not in by_sku and _gtin(line) not in by_gtin
        for key in line.keys
    }
    listed = by_key(session, keys)

    def product(channel: str, line: LineDraft) -> UUID | None:
        known = by_sku.get(line.sku) or by_gtin.get(_gtin(line))
        return known or next((listed[channel, key] for key in line.keys if (channel, key) in listed), None)

    products = [tuple(product(draft.channel, line) for line in draft.lines) for draft in drafts]
    parts = kits(session, {each for row in products for each in row if each is not None})
    return [tuple(Found(each, parts.get(each, ()) if each else ()) for each in row) for row in products]


def kits(session: Session, products: Collection[UUID]) -> Mapping[UUID, tuple[Piece, ...]]:
    """Return what those of the products that are kits are made of; a kit in a kit as its own parts.

    The statements grow with the depth of the nesting only.
    """
    parts: dict[UUID, list[tuple[UUID, int]]] = {}
    asked = set(products)
    while asked:
        rows = session.connection().execute(_PARTS, {"kits": list(asked)}).all()
        for kit, part, quantity in rows:
            parts.setdefault(kit, []).append((part, quantity))
        asked = {part for _, part, _ in rows} - parts.keys()
    flat = {kit: _flat(kit, parts) for kit in products if kit in parts}
    names = _names(session, {part for counted in flat.values() for part in counted})
    return {
        kit: tuple(
            Piece(part, *names[part], counted[part]) for part in sorted(counted, key=lambda each: names[each])
        )
        for kit, counted in flat.items()
    }


def _flat(kit: UUID, parts: Mapping[UUID, Sequence[tuple[UUID, int]]]) -> Counter[UUID]:
    """Count the units of everything in a kit that is not a kit itself."""
    counted: Counter[UUID] = Counter()
    for part, quantity in parts[kit]:
        inner = _flat(part, parts) if part in parts else Counter({part: 1})
        counted.update({each: units * quantity for each, units in inner.items()})
    return counted


def _names(session: Session, products: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    rows = session.connection().execute(_NAMES, {"products": list(products)}) if products else ()
    return {product: (sku, name) for product, sku, name in rows}


def _by_sku(session: Session, skus: Collection[str]) -> dict[str, UUID]:
    rows = session.connection().execute(_BY_SKU, {"skus": list(skus)}).all() if skus else []
    return {row.sku: row.id for row in rows}


def _gtin(line: LineDraft) -> str:
    """Write a barcode with the 14 digits that packagings have; '' for what is no GTIN."""
    digits = (line.barcode or "").strip()
    return digits.zfill(14) if digits.isascii() and digits.isdigit() and len(digits) <= 14 else ""


def _by_gtin(session: Session, gtins: Collection[str]) -> dict[str, UUID]:
    rows = session.connection().execute(_BY_GTIN, {"gtins": list(gtins)}).all() if gtins else []
    return {row.gtin: row.product_id for row in rows}


def by_key(session: Session, keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], UUID]:
    """Return the products of those of some channels and keys that listings name."""
    wanted = (
        select(Listing.channel, Listing.key, Listing.product_id)
        .join(Product, Product.id == Listing.product_id)
        .where(Product.retired_at.is_(None))
    )
    found: dict[tuple[str, str], UUID] = {}
    ordered = sorted(keys)
    for first in range(0, len(ordered), _CHUNK):
        chunk = wanted.where(tuple_(Listing.channel, Listing.key).in_(ordered[first : first + _CHUNK]))
        for channel, key, product in session.connection().execute(chunk):
            found[channel, key] = product
    return found
