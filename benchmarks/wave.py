"""A wave over a depot full of orders against one bare statement that writes the same kind of rows.

100,000 order lines (10,000 orders of ten) against 20,000 stock rows on a PostgreSQL of its own, the first to
expire first; one order in five ships complete, and there is less than is wanted. Either way gets a fresh copy
of the depot, in turns. Figures are lines a second. Afterwards eight connections serve one depot at once.
"""

import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from threading import Barrier
from time import perf_counter

from sqlalchemy import func, select, text

from benchmarks import rows, server, wave_statement
from benchmarks.depot import LINES_EACH, NOON, PLACES_EACH, Depot, bring_depot
from benchmarks.rows import Row, told
from oms_desktop.app.serving import serve
from oms_desktop.db import Database, connect
from oms_desktop.models import Order, OrderLine, Stock
from oms_desktop.station import Station
from oms_desktop.workflow import promise
from oms_desktop.workflow.books import prove

LINES, STOCK_ROWS, LOCATIONS = 100_000, 20_000, 5_000
TURNS = 3
ALLOCATORS = 8
GOAL = 0.5


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 when a goal does not hold."""
    wish = rows.arguments("Time the promise of stock to many orders.").parse_args(arguments)
    lines = max(wish.limit or LINES, 20 * LINES_EACH)
    told(f"Making a depot with {lines} order lines ...")
    with server.database() as base:
        depot = bring_depot(
            base,
            products=max(lines * STOCK_ROWS // LINES // PLACES_EACH, LINES_EACH),
            locations=max(lines * LOCATIONS // LINES, PLACES_EACH),
            orders=lines // LINES_EACH,
        )
        _tidy(base, f"VACUUM ANALYZE {', '.join(_filled(base))}")
        like = server.address_of(base)
        found = [*_in_turns(like, depot, lines), *_crowd(like, depot)]
    return rows.finished("wave", found, as_json=wish.json)


def _in_turns(like: str, depot: Depot, lines: int) -> list[Row]:
    ours, bare = [], []
    for turn in range(1, TURNS + 1):
        ours.append(_ours(like, depot))
        bare.append(_bare(like, depot))
        told(f"Turn {turn} of {TURNS}: a wave {ours[-1]:.2f} s, the statement {bare[-1]:.2f} s")
    return [rows.compared("lines a second", lines / median(ours), lines / median(bare), GOAL, ">=")]


def _ours(like: str, depot: Depot) -> float:
    with server.database(like) as copy:
        station = Station(copy, "WAVE", depot.person, clock=lambda: NOON)
        begun = perf_counter()
        station.do(promise.wave, orders=depot.orders)
        return perf_counter() - begun


def _bare(like: str, depot: Depot) -> float:
    with server.database(like) as copy:
        with copy.transaction() as session:
            session.execute(wave_statement.PARTS, {"warehouse": depot.warehouse})
        _tidy(copy, "ANALYZE")
        with copy.engine.begin() as connection:
            begun = perf_counter()
            wave_statement.run(connection)
            connection.commit()
            return perf_counter() - begun


def _filled(database: Database) -> Sequence[str]:
    """Name the tables with rows.

    One that is vacuumed while it is empty is planned for as if it stayed so, and whatever refers to it is
    checked by reading it whole. A server's own vacuum leaves such tables alone.
    """
    with database.reading() as session:
        return session.scalars(
            text(
                "SELECT relname FROM pg_class WHERE oid IN (SELECT relid FROM pg_stat_user_tables)"
                " AND pg_relation_size(oid) > 0 ORDER BY relname"
            )
        ).all()


def _tidy(database: Database, statement: str) -> None:
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))


def _crowd(like: str, depot: Depot) -> list[Row]:
    """Let eight allocators serve the orders of one depot at once, then look for what they did wrong."""
    told(f"{ALLOCATORS} allocators at once ...")
    with server.database(like) as copy:
        address = copy.engine.url.render_as_string(hide_password=False)
        start = Barrier(ALLOCATORS)

        def allocate(number: int) -> None:
            own = connect(address)
            start.wait(60)
            station = Station(own, f"WAVE-{number}", depot.person, clock=lambda: NOON)
            serve(station, depot.orders[number::ALLOCATORS])
            own.close()

        with ThreadPoolExecutor(ALLOCATORS) as pool:
            list(pool.map(allocate, range(ALLOCATORS)))
        with copy.reading() as session:
            oversold = select(func.count()).where(Stock.allocated > Stock.on_hand)
            split = (
                select(func.count())
                .select_from(OrderLine)
                .join(Order, Order.id == OrderLine.order_id)
                .where(Order.ship_complete, OrderLine.open > 0, OrderLine.allocated > 0)
            )
            backorders = session.scalars(select(func.count()).where(OrderLine.open > 0)).one()
            return [
                rows.counted("stock rows oversold", session.scalars(oversold).one(), 0),
                rows.counted("lines that ship complete, promised in part", session.scalars(split).one(), 0),
                rows.counted("violations of the books", len(prove(session).violations), 0),
                rows.reported("lines left as backorders", backorders),
            ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
