"""Where the units of one order line are taken from, within one warehouse.

1. Rows: every stock row of the product on the warehouse's shelves.
2. Filter: good units only, at places that are neither retired nor in doubt, of lots that live long enough.
   What is passed over is kept with its reason.
3. Sort: the first to expire first, goods that keep for ever last; then by the day they came; of one age pick
   faces before reserve, older before newer, then along the walk.
4. One lot, where it is asked for: the first in that order that covers the whole line, else none at all. Goods
   without a lot count as one.
5. Take: within an age whole packagings first, the largest first, out of reserve places; then what is left,
   in order. A line that is smaller than any packaging takes pieces only.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from enum import Enum
from itertools import groupby, islice
from uuid import UUID


class Taken(Enum):
    """Why units are taken at a place."""

    EXPIRES_FIRST = "expires first"
    OLDEST = "oldest"
    WHOLE_PACKS = "whole packs"
    ONE_LOT = "one lot"


class Passed(Enum):
    """Why units at a place are not taken."""

    NOT_GOOD = "not good"
    RETIRED = "place retired"
    IN_DOUBT = "to be counted"
    EXPIRED = "expired"
    SHORT_LIFE = "too short life"
    PROMISED = "promised to others"


@dataclass(slots=True)
class Supply:
    """A stock row while it is shared out. `life` are the days until its lot expires, None for ever."""

    warehouse: UUID
    product: UUID
    location: UUID
    place: str
    lot: str
    since: datetime
    free: int
    promised: int = 0
    good: bool = True
    reserve: bool = False
    sequence: int = 0
    expires_on: date | None = None
    retired: bool = False
    in_doubt: bool = False
    life: int | None = None
    day: date = date.min


@dataclass(frozen=True)
class Over:
    """Units that were passed over, and the first of the places where they lie."""

    sku: str
    why: Passed
    units: int
    places: tuple[str, ...]


@dataclass(slots=True)
class Want:
    """Open units of an order line. `min_life` are days; the product's own are asked for by its shelf."""

    line: UUID
    product: UUID
    units: int
    one_lot: bool = False
    min_life: int = 0


@dataclass(slots=True)
class Take:
    """Units that are taken for a line at a place."""

    line: UUID
    supply: Supply
    units: int
    why: Taken


@dataclass(slots=True)
class Shelf:
    """All of a product in one warehouse: what may be taken, in order, and what is passed over.

    `packs` are the units of its whole packagings, largest first; the first `spent` of `supplies` are empty.
    """

    sku: str
    min_life: int
    packs: tuple[int, ...]
    supplies: list[Supply]
    over: tuple[Over, ...] = ()
    spent: int = field(default=0, init=False)


@dataclass(frozen=True)
class Goods:
    """What a product asks for wherever it lies."""

    sku: str
    min_life: int = 0
    packs: tuple[int, ...] = ()


def shelve(goods: Goods, supplies: Iterable[Supply], today: date, zone: tzinfo) -> Shelf:
    """Filter and sort the rows of a product in a warehouse, as it is `today` in its time zone."""
    fit: list[Supply] = []
    over: dict[Passed, list[Supply]] = {}
    for supply in supplies:
        supply.day = supply.since.astimezone(zone).date()
        supply.life = None if supply.expires_on is None else (supply.expires_on - today).days
        why = _unfit(supply, goods.min_life)
        if why is None:
            fit.append(supply)
        else:
            over.setdefault(why, []).append(supply)
    fit.sort(key=_turn)
    passed = tuple(_told(goods.sku, why, rows) for why, rows in over.items())
    return Shelf(goods.sku, goods.min_life, tuple(sorted(goods.packs, reverse=True)), fit, passed)


def take(shelf: Shelf, want: Want) -> list[Take]:
    """Take what a line wants, or as much of it as there is; the shelf has less then."""
    _skip_spent(shelf)
    fitting: Iterable[Supply] = islice(shelf.supplies, shelf.spent, None)
    if want.min_life > shelf.min_life:
        fitting = (supply for supply in fitting if supply.life is None or supply.life >= want.min_life)
    if want.one_lot:
        return _by_packs(shelf, want, _one_lot(fitting, want.units), Taken.ONE_LOT)
    if shelf.packs and shelf.packs[-1] <= want.units:
        return _by_packs(shelf, want, list(fitting), None)
    takes: list[Take] = []
    left = want.units
    for supply in fitting:
        free = supply.free
        if free > 0:
            units = free if free < left else left
            supply.free = free - units
            supply.promised += units
            takes.append(Take(want.line, supply, units, _age_reason(supply)))
            left -= units
            if left == 0:
                break
    return takes


