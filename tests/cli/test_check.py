"""`check`: sound, not sound, and databases that cannot be used."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from oms_desktop.workflow import books
from tests.cli.conftest import Run
from tests.cli.shell import ORDERS, PRODUCTS


@contextmanager
def by_hand(file: Path) -> Iterator[sqlite3.Connection]:
    """Change a database past the program."""
    with closing(sqlite3.connect(file)) as connection, connection:
        yield connection


def test_sound_books(run: Run, demo: str) -> None:
    run("import", ORDERS)

    told, ran = run("check"), run("check", "--json")

    assert (told.code, told.err) == (0, "")
    (line,) = told.out.splitlines()
    assert line == f"The books are sound, {len(ran.json['rules'])} rules checked."
    assert (ran.code, ran.json["sound"], ran.json["violations"]) == (0, True, [])
    assert len(ran.json["rules"]) == len(set(ran.json["rules"])) > 10


def test_broken_books_name_the_rule(run: Run, demo: str, file: Path) -> None:
    with by_hand(file) as connection:
        # At a place without a threshold: elsewhere one unit more may silence an alert, which is another rule.
        connection.execute(
            "UPDATE stock SET on_hand = on_hand + 1 WHERE rowid = (SELECT min(stock.rowid) FROM stock"
            " LEFT JOIN threshold USING (location_id, product_id) WHERE threshold.minimum IS NULL)"
        )

    told, ran = run("check"), run("check", "--json")

    assert told.code == ran.code == 1
    assert ran.json["sound"] is False
    (found,) = ran.json["violations"]
    assert found["rule"] == "stock is the sum of its moves"
    assert found["rule"] in ran.json["rules"]
    assert set(found) == {"rule", "text", "ids"}
    assert found["text"] in told.out
    assert found["ids"]


def test_a_missing_database_is_not_made(run: Run, file: Path) -> None:
    ran = run("check", "--json")

    assert ran.code == 2
    assert ran.sentence == f"There is no database {file}. [database.missing]"
    assert not file.exists()


@pytest.mark.parametrize(
    "command", [("check",), ("import", ORDERS), ("import", "--kind", "products", PRODUCTS)]
)
def test_a_text_file_is_no_database(run: Run, file: Path, command: tuple[object, ...]) -> None:
    file.parent.mkdir()
    file.write_text("Some text, long enough to be looked at as the header of a database file.\n" * 9)
    before = file.read_bytes()

    ran = run(*command)

    assert ran.code == 2
    assert ran.sentence.endswith("[database.unreachable]")
    assert file.read_bytes() == before


@pytest.mark.parametrize("command", [("check",), ("import", ORDERS)])
def test_a_database_of_another_program_stays_as_it_is(
    run: Run, file: Path, command: tuple[object, ...]
) -> None:
    file.parent.mkdir()
    with by_hand(file) as connection:
        connection.execute("CREATE TABLE customers (name TEXT)")
    before = file.read_bytes()

    ran = run(*command)

    assert ran.code == 2
    assert ran.sentence.endswith("[database.foreign]")
    assert file.read_bytes() == before


def test_check_leaves_an_empty_file_empty(run: Run, file: Path) -> None:
    file.parent.mkdir()
    file.touch()

    assert run("check").code == 2
    assert file.read_bytes() == b""


@pytest.mark.parametrize(
    ("revision", "code"),
    [("0000", "database.revision"), ("9999", "database.newer"), ("a1b2c3", "database.foreign")],
)
@pytest.mark.parametrize("command", [("check",), ("import", ORDERS)])
def test_other_schemas_are_refused(
    run: Run, demo: str, file: Path, revision: str, code: str, command: tuple[object, ...]
) -> None:
    with by_hand(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", [revision])

    ran = run(*command)

    assert ran.code == 2
    assert ran.sentence.endswith(f"[{code}]")


def test_a_database_that_lost_a_table(run: Run, demo: str, file: Path) -> None:
    with by_hand(file) as connection:
        connection.execute("DROP TABLE stock")

    ran = run("check", "--json")

    assert ran.code == 2
    assert ran.sentence.endswith("[database.failed]")


def test_a_database_with_broken_pages(run: Run, demo: str, file: Path) -> None:
    whole = bytearray(file.read_bytes())
    whole[20_000:] = bytes(len(whole) - 20_000)
    file.write_bytes(whole)

    assert run("check").code == 2


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("nonsense", "database.address"),
        ("mysql://localhost/x", "database.kind"),
        ("postgresql://localhost:1/x", "database.unreachable"),
        ("sqlite:////", "database.unreachable"),
    ],
)
def test_addresses_that_lead_nowhere(run: Run, address: str, code: str) -> None:
    ran = run("check", "--database", address)

    assert ran.code == 2
    assert ran.sentence.endswith(f"[{code}]")


def test_the_password_of_an_address_is_not_shown(run: Run) -> None:
    ran = run("check", "--database", "postgresql://me:sesame@localhost:1/x")

    assert "sesame" not in ran.sentence


def test_the_rules_are_those_of_the_books(run: Run, demo: str) -> None:
    assert len(run("check", "--json").json["rules"]) == len(books.RULES)
