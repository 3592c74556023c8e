"""What somebody types at `oms-desktop stock`: a warehouse, a product or its pack, a shelf."""

import argparse
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.errors import InputError
from oms_desktop.models import Location, Packaging, Product, Warehouse
from oms_desktop.workflow.reference import meant


@dataclass(frozen=True)
class Pack:
    """A product as it was typed: by SKU, or by a GTIN of a packaging that holds `factor` units."""

    product: UUID
    sku: str
    gtin: str
    factor: int


@dataclass(frozen=True)
class Place:
    """A location as it was typed."""

    id: UUID
    code: str


def house_of(session: Session, typed: argparse.Namespace) -> Warehouse:
    """Find the warehouse that was typed, else the first by rank; InputError when there is none."""
    wanted = select(Warehouse).order_by(Warehouse.rank, Warehouse.code)
    if typed.warehouse:
        wanted = wanted.where(Warehouse.code == typed.warehouse)
    found = session.scalars(wanted.limit(1)).first()
    if found is None:
        named = f" {typed.warehouse}" if typed.warehouse else ""
        raise InputError("stock.no_warehouse", f"There is no warehouse{named} in this database.")
    return found


def pack_of(session: Session, typed: str) -> Pack:
    """Find a product by its SKU, in small letters or capitals, or by a GTIN; InputError for none."""
    product = meant(session, select(Product.id, Product.sku), Product.sku, typed)
    if product is not None:
        return Pack(*product, "", 1)
    found = session.execute(
        select(Product.id, Product.sku, Packaging.gtin, Packaging.factor)
        .join(Packaging, Packaging.product_id == Product.id)
        .where(Packaging.gtin == typed.zfill(14))
    ).one_or_none()
    if found is None:
        raise InputError("stock.unknown_sku", f"No product has the SKU or GTIN {typed}.")
    return Pack(*found)


def place_of(session: Session, house: Warehouse, code: str) -> Place:
    """Find a location of a warehouse by its code, in small letters or capitals; InputError for none."""
    within = select(Location.id, Location.code).where(Location.warehouse_id == house.id)
    found = meant(session, within, Location.code, code)
    if found is None:
        raise InputError(
            "stock.unknown_location", f"There is no location {code} in warehouse {house.name} ({house.code})."
        )
    return Place(*found)