def give_back(takes: Iterable[Take], shelf_of: Callable[[Supply], Shelf]) -> None:
    """Undo takes: their units are free again."""
    for each in takes:
        each.supply.free += each.units
        each.supply.promised -= each.units
        shelf_of(each.supply).spent = 0


def passed_over(shelf: Shelf, want: Want) -> tuple[Over, ...]:
    """Tell what a line could not have of a shelf: what nobody can, and what is too old for this line."""
    if want.min_life <= shelf.min_life:
        return shelf.over
    old = [row for row in shelf.supplies if row.life is not None and row.life < want.min_life and row.free]
    return (*shelf.over, _told(shelf.sku, Passed.SHORT_LIFE, old)) if old else shelf.over


def promised_to_others(shelf: Shelf, own: Mapping[int, int]) -> tuple[Over, ...]:
    """Tell what of a shelf others were promised; `own` units were just taken, by the id of their row."""
    rows = [(row, row.promised - own.get(id(row), 0)) for row in shelf.supplies]
    others = [(row.place, units) for row, units in rows if units]
    return (_summed(shelf.sku, Passed.PROMISED, others),) if others else ()


_NAMED = 3


def _told(sku: str, why: Passed, rows: Sequence[Supply]) -> Over:
    return _summed(sku, why, [(row.place, row.free) for row in rows])


def _summed(sku: str, why: Passed, places: Sequence[tuple[str, int]]) -> Over:
    named = sorted({place for place, _units in places})
    return Over(sku, why, sum(units for _place, units in places), tuple(named[:_NAMED]))


def _unfit(supply: Supply, min_life: int) -> Passed | None:
    if not supply.good:
        return Passed.NOT_GOOD
    if supply.retired:
        return Passed.RETIRED
    if supply.in_doubt:
        return Passed.IN_DOUBT
    if supply.life is None:
        return None
    if supply.life < 0:
        return Passed.EXPIRED
    return Passed.SHORT_LIFE if supply.life < min_life else None


def _turn(supply: Supply) -> tuple[object, ...]:
    return (
        *_age(supply),
        supply.reserve,
        supply.since,
        supply.sequence,
        supply.location,
        supply.lot,
    )


def _age(supply: Supply) -> tuple[date, date]:
    """Goods of one age are as good as each other: they expire on one day and came on one day."""
    return (supply.expires_on or date.max, supply.day)


def _age_reason(supply: Supply) -> Taken:
    return Taken.OLDEST if supply.expires_on is None else Taken.EXPIRES_FIRST


def _skip_spent(shelf: Shelf) -> None:
    supplies, spent = shelf.supplies, shelf.spent
    while spent < len(supplies) and supplies[spent].free <= 0:
        spent += 1
    shelf.spent = spent


def _one_lot(supplies: Iterable[Supply], units: int) -> list[Supply]:
    lots: dict[str, list[Supply]] = {}
    for supply in supplies:
        if supply.free > 0:
            lots.setdefault(supply.lot, []).append(supply)
    whole = (rows for rows in lots.values() if sum(row.free for row in rows) >= units)
    return next(whole, [])


def _by_packs(shelf: Shelf, want: Want, supplies: Sequence[Supply], why: Taken | None) -> list[Take]:
    """Take age by age: whole packagings out of reserve, then pieces in order."""
    takes: dict[int, Take] = {}
    left = want.units
    for _of_age, group in groupby(supplies, key=_age):
        rows = list(group)
        for supply, units, whole in _bites(shelf, rows, left):
            supply.free -= units
            supply.promised += units
            left -= units
            reason = why or (Taken.WHOLE_PACKS if whole else _age_reason(supply))
            known = takes.setdefault(id(supply), Take(want.line, supply, 0, reason))
            known.units += units
        if left == 0:
            break
    return list(takes.values())


def _bites(shelf: Shelf, rows: Sequence[Supply], left: int) -> Iterator[tuple[Supply, int, bool]]:
    """Give what is taken where; the caller takes it before it asks for the next."""
    for pack in shelf.packs:
        for supply in rows:
            units = min(supply.free, left) // pack * pack if supply.reserve else 0
            if units > 0:
                left -= units
                yield supply, units, True
    for supply in rows:
        units = min(supply.free, left)
        if units > 0:
            left -= units
            yield supply, units, False
