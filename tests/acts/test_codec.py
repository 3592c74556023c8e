import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms_desktop.acts import decode, encode


class Colour(Enum):
    GREEN = "green"
    BLACK = "black"


@dataclass(frozen=True)
class Size:
    length_mm: int
    note: str = ""


@dataclass(frozen=True)
class Everything:
    flag: bool
    units: int
    text: str
    id: UUID
    price: Decimal
    at: datetime
    day: date
    colour: Colour
    size: Size
    sizes: tuple[Size, ...]
    words: tuple[str, ...]
    maybe: Colour | None
    perhaps: tuple[UUID, ...] | None


def zones() -> st.SearchStrategy[timezone]:
    return st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


def sizes() -> st.SearchStrategy[Size]:
    return st.builds(Size, st.integers(), st.text())


@given(
    st.builds(
        Everything,
        flag=st.booleans(),
        units=st.integers(),
        text=st.text(),
        id=st.uuids(),
        price=st.decimals(allow_nan=False, allow_infinity=False),
        at=st.datetimes(timezones=zones()),
        day=st.dates(),
        colour=st.sampled_from(Colour),
        size=sizes(),
        sizes=st.lists(sizes(), max_size=3).map(tuple),
        words=st.lists(st.text(), max_size=3).map(tuple),
        maybe=st.none() | st.sampled_from(Colour),
        perhaps=st.none() | st.lists(st.uuids(), max_size=3).map(tuple),
    )
)
def test_what_was_written_is_read_again(value: Everything) -> None:
    read = decode(Everything, json.loads(json.dumps(encode(value))))

    assert read == value
    assert str(read.price) == str(value.price)
    assert read.at.utcoffset() == value.at.utcoffset()


@pytest.mark.parametrize("value", [1.5, b"raw", [1], {"a": 1}, {1}, object(), Size, 1j])
def test_an_unknown_kind_is_not_written(value: object) -> None:
    with pytest.raises(TypeError):
        encode(value)


def test_a_time_without_a_zone_is_not_written() -> None:
    with pytest.raises(ValueError, match="zone"):
        encode(datetime(2026, 3, 2, 12, 0))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (int, "1"),
        (int, True),
        (int, 1.0),
        (int, None),
        (bool, 1),
        (str, 1),
        (str, None),
        (NoneType, 0),
        (UUID, "12"),
        (UUID, 12),
        (UUID, None),
        (Decimal, "12,50"),
        (Decimal, 12.5),
        (datetime, "2026-03-02T12:00:00"),
        (datetime, "noon"),
        (datetime, 1772452800),
        (date, "2026-13-01"),
        (date, 20260302),
        (Colour, "red"),
        (Colour, ["green"]),
        (tuple[str, ...], "green"),
        (tuple[str, ...], ["green", 1]),
        (tuple[int, ...], {"0": 1}),
        (int | None, "1"),
        (Size, {}),
        (Size, {"length_mm": "1"}),
        (Size, {"length_mm": 1, "width_mm": 2}),
        (Size, [1]),
    ],
)
def test_a_wrong_value_is_not_read(kind: Any, value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        decode(kind, value)


@pytest.mark.parametrize(
    "kind", [float, object, list[int], dict[str, int], int | str, tuple[int, str], tuple[int]]
)
def test_an_unknown_annotation_is_refused_at_once(kind: Any) -> None:
    with pytest.raises(TypeError):
        decode(kind, None)


def test_values_of_a_record_that_were_not_written_yet_get_their_defaults() -> None:
    assert decode(Size, {"length_mm": 7}) == Size(7)


def test_a_time_keeps_its_microseconds() -> None:
    at = datetime(2026, 3, 2, 12, 0, 0, 1, tzinfo=UTC)

    assert decode(datetime, encode(at)) == at
