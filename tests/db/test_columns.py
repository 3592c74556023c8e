"""Times and money come back from both databases as they were given."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import Column, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

from oms_desktop.db import Database
from oms_desktop.models import Amount, Memory, table_of

TOKYO = timezone(timedelta(hours=9))
MEMORY = table_of(Memory)
AMOUNTS = Table("amounts", MetaData(), Column("value", Amount()))


def remember(database: Database, times: list[datetime]) -> None:
    rows = [{"station": "S", "place": f"{n}", "step": {}, "at": at} for n, at in enumerate(times)]
    with database.transaction() as session:
        session.execute(insert(MEMORY), rows)


def test_a_time_comes_back_in_utc(database: Database) -> None:
    remember(database, [datetime(2026, 3, 3, 1, 2, 3, 456789, tzinfo=TOKYO)])
    with database.reading() as session:
        found = session.scalars(select(Memory.at)).one()

    assert found == datetime(2026, 3, 2, 16, 2, 3, 456789, tzinfo=UTC)
    assert found.tzinfo is UTC


def test_times_sort_as_times(database: Database) -> None:
    noon = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    times = [noon, noon + timedelta(microseconds=1), (noon - timedelta(hours=1)).astimezone(TOKYO)]
    remember(database, times)
    with database.reading() as session:
        found = session.scalars(select(Memory.at).order_by(Memory.at)).all()

    assert list(found) == sorted(times)


def test_a_time_without_a_zone_is_not_stored(database: Database) -> None:
    with pytest.raises(StatementError, match="without a zone"):
        remember(database, [datetime(2026, 3, 2, 12, 0)])


@pytest.mark.parametrize(
    "amount", ["0.1", "9.50", "-3.3333", "1234567890.1234", "0", "0.00004", "0.00005", "2.00015"]
)
def test_an_amount_keeps_four_places(database: Database, amount: str) -> None:
    given = Decimal(amount)
    with database.transaction() as session:
        AMOUNTS.create(session.connection())
        session.execute(insert(AMOUNTS), {"value": given})
    with database.reading() as session:
        found = session.scalars(select(AMOUNTS.c.value)).one()

    assert found.as_tuple() == given.quantize(Decimal("0.0001")).as_tuple()
