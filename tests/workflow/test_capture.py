"""Many orders in one call: the same as one by one, in as many statements, and it can be played again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select

from oms_desktop.db import Database
from oms_desktop.drafts import CheckedOrder, CustomerDraft, OrderDraft, malformed_contacts, order_problems
from oms_desktop.errors import InputError
from oms_desktop.models import (
    Address,
    Customer,
    Event,
    Hold,
    Intake,
    JournalEntry,
    Order,
    OrderLine,
    QueueEntry,
    table_of,
)
from oms_desktop.station import Incoming
from oms_desktop.workflow import books, capture
from oms_desktop.workflow.capture import Captured, Taken
from oms_desktop.workflow.worklists.story import timeline
from tests.builders import BOTTLE, MUG, TORCH, Site, draft_order
from tests.conftest import make_database
from tests.replaying import BROUGHT, assert_same_rows, calls_of, copy_rows, play_all

TABLES = (Customer, Address, Order, OrderLine, Hold, Event, QueueEntry)
IDS = frozenset({"id", "order_id", "customer_id", "ship_to_id", "intake_id", "call_id"})
TIMES = frozenset({"captured_at", "changed_at", "flagged_at", "set_at", "at"})


def incoming(draft: OrderDraft) -> Incoming:
    checked = CheckedOrder(draft, order_problems(draft), doubtful=malformed_contacts(draft))
    return Incoming("test", "orders.json", "{}", checked)


def capture_all(site: Site, *drafts: OrderDraft) -> tuple[Captured, ...]:
    call = site.station.call().bringing(*map(incoming, drafts))
    return call.do(capture.capture_all, intakes=())


def of_all_kinds() -> list[OrderDraft]:
    regular = CustomerDraft(external_id="77", name="Rita Regular", email="rita@example.test")
    first = draft_order({MUG: 2, TORCH: 1}, number="SO-1")
    return [
        replace(first, customer=regular, priority=2, ship_complete=True, tags=("gift", "vip")),
        draft_order({BOTTLE: 3}, number="SO-2", payment="pending"),
        draft_order({"LOST-1": 1, "LOST-2": 1, MUG: 1}, number="SO-3"),
        replace(
            draft_order({MUG: 1}, number="SO-4"),
            customer=replace(regular, name="Rita Regular-Sample", phone="in the shop"),
            ship_by=datetime(2026, 3, 3, 16, tzinfo=UTC),
            deliver_by=datetime(2026, 3, 5, 12, tzinfo=UTC),
        ),
    ]


def plain_rows(database: Database, table: Any) -> list[dict[str, Any]]:
    """Rows without ids and times, which differ from call to call."""
    with database.reading() as session:
        rows = session.execute(select(table_of(table))).all()
    left_out = IDS | TIMES
    plain = [{name: value for name, value in row._mapping.items() if name not in left_out} for row in rows]
    return sorted(plain, key=repr)


def test_many_at_once_are_what_each_would_be_alone(
    database: Database, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other, _url = make_database("sqlite", tmp_path_factory.mktemp("other"))
    together, alone = Site(database), Site(other)

    captured = capture_all(together, *of_all_kinds())
    for draft in of_all_kinds():
        alone.station.call().bringing(incoming(draft)).do(capture.capture, intake=together.warehouse)

    assert [each.taken for each in captured] == [Taken.TAKEN, Taken.HELD, Taken.HELD, Taken.TAKEN]
    assert [found.value for found in captured[2].problems] == ["LOST-1", "LOST-2"]
    for table in TABLES:
        assert plain_rows(database, table) == plain_rows(other, table), table
    with database.reading() as session:
        assert books.prove(session).violations == ()
    other.close()


def test_the_timeline_notes_a_contact_that_cannot_be_used_without_its_text(database: Database) -> None:
    site = Site(database)
    captured = capture_all(site, *of_all_kinds())

    with database.reading() as session:
        stories = [[entry.text for entry in timeline(session, each.order)] for each in captured]
    noted = "Cannot be reached by phone: it is malformed"
    assert [noted in story for story in stories] == [False, False, False, True]


def test_one_that_is_known_stays_as_it_is(database: Database) -> None:
    site = Site(database)
    known = site.order({MUG: 1}, number="SO-1")
    again, new = draft_order({MUG: 9}, number="SO-1"), draft_order({TORCH: 1}, number="SO-2")

    first, second, third = capture_all(site, again, new, new)

    assert (first.order, first.taken) == (known, Taken.DUPLICATE)
    assert second.taken is Taken.TAKEN
    assert (third.order, third.taken) == (second.order, Taken.DUPLICATE)
    assert site.line(known).ordered == 1


def test_the_statements_do_not_grow_with_the_orders(database: Database) -> None:
    site = Site(database)
    seen: list[str] = []

    def look(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement.split("(")[0])

    def cost(first: int, orders: int) -> int:
        seen.clear()
        drafts = [draft_order({MUG: 1, "LOST": 1}, number=f"SO-{first + at}") for at in range(orders)]
        event.listen(database.engine, "before_cursor_execute", look)
        capture_all(site, *drafts)
        event.remove(database.engine, "before_cursor_execute", look)
        return len(seen)

    few, many = cost(1, 2), cost(100, 200)

    assert many <= few, seen
    assert many <= 24


def test_one_that_cannot_be_represented_stops_all(database: Database) -> None:
    site = Site(database)
    bad = replace(draft_order({MUG: 1}, number="SO-2"), number="")

    with pytest.raises(InputError, match="number") as refused:
        capture_all(site, draft_order({MUG: 1}, number="SO-1"), bad)

    assert refused.value.code == "capture.refused"
    with database.reading() as session:
        counts = [session.scalar(select(func.count()).select_from(table)) for table in (Order, Intake)]
        assert counts == [0, 0]
        last = session.scalars(select(JournalEntry).order_by(JournalEntry.sequence.desc()).limit(1)).one()
    assert (last.verb, last.result) == ("orders.capture.1", "capture.refused")


def test_a_batch_is_played_on_the_other_database(sqlite: Database, postgresql: Database) -> None:
    site = Site(sqlite)
    capture_all(site, *of_all_kinds())
    copy_rows(sqlite, postgresql, BROUGHT)

    play_all(calls_of(sqlite), postgresql)

    assert_same_rows(sqlite, postgresql)


def near(draft: OrderDraft) -> Incoming:
    """An order that is held when one like it came within a day."""
    return Incoming(
        "test", "orders.json", "{}", CheckedOrder(draft, order_problems(draft), duplicate_hours=24)
    )


def test_the_same_order_again_under_another_number_is_held_and_names_the_first(database: Database) -> None:
    site = Site(database)
    first, second, other, third = (
        draft_order({MUG: 2}, number="SO-1"),
        draft_order({MUG: 2}, number="SO-2"),
        draft_order({MUG: 1}, number="SO-3"),
        replace(draft_order({MUG: 2}, number="SO-4"), channel="phone"),
    )
    call = site.station.call().bringing(near(first), near(second), near(other))
    captured = call.do(capture.capture_all, intakes=())
    assert [each.taken for each in captured] == [Taken.TAKEN, Taken.HELD, Taken.TAKEN]
    (late,) = site.station.call().bringing(near(third)).do(capture.capture_all, intakes=())
    (told,) = late.problems

    assert (told.problem.value, told.value) == ("possible duplicate", "SO-1")
    with database.reading() as session:
        texts = session.scalars(select(Hold.text).order_by(Hold.set_at)).all()
    sentence = "The same person has ordered the same shortly before; somebody has to agree."
    assert texts == [f"{sentence} (SO-1)"] * 2


def test_the_same_order_days_later_is_free(database: Database) -> None:
    site = Site(database)
    day = datetime(2026, 3, 2, 12, tzinfo=UTC)
    drafts = [
        replace(draft_order({MUG: 2}, number=f"SO-{days}"), placed_at=day + timedelta(days=days))
        for days in range(4)
    ]
    call = site.station.call().bringing(*map(near, [drafts[0], drafts[2], drafts[3]]))
    captured = call.do(capture.capture_all, intakes=())
    assert [each.taken for each in captured] == [Taken.TAKEN, Taken.TAKEN, Taken.HELD]
