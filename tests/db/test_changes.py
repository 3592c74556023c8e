"""Changing and reading with more than one connection."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Barrier, Event, Thread
from uuid import UUID

import pytest
from sqlalchemy import Engine, event, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from oms_desktop.db import Database, connect
from oms_desktop.db import database as module
from oms_desktop.errors import OmsError, StoreError
from oms_desktop.models import Carton, NumberRange


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


@contextmanager
def another(database: Database) -> Iterator[Database]:
    """A second process's view of the same database."""
    other = connect(database.engine.url.render_as_string(hide_password=False))
    yield other
    other.close()


def add_ranges(database: Database, *kinds: str) -> None:
    with database.transaction() as session:
        session.add_all(NumberRange(kind=kind, next=1) for kind in kinds)


def raise_next(session: Session, kind: str, by: int = 1) -> None:
    session.execute(update(NumberRange).where(NumberRange.kind == kind).values(next=NumberRange.next + by))


def next_of(database: Database, kind: str) -> int:
    with database.reading() as session:
        return session.scalars(select(NumberRange.next).where(NumberRange.kind == kind)).one()


def test_a_change_takes_the_writers_lock_before_it_reads(sqlite: Database) -> None:
    with statements(sqlite.engine) as seen, sqlite.transaction() as session:
        session.execute(text("SELECT 1"))

    assert seen == ["BEGIN IMMEDIATE", "SELECT 1"]


def test_reading_takes_no_lock(sqlite: Database) -> None:
    with statements(sqlite.engine) as seen, sqlite.reading() as session:
        session.execute(text("SELECT 1"))

    assert seen == ["BEGIN", "SELECT 1"]


def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    add_ranges(database, "tour")
    with another(database) as other, database.transaction() as session:
        raise_next(session, "tour")

        assert next_of(other, "tour") == 1
    assert next_of(database, "tour") == 2


def test_a_reader_sees_one_moment(database: Database) -> None:
    add_ranges(database, "tour", "manifest")
    with database.reading() as session:
        before = session.scalars(select(NumberRange.next).where(NumberRange.kind == "tour")).one()
        with another(database) as other:
            other.change(lambda writing: raise_next(writing, "manifest"))
        after = session.scalars(select(NumberRange.next).where(NumberRange.kind == "manifest")).one()

    assert (before, after) == (1, 1)
    assert next_of(database, "manifest") == 2


def test_what_is_changed_while_reading_is_thrown_away(database: Database) -> None:
    add_ranges(database, "tour")
    with database.reading() as session:
        raise_next(session, "tour")

    assert next_of(database, "tour") == 1


def test_a_second_writer_waits_and_then_sees(database: Database) -> None:
    add_ranges(database, "tour")
    began, seen = Event(), []

    def second(other: Database) -> None:
        began.set()
        other.change(lambda session: raise_next(session, "tour"))
        seen.append(next_of(other, "tour"))

    with another(database) as other:
        thread = Thread(target=second, args=(other,))
        with database.transaction() as session:
            raise_next(session, "tour", by=10)
            thread.start()
            began.wait()
            thread.join(timeout=0.2)
            assert thread.is_alive(), "the second writer has to wait for the first"
        thread.join()

    assert seen == [12]


