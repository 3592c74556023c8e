"""What stock verbs ask before they book: which product, which place, and whether a row can be booked.

Rows that are brought together are looked at together, and everything that is wrong is said at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.drafts import storable
from oms_desktop.errors import InputError
from oms_desktop.models import SHELVES, KitPart, Location, Product

MOST_UNITS = 1_000_000
"""More units than anybody moves at once: a number beyond it is a mistake."""

LONGEST = 500
"""Characters that a lot or a serial may have: what every database finds again by its keys."""

_CHUNK = 500


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a row: a stable code, and a sentence without the row it is about."""

    code: str
    text: str


@dataclass(frozen=True)
class Catalogue:
    """Products by their SKU, shelves by their code, and which of the products are kits."""

    products: dict[str, Product]
    shelves: dict[str, Location]
    others: frozenset[str]
    kits: frozenset[UUID]

    def product_wrong(self, sku: str) -> Wrong | None:
        """Say why no stock of a SKU can be booked; None if it can."""
        product = self.products.get(sku)
        if product is None:
            return Wrong("stock.unknown_sku", f"No product has the SKU {sku}.")
        return Wrong("stock.kit", kit_words(sku)) if product.id in self.kits else None

    def shelf_wrong(self, code: str) -> Wrong | None:
        """Say why no goods can lie at a location; None if they can."""
        if code in self.shelves:
            return None
        if code in self.others:
            return Wrong("stock.not_a_shelf", f"{code} is no shelf; goods come to a shelf first.")
        return Wrong("stock.unknown_location", f"There is no location {code}.")


def kit_words(sku: str) -> str:
    """Say that a kit has no stock."""
    return f"{sku} is a kit: its parts have stock, the kit has none."


def read_catalogue(session: Session, warehouse: UUID, skus: Iterable[str], codes: Iterable[str]) -> Catalogue:
    """Read the products and the locations of a warehouse that rows name."""
    products: dict[str, Product] = {}
    # What no database can hold is not known to it either.
    for chunk in _chunks(sorted(filter(storable, set(skus)))):
        found = session.scalars(select(Product).where(Product.sku.in_(chunk)))
        products.update({product.sku: product for product in found})
    shelves: dict[str, Location] = {}
    others: set[str] = set()
    for chunk in _chunks(sorted(filter(storable, set(codes)))):
        places = select(Location).where(Location.warehouse_id == warehouse, Location.code.in_(chunk))
        for place in session.scalars(places):
            if place.kind in SHELVES and place.retired_at is None:
                shelves[place.code] = place
            else:
                others.add(place.code)
    kits = frozenset(session.scalars(select(KitPart.kit_id).distinct()))
    return Catalogue(products, shelves, frozenset(others), kits)


def text_wrong(*texts: str) -> Wrong | None:
    """Say that a text cannot be stored; None when all can."""
    if all(map(storable, texts)):
        return None
    words = "A text of these goods has a character that cannot be stored, a NUL or half of one."
    return Wrong("stock.letters", words)


def key_wrong(*keys: str) -> Wrong | None:
    """Say that a lot or a serial cannot be stored, or is too long for one; None when all are fit."""
    longest = max(map(len, keys), default=0)
    if longest > LONGEST:
        words = f"A lot or serial of {longest} characters cannot be kept; {LONGEST} are the most."
        return Wrong("stock.too_long", words)
    return text_wrong(*keys)


def refuse(rows: Iterable[tuple[str, Wrong | None]]) -> None:
    """Raise one InputError for all that is wrong, each behind the name of its row; its code is the first."""
    found = [(name, wrong) for name, wrong in rows if wrong is not None]
    if found:
        told = " ".join(f"{name}: {wrong.text}" if name else wrong.text for name, wrong in found)
        raise InputError(found[0][1].code, told)


def _chunks(words: Sequence[str]) -> Iterable[Sequence[str]]:
    for first in range(0, len(words), _CHUNK):
        yield words[first : first + _CHUNK]
