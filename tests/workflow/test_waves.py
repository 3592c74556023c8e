"""One by one and in mass: the same plan, the same rows."""

from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from psycopg.errors import DeadlockDetected
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from oms_desktop.db import Database
from oms_desktop.models import Event, Fulfillment, Order, OrderLine, PickTask, Stock
from oms_desktop.workflow import promise, reserving
from oms_desktop.workflow.books import prove
from tests.builders import BOTTLE, MUG, TORCH
from tests.conftest import make_database
from tests.replaying import BROUGHT, assert_same_rows, calls_of, copy_rows, play_all
from tests.workflow.depot import SKUS, Company, Lying, Wanted

GOODS = st.builds(
    Lying,
    second=st.booleans(),
    reserve=st.booleans(),
    sku=st.sampled_from(SKUS),
    units=st.integers(1, 14),
    life=st.sampled_from([None, None, -1, 5, 40, 90]),
    age=st.integers(0, 2),
)
ORDERS = st.builds(
    Wanted,
    lines=st.dictionaries(st.sampled_from(SKUS), st.integers(1, 9), min_size=1),
    priority=st.integers(0, 2),
    ship_complete=st.booleans(),
    one_lot=st.booleans(),
    min_life=st.sampled_from([0, 0, 30]),
)


def rows(database: Database) -> dict[str, list[Any]]:
    """What allocating has written, without the ids that come from the calls."""
    part = (Fulfillment.order_id, Fulfillment.warehouse_id, Fulfillment.number, Fulfillment.priority)
    task = (PickTask.order_line_id, PickTask.location_id, PickTask.lot, PickTask.quantity)
    statements = {
        "parts": select(*part),
        "tasks": select(*task, *part).join(Fulfillment, Fulfillment.id == PickTask.fulfillment_id),
        "lines": select(OrderLine.id, OrderLine.open, OrderLine.allocated),
        "stock": select(Stock.location_id, Stock.product_id, Stock.lot, Stock.allocated),
        "told": select(Event.order_id, Event.facts).where(Event.kind == "promised"),
    }
    with database.reading() as session:
        return {
            name: sorted((tuple(row) for row in session.execute(found)), key=repr)
            for name, found in statements.items()
        }


def queue_of(database: Database) -> list[UUID]:
    with database.reading() as session:
        return list(
            session.scalars(select(Order.id).order_by(Order.priority.desc(), Order.captured_at, Order.id))
        )


@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(goods=st.lists(GOODS, max_size=8), orders=st.lists(ORDERS, min_size=1, max_size=6))
def test_a_wave_gives_what_single_calls_in_the_order_of_the_queue_give(
    goods: Sequence[Lying], orders: Sequence[Wanted]
) -> None:
    single, mass = (written(goods, orders, mass=mass) for mass in (False, True))
    for name, found in single.items():
        assert found == mass[name], name


def written(goods: Sequence[Lying], orders: Sequence[Wanted], *, mass: bool) -> dict[str, list[Any]]:
    """Allocate in a company of its own, in one wave of many pieces or one by one; the rows are sound."""
    with TemporaryDirectory() as folder:
        database, _url = make_database("sqlite", Path(folder))
        company = Company(database)
        company.lay(*goods)
        made = [company.order(wanted) for wanted in orders]
        if mass:
            with patch.object(reserving, "TOGETHER", 2):
                company.site.station.do(promise.wave, orders=tuple(made))
        for order in [] if mass else queue_of(database):
            company.site.station.do(promise.allocate, order=order)
        with database.reading() as session:
            assert prove(session).violations == ()
        found = rows(database)
        database.close()
        return found


def filled(database: Database, orders: int) -> tuple[Company, tuple[UUID, ...]]:
    company = Company(database)
    company.lay(
        Lying(False, False, MUG, 8, life=40),
        Lying(False, True, MUG, 20, life=40),
        Lying(False, False, BOTTLE, 9, life=5),
        Lying(True, False, TORCH, 12),
        Lying(True, False, MUG, 30, life=90),
    )
    wishes = [
        Wanted({MUG: 3 + n % 5, TORCH: 1}, priority=n % 3, ship_complete=n % 4 == 0) for n in range(orders)
    ]
    return company, tuple(company.order(wanted) for wanted in wishes)