def test_a_writer_gives_up_in_words(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    add_ranges(sqlite, "tour")
    with another(sqlite) as other, sqlite.transaction() as session:
        session.execute(text("SELECT 1"))
        with pytest.raises(StoreError) as caught:
            other.change(lambda writing: raise_next(writing, "tour"))

    assert caught.value.code == "database.locked"
    assert "0.05 s" in caught.value.text
    assert next_of(sqlite, "tour") == 1


def test_an_exception_takes_everything_back(database: Database) -> None:
    add_ranges(database, "tour")

    def work(session: Session) -> None:
        raise_next(session, "tour")
        raise OmsError("test.no", "No.")

    with pytest.raises(OmsError):
        database.change(work)
    assert next_of(database, "tour") == 1


def test_a_broken_rule_is_no_bad_luck(database: Database) -> None:
    tries: list[int] = []

    def work(session: Session) -> None:
        tries.append(1)
        session.add(NumberRange(kind="tour", next=0))
        session.flush()

    with pytest.raises(IntegrityError):
        database.change(work)
    assert len(tries) == 1


def test_a_reference_into_nowhere_is_refused(database: Database) -> None:
    insert = text("INSERT INTO worker_role (worker_id, role) VALUES (:worker, 'picker')")
    worker = UUID(int=99).hex if database.embedded else UUID(int=99)
    with pytest.raises(IntegrityError):
        database.change(lambda session: session.execute(insert, {"worker": worker}))


def test_only_another_connections_commit_changes_the_version(sqlite: Database) -> None:
    add_ranges(sqlite, "tour")
    with another(sqlite) as other, sqlite.changes() as version:
        first = version()
        with pytest.raises(OmsError):
            other.change(_refuse)
        assert version() == first
        other.change(lambda session: raise_next(session, "tour"))
        assert version() != first


def _refuse(session: Session) -> None:
    raise_next(session, "tour")
    raise OmsError("test.no", "No.")


def test_a_full_disk_is_told_in_words(sqlite: Database) -> None:
    def work(session: Session) -> None:
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar_one()
        session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        rows = [
            Carton(
                id=UUID(int=n), code=f"{n:0500}", length_mm=1, width_mm=1, height_mm=1, weight_g=1, max_g=1
            )
            for n in range(500)
        ]
        session.add_all(rows)
        session.flush()

    with pytest.raises(StoreError) as caught:
        sqlite.change(work)
    assert caught.value.code == "database.full"


def test_a_deadlock_is_played_again(postgresql: Database) -> None:
    add_ranges(postgresql, "tour", "manifest")
    meeting = Barrier(2)
    tries: dict[str, int] = {"tour": 0, "manifest": 0}

    def work(first: str, second: str) -> None:
        def cross(session: Session) -> None:
            session.execute(text("SET LOCAL deadlock_timeout = '50ms'"))
            raise_next(session, first)
            tries[first] += 1
            if tries[first] == 1:
                meeting.wait()
            raise_next(session, second)

        postgresql.change(cross)

    threads = [
        Thread(target=work, args=("tour", "manifest")),
        Thread(target=work, args=("manifest", "tour")),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (next_of(postgresql, "tour"), next_of(postgresql, "manifest")) == (3, 3)
    assert sorted(tries.values()) == [1, 2]


def test_a_serialization_failure_is_played_again(postgresql: Database) -> None:
    add_ranges(postgresql, "tour")
    seen: list[int] = []

    def work(session: Session) -> None:
        session.connection(execution_options={"isolation_level": "SERIALIZABLE"})
        seen.append(session.scalars(select(NumberRange.next).where(NumberRange.kind == "tour")).one())
        if len(seen) == 1:
            with another(postgresql) as other:
                other.change(lambda second: raise_next(second, "tour"))
        raise_next(session, "tour")

    postgresql.change(work)

    assert seen == [1, 2]
    assert next_of(postgresql, "tour") == 3


def test_bad_luck_without_end_is_told(postgresql: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TRIES", 2)
    tries: list[int] = []

    def work(session: Session) -> None:
        tries.append(1)
        session.execute(text("DO $$ BEGIN RAISE EXCEPTION 'no luck' USING ERRCODE = '40001'; END $$"))

    with pytest.raises(StoreError) as caught:
        postgresql.change(work)
    assert (caught.value.code, len(tries)) == ("database.failed", 2)


def test_a_connection_that_was_cut_is_replaced(postgresql: Database) -> None:
    add_ranges(postgresql, "tour")
    cut = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with another(postgresql) as other:
        ended = other.change(lambda session: session.execute(text(cut)).all())

    assert ended
    assert next_of(postgresql, "tour") == 1
