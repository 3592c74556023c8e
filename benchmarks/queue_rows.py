"""A long queue, made straight in the tables: a depot of some orders, and many copies of their entries.

Lines, stock and events stay those of the few; what the queue reads page by page is there in full.
"""

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.depot import NOON, bring_depot
from oms_desktop.db import Database, connect
from oms_desktop.floor.views import Filter, QueueCount, QueuePage
from oms_desktop.models import migrate
from oms_desktop.workflow import board
from oms_desktop.workflow.worklists import queue

SEED = 1_000
"""Orders that are made one by one."""

LEAST = 4 * SEED

_CACHE_KB = 1_000_000
_STAGES = ("new", "promised", "released", "started", "picked", "packed", "closed")
_VARIED = f"""
UPDATE queue_entry SET
  stage = CASE rowid % 7 {" ".join(f"WHEN {at} THEN '{stage}'" for at, stage in enumerate(_STAGES))} END,
  held = rowid % 9 = 0 AND rowid % 7 <> 6,
  short = CASE WHEN rowid % 5 = 0 AND rowid % 7 <> 6 THEN 1 ELSE 0 END,
  urgency = -(rowid % 3),
  due = strftime('%Y-%m-%d %H:%M:%S', '2026-03-02 10:00:00', '+' || (rowid % 4321) || ' minutes') || '.000000'
"""
_FLAGGED = """
UPDATE queue_entry SET flagged_at = CASE WHEN held OR short THEN captured_at END
"""


def bring_queue(file: Path, orders: int) -> Database:
    """Make a database with about so many orders in the queue."""
    database = connect(f"sqlite:///{file}")
    with database.transaction() as session:
        migrate.upgrade(session.connection())
    bring_depot(database, products=50, locations=200, orders=SEED)
    with database.transaction() as session:
        session.execute(text(f"PRAGMA cache_size = -{_CACHE_KB}"))
        for table, key in (("sales_order", "id"), ("queue_entry", "order_id")):
            _copy(session, table, key, orders // SEED - 1)
        session.execute(text(_VARIED))
        session.execute(text(_FLAGGED))
        _tally(session)
    with database.transaction() as session:
        session.execute(text("ANALYZE"))
    return database


def read_top(session: Session, wanted: Filter) -> tuple[list[QueuePage], tuple[QueueCount, ...], QueueCount]:
    """Read what the screen shows of a filter at its beginning: its first page, all counts, its size."""
    counts = queue.queue_counts(session, NOON)
    return [queue.queue_page(session, wanted, NOON)], counts, queue.queue_size(session, wanted, NOON, counts)


def _copy(session: Session, table: str, key: str, copies: int) -> None:
    """Add copies of all rows with ids and numbers of their own."""
    columns = [row.name for row in session.execute(text(f"PRAGMA table_info({table})"))]
    values = [_value(column, key) for column in columns]
    numbers = "WITH RECURSIVE copy(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < :copies)"
    session.execute(
        text(
            f"INSERT INTO {table} ({', '.join(columns)}) {numbers} "
            f"SELECT {', '.join(values)} FROM {table}, copy"
        ),
        {"copies": copies},
    )


def _value(column: str, key: str) -> str:
    if column == key:
        return f"printf('%08x', n) || substr({column}, 9)"
    return "number || '-' || n" if column == "number" else column


def _tally(session: Session) -> None:
    """Count what stands under each filter, as the verbs would have."""
    session.execute(text("DELETE FROM queue_tally"))
    counted = {
        board.OPEN: "stage <> 'closed'",
        board.HELD: "stage <> 'closed' AND held",
        board.SHORT: "stage <> 'closed' AND NOT held AND short > 0",
        **{stage: f"stage = '{stage}'" for stage in _STAGES},
    }
    for bucket, where in counted.items():
        session.execute(
            text(
                "INSERT INTO queue_tally (bucket, slot, orders) "
                f"SELECT :bucket, 0, count(*) FROM queue_entry WHERE {where}"
            ),
            {"bucket": bucket},
        )
