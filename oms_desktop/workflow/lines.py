"""The counters of an order line: units pass from one to the next, their sum never changes."""

from uuid import UUID

from sqlalchemy import Update, bindparam, update
from sqlalchemy.orm import Session

from oms_desktop.errors import ImpossibleError
from oms_desktop.models import OrderLine, table_of

OPEN = "open"
ALLOCATED = "allocated"
PICKED = "picked"
PACKED = "packed"
SHIPPED = "shipped"
CANCELLED = "cancelled"

COUNTERS = (OPEN, ALLOCATED, PICKED, PACKED, SHIPPED, CANCELLED)

_LINES = table_of(OrderLine)


def _statement(source: str, target: str) -> Update:
    columns = _LINES.c
    return (
        update(_LINES)
        .where(columns.id == bindparam("line"), columns[source] >= bindparam("units"))
        .values({source: columns[source] - bindparam("units"), target: columns[target] + bindparam("units")})
    )


_STATEMENTS = {
    (source, target): _statement(source, target)
    for source in COUNTERS
    for target in COUNTERS
    if source != target
}


_ORDER = (
    update(_LINES)
    .where(_LINES.c.id == bindparam("line"))
    .values(ordered=_LINES.c.ordered + bindparam("units"), open=_LINES.c.open + bindparam("units"))
)


def order(session: Session, line: UUID, units: int) -> None:
    """Order more units of a line: they are open."""
    session.connection().execute(_ORDER, {"line": line, "units": units})


def shift(session: Session, line: UUID, units: int, source: str, target: str) -> None:
    """Pass units of a line from one counter to another; ImpossibleError if it has not that many there."""
    if units == 0:
        return
    found = session.connection().execute(_STATEMENTS[source, target], {"line": line, "units": units})
    if found.rowcount != 1:
        raise ImpossibleError(
            "line.impossible", f"The order line has not {units} units {source}; this cannot have happened."
        )
