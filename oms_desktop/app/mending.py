"""Say once which product a channel means; what is free by that is promised stock."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Row, select

from oms_desktop.app.serving import afterwards, serve
from oms_desktop.errors import InputError
from oms_desktop.models import Product
from oms_desktop.station import Station
from oms_desktop.workflow import listings
from oms_desktop.workflow.listings import Listed
from oms_desktop.workflow.reference import meant
from oms_desktop.workflow.worklists.unknown import listed_by_now, waited_for


@dataclass(frozen=True)
class Name:
    """What a channel calls a product: the channel, and a key as `drafts.listing_keys` writes it."""

    channel: str
    key: str


def mend(station: Station, name: Name, sku: str) -> Listed:
    """Make the listing of a name, and promise stock to the orders that nothing holds any more.

    Raises InputError for a SKU that no product has and for a key of another form.
    """
    listed = station.do(listings.make, channel=name.channel, key=name.key, product=_product(station, sku)[0])
    with afterwards():
        serve(station, listed.free)
    return listed


def sku_of(station: Station, sku: str) -> str:
    """Return how the SKU of the product that is meant is written; InputError for one that no product has."""
    return _product(station, sku)[1]


def forget(station: Station, name: Name) -> None:
    """Take a listing back: lines to come wait for a product again. Raises InputError when there is none."""
    station.do(listings.remove, channel=name.channel, key=name.key)


def find_again(station: Station) -> Listed:
    """Let lines find the products that became known after them, and promise stock to the orders now free."""
    listed = _find(station, None)
    with afterwards():
        serve(station, listed.free)
    return listed


def find_late(station: Station, orders: Sequence[UUID]) -> None:
    """Let lines of new orders find what became known while they were stored, and promise them stock.

    Who brings a product or makes a listing then does not see these lines yet.
    """
    serve(station, _find(station, orders).free)
    with station.store.reading() as session:
        listed = listed_by_now(session, orders)
    for (channel, key), product in sorted(listed.items()):
        made = station.do(listings.make, channel=channel, key=key, product=product)
        serve(station, made.free)


def _find(station: Station, orders: Sequence[UUID] | None) -> Listed:
    """Let lines find the products of their SKU; those that lines of some orders or of all wait for."""
    with station.store.reading() as session:
        products = waited_for(session, orders)
    return station.do(listings.find_again, products=products) if products else Listed(0, ())


def _product(station: Station, sku: str) -> Row[UUID, str]:
    """Find a product by its SKU, in capitals or not; one that is written just so goes first."""
    known = select(Product.id, Product.sku).where(Product.retired_at.is_(None))
    with station.store.reading() as session:
        found = meant(session, known, Product.sku, sku)
    if found is None:
        raise InputError("catalog.unknown_sku", f"No product has the SKU {sku}.")
    return found