def test_a_wave_played_elsewhere_gives_the_same_rows(sqlite: Database, postgresql: Database) -> None:
    company, orders = filled(sqlite, 6)
    copy_rows(sqlite, postgresql)
    before = max(entry.sequence for entry in calls_of(sqlite))
    company.site.station.do(promise.wave, orders=orders)
    play_all(calls_of(sqlite, after=before), postgresql)

    assert BROUGHT
    assert rows(sqlite)["tasks"]
    assert_same_rows(sqlite, postgresql)


def in_one_piece(folder: Path, orders: int) -> dict[str, list[Any]]:
    """What a wave of orders writes that are planned and written all together."""
    database, _url = make_database("sqlite", folder)
    company, made = filled(database, orders)
    company.site.station.do(promise.wave, orders=made)
    found = rows(database)
    database.close()
    return found


@pytest.mark.parametrize("orders", [3, 4, 5, 8, 9])
def test_a_wave_in_pieces_writes_what_a_wave_at_once_writes(
    database: Database, orders: int, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the last piece is full, and where a single order is left for it."""
    at_once = in_one_piece(tmp_path_factory.mktemp("whole"), orders)
    monkeypatch.setattr(reserving, "TOGETHER", 4)
    company, made = filled(database, orders)
    company.site.station.do(promise.wave, orders=made)

    assert rows(database) == at_once


def test_a_deadlock_in_the_middle_plans_the_whole_wave_again(
    database: Database, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = in_one_piece(tmp_path_factory.mktemp("whole"), 9)
    monkeypatch.setattr(reserving, "TOGETHER", 2)
    company, made = filled(database, 9)
    usual, done = reserving._promise, []

    def fail_once(session: Any, piece: Any) -> None:
        done.append(piece)
        usual(session, piece)
        if len(done) == 3:
            raise OperationalError("", None, DeadlockDetected("deadlock detected"))

    monkeypatch.setattr(reserving, "_promise", fail_once)
    company.site.station.do(promise.wave, orders=made)

    assert len(done) == 3 + 5
    assert rows(database) == at_once


@pytest.mark.parametrize("place", ["_made", "_promise"])
def test_a_wave_that_is_stopped_in_the_middle_leaves_nothing(
    database: Database, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether its planning is stopped or its writing, the rows of its first pieces go too."""
    company, made = filled(database, 9)
    before = rows(database)
    monkeypatch.setattr(reserving, "TOGETHER", 2)
    usual, calls = getattr(reserving, place), []

    def stop(*given_: Any) -> Any:
        calls.append(given_)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return usual(*given_)

    with monkeypatch.context() as stopping:
        stopping.setattr(reserving, place, stop)
        with pytest.raises(KeyboardInterrupt):
            company.site.station.do(promise.wave, orders=made)
    assert rows(database) == before

    assert company.site.station.do(promise.wave, orders=made).served
    assert rows(database) != before


@contextmanager
def counted(database: Database) -> Any:
    """Count the statements that a database is asked for."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield found
    event.remove(database.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("orders", [2, 12])
def test_a_wave_needs_as_many_statements_for_many_orders_as_for_a_few(
    database: Database, orders: int
) -> None:
    company, made = filled(database, orders)
    with counted(database) as found:
        wave = company.site.station.do(promise.wave, orders=made)

    assert wave.served >= 2
    assert len(found) <= 26


def test_two_warehouses_share_an_order_that_none_has_whole(database: Database) -> None:
    company = Company(database)
    company.lay(Lying(False, False, MUG, 2), Lying(True, False, MUG, 3), Lying(True, False, TORCH, 1))
    order = company.order(Wanted({MUG: 5, TORCH: 1}, ship_complete=True))
    given_ = company.site.station.do(promise.allocate, order=order)
    with database.reading() as session:
        parts = session.execute(
            select(Fulfillment.number, Fulfillment.warehouse_id).order_by(Fulfillment.number)
        ).all()
        told = session.execute(
            select(Fulfillment.number, Event.facts)
            .join(Event, Event.fulfillment_id == Fulfillment.id)
            .where(Event.kind == "promised")
            .order_by(Fulfillment.number)
        ).all()

    assert [(number, facts["warehouse"], facts["allocated"]) for number, facts in told] == [
        (1, "EAST", 4),
        (2, "MAIN", 2),
    ]
    assert [(offer.code, offer.units, offer.asked.value) for offer in given_.offers] == [
        ("EAST", 4, "has most"),
        ("MAIN", 2, "has some of the rest"),
    ]
    assert [tuple(part) for part in parts] == [(1, company.east), (2, company.site.warehouse)]
    assert (given_.allocated, given_.open) == (6, 0)
