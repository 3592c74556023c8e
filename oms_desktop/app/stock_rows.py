"""Judge the rows of a list of stock by what the database knows: what is wrong, what was brought before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.channels.lists import StockLine
from oms_desktop.db.sets import among
from oms_desktop.drafts import Problem, ProblemKind, problem
from oms_desktop.models import Lot, Product, Threshold
from oms_desktop.workflow.deliveries import Brought, read_brought
from oms_desktop.workflow.goods import MOST_UNITS, Catalogue, read_catalogue

_Key = tuple[Any, ...]
_Levels = tuple[int | None, int | None, int | None]

_NONE: _Levels = (0, 0, 0)

_LOTS = select(Lot.product_id, Lot.code, Lot.expires_on).where(among(Lot.product_id, "products"))
_LEVELS = select(
    Threshold.location_id, Threshold.product_id, Threshold.minimum, Threshold.reorder_at, Threshold.fill_to
).where(among(Threshold.product_id, "products"), among(Threshold.location_id, "places"))


@dataclass(frozen=True)
class WantedRow:
    """A sound row that changes something: by its goods, by the levels of its place, or by both.

    `keeps_until` is the last day of its lot, None when it keeps for ever or nobody has told.
    """

    line: StockLine
    product: Product
    keeps_until: date | None
    goods: bool
    levels: bool


@dataclass(frozen=True)
class JudgedStock:
    """The rows that change something, how many are known before, what is wrong, and the products of all."""

    wanted: tuple[WantedRow, ...]
    known: int
    problems: tuple[Problem, ...]
    products: tuple[UUID, ...]


def judge_stock(session: Session, warehouse: UUID, rows: Sequence[StockLine]) -> JudgedStock:
    """Judge the rows of a list, each by the database and by the good rows before it."""
    facts = _read_facts(session, warehouse, rows)
    expiries = {(row.sku, row.lot): row.expires_on for row in reversed(rows) if row.expires_on}
    wanted: list[WantedRow] = []
    problems: list[Problem] = []
    known = 0
    for row in rows:
        found = list(_wrongs(facts, row))
        problems += found
        if found:
            continue
        told = replace(row, expires_on=row.expires_on or expiries.get((row.sku, row.lot)))
        product = facts.catalogue.products[row.sku]
        keeps_until = facts.lots.get((product.id, row.lot), told.expires_on)
        change = WantedRow(told, product, keeps_until, _is_new(facts, row), _are_new(facts, row))
        facts.remember(row)
        if change.goods or change.levels:
            wanted.append(change)
        else:
            known += 1
    products = tuple(sorted(product.id for product in facts.catalogue.products.values()))
    return JudgedStock(tuple(wanted), known, tuple(problems), products)


@dataclass
class _Facts:
    """What the database knows of the rows' goods and places, and what the good rows so far have told."""

    catalogue: Catalogue
    lots: dict[tuple[UUID, str], date | None]
    brought: Brought
    levels: dict[tuple[UUID, UUID], _Levels]
    expiries: dict[tuple[str, str], date] = field(default_factory=dict)
    told: dict[_Key, int] = field(default_factory=dict)
    told_levels: dict[tuple[str, str], _Levels] = field(default_factory=dict)

    def ids(self, row: StockLine) -> tuple[UUID, UUID]:
        """The place and the product of a row."""
        return self.catalogue.shelves[row.location].id, self.catalogue.products[row.sku].id

    def remember(self, row: StockLine) -> None:
        place, product = self.ids(row)
        if row.lot and row.expires_on:
            self.expiries.setdefault((row.sku, row.lot), row.expires_on)
        if row.quantity and not row.serials:
            self.told[_key_of(row)] = row.quantity
        self.brought.serials.update(dict.fromkeys(((product, serial) for serial in row.serials), place))
        if row.fill_to is not None:
            self.told_levels[row.sku, row.location] = _levels_of(row)


