"""Which order gets what from which warehouse."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from oms_desktop.planning.shelves import Goods, Passed, Shelf, Supply, Want, shelve
from oms_desktop.planning.sourcing import Allotment, Asked, Source, Wish, plan

TODAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MUG, TORCH = UUID(int=101), UUID(int=102)
NORTH, SOUTH, WEST = (
    Source(UUID(int=index), code, country=country)
    for index, (code, country) in enumerate([("NORTH", "DE"), ("SOUTH", "AT"), ("WEST", "FR")], start=1)
)
SOURCES = (NORTH, SOUTH, WEST)


def shelves(stock: dict[tuple[Source, UUID], int]) -> dict[UUID, dict[UUID, Shelf]]:
    """One place for each product of a warehouse, with so many units."""
    found: dict[UUID, dict[UUID, Shelf]] = {}
    for number, ((source, product), units) in enumerate(stock.items()):
        row = Supply(source.id, product, UUID(int=900 + number), f"{source.code}-{number}", "", NOON, units)
        found.setdefault(source.id, {})[product] = shelve(Goods("SKU"), [row], TODAY, UTC)
    return found


def wish(
    lines: dict[UUID, int],
    *,
    number: int = 1,
    priority: int = 0,
    ship_by: datetime | None = None,
    whole: bool = False,
    unknown: int = 0,
) -> Wish:
    wants = tuple(Want(UUID(int=number * 100 + product.int), product, n) for product, n in lines.items())
    return Wish(
        UUID(int=number), wants, NOON + timedelta(minutes=number), priority, ship_by, whole, "AT", unknown
    )


def served(given: Allotment) -> dict[str, int]:
    return {share.source.code: sum(each.units for each in share.takes) for share in given.shares}


def asked(given: Allotment) -> dict[str, Asked]:
    return {offer.code: offer.asked for offer in given.offers}


def test_the_queue_is_served_by_priority_then_by_ship_by_then_by_age() -> None:
    soon = NOON + timedelta(hours=1)
    wishes = [
        wish({MUG: 2}, number=1),
        wish({MUG: 2}, number=2, ship_by=soon),
        wish({MUG: 2}, number=3, priority=5),
        wish({MUG: 2}, number=4),
    ]
    given = list(plan(wishes, shelves({(NORTH, MUG): 7}), [NORTH]))
    assert [(each.wish.order.int, each.allocated, each.open) for each in given] == [
        (3, 2, 0),
        (2, 2, 0),
        (1, 2, 0),
        (4, 1, 1),
    ]


def test_an_order_that_ships_complete_takes_nothing_unless_all_is_there() -> None:
    whole, other = wish({MUG: 2, TORCH: 3}, whole=True), wish({MUG: 2, TORCH: 2}, number=2)
    first, second = plan([whole, other], shelves({(NORTH, MUG): 2, (NORTH, TORCH): 2}), [NORTH])
    assert (first.allocated, first.open, first.withheld) == (0, 5, 4)
    assert (second.allocated, second.open) == (4, 0)


def test_an_order_that_ships_complete_waits_for_a_line_nobody_knows() -> None:
    [given] = plan([wish({MUG: 2}, whole=True, unknown=1)], shelves({(NORTH, MUG): 5}), [NORTH])
    assert (given.allocated, given.open, given.withheld) == (0, 3, 2)


def test_one_warehouse_that_has_all_serves_alone() -> None:
    stock = {(NORTH, MUG): 1, (NORTH, TORCH): 9, (WEST, MUG): 2, (WEST, TORCH): 1}
    [given] = plan([wish({MUG: 2, TORCH: 1})], shelves(stock), SOURCES)
    assert served(given) == {"WEST": 3}
    assert asked(given) == {"SOUTH": Asked.NOTHING, "NORTH": Asked.LESS, "WEST": Asked.ALL}


def test_of_warehouses_that_have_all_the_rank_decides_then_the_country_then_the_code() -> None:
    stock = {(source, MUG): 5 for source in SOURCES}
    west = Source(WEST.id, WEST.code, -1, WEST.country)
    assert served(next(plan([wish({MUG: 2})], shelves(stock), SOURCES))) == {"SOUTH": 2}
    assert served(next(plan([wish({MUG: 2})], shelves(stock), (NORTH, SOUTH, west)))) == {"WEST": 2}
    assert served(next(plan([wish({MUG: 2})], shelves(stock), (WEST, NORTH)))) == {"NORTH": 2}


def test_a_split_takes_the_fewest_warehouses_most_units_first() -> None:
    stock = {(SOUTH, MUG): 2, (NORTH, MUG): 3, (WEST, MUG): 2, (WEST, TORCH): 2}
    [given] = plan([wish({MUG: 5, TORCH: 2})], shelves(stock), SOURCES)
    assert served(given) == {"WEST": 4, "NORTH": 3}
    assert asked(given) == {"SOUTH": Asked.LESS, "NORTH": Asked.REST, "WEST": Asked.MOST}
    assert given.open == 0


def test_a_split_order_that_ships_complete_is_whole_or_nothing() -> None:
    stock = {(SOUTH, MUG): 2, (NORTH, MUG): 3}
    [whole] = plan([wish({MUG: 5}, whole=True)], shelves(stock), SOURCES)
    [short] = plan([wish({MUG: 6}, whole=True)], shelves(stock), SOURCES)
    assert served(whole) == {"NORTH": 3, "SOUTH": 2}
    assert (served(short), short.withheld) == ({}, 5)


def test_what_nobody_has_stays_open() -> None:
    [given] = plan([wish({MUG: 2})], {}, SOURCES)
    assert (served(given), given.open) == ({}, 2)
    assert set(asked(given).values()) == {Asked.NOTHING}


def test_a_short_order_tells_what_is_promised_to_others() -> None:
    stock = shelves({(NORTH, MUG): 1})
    stock[NORTH.id][MUG].supplies[0].promised = 4
    [enough] = plan([wish({MUG: 1})], stock, [NORTH])
    [short] = plan([wish({MUG: 1})], stock, [NORTH])
    assert enough.over == []
    assert [(over.why, over.units) for over in short.over] == [(Passed.PROMISED, 5)], "one of them just now"


def test_a_short_order_tells_nothing_of_what_it_has_all_of() -> None:
    stock = shelves({(NORTH, MUG): 1, (NORTH, TORCH): 3})
    stock[NORTH.id][MUG].supplies[0].promised = 4
    stock[NORTH.id][TORCH].supplies[0].promised = 7
    [short] = plan([wish({MUG: 2, TORCH: 1})], stock, [NORTH])
    assert [(over.sku, over.units) for over in short.over] == [(stock[NORTH.id][MUG].sku, 4)]
