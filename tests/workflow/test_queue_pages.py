"""The queue is read page by page, by its indexes, in one order; its counts are those of the rows."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from oms_desktop.db import Database
from oms_desktop.models import Order, QueueEntry, QueueTally, Stage, Worker
from oms_desktop.workflow import board
from oms_desktop.workflow.worklists import queue, queue_filters
from oms_desktop.workflow.worklists.queue_filters import Filter, Key
from tests.builders import MUG, MUG_PLACE, NOON, Site

ROWS = 900
WISHES = (
    Filter(),
    Filter(stage="started"),
    Filter(stage="packing"),
    Filter(due="late"),
    Filter(due="soon"),
    Filter(flag="hold"),
    Filter(flag="exception"),
    Filter(due="late", stage="packing"),
    Filter(search="SO-2"),
    Filter(search="23"),
    Filter(zone="B"),
)


def fill(database: Database, rows: int = ROWS) -> Site:
    """Entries of invented orders beside one real order, which all of them copy."""
    site = Site(database)
    order = site.promised({MUG: 1})
    stages = list(Stage)
    with database.transaction() as session:
        real = session.get_one(Order, order)
        head = {column.key: getattr(real, column.key) for column in Order.__table__.columns}
        orders, entries = [], []
        for number in range(rows):
            key, stage = UUID(int=number + 10_000), stages[number % len(stages)]
            orders.append({**head, "id": key, "number": f"SO-{2000 + number}"})
            held = stage is not Stage.CLOSED and number % 9 == 0
            short = number % 2 if stage is not Stage.CLOSED and number % 5 == 0 else 0
            entries.append(
                {
                    "order_id": key,
                    "channel": "test",
                    "number": f"SO-{2000 + number}",
                    "digits": f"{2000 + number}",
                    "stage": stage,
                    "held": held,
                    "short": short,
                    "flagged_at": NOON - timedelta(minutes=number) if held or short else None,
                    "urgency": -(number % 3),
                    "due": NOON + timedelta(minutes=number % 300 - 100),
                    "captured_at": NOON,
                    "changed_at": NOON,
                    "lines": 1,
                    "pieces": 1,
                    "zones": "A,B" if number % 4 else "A",
                    "assignee_id": None,
                }
            )
        session.execute(insert(Order), orders)
        session.execute(insert(QueueEntry), entries)
        _tally(session)
        if not database.embedded:
            session.execute(text("ANALYZE"))
    return site


def _tally(session: Session) -> None:
    for entry in session.scalars(select(QueueEntry).where(QueueEntry.number != "SO-1001")):
        for bucket in board.buckets_of(entry.stage, entry.held, entry.short):
            row = session.get(QueueTally, (bucket, 40)) or QueueTally(bucket=bucket, slot=40, orders=0)
            row.orders += 1
            session.add(row)
            session.flush()


def all_rows(session: Session, wanted: Filter) -> list[str]:
    """Every row page by page, each found from the one before it, and the same by a jump to it."""
    known: dict[int, Key] = {}
    found: list[str] = []
    while (start := queue.page_start(session, wanted, NOON, len(known), known)) is not None:
        page = len(known)
        assert queue.page_start(session, wanted, NOON, page, {}) == start, (wanted, page)
        known[page] = start
        rows = queue.queue_page(session, wanted, NOON, page * queue.PAGE, start).rows
        found += [row.order for row in rows]
    return found


@pytest.fixture
def long(database: Database) -> Database:
    fill(database)
    return database


def test_pages_are_the_rows_in_their_order_and_the_counts_count_them(long: Database) -> None:
    with long.reading() as session:
        counts = queue.queue_counts(session, NOON)
        for wanted in WISHES:
            wished = queue_filters.listing(session, wanted, NOON)
            parts = wished.parts[0] if len(wished.parts) == 1 else wished.parts[0] | wished.parts[1]
            straight = session.scalars(
                select(QueueEntry.number).where(wished.where, parts).order_by(*wished.order)
            ).all()
            assert all_rows(session, wanted) == list(straight), wanted
            assert queue.queue_size(session, wanted, NOON, counts).count == len(straight), wanted
            assert straight, wanted


def test_a_page_is_read_by_an_index(long: Database) -> None:
    with long.reading() as session:
        if not long.embedded:
            session.execute(text("SET enable_seqscan = off"))
        for wanted in WISHES[:7]:
            start = queue.page_start(session, wanted, NOON, 0, {})
            listing = queue_filters.listing(session, wanted, NOON)
            for statement in (listing.page(start, queue.PAGE), listing.key(None, 400)):
                sql = statement.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
                how = "EXPLAIN QUERY PLAN " if long.embedded else "EXPLAIN "
                plan = "\n".join(str(row[-1]) for row in session.execute(text(how + str(sql))))
                assert "ix_queue_entry" in plan, plan
                assert "SCAN queue_entry\n" not in plan, plan
                assert "Seq Scan on queue_entry" not in plan, plan


def test_what_is_due_at_once_with_nobody_assigned_is_found(long: Database) -> None:
    with long.reading() as session:
        found = queue.unassigned(session, NOON)
        entries = [session.get_one(QueueEntry, order) for order in found]
        assert [entry.due for entry in entries] == sorted(entry.due for entry in entries)
        assert {entry.stage for entry in entries} == {Stage.PROMISED, Stage.RELEASED}
        assert {(entry.held, entry.assignee_id) for entry in entries} == {(False, None)}
        assert queue.unassigned(session, NOON, limit=3) == found[:3]
        assert queue.last_left(session) is None


def test_a_number_is_found_by_how_its_digits_begin(database: Database) -> None:
    fill(database)
    with database.reading() as session:
        numbers = set(session.scalars(select(QueueEntry.digits)))
        for digits in ("2", "20", "209", "2099", "29", "299", "9", "1"):
            found = session.scalars(select(QueueEntry.digits).where(queue_filters._begins(digits)))
            assert set(found) == {number for number in numbers if number.startswith(digits)}


def test_a_number_that_there_is_shows_that_order_alone(database: Database) -> None:
    site = Site(database)
    for number in ("X-6", "#6", "#60", "6001", "X-61"):
        site.order({MUG: 1}, number=number)
    with database.reading() as session:

        def found(text: str) -> list[str]:
            return [row.order for row in queue.queue_page(session, Filter(search=text), NOON).rows]

        told = {text: found(text) for text in ("X-6", "x-6", "6", "#6", "60", "600", "X-", "X-61", "X-612")}
    assert told == {
        "X-6": ["X-6"],
        "x-6": ["X-6"],
        "6": ["#6"],
        "#6": ["#6"],
        "60": ["#60"],
        "600": ["6001"],
        "X-": ["X-6", "X-61"],
        "X-61": ["X-61"],
        "X-612": [],
    }


def test_orders_are_found_by_place_and_person(database: Database) -> None:
    site = Site(database)
    site.promised({MUG: 1})
    site.order({MUG: 1})
    with database.reading() as session:

        def found(text: str) -> list[str]:
            rows = queue.queue_page(session, Filter(search=text), NOON).rows
            return [row.order for row in rows]

        assert found(MUG_PLACE) == ["SO-1001"]
        assert found("SO-1002") == ["SO-1002"]
        assert found("100") == ["SO-1001", "SO-1002"]
        assert found("nobody like this") == []
        assert found("system") == []

    with database.transaction() as session:
        session.add(Worker(id=UUID(int=70), badge="20407", name="Ida Example", pin_hash=""))
        session.flush()
        session.scalars(select(QueueEntry).where(QueueEntry.number == "SO-1002")).one().assignee_id = UUID(
            int=70
        )
    with database.reading() as session:
        assert found("20407") == ["SO-1002"], "a badge of digits only"
        assert found("2040") == []
