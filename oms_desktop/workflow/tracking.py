"""Lots and serials: what goods must tell of themselves, and where each single unit is."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act
from oms_desktop.db import upsert
from oms_desktop.models import PHYSICAL, Location, Lot, Product, Serial, table_of
from oms_desktop.workflow import ledger
from oms_desktop.workflow.goods import Wrong, key_wrong, refuse

_LOT = upsert(table_of(Lot), ("product_id", "code"), lambda _new: {"expires_on": table_of(Lot).c.expires_on})
_SERIAL = upsert(
    table_of(Serial),
    ("product_id", "code"),
    lambda new: {"location_id": new.location_id, "lot": new.lot, "moved_at": new.moved_at},
)


def lock_serials(session: Session, products: Iterable[Product]) -> None:
    """Let only one call at a time move single units of these products; others are not locked."""
    tracked = [product.id for product in products if product.serial_tracked]
    if tracked:
        session.execute(
            select(Product.id)
            .where(Product.id.in_(tracked))
            .order_by(Product.id)
            .with_for_update(key_share=True)
        )


def lot_wrong(product: Product, lot: str) -> Wrong | None:
    """Say that goods must name their lot; None when they do, or need none."""
    if product.lot_tracked and not lot:
        return Wrong("stock.lot_wanted", f"{product.sku} is kept by lot; name the lot.")
    return None


def unknown_lot(session: Session, product: Product, lot: str) -> Wrong | None:
    """Say that a lot never came; None for a known one and for none at all."""
    if not lot or session.get(Lot, (product.id, lot)) is not None:
        return None
    return Wrong("stock.unknown_lot", f"No lot {lot} of {product.sku} is known; it has to be received.")


def expiry_wrong(session: Session, product: Product, lot: str, expires_on: date | None) -> Wrong | None:
    """Say that a lot is known with another expiry; None when it agrees, or nothing is told of it."""
    if expires_on is None:
        return None
    if not lot:
        return Wrong("stock.lot_wanted", f"An expiry belongs to a lot; name the lot of {product.sku}.")
    known = session.get(Lot, (product.id, lot))
    if known is None or known.expires_on == expires_on:
        return None
    told = "no expiry" if known.expires_on is None else f"the expiry {known.expires_on.isoformat()}"
    return Wrong("stock.expiry", f"Lot {lot} of {product.sku} is known with {told}, not {expires_on}.")


def know_lot(session: Session, act: Act, product: Product, lot: str, expires_on: date | None) -> None:
    """Make a lot that is not known yet; a known one stays as it is.

    Raises InputError when another call made it with another expiry since `expiry_wrong` was asked.
    """
    if lot:
        row = {"product_id": product.id, "code": lot, "expires_on": expires_on, "made_at": act.at}
        _LOT.run(session, row)
        # The statement waited for who made the lot before, so now it is seen.
        refuse([("", expiry_wrong(session, product, lot, expires_on))])


def serials_wrong(product: Product, units: int, serials: Sequence[str]) -> Wrong | None:
    """Say that not each unit has its serial; None when it has, or the product keeps none."""
    if not product.serial_tracked:
        return Wrong("stock.no_serials", f"{product.sku} is not kept by serial.") if serials else None
    unfit = key_wrong(*serials)
    if unfit is not None:
        return unfit
    if len(serials) != units or not all(serials):
        words = (
            f"{product.sku} is kept by serial: "
            f"{'1 unit needs 1 serial' if units == 1 else f'{units} units need {units} serials'}, "
            f"{len(serials)} {'is' if len(serials) == 1 else 'are'} named."
        )
        return Wrong("stock.serial_wanted", words)
    twice = sorted({serial for serial in serials if serials.count(serial) > 1})
    if twice:
        return Wrong("stock.serial_twice", f"{', '.join(twice)} of {product.sku} is named more than once.")
    return None


def in_the_house(session: Session, product: Product, serials: Sequence[str]) -> Wrong | None:
    """Say which serials are here already and so cannot come; None when none is."""
    if not serials:
        return None
    here = session.execute(
        select(Serial.code, Location.code.label("place"))
        .join(Location, Location.id == Serial.location_id)
        .where(Serial.product_id == product.id, Serial.code.in_(serials), Location.kind.in_(PHYSICAL))
        .order_by(Serial.code)
    ).all()
    if not here:
        return None
    named = ", ".join(f"{row.code} (at {row.place})" for row in here)
    return Wrong("stock.serial_known", f"{named} of {product.sku} is in the house already.")


def not_here(session: Session, goods: ledger.Goods, place: Location, serials: Sequence[str]) -> Wrong | None:
    """Say which serials are not at a place in the lot that is told; None when all are."""
    here = session.scalars(
        select(Serial.code).where(
            Serial.product_id == goods.product,
            Serial.code.in_(serials),
            Serial.location_id == place.id,
            Serial.lot == goods.lot,
        )
    )
    missing = sorted(set(serials) - set(here))
    if not missing:
        return None
    return Wrong("stock.serial_elsewhere", f"{', '.join(missing)} cannot be at {place.code} by the book.")


def write(session: Session, act: Act, move: ledger.Move, serials: Sequence[str], *key: object) -> None:
    """Write a move of the ledger: one in all, or one for each serial, which is at its target then."""
    if not serials:
        ledger.write(session, act, move, move.goods.condition.value, *key)
    for serial in serials:
        single = replace(move, quantity=1, serial=serial)
        ledger.write(session, act, single, move.goods.condition.value, serial, *key)
        row = {"product_id": move.goods.product, "code": serial, "lot": move.goods.lot}
        _SERIAL.run(session, {**row, "location_id": move.target, "moved_at": act.at})
