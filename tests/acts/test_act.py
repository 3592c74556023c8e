from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from oms_desktop.acts import Act, derive

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ACT = Act(call=UUID(int=7), worker=UUID(int=1), station="PICK-3", at=NOON)

TIMES = st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2900, 1, 1), timezones=st.just(UTC))


@given(st.uuids(), TIMES, st.text(), st.lists(st.text() | st.uuids() | st.integers(), max_size=3))
def test_an_id_is_a_uuid_of_version_8_and_always_the_same(
    call: UUID, at: datetime, name: str, key: list[object]
) -> None:
    made = derive(call, at, name, *key)

    assert made == derive(call, at, name, *key)
    assert (made.version, made.variant) == (8, RFC_4122)
    assert int.from_bytes(made.bytes[:6], "big") == int(at.timestamp() * 1000)


@given(TIMES, st.timedeltas(timedelta(milliseconds=2), timedelta(days=400)), st.uuids(), st.uuids())
def test_ids_sort_by_time(at: datetime, later: timedelta, one: UUID, other: UUID) -> None:
    assert derive(one, at, "move").bytes < derive(other, at + later, "move").bytes


def test_name_key_and_call_make_different_ids() -> None:
    ids = [
        ACT.id("move"),
        ACT.id("moves"),
        ACT.id("move", 1),
        ACT.id("move", 1, 1),
        ACT.id("move", None),
        ACT.id("move", ""),
        replace(ACT, call=UUID(int=8)).id("move"),
    ]

    assert len(set(ids)) == len(ids)


def test_who_and_where_do_not_change_an_id() -> None:
    other = replace(ACT, worker=UUID(int=2), station="PICK-4", device="gun", lease=UUID(int=3))

    assert other.id("move", 1) == ACT.id("move", 1)


def test_the_ids_of_one_version_are_those_of_every_other() -> None:
    """A golden value: stations of two versions must derive the same rows from one call."""
    assert str(ACT.id("move", UUID(int=9), 3)) == "019cae6b-6600-8239-8300-17d5627892e1"
