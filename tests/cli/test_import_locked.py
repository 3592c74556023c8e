"""`import` while another process holds the database."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from oms_desktop.app import bringing
from oms_desktop.db import database as opened
from oms_desktop.models import Fulfillment, Intake, Order
from tests.cli.conftest import Run
from tests.cli.shell import order, rows, write_orders


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the writer's lock as another program would."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.rollback()


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "BUSY_SECONDS", 0.2)


def test_a_locked_database_takes_nothing(run: Run, demo: str, file: Path, tmp_path: Path) -> None:
    orders = write_orders(tmp_path / "o.json", order("#1"), order("#2"))

    before = rows(demo, Order, Fulfillment, Intake)
    with locked(file):
        ran = run("import", orders, "--json")

    assert ran.code == 2
    assert ran.sentence.endswith("[database.locked]")
    assert rows(demo, Order, Fulfillment, Intake) == before


def test_a_database_locked_half_way_names_the_rest(
    run: Run, demo: str, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "BATCH", 2)
    first = write_orders(tmp_path / "a.json", order("#1"), order("#2"), order("#3"))
    second = write_orders(tmp_path / "b.json", order("#4"))

    with _locked_after(file, 1):
        ran = run("import", first, second, "--json")

    assert ran.code == 3
    assert [ran.json[name] for name in ("read", "taken", "held", "duplicate", "refused")] == [2, 2, 0, 0, 0]
    assert "a.json is not done from #3 on. Import it again." in ran.err
    assert f"Not begun: {second}." in ran.err
    assert run("check").code == 0
    again = run("import", first, second, "--json")
    assert (again.code, again.json["taken"], again.json["duplicate"]) == (0, 2, 2)
    assert rows(demo, Order, Fulfillment) == [4, 4]


@contextmanager
def _locked_after(file: Path, waves: int) -> Iterator[None]:
    """Take the lock from another connection as soon as so many batches have their promise."""
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    promised: list[int] = []
    taken = threading.Event()

    def look(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("INSERT INTO fulfillment"):
            promised.append(1)
        if statement == "BEGIN IMMEDIATE" and len(promised) == waves and not taken.is_set():
            other.execute("BEGIN IMMEDIATE")
            taken.set()

    event.listen(Engine, "before_cursor_execute", look)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", look)
        other.close()
    assert taken.is_set()
