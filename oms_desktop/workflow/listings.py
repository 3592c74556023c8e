"""Say once what a channel means by a name: all lines that wait for it, and all to come, find the product."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, bindparam, exists, func, insert, select, update
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, verb
from oms_desktop.drafts import NotPicked, ProblemKind, listing_keys
from oms_desktop.errors import InputError
from oms_desktop.models import Hold, Listing, Order, OrderLine, Product, Role, table_of
from oms_desktop.workflow import board, timeline
from oms_desktop.workflow.finding import Piece, kits

_KEY = re.compile(r"(id|sku|name):\S.*", re.DOTALL)
_LINES = table_of(OrderLine)
_CHUNK = 1000
_MEND = update(_LINES).where(_LINES.c.id == bindparam("line"))


@dataclass(frozen=True)
class Listed:
    """What a listing mended: lines that found their product, and the orders that nothing holds any more.

    `held` are those of the mended orders that something else holds still.
    """

    lines: int
    free: tuple[UUID, ...]
    held: tuple[UUID, ...] = ()


@verb("listing.make.1", role=Role.ORDER_DESK, kind=Kind.DECISION)
def make(session: Session, act: Act, *, channel: str, key: str, product: UUID) -> Listed:
    """Tell which product a channel means by a key (``id:...``, ``sku:...`` or ``name:...``).

    Lines of the channel that wait for a product under this key get it, a kit as its parts; orders that wait
    for no other product lose that hold. A listing that is there already is changed for what is to come.
    Raises InputError for a key of another form and for a product that is unknown or retired.
    """
    if not _KEY.fullmatch(key) or not channel:
        raise InputError(
            "listing.no_key", f"A channel and a key are needed, such as shopify and sku:MUG-1; {key} is none."
        )
    row = session.get(Product, product)
    if row is None or row.retired_at is not None:
        raise InputError("listing.no_product", "A listing needs a product that is known and not retired.")
    _write(session, act, channel, key, product)
    orders = sorted({line.order_id for line in _waiting(session, channel, key)})
    _lock(session, orders)
    lines = [line for line in _waiting(session, channel, key) if line.order_id in set(orders)]
    pieces = kits(session, {product}).get(product, ())
    _mend(session, act, lines, product, pieces)
    _release(session, act, orders)
    for order, count in sorted(Counter(line.order_id for line in lines).items()):
        timeline.tell(session, act, "found", order, None, lines=count, product=row.sku)
    board.settle(session, act, orders)
    return _listed(session, len(lines), orders)


@verb("listing.remove.1", role=Role.ORDER_DESK, kind=Kind.DECISION)
def remove(session: Session, act: Act, *, channel: str, key: str) -> None:
    """Forget which product a channel means by a key: lines to come wait again, found ones keep theirs.

    Raises InputError when nothing was said of the key.
    """
    named = select(Listing).where(Listing.channel == channel, Listing.key == key).with_for_update()
    known = session.scalar(named)
    if known is None:
        raise InputError("listing.unknown", f"Nothing was said of {key} of {channel}; nothing was done.")
    session.delete(known)
    session.flush()


@verb("listing.find.1", role=Role.ORDER_DESK, kind=Kind.DECISION)
def find_again(session: Session, act: Act, *, products: tuple[UUID, ...]) -> Listed:
    """Let the lines of all channels that wait under the SKU of these products find them, a kit as its parts.

    Products become known after the orders for them came; orders that wait for no other lose that hold.
    Retired products are not found.
    """
    skus = _skus(session, products)
    orders = sorted({line.order_id for line in _under(session, skus)})
    _lock(session, orders)
    lines = [line for line in _under(session, skus) if line.order_id in set(orders)]
    pieces = kits(session, {skus[line.sku] for line in lines})
    for sku in sorted({line.sku for line in lines}):
        mended = [line for line in lines if line.sku == sku]
        _mend(session, act, mended, skus[sku], pieces.get(skus[sku], ()))
    _release(session, act, orders)
    for order in orders:
        told = [line.sku for line in lines if line.order_id == order]
        names = ", ".join(sorted(set(told)))
        timeline.tell(session, act, "found", order, None, lines=len(told), product=names)
    board.settle(session, act, orders)
    return _listed(session, len(lines), orders)


def _skus(session: Session, products: Sequence[UUID]) -> dict[str, UUID]:
    found: dict[str, UUID] = {}
    for first in range(0, len(products), _CHUNK):
        chunk = products[first : first + _CHUNK]
        known = select(Product.sku, Product.id).where(Product.id.in_(chunk), Product.retired_at.is_(None))
        found.update(session.execute(known).all())
    return found


def _under(session: Session, skus: Mapping[str, UUID]) -> list[Row[Any]]:
    """Read the lines that wait for a product under one of some SKUs, by order and position."""
    names = sorted(skus)
    found: list[Row[Any]] = []
    for first in range(0, len(names), _CHUNK):
        chunk = _LINES.c.sku.in_(names[first : first + _CHUNK])
        found += session.execute(
            select(_LINES).where(chunk, _LINES.c.product_id.is_(None), _LINES.c.open > 0)
        )
    return sorted(found, key=lambda line: (line.order_id, line.position))


def _write(session: Session, act: Act, channel: str, key: str, product: UUID) -> None:
    named = select(Listing).where(Listing.channel == channel, Listing.key == key).with_for_update()
    known = session.scalar(named)
    if known is None:
        session.add(Listing(id=act.id("listing"), channel=channel, key=key, product_id=product))
    else:
        known.product_id = product
    session.flush()


def _waiting(session: Session, channel: str, key: str) -> list[Row[Any]]:
    """Read the lines of a channel that wait for a product and have this key, by order and position."""
    columns = _LINES.c
    kind, _, name = key.partition(":")
    surely: dict[str, ColumnElement[bool]] = {
        "id": columns.listing == name,
        "sku": columns.sku == name,
        "name": (columns.listing == "") & (columns.sku == ""),
    }
    found = session.execute(
        select(_LINES)
        .join(Order, Order.id == columns.order_id)
        .where(Order.channel == channel, columns.product_id.is_(None), columns.open > 0, surely[kind])
        .order_by(columns.order_id, columns.position)
    )
    return [line for line in found if key in listing_keys(line.listing, line.sku, line.title, line.variant)]


def _lock(session: Session, orders: Sequence[UUID]) -> None:
    for first in range(0, len(orders), _CHUNK):
        chunk = orders[first : first + _CHUNK]
        rows = select(Order.id).where(Order.id.in_(chunk)).order_by(Order.id)
        session.execute(rows.with_for_update(key_share=True)).all()
    for first in range(0, len(orders), _CHUNK):
        chunk = orders[first : first + _CHUNK]
        unknown = select(_LINES.c.id).where(_LINES.c.order_id.in_(chunk), _LINES.c.product_id.is_(None))
        session.execute(unknown.order_by(_LINES.c.id).with_for_update()).all()


def _mend(
    session: Session, act: Act, lines: Sequence[Row[Any]], product: UUID, pieces: Sequence[Piece]
) -> None:
    """Give lines their product. A kit's own line is not picked; its parts follow at the end of the order."""
    if not lines:
        return
    changes: dict[str, Any] = {"product_id": product}
    if pieces:
        changes |= {
            "not_picked": NotPicked.KIT.value,
            "open": 0,
            "cancelled": _LINES.c.cancelled + _LINES.c.open,
        }
    connection = session.connection()
    connection.execute(_MEND.values(changes), [{"line": line.id} for line in lines])
    if pieces:
        connection.execute(insert(_LINES), _parts(session, act, lines, pieces))


