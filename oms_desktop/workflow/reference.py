"""What codes stand for: the read side of everything that can be scanned."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

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


@dataclass(frozen=True)
class Named:
    """An order by its channel and its number, which are its own together only."""

    id: UUID
    channel: str
    number: str

    @property
    def code(self) -> str:
        """Return the text that means this order and no other."""
        return f"{self.channel}:{self.number}"


Meanings = dict[str, Meaning]

_FAR = 3

_LOCATION_KINDS = {LocationKind.TOTE: "tote", **dict.fromkeys(SHELVES, "location")}


def all_meanings(session: Session) -> Meanings:
    """Return everything that stands on shelves, cards and products, by code in capitals.

    The same code twice: a SKU loses to a GTIN, that to a badge, that to a carton, a lane, a tote, a location.
    """
    found: Meanings = {}
    names = {
        product: Meaning("product", product, sku, 1, name)
        for product, sku, name in session.execute(
            select(Product.id, Product.sku, Product.called).where(Product.retired_at.is_(None))
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


def taken_codes(session: Session, *own: str) -> frozenset[str]:
    """Return the codes, in capitals, by which scans find something of another kind than these.

    SKUs are not among them: products have their GTINs.
    """
    meanings = all_meanings(session).items()
    return frozenset(code for code, meaning in meanings if meaning.kind not in (*own, "product"))


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
    """Find the order that a code means best, of several the newest."""
    found = orders_of(session, code)
    return Meaning("order", found[0].id, found[0].number) if found else None


def orders_of(session: Session, text: str) -> tuple[Named, ...]:
    """Find the orders that people can mean by a text, the newest first; more than one where nothing tells.

    An order goes by its channel and number (``csv:1001``), by its number, and by a number that lacks the sign
    or the capitals. What fits best hides the rest.
    """
    rest = text.partition(":")[2]
    rows = session.execute(
        select(Order.id, Order.channel, Order.number)
        .where(Order.number.in_({*_readings(text), *_readings(rest)}))
        .order_by(Order.captured_at.desc(), Order.id)
    )
    ranked = [(_distance(named, text), named) for named in (Named(*row) for row in rows)]
    best = min((distance for distance, _named in ranked), default=_FAR)
    return tuple(named for distance, named in ranked if distance == best != _FAR)


def meant(
    session: Session, rows: Select[UUID, str], name: InstrumentedAttribute[str], typed: str
) -> Row[UUID, str] | None:
    """Find the row that has a name, else the only one that differs in nothing but capitals."""
    for same in (name == typed, func.upper(name) == typed.upper()):
        found = session.execute(rows.where(same).limit(2)).all()
        if len(found) == 1:
            return found[0]
    return None


def spelling(codes: Iterable[str]) -> Callable[[str], str]:
    """Return what writes a code as a known one: the same, else the only one with other capitals.

    A code that is not known, or fits several, stays as it is.
    """
    known = set(codes)
    alike: dict[str, list[str]] = {}
    for code in known:
        alike.setdefault(code.upper(), []).append(code)

    def spelt(code: str) -> str:
        fits = alike.get(code.upper(), ())
        return fits[0] if len(fits) == 1 and code not in known else code

    return spelt


def _distance(named: Named, text: str) -> int:
    """Tell how far an order's name is from what was typed: 0 says it in full, `_FAR` means another order."""
    channel, _sign, rest = text.partition(":")
    within = named.channel == channel and named.number in _readings(rest)
    fits = (named.code == text, named.number == text, within or named.number in _readings(text))
    return fits.index(True) if any(fits) else _FAR


def _readings(number: str) -> frozenset[str]:
    return frozenset({number, number.upper(), f"#{number}"} if number else ())


def _add(session: Session, found: Meanings, kind: str, rows: Select[UUID, str]) -> None:
    for id_, code in session.execute(rows):
        found[code.upper()] = Meaning(kind, id_, code)
