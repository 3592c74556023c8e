"""Which order gets which units out of which warehouse, and why.

1. Orders in the order of the queue: the highest priority first, then what has to leave first, then what came
   first.
2. Warehouses in the order in which they are asked: the lowest rank, then those in the country of the
   customer, then by code. The first that has all of an order serves it alone.
3. If none has all: the one that has most, then of the rest the one that has most of it, until nothing more is
   found; of equals the one that is asked first.
4. Lines in their order take their units as `planning.shelves` says.
5. An order that ships complete keeps nothing unless all its open units were found.

One order or a hundred thousand: this is the only plan. It shares out rows that its caller has locked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from functools import partial
from uuid import UUID

from oms_desktop.planning.shelves import (
    Over,
    Shelf,
    Supply,
    Take,
    Want,
    give_back,
    passed_over,
    promised_to_others,
    take,
)

Shelves = Mapping[UUID, Mapping[UUID, Shelf]]
"""The shelves by warehouse, then by product."""

_NEVER = datetime.max.replace(tzinfo=UTC)


class Asked(Enum):
    """What became of a warehouse that was asked."""

    ONLY = "the only one"
    ALL = "has all"
    MOST = "has most"
    REST = "has some of the rest"
    LESS = "has not all"
    NOTHING = "has nothing"


@dataclass(frozen=True)
class Source:
    """A warehouse that may serve; of equals the one with the lower rank does."""

    id: UUID
    code: str
    rank: int = 0
    country: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What an order still wants. `unknown` units are of lines whose product is not known yet."""

    order: UUID
    wants: tuple[Want, ...]
    captured_at: datetime
    priority: int = 0
    ship_by: datetime | None = None
    ship_complete: bool = False
    country: str = ""
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """How many units of an order a warehouse had, and what that led to."""

    code: str
    units: int
    asked: Asked


@dataclass(frozen=True, slots=True)
class Share:
    """What one warehouse gives to an order: a fulfillment of it."""

    source: Source
    takes: list[Take]


@dataclass(frozen=True, slots=True)
class Allotment:
    """What an order gets, and why from there.

    `offers` are the warehouses that were asked, `over` the units that were passed over, `withheld` units
    that were there but are not kept, because the order ships complete.
    """

    wish: Wish
    shares: Sequence[Share]
    open: int
    offers: Sequence[Offer]
    over: Sequence[Over] = ()
    withheld: int = 0

    @property
    def allocated(self) -> int:
        """The units that are taken."""
        return sum(each.units for each in self.takes())

    def takes(self) -> Iterator[Take]:
        """What is taken, whatever warehouse gives it."""
        return (each for share in self.shares for each in share.takes)


def plan(wishes: Iterable[Wish], shelves: Shelves, sources: Sequence[Source]) -> Iterator[Allotment]:
    """Share out what is on the shelves, which have less afterwards; the allotments in the queue's order.

    They are made as they are asked for.
    """
    for wish in sorted(wishes, key=in_queue):
        yield _allot(wish, shelves, sources)


def in_queue(wish: Wish) -> tuple[int, datetime, datetime, UUID]:
    """The key by which orders are served."""
    return (-wish.priority, wish.ship_by or _NEVER, wish.captured_at, wish.order)


def _allot(wish: Wish, shelves: Shelves, sources: Sequence[Source]) -> Allotment:
    shares, offers = _shared(wish, shelves, sources)
    wanted = sum(want.units for want in wish.wants) + wish.unknown
    found = sum(each.units for share in shares for each in share.takes)
    over = _over(wish, shelves, sources)
    if found < wanted:
        over += _promised(wish, shelves, sources, shares)
    if found < wanted and wish.ship_complete:
        for share in shares:
            give_back(share.takes, partial(_shelf_of, shelves))
        return Allotment(wish, (), wanted, offers, over, withheld=found)
    return Allotment(wish, shares, wanted - found, offers, over)


