"""Make a small sound database into a large sound one: every order, place and move many times over.

Products, people and the world outside are shared; everything else is copied with ids, numbers and codes of
its own. What the books say of the small one they say of the large one.
"""

from collections.abc import Sequence

from sqlalchemy import Column, Table, Uuid, select, text
from sqlalchemy.orm import Session

from oms_desktop.db import Database
from oms_desktop.models import PHYSICAL, Base, Location

SHARED = frozenset(
    {
        "product",
        "packaging",
        "kit_part",
        "listing",
        "lot",
        "serial",
        "worker",
        "worker_role",
        "carton",
        "lane",
        "warehouse",
        "number_range",
        "dialogue",
        "queue_tally",
    }
)
"""Tables whose rows all copies use."""

CACHE_KB = 2_000_000
"""Memory that SQLite may use while it copies."""

_NAMED = {
    ("sales_order", "number"),
    ("queue_entry", "number"),
    ("customer", "external_id"),
    ("location", "code"),
    ("parcel", "sscc"),
    ("label", "sscc"),
    ("label", "tracking"),
}
"""Texts that have to differ: the number of the copy is put behind them."""

_COUNTED = {("pick_list", "number"), ("manifest", "number")}
"""Numbers that have to differ; less than a hundred thousand of each may be there before."""


def multiply(database: Database, copies: int) -> None:
    """Add `copies` copies of everything; statistics are gathered afterwards, as a server does by itself."""
    for table in Base.metadata.sorted_tables:
        if table.name not in SHARED:
            with database.transaction() as session:
                _copy(session, table, copies, embedded=database.embedded)
    with database.transaction() as session:
        session.execute(text("UPDATE queue_tally SET orders = orders * :times"), {"times": copies + 1})
    with database.transaction() as session:
        session.execute(text("ANALYZE"))


def _copy(session: Session, table: Table, copies: int, *, embedded: bool) -> None:
    if embedded:
        # Ids fall anywhere into the indexes: with SQLite's own 2 MB every row would be a page read.
        session.execute(text(f"PRAGMA cache_size = -{CACHE_KB}"))
    outside = session.scalars(select(Location.id).where(Location.kind.not_in(PHYSICAL))).all()
    shared = [str(place) if not embedded else place.hex for place in outside]
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    values = ", ".join(_value(table, column, shared, embedded=embedded) for column in table.columns)
    where = f"WHERE id NOT IN ({_quoted(shared)})" if table.name == "location" and shared else ""
    numbers = "WITH RECURSIVE copy(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < :copies)"
    # Copy by copy, as orders come day by day: rows that belong together lie together, and ids grow.
    originals = (
        f'"{table.name}"'
        if embedded
        else f'LATERAL (SELECT * FROM "{table.name}" OFFSET 0) AS "{table.name}"'
    )
    rows = f"SELECT {values} FROM copy CROSS JOIN {originals} {where}"
    session.execute(text(f'INSERT INTO "{table.name}" ({names}) {numbers} {rows}'), {"copies": copies})


def _value(table: Table, column: "Column[object]", outside: Sequence[str], *, embedded: bool) -> str:
    """The value of a column in copy `n`."""
    name = f'"{column.name}"'
    if (table.name, column.name) in _NAMED:
        return f"{name} || '-' || n"
    if (table.name, column.name) in _COUNTED:
        return f"{name} + n * 100000"
    if (table.name, column.name) == ("journal", "incarnation"):
        return "n + 1"
    if not isinstance(column.type, Uuid):
        return name
    targets = {key.column.table.name for key in column.foreign_keys}
    if targets & SHARED:
        return name
    own = (
        f"printf('%08x', n) || substr({name}, 9)"
        if embedded
        else f"(lpad(to_hex(n), 8, '0') || substr(replace({name}::text, '-', ''), 9))::uuid"
    )
    if targets == {"location"} and outside:
        return f"CASE WHEN {name} IN ({_quoted(outside)}) THEN {name} ELSE {own} END"
    return own


def _quoted(ids: Sequence[str]) -> str:
    return ", ".join(f"'{place}'" for place in ids)