def _parts(
    session: Session, act: Act, lines: Sequence[Row[Any]], pieces: Sequence[Piece]
) -> list[Mapping[str, Any]]:
    last = _last_positions(session, sorted({line.order_id for line in lines}))
    rows: list[Mapping[str, Any]] = []
    for line in lines:
        for piece in pieces:
            last[line.order_id] += 1
            rows.append(
                {
                    **line._mapping,
                    "id": act.id("line", line.id, piece.product),
                    "position": last[line.order_id],
                    "parent_id": line.id,
                    "external_id": "",
                    "product_id": piece.product,
                    "sku": piece.sku,
                    "title": piece.name,
                    "variant": "",
                    "listing": "",
                    "price": Decimal(),
                    "ordered": piece.of(line.open),
                    "open": piece.of(line.open),
                    "cancelled": 0,
                }
            )
    return rows


def _last_positions(session: Session, orders: Sequence[UUID]) -> dict[UUID, int]:
    last: dict[UUID, int] = {}
    for first in range(0, len(orders), _CHUNK):
        chunk = orders[first : first + _CHUNK]
        rows = select(OrderLine.order_id, func.max(OrderLine.position)).where(OrderLine.order_id.in_(chunk))
        last.update(session.execute(rows.group_by(OrderLine.order_id)).all())
    return last


