"""Two ways to add up the same thing, compared by the database in one pass."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Subquery, case, func, literal, or_, select, union_all

from oms_desktop.models import Location, Product, StockMove
from oms_desktop.workflow.books.proof import Statement

Keys = Mapping[str, Any]

_NOTHING = literal(0)


def side(keys: Keys, *, booked: Any = _NOTHING, proven: Any = _NOTHING) -> Statement:
    """Select units by their keys for one side of a comparison: what is `booked`, or what proves it."""
    columns = [column.label(name) for name, column in keys.items()]
    return select(*columns, booked.label("booked"), proven.label("proven"))


def unequal(*sides: Statement) -> Subquery:
    """Add up both sides by their keys and keep the keys where they differ, with both sums.

    A key that only one side knows counts as nothing on the other. Rows of no units are left out before
    anything is sorted: they change no sum.
    """
    rows = union_all(*sides).subquery()
    keys = [column for column in rows.c if column.name not in ("booked", "proven")]
    booked, proven = func.sum(rows.c.booked), func.sum(rows.c.proven)
    sums = select(*keys, booked.label("booked"), proven.label("proven"))
    some = or_(rows.c.booked != 0, rows.c.proven != 0)
    return sums.where(some).group_by(*keys).having(booked != proven).subquery()


def goods_at(location: Any, of: Any) -> dict[str, Any]:
    """Keys of goods at a place; `of` is a table with product, lot and condition."""
    return {
        "location_id": location,
        "product_id": of.product_id,
        "lot": of.lot,
        "condition": of.condition,
    }


def in_words(lot: ColumnElement[str]) -> ColumnElement[str]:
    """Say a lot after a SKU: '' for none, else ' of lot L1'."""
    return case((lot == "", ""), else_=literal(" of lot ").concat(lot)).label("of_lot")


def named(sums: Subquery) -> Statement:
    """Select what sums of goods at places are about, as a sentence names it: place, product, both sums."""
    return (
        select(
            Location.id,
            Product.id.label("product_id"),
            Location.code,
            Product.sku,
            in_words(sums.c.lot),
            sums.c.condition,
            sums.c.booked,
            sums.c.proven,
        )
        .join(Location, Location.id == sums.c.location_id)
        .join(Product, Product.id == sums.c.product_id)
    )


def moved(keys_in: Keys, keys_out: Keys) -> tuple[Statement, Statement]:
    """Both ends of all moves as a proving side: units that came, and units that went."""
    return side(keys_in, proven=StockMove.quantity), side(keys_out, proven=-StockMove.quantity)
