"""The key figures are those of the rows and events, and are read by indexes over a few hours only."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import event, insert, select, text

from oms_desktop.db import Database
from oms_desktop.models import Event, QueueEntry, Stage
from oms_desktop.workflow.worklists import figures, queue
from oms_desktop.workflow.worklists.figures import KeyFigure
from tests.builders import NOON, Site
from tests.workflow.test_queue_pages import fill

_MINUTE = timedelta(minutes=1)


CLOSED = range(10_000 + list(Stage).index(Stage.CLOSED), 10_090, len(Stage))
"""The orders that `fill` makes closed."""


def tell(
    database: Database, kind: str, minutes_ago: Sequence[int], orders: Sequence[int] = range(10_000, 20_000)
) -> None:
    """Events of one kind, each of an order of its own."""
    with database.transaction() as session:
        like = session.scalars(select(Event).limit(1)).one()
        head = {column.key: getattr(like, column.key) for column in Event.__table__.columns}
        rows = [
            {
                **head,
                "id": UUID(int=abs(hash((kind, number, ago))) % 2**100),
                "order_id": UUID(int=number),
                "kind": kind,
                "at": NOON - _MINUTE * ago,
            }
            for number, ago in zip(orders, minutes_ago, strict=False)
        ]
        session.execute(insert(Event), rows)


def take(database: Database, minutes: dict[int, int]) -> None:
    """Let the first orders have been captured so many minutes before they were packed, so many ago."""
    with database.transaction() as session:
        for number, (ago, taken) in enumerate(minutes.items()):
            entry = session.get_one(QueueEntry, UUID(int=10_000 + number))
            entry.captured_at = NOON - _MINUTE * (ago + taken)


def figures_of(database: Database) -> dict[str, KeyFigure]:
    with database.reading() as session:
        counts = queue.queue_counts(session, NOON)
        made = figures.key_figures(figures.history(session, NOON), counts)
    return {figure.name: figure for figure in made}


def test_an_idle_warehouse_has_no_rates_and_says_so(database: Database) -> None:
    Site(database)

    of = figures_of(database)

    assert list(of) == ["open", "due", "picked", "right", "waited", "stuck"]
    assert (of["open"].value, of["open"].change, of["open"].good) == ("0", "±0 in 1 h", None)
    assert (of["right"].value, of["right"].change, of["right"].trend) == ("", "nothing picked in 6 h", ())
    assert (of["waited"].value, of["waited"].change) == ("", "nothing packed in 6 h")
    assert of["picked"].plan is None


def arrange(database: Database) -> int:
    """Let six orders be due soon, and one be stuck since five minutes; returns how many are stuck."""
    with database.transaction() as session:
        open_orders = session.scalars(select(QueueEntry).where(QueueEntry.stage != Stage.CLOSED)).all()
        for entry in open_orders:
            entry.due, entry.lines = NOON + timedelta(hours=20), 3
        for number, entry in enumerate(open_orders[:6]):
            entry.due = NOON + _MINUTE * (20 + 15 * number)
            entry.stage = Stage.NEW
        stuck = len([entry for entry in open_orders if entry.flagged_at])
        for entry in open_orders:
            if entry.flagged_at:
                entry.flagged_at = NOON - timedelta(hours=20)
        open_orders[-1].flagged_at = NOON - _MINUTE * 5
        stuck += 0 if open_orders[-1].held or open_orders[-1].short else 1
    return stuck


def test_figures_are_counted_from_rows_and_events(database: Database) -> None:
    fill(database, 90)
    stuck = arrange(database)
    # The order that all others copy was captured in this hour as well.
    tell(database, "captured", [10, 20, 95])
    tell(database, "handed over", [15, 16, 17, 18, 19], CLOSED)
    # The first part of an order does not end it, and what was fulfilled before it came was never open.
    tell(database, "handed over", [40], CLOSED)
    tell(database, "handed over", [35])
    tell(database, "captured", [12, 13, 14], CLOSED[5:])
    tell(database, "picked", [5, 25, 45, 65, 75, 100])
    tell(database, "short", [50])
    tell(database, "packed", [10, 20, 70, 80])
    take(database, {10: 48, 20: 52, 70: 60, 80: 80})

    of = figures_of(database)

    with database.reading() as session:
        counts = {count.filter: count.count for count in queue.queue_counts(session, NOON)}
    assert (of["open"].value, of["open"].change, of["open"].good) == (str(counts["all"]), "−2 in 1 h", True)
    assert of["open"].trend[-3:] == (counts["all"] + 2, counts["all"] + 2, counts["all"])
    assert (of["due"].value, of["due"].change, of["due"].good) == ("3", "+1 in 30 min", False)
    assert (of["picked"].value, of["picked"].unit) == ("3", "/ h")
    # Fifteen lines are due within an hour and a half.
    assert of["picked"].plan == 10.0
    assert (of["picked"].change, of["picked"].good) == ("−7 to plan", False)
    assert (of["right"].value, of["right"].change) == ("75.0", "−25.0 in 1 h")
    assert (of["waited"].value, of["waited"].change, of["waited"].good) == ("50", "−20 in 1 h", True)
    assert of["stuck"].change == "+1 in 1 h"
    assert of["stuck"].trend[-1] == stuck


def test_history_is_read_by_indexes(database: Database) -> None:
    fill(database)
    tell(database, "picked", range(1, 300))
    statements: list[tuple[str, object]] = []

    def hear(_connection: object, _cursor: object, sql: str, values: object, *_rest: object) -> None:
        statements.append((sql, values))

    with database.reading() as session:
        session.execute(text("SELECT 1"))
        if not database.embedded:
            session.execute(text("SET enable_seqscan = off"))
        event.listen(database.engine, "before_cursor_execute", hear)
        figures.history(session, NOON)
        event.remove(database.engine, "before_cursor_execute", hear)
        assert len(statements) == 4
        how = "EXPLAIN QUERY PLAN " if database.embedded else "EXPLAIN "
        for sql, values in list(statements):
            found = session.connection().exec_driver_sql(how + sql, values)  # type: ignore[arg-type]  # as it was heard
            plan = "\n".join(str(row[-1]) for row in found)
            assert "ix_event_kind_at" in plan or "ix_queue_entry_" in plan, plan
            assert "Seq Scan" not in plan, plan
            assert "SCAN event" not in plan, plan
            assert "SCAN queue_entry\n" not in plan + "\n", plan