def _read_facts(session: Session, warehouse: UUID, rows: Sequence[StockLine]) -> _Facts:
    catalogue = read_catalogue(session, warehouse, (row.sku for row in rows), (row.location for row in rows))
    given = {
        "products": [product.id for product in catalogue.products.values()],
        "places": [place.id for place in catalogue.shelves.values()],
    }
    return _Facts(
        catalogue,
        {(product, code): expires for product, code, expires in session.execute(_LOTS, given)},
        read_brought(session, catalogue),
        {
            (place, product): (minimum, reorder_at, fill_to)
            for place, product, minimum, reorder_at, fill_to in session.execute(_LEVELS, given)
        },
    )


def _key_of(row: StockLine) -> _Key:
    return row.sku, row.location, row.lot, row.condition, row.reference


def _levels_of(row: StockLine) -> _Levels:
    return row.minimum, row.reorder_at, row.fill_to


def _is_new(facts: _Facts, row: StockLine) -> bool:
    """Tell whether the goods of a row are still to be booked."""
    if not row.quantity:
        return False
    if not row.serials and _key_of(row) in facts.told:
        return False
    return not facts.brought.knows(*facts.ids(row), row.lot, row.condition, row.reference, row.serials)


def _are_new(facts: _Facts, row: StockLine) -> bool:
    """Tell whether the levels of a row are others than those of its place."""
    if row.fill_to is None or (row.sku, row.location) in facts.told_levels:
        return False
    return facts.levels.get(facts.ids(row), _NONE) != _levels_of(row)


def _wrongs(facts: _Facts, row: StockLine) -> Iterator[Problem]:
    found = list(_unknown(facts, row))
    if not found:
        product = facts.catalogue.products[row.sku]
        found = [*_wrong_goods(facts, row, product), *_wrong_serials(facts, row, product)]
    for kind, name, value in found:
        yield problem(kind, order=row.sku, where=f"row {row.row}", field=name, value=value)


_Wrong = tuple[ProblemKind, str, object]


def _unknown(facts: _Facts, row: StockLine) -> Iterator[_Wrong]:
    product = facts.catalogue.products.get(row.sku)
    if product is None:
        yield ProblemKind.UNKNOWN_PRODUCT, "sku", row.sku
    elif product.id in facts.catalogue.kits:
        yield ProblemKind.KIT_HAS_NO_STOCK, "sku", row.sku
    if row.location in facts.catalogue.others:
        yield ProblemKind.NOT_A_SHELF, "location", row.location
    elif row.location not in facts.catalogue.shelves:
        yield ProblemKind.UNKNOWN_PLACE, "location", row.location


def _wrong_goods(facts: _Facts, row: StockLine, product: Product) -> Iterator[_Wrong]:
    if row.quantity > MOST_UNITS:
        yield ProblemKind.BAD_QUANTITY, "quantity", row.quantity
    if not row.lot and ((product.lot_tracked and row.quantity) or row.expires_on):
        yield ProblemKind.VALUE_MISSING, "lot", ""
    if row.expires_on is not None and row.lot:
        known = facts.lots.get((product.id, row.lot), facts.expiries.get((row.sku, row.lot), row.expires_on))
        if known != row.expires_on:
            yield ProblemKind.EXPIRY_DISAGREES, "expires_on", row.expires_on
    if facts.told.get(_key_of(row), row.quantity) != row.quantity and row.quantity:
        yield ProblemKind.PLACE_TWICE, "location", row.location
    told = facts.told_levels.get((row.sku, row.location))
    if told is not None and row.fill_to is not None and told != _levels_of(row):
        yield ProblemKind.ROWS_DISAGREE, "fill_to", row.fill_to


def _wrong_serials(facts: _Facts, row: StockLine, product: Product) -> Iterator[_Wrong]:
    wanted = row.quantity if product.serial_tracked else 0
    if len(row.serials) != wanted:
        yield ProblemKind.SERIALS_UNFIT, "serials", " ".join(row.serials)
        return
    place, _ = facts.ids(row)
    here = [serial for serial in row.serials if facts.brought.serials.get((product.id, serial)) == place]
    if len(here) == len(row.serials) == len(set(row.serials)):
        return
    taken = [serial for serial in row.serials if (product.id, serial) in facts.brought.serials]
    twice = [serial for serial in row.serials if row.serials.count(serial) > 1]
    if taken or twice:
        yield ProblemKind.SERIAL_TAKEN, "serials", (taken or twice)[0]
