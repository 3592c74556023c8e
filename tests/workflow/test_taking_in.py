"""Orders that come in with their stock in one call."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from oms_desktop.db import Database
from oms_desktop.drafts import CheckedOrder, OrderDraft, order_problems
from oms_desktop.errors import InputError
from oms_desktop.models import Event, Location, Order, OrderLine, PickTask, QueueEntry, QueueTally, Stock
from oms_desktop.station import Call, Incoming
from oms_desktop.workflow import capture, promise, taking_in
from oms_desktop.workflow.books import prove
from oms_desktop.workflow.capture import Taken
from oms_desktop.workflow.worklists.story import timeline
from tests.builders import BOTTLE, MUG, TORCH, Site, draft_order
from tests.replaying import BROUGHT, assert_same_rows, calls_of, copy_rows, play_all, rows_of
from tests.station.test_costs import statements


def drafts() -> list[OrderDraft]:
    """More mugs and torches than there are, an order that ships complete, one on hold, one known twice."""
    return [
        draft_order({MUG: 6, BOTTLE: 1}, number="SO-1"),
        draft_order({MUG: 3, TORCH: 9}, number="SO-2"),
        replace(draft_order({MUG: 2, TORCH: 2}, number="SO-3"), ship_complete=True),
        draft_order({"NOBODY-KNOWS": 1, BOTTLE: 2}, number="SO-4"),
        replace(draft_order({MUG: 1}, number="SO-5"), priority=5),
        draft_order({MUG: 1}, number="SO-5"),
        draft_order({TORCH: 1}, number="SO-6", payment="pending"),
    ]


def coming(site: Site, orders: list[OrderDraft]) -> Call:
    checked = [CheckedOrder(draft, order_problems(draft), duplicate_hours=0) for draft in orders]
    return site.station.call().bringing(*(Incoming("test", "test", "{}", each) for each in checked))


def picture(database: Database) -> list[list[str]]:
    """What stands in the tables about orders and stock, without ids and times."""
    of_order = (Order.number, OrderLine.position, OrderLine.open, OrderLine.allocated)
    with database.reading() as session:
        lines = select(*of_order).join(Order, Order.id == OrderLine.order_id)
        tasks = (
            select(Order.number, OrderLine.position, Location.code, PickTask.quantity)
            .select_from(PickTask)
            .join(OrderLine, OrderLine.id == PickTask.order_line_id)
            .join(Order, Order.id == OrderLine.order_id)
            .join(Location, Location.id == PickTask.location_id)
        )
        queue = select(QueueEntry.number, QueueEntry.stage, QueueEntry.held, QueueEntry.short)
        tallies = select(QueueTally.bucket, func.sum(QueueTally.orders)).group_by(QueueTally.bucket)
        tallies = tallies.having(func.sum(QueueTally.orders) != 0)
        told = select(Order.number, Event.kind).join(Order, Order.id == Event.order_id)
        stock = select(Location.code, Stock.on_hand, Stock.allocated).join(Stock)
        found = (lines, tasks, queue, tallies, told, stock)
        return [sorted(repr([str(cell) for cell in row]) for row in session.execute(each)) for each in found]


def test_the_rows_are_those_of_a_capture_and_a_wave(sqlite: Database, postgresql: Database) -> None:
    first, second = Site(sqlite), Site(postgresql)

    results = coming(first, drafts()).do(taking_in.take_in, intakes=())
    stored = coming(second, drafts()).do(capture.capture_all, intakes=())
    free = tuple(each.order for each in stored if each.taken is Taken.TAKEN)
    second.station.do(promise.wave, orders=free)

    assert [each.taken for each in results] == [each.taken for each in stored]
    assert [each.problems for each in results] == [each.problems for each in stored]
    assert picture(sqlite) == picture(postgresql)
    for database in (sqlite, postgresql):
        with database.reading() as session:
            assert prove(session).violations == ()


def test_played_again_it_gives_the_same_rows(sqlite: Database, postgresql: Database) -> None:
    coming(Site(postgresql), drafts()).do(taking_in.take_in, intakes=())
    copy_rows(postgresql, sqlite, BROUGHT)
    play_all(calls_of(postgresql), sqlite)

    assert_same_rows(postgresql, sqlite)


def test_one_order_costs_few_round_trips(database: Database) -> None:
    site = Site(database)
    with statements(database.engine) as seen:
        [made] = coming(site, drafts()[:1]).do(taking_in.take_in, intakes=())

    assert site.line(made.order).allocated == 6
    assert len(seen) <= 27, seen
    with database.reading() as session:
        told = [entry.text for entry in timeline(session, made.order)]
    assert [words.split()[0] for words in told] == ["Received", "7"]


def test_what_cannot_be_stored_stores_nothing(database: Database) -> None:
    site = Site(database)
    before = rows_of(database)
    wrong = replace(drafts()[1], lines=())

    with pytest.raises(InputError, match="at least one line") as caught:
        coming(site, [drafts()[0], wrong]).do(taking_in.take_in, intakes=())
    assert caught.value.code == "capture.refused"
    assert rows_of(database) == before
