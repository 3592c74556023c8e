"""Many new rows: packed as the database takes them, and read back as they were given."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from oms_desktop.db import Database, connect
from oms_desktop.db.database import TRIES
from oms_desktop.db.rows import COPY_FROM, all_of, rows_of
from oms_desktop.errors import StoreError
from oms_desktop.models import Intake, Lot, Product, table_of

NOON = datetime(2026, 3, 2, 12, 0, 0, 250_000, tzinfo=UTC)
NAMES = ("id", "at", "channel", "source", "raw", "draft")
ODD = (
    "",
    r"\N",
    "\\",
    "tab\tline\nreturn\r\n",
    r"\t \n \.",
    "a 'quote' and a \"quote\" %s ? :name",
    "漢字 עברית 😀",
)
MANY = [1, 2, COPY_FROM - 1, COPY_FROM, 3 * COPY_FROM]


PRODUCT = UUID(int=1)


def add_product(database: Database) -> None:
    with database.transaction() as session:
        session.add(Product(id=PRODUCT, sku="MUG", name="Mug"))


def intakes(count: int) -> list[tuple[Any, ...]]:
    return [
        (UUID(int=number + 1), NOON, "shop", f"file {number}", ODD[number % len(ODD)], {"odd": [None, text]})
        for number in range(count)
        for text in [ODD[(number + 1) % len(ODD)]]
    ]


@pytest.mark.parametrize("count", MANY)
def test_rows_are_read_back_as_they_were_given(database: Database, count: int) -> None:
    given = intakes(count)
    with database.transaction() as session:
        rows_of(table_of(Intake), *NAMES).insert(session, given)
    with database.reading() as session:
        found = session.execute(select(*(table_of(Intake).c[name] for name in NAMES)).order_by(Intake.id))
        assert list(map(tuple, found)) == given


@pytest.mark.parametrize("count", [2, COPY_FROM])
def test_a_connection_that_speaks_another_encoding_gets_its_texts(postgresql: Database, count: int) -> None:
    """A database may be older than its owner's wish for UTF-8; it was the server's own choice on Windows."""
    url = postgresql.engine.url.update_query_dict({"client_encoding": "latin1"})
    elsewhere = connect(url.render_as_string(hide_password=False))
    given = [(UUID(int=number + 1), NOON, "shop", "", "Zoë Größe", {"é": "ü"}) for number in range(count)]
    with elsewhere.transaction() as session:
        rows_of(table_of(Intake), *NAMES).insert(session, given)
    elsewhere.close()
    with postgresql.reading() as session:
        found = session.execute(select(*(table_of(Intake).c[name] for name in NAMES)).order_by(Intake.id))
        assert list(map(tuple, found)) == given


@pytest.mark.parametrize("count", MANY)
def test_every_kind_of_column_is_taken(database: Database, count: int) -> None:
    """Words, truths, days, amounts and what is not there, as SQLAlchemy's own insert stores them."""
    goods = [
        {
            **{column.name: 0 for column in table_of(Product).c},
            **dict.fromkeys(("name", "variant", "hazard"), ""),
            "id": UUID(int=number + 1),
            "sku": f"SKU-{number}",
            "fragile": number % 2 == 0,
            "lot_tracked": True,
            "serial_tracked": False,
            "retired_at": None if number % 2 else NOON,
        }
        for number in range(count)
    ]
    lots = [
        {"product_id": row["id"], "code": "L1", "expires_on": date(2027, 1, 31), "made_at": NOON}
        for row in goods
    ]
    with database.transaction() as session:
        all_of(table_of(Product)).insert_named(session, goods)
        all_of(table_of(Lot)).insert_named(session, lots)
    with database.reading() as session:
        found = session.execute(select(table_of(Product)).order_by(Product.id)).mappings()
        assert list(map(dict, found)) == goods
        found = session.execute(select(table_of(Lot)).order_by(Lot.product_id)).mappings()
        assert list(map(dict, found)) == lots


@pytest.mark.parametrize("count", [2, COPY_FROM])
def test_what_cannot_be_stored_is_refused_without_its_values(database: Database, count: int) -> None:
    with pytest.raises(IntegrityError) as refused, database.transaction() as session:
        rows_of(table_of(Intake), *NAMES).insert(session, intakes(1) * count)
    assert UUID(int=1).hex not in str(refused.value).replace("-", "")


@pytest.mark.parametrize("count", [2, COPY_FROM])
@pytest.mark.parametrize("life", [2**31, -(2**31) - 1, 2**40])
def test_a_number_that_is_too_wide_for_its_column_is_refused_and_not_cut(
    postgresql: Database, count: int, life: int
) -> None:
    zeros: dict[str, Any] = {column.name: 0 for column in table_of(Product).c}
    words: dict[str, Any] = {**dict.fromkeys(("name", "variant", "hazard"), ""), "retired_at": None}
    yes_or_no: dict[str, Any] = dict.fromkeys(("fragile", "lot_tracked", "serial_tracked"), False)
    goods = [
        {**zeros, **words, **yes_or_no, "id": UUID(int=number + 1), "sku": f"SKU-{number}"}
        for number in range(count)
    ]
    goods[-1]["min_life_days"] = life
    with pytest.raises(DataError, match="integer out of range"), postgresql.transaction() as session:
        all_of(table_of(Product)).insert_named(session, goods)
    with postgresql.reading() as session:
        assert session.scalars(select(Product.id)).all() == []


def test_a_lock_that_is_not_given_is_tried_again(database: Database) -> None:
    """Rows that point to a locked row wait for it; on SQLite nobody can be at work meanwhile."""
    if database.embedded:
        return
    add_product(database)
    tries = []
    elsewhere = connect(database.engine.url.render_as_string(hide_password=False))

    def bring(session: Session) -> None:
        tries.append(1)
        session.execute(text("SET LOCAL lock_timeout = 50"))
        lots = [(PRODUCT, f"L{number}", None, NOON) for number in range(COPY_FROM)]
        rows_of(table_of(Lot), "product_id", "code", "expires_on", "made_at").insert(session, lots)

    with elsewhere.transaction() as other:
        other.execute(select(Product.id).with_for_update()).all()
        with pytest.raises(StoreError, match="stayed locked"):
            database.change(bring)
    elsewhere.close()
    assert len(tries) == TRIES


def test_no_rows_are_no_statement(database: Database) -> None:
    with database.transaction() as session:
        rows_of(table_of(Intake), *NAMES).insert(session, [])
    with database.reading() as session:
        assert session.scalars(select(Intake.id)).all() == []
