"""The migrations make the schema that the models describe, on both databases."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, inspect, text
from sqlalchemy.exc import IntegrityError

from oms_desktop.db import Database
from oms_desktop.models import NEXT, Base, Status, migrate, schema
from tests.builders import Site


def test_models_and_migrations_agree(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_check_constraints_stand_in_the_database(database: Database) -> None:
    """Alembic does not compare these, so that a forgotten one would pass the test above."""
    described = {
        str(constraint.name)
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    found = {
        check["name"]
        for table in Base.metadata.tables
        for check in inspect(database.engine).get_check_constraints(table)
    }
    assert {name.lower() for name in described} == {str(name).lower() for name in found}


def test_the_program_knows_the_newest_revision(database: Database) -> None:
    with database.engine.connect() as connection:
        script = ScriptDirectory.from_config(migrate.configuration(connection))
    assert script.get_current_head() == schema.HEAD
    with database.reading() as session:
        assert schema.revision(session) == schema.HEAD


def test_a_second_upgrade_changes_nothing(database: Database) -> None:
    Site(database)
    with database.transaction() as session:
        migrate.upgrade(session.connection())
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM product")).scalar() == 3


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stock SET on_hand = -1",
        "UPDATE stock SET allocated = on_hand + 1",
        "UPDATE order_line SET picked = 1",
        "UPDATE order_line SET shipped = -1, ordered = ordered - 1",
        "UPDATE order_line SET returned = 1",
        "UPDATE pick_task SET picked = quantity + 1",
        "UPDATE stock_move SET quantity = 0",
        "UPDATE stock_move SET target_id = source_id",
        "UPDATE packaging SET factor = 0",
        "UPDATE carton SET max_g = 0",
        "UPDATE lane SET carrier = ''",
        "UPDATE product SET weight_g = -1",
        "UPDATE location SET kind = 'cupboard'",
        "UPDATE fulfillment SET status = 'lost'",
        "UPDATE journal SET sequence = 1",
        "UPDATE product SET sku = 'SAME'",
        "UPDATE packaging SET gtin = '04006381333931'",
    ],
)
def test_the_database_itself_refuses(database: Database, statement: str) -> None:
    site = Site(database)
    site.promised({"MUG-0350-GN": 2})
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.execute(text(statement))


def test_every_status_has_its_next_ones() -> None:
    assert set(NEXT) == set(Status)
    reached: set[Status] = {Status.PROMISED}
    while more := {each for status in reached for each in NEXT[status]} - reached:
        reached |= more
    assert reached == set(Status)


def test_personal_columns_stand_in_three_tables_only() -> None:
    telling = {"email", "phone", "address2", "postal_code", "raw", "company"}
    holders: dict[str, Any] = {
        name: telling & set(table.columns.keys())
        for name, table in Base.metadata.tables.items()
        if telling & set(table.columns.keys())
    }
    assert set(holders) == {"customer", "address", "intake", "warehouse"}
