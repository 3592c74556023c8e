"""Where the units of a line are taken from, rule by rule."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from oms_desktop.planning.shelves import Goods, Passed, Shelf, Supply, Taken, Want, passed_over, shelve, take

TODAY = date(2026, 3, 2)
CAME = datetime(2026, 3, 1, 8, tzinfo=UTC)


def supply(place: str, free: int, *, days: int = 0, life: int | None = None, lot: str = "") -> Supply:
    """Units at a place that came `days` later than others and expire in `life` days."""
    number = sum(ord(letter) << (8 * index) for index, letter in enumerate(place))
    return Supply(
        warehouse=UUID(int=1),
        product=UUID(int=2),
        location=UUID(int=number),
        place=place,
        lot=lot,
        since=CAME + timedelta(days=days),
        free=free,
        reserve=place.startswith("R"),
        expires_on=None if life is None else TODAY + timedelta(days=life),
    )


def shelf(*supplies: Supply, min_life: int = 0, packs: tuple[int, ...] = ()) -> Shelf:
    return shelve(Goods("MUG", min_life, packs), supplies, TODAY, UTC)


def taken(of: Shelf, units: int, *, one_lot: bool = False, min_life: int = 0) -> list[tuple[str, int]]:
    found = take(of, Want(UUID(int=3), UUID(int=2), units, one_lot, min_life))
    return [(each.supply.place, each.units) for each in found]


def test_what_expires_first_is_taken_first_and_what_keeps_for_ever_last() -> None:
    of = shelf(supply("A", 5), supply("B", 5, life=90, lot="L2"), supply("C", 5, life=30, lot="L1"))
    assert taken(of, 12) == [("C", 5), ("B", 5), ("A", 2)]


def test_what_came_first_is_taken_first() -> None:
    of = shelf(supply("A", 5, days=1), supply("B", 5, days=0), supply("C", 5, days=2))
    assert taken(of, 12) == [("B", 5), ("A", 5), ("C", 2)]


def test_pick_faces_come_before_reserve_of_the_same_day() -> None:
    later = supply("A", 5)
    later.since += timedelta(hours=3)
    assert taken(shelf(supply("R", 5), later), 6) == [("A", 5), ("R", 1)]


def test_older_reserve_comes_before_a_younger_pick_face() -> None:
    assert taken(shelf(supply("A", 5, days=1), supply("R", 5)), 6) == [("R", 5), ("A", 1)]


def test_of_goods_that_came_together_the_walk_decides() -> None:
    first, second = supply("A", 5), supply("B", 5)
    first.sequence, second.sequence = 20, 10
    assert taken(shelf(first, second), 6) == [("B", 5), ("A", 1)]


def test_an_expired_lot_is_never_taken_and_one_that_expires_today_is() -> None:
    of = shelf(supply("A", 5, life=-1, lot="L1"), supply("B", 5, life=0, lot="L2"))
    assert taken(of, 10) == [("B", 5)]
    assert [(over.why, over.units, over.places) for over in of.over] == [(Passed.EXPIRED, 5, ("A",))]


@pytest.mark.parametrize(("product", "line", "place"), [(30, 0, "B"), (0, 30, "B"), (60, 30, "C")])
def test_a_lot_must_live_as_long_as_product_and_line_ask(product: int, line: int, place: str) -> None:
    lots = [supply("A", 5, life=29, lot="1"), supply("B", 5, life=30, lot="2"), supply("C", 5, life=60)]
    assert taken(shelf(*lots, min_life=product), 1, min_life=line) == [(place, 1)]


def test_what_is_too_old_for_one_line_is_told_and_left_for_others() -> None:
    of = shelf(supply("A", 5, life=29, lot="1"), supply("B", 5, life=90, lot="2"))
    want = Want(UUID(int=3), UUID(int=2), 1, min_life=30)
    assert [(over.why, over.units) for over in passed_over(of, want)] == [(Passed.SHORT_LIFE, 5)]
    assert taken(of, 1) == [("A", 1)]


def test_goods_that_are_not_good_in_doubt_or_at_a_retired_place_are_passed_over() -> None:
    bad, old, doubtful = supply("A", 1), supply("B", 2), supply("C", 3)
    bad.good, old.retired, doubtful.in_doubt = False, True, True
    of = shelf(bad, old, doubtful, supply("D", 4, days=9))
    assert taken(of, 9) == [("D", 4)]
    assert {over.why: over.units for over in of.over} == {
        Passed.NOT_GOOD: 1,
        Passed.RETIRED: 2,
        Passed.IN_DOUBT: 3,
    }


def test_one_lot_is_the_first_to_expire_that_covers_the_line() -> None:
    lots = [supply("A", 3, life=30, lot="L1"), supply("B", 4, life=60, lot="L2")]
    of = shelf(*lots, supply("C", 4, life=60, lot="L2"), supply("D", 9, life=90, lot="L3"))
    assert taken(of, 7, one_lot=True) == [("B", 4), ("C", 3)]


def test_nothing_is_taken_when_no_lot_covers_the_line() -> None:
    of = shelf(supply("A", 3, life=30, lot="L1"), supply("B", 4, life=60, lot="L2"))
    assert taken(of, 5, one_lot=True) == []
    assert taken(of, 7) == [("A", 3), ("B", 4)]


def test_whole_cases_come_out_of_reserve_and_the_rest_from_the_pick_face() -> None:
    of = shelf(supply("A", 30), supply("R", 36), packs=(12,))
    found = take(of, Want(UUID(int=3), UUID(int=2), 29))
    assert [(each.supply.place, each.units, each.why) for each in found] == [
        ("R", 24, Taken.WHOLE_PACKS),
        ("A", 5, Taken.OLDEST),
    ]


def test_the_largest_packaging_comes_first() -> None:
    of = shelf(supply("A", 30), supply("R", 26), supply("Rb", 10), packs=(4, 24))
    assert taken(of, 31) == [("R", 24), ("Rb", 4), ("A", 3)]


def test_a_line_smaller_than_a_case_takes_pieces() -> None:
    assert taken(shelf(supply("A", 30), supply("R", 36), packs=(12,)), 11) == [("A", 11)]


def test_a_case_is_broken_when_no_pick_face_has_the_rest() -> None:
    assert taken(shelf(supply("A", 2), supply("R", 36), packs=(12,)), 17) == [("R", 15), ("A", 2)]


def test_an_age_is_used_up_before_whole_cases_of_a_younger_one() -> None:
    of = shelf(supply("A", 7), supply("R", 36, days=1), packs=(12,))
    assert taken(of, 24) == [("A", 7), ("R", 17)]


def test_an_empty_shelf_gives_nothing() -> None:
    of = shelf(supply("A", 2))
    assert taken(of, 5) == [("A", 2)]
    assert taken(of, 1) == []