def _release(session: Session, act: Act, orders: Sequence[UUID]) -> None:
    """End the holds for unknown products of orders that have none any more."""
    unknown = exists().where(
        OrderLine.order_id == Hold.order_id, OrderLine.product_id.is_(None), OrderLine.open > 0
    )
    for first in range(0, len(orders), _CHUNK):
        held = session.scalars(
            select(Hold)
            .where(
                Hold.order_id.in_(orders[first : first + _CHUNK]),
                Hold.kind == ProblemKind.UNKNOWN_SKU.value,
                Hold.released_at.is_(None),
                ~unknown,
            )
            .order_by(Hold.id)
            .with_for_update(of=Hold)
        ).all()
        for hold in held:
            hold.released_at, hold.released_by = act.at, act.worker
            timeline.tell(session, act, "released", hold.order_id, None, reason=hold.kind)
    session.flush()
    _reword(session, orders)


def _reword(session: Session, orders: Sequence[UUID]) -> None:
    """Let the holds for unknown products name those only that are unknown still."""
    for first in range(0, len(orders), _CHUNK):
        rows = session.execute(
            select(Hold, OrderLine)
            .join(OrderLine, OrderLine.order_id == Hold.order_id)
            .where(
                Hold.order_id.in_(orders[first : first + _CHUNK]),
                Hold.kind == ProblemKind.UNKNOWN_SKU.value,
                Hold.released_at.is_(None),
                OrderLine.product_id.is_(None),
                OrderLine.open > 0,
            )
            .order_by(Hold.id, OrderLine.position)
        ).all()
        for hold, lines in groupby(rows, key=lambda row: row[0]):
            names = [
                line.sku or listing_keys(line.listing, "", line.title, line.variant)[0] for _, line in lines
            ]
            hold.text = f"{ProblemKind.UNKNOWN_SKU.sentence} ({', '.join(dict.fromkeys(names))})"
    session.flush()


def _listed(session: Session, lines: int, orders: Sequence[UUID]) -> Listed:
    """Part mended orders into free ones and those that something holds; cancelled ones are neither."""
    held = exists().where(Hold.order_id == Order.id, Hold.released_at.is_(None))
    told: list[tuple[UUID, bool]] = []
    for first in range(0, len(orders), _CHUNK):
        chunk = orders[first : first + _CHUNK]
        wanted = select(Order.id, held).where(Order.id.in_(chunk), Order.cancelled_at.is_(None))
        told += session.execute(wanted.order_by(Order.id)).all()
    free, waiting = (tuple(order for order, on in told if bool(on) is state) for state in (False, True))
    return Listed(lines, free, waiting)