def _shared(wish: Wish, shelves: Shelves, sources: Sequence[Source]) -> tuple[list[Share], list[Offer]]:
    if not wish.wants:
        return [], []
    if len(sources) == 1:
        [source] = sources
        takes = _draw(wish.wants, shelves, source)
        units = sum(each.units for each in takes)
        return [Share(source, takes)] if takes else [], [Offer(source.code, units, Asked.ONLY)]
    ranked = sorted(sources, key=lambda each: (each.rank, each.country != wish.country, each.code))
    wanted = sum(want.units for want in wish.wants)
    offers: list[Offer] = []
    for source in ranked:
        takes = _draw(wish.wants, shelves, source)
        units = sum(each.units for each in takes)
        if units == wanted:
            return [Share(source, takes)], [*offers, Offer(source.code, units, Asked.ALL)]
        give_back(takes, partial(_shelf_of, shelves))
        offers.append(Offer(source.code, units, Asked.LESS if units else Asked.NOTHING))
    shares = _fewest(wish.wants, shelves, ranked)
    return shares, _with_choice(offers, shares)


def _fewest(wants: Sequence[Want], shelves: Shelves, ranked: Sequence[Source]) -> list[Share]:
    """Split between warehouses: again and again the one that has most of what is still wanted."""
    shares: list[Share] = []
    left, rest = list(wants), list(ranked)
    while left and rest:
        sizes = [_size(left, shelves, source) for source in rest]
        most = max(range(len(rest)), key=lambda index: (sizes[index], -index))
        if sizes[most] == 0:
            break
        source = rest.pop(most)
        takes = _draw(left, shelves, source)
        shares.append(Share(source, takes))
        left = _still_wanted(left, takes)
    return shares


def _size(wants: Sequence[Want], shelves: Shelves, source: Source) -> int:
    takes = _draw(wants, shelves, source)
    give_back(takes, partial(_shelf_of, shelves))
    return sum(each.units for each in takes)


def _still_wanted(wants: Sequence[Want], takes: Sequence[Take]) -> list[Want]:
    got: dict[UUID, int] = {}
    for each in takes:
        got[each.line] = got.get(each.line, 0) + each.units
    left = [(want, want.units - got.get(want.line, 0)) for want in wants]
    return [want if units == want.units else replace(want, units=units) for want, units in left if units]


def _with_choice(offers: Sequence[Offer], shares: Sequence[Share]) -> list[Offer]:
    """Say of the warehouses that serve a split order which was first."""
    serving = {share.source.code: index for index, share in enumerate(shares)}
    return [
        replace(offer, asked=Asked.REST if serving[offer.code] else Asked.MOST)
        if offer.code in serving
        else offer
        for offer in offers
    ]


def _draw(wants: Iterable[Want], shelves: Shelves, source: Source) -> list[Take]:
    takes: list[Take] = []
    here = shelves.get(source.id, {})
    for want in wants:
        shelf = here.get(want.product)
        if shelf is not None:
            takes += take(shelf, want)
    return takes


def _over(wish: Wish, shelves: Shelves, sources: Sequence[Source]) -> list[Over]:
    found: dict[Over, None] = {}
    everywhere = [shelves.get(source.id, {}) for source in sources]
    for want in wish.wants:
        for here in everywhere:
            shelf = here.get(want.product)
            if shelf is not None and (shelf.over or want.min_life > shelf.min_life):
                found.update(dict.fromkeys(passed_over(shelf, want)))
    return list(found)


def _promised(wish: Wish, shelves: Shelves, sources: Sequence[Source], shares: Sequence[Share]) -> list[Over]:
    """Tell what others were promised of the products of which an order has not all."""
    takes = [taken for share in shares for taken in share.takes]
    own: dict[int, int] = {}
    for each in takes:
        own[id(each.supply)] = own.get(id(each.supply), 0) + each.units
    short = dict.fromkeys(want.product for want in _still_wanted(wish.wants, takes))
    places = [(shelves.get(source.id, {}), product) for product in short for source in sources]
    found = (promised_to_others(here[product], own) for here, product in places if product in here)
    return [over for each in found for over in each]


def _shelf_of(shelves: Shelves, supply: Supply) -> Shelf:
    return shelves[supply.warehouse][supply.product]
