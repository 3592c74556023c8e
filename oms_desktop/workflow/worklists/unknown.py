"""What channels name and nobody here knows: one listing each mends all lines that wait for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import Session

from oms_desktop.db.sets import among
from oms_desktop.drafts import ProblemKind, listing_keys
from oms_desktop.models import Hold, Listing, Order, OrderLine, Product
from oms_desktop.workflow.desk import chunks
from oms_desktop.workflow.finding import by_key


@dataclass(frozen=True)
class Unknown:
    """A name that lines wait under: the keys that a listing may have, the surest first, and how many wait.

    `first` is the number of one of the orders.
    """

    channel: str
    keys: tuple[str, ...]
    title: str
    orders: int
    lines: int
    units: int
    first: str


def waited_for(session: Session, orders: Sequence[UUID] | None = None) -> tuple[UUID, ...]:
    """Return the products that are known by now and under whose SKU lines wait for an unknown one.

    `orders` narrows it to the lines of these orders.
    """
    wanted = (
        select(Product.id)
        .join(OrderLine, OrderLine.sku == Product.sku)
        .where(OrderLine.product_id.is_(None), OrderLine.open > 0, Product.retired_at.is_(None))
    )
    if orders is not None:
        wanted = wanted.where(among(OrderLine.order_id, "orders"))
    return tuple(session.scalars(wanted.distinct().order_by(Product.id), {"orders": orders}))


def listed_by_now(session: Session, orders: Sequence[UUID]) -> Mapping[tuple[str, str], UUID]:
    """Return the products of channels and keys that lines of some orders wait under and listings name."""
    lines = session.execute(
        select(Order.channel, OrderLine.listing, OrderLine.sku, OrderLine.title, OrderLine.variant)
        .join(Order, Order.id == OrderLine.order_id)
        .where(OrderLine.product_id.is_(None), OrderLine.open > 0, among(OrderLine.order_id, "orders"))
        .distinct(),
        {"orders": orders},
    )
    return by_key(session, {(channel, key) for channel, *names in lines for key in listing_keys(*names)})


def nameless(session: Session, orders: Sequence[UUID]) -> dict[UUID, str]:
    """Return the numbers of those orders that are held for an unknown product and want nothing else."""
    left = OrderLine.open + OrderLine.allocated + OrderLine.picked + OrderLine.packed
    unknown = case((OrderLine.product_id.is_(None), OrderLine.open), else_=0)
    held = exists().where(
        Hold.order_id == Order.id,
        Hold.kind == ProblemKind.UNKNOWN_SKU.value,
        Hold.released_at.is_(None),
    )
    found: dict[UUID, str] = {}
    for chunk in chunks(orders):
        rows = session.execute(
            select(Order.id, Order.number)
            .join(OrderLine, OrderLine.order_id == Order.id)
            .where(Order.id.in_(chunk), held)
            .group_by(Order.id, Order.number)
            .having(func.sum(unknown) > 0, func.sum(left) == func.sum(unknown))
        )
        found.update(rows.all())
    return found


def unknown_names(session: Session) -> tuple[Unknown, ...]:
    """Return the names that lines wait under, those with the most lines first."""
    named = (Order.channel, OrderLine.listing, OrderLine.sku, OrderLine.title, OrderLine.variant)
    lines = func.count()
    rows = session.execute(
        select(
            *named,
            func.count(OrderLine.order_id.distinct()),
            lines,
            func.sum(OrderLine.open),
            func.min(Order.number),
        )
        .join(Order, Order.id == OrderLine.order_id)
        .where(OrderLine.product_id.is_(None), OrderLine.open > 0)
        .group_by(*named)
        .order_by(lines.desc(), *named)
    )
    return tuple(
        Unknown(
            channel,
            listing_keys(listing, sku, title, variant),
            f"{title} {variant}".strip(),
            orders,
            count,
            int(units),
            first,
        )
        for channel, listing, sku, title, variant, orders, count, units, first in rows
    )


@dataclass(frozen=True)
class Known:
    """What was said of a name: the channel, its key, and the SKU of the product that is meant."""

    channel: str
    key: str
    sku: str


def known_names(session: Session) -> tuple[Known, ...]:
    """Return all listings, by channel and key."""
    rows = session.execute(
        select(Listing.channel, Listing.key, Product.sku)
        .join(Product, Product.id == Listing.product_id)
        .order_by(Listing.channel, Listing.key)
    )
    return tuple(Known(channel, key, sku) for channel, key, sku in rows)
