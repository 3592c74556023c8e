"""The suite's own PostgreSQL: copies by template, and nothing left behind by a killed process."""

import os
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest
from sqlalchemy import create_engine, make_url, text

from tests import postgres

ROOT = Path(__file__).parent.parent

owned = pytest.mark.skipif("OMS_TEST_PG_URL" in os.environ, reason="the server belongs to somebody else")


def scalar(url: str, statement: str) -> object:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return connection.scalar(text(statement))
    finally:
        engine.dispose()


def listening(url: str) -> bool:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        psycopg.connect(plain).close()
    except psycopg.OperationalError:
        return False
    return True


def waiting_process(statements: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", f"from tests import postgres; {statements}"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={name: value for name, value in os.environ.items() if name != "OMS_TEST_PG_URL"},
    )


def test_server_is_postgresql_18_and_the_same_for_the_whole_process() -> None:
    assert str(scalar(postgres.start(), "SHOW server_version")).startswith("18.")
    assert postgres.start() == postgres.start()


@owned
def test_server_spares_the_disk() -> None:
    assert scalar(postgres.start(), "SHOW fsync") == "off"


def test_copy_holds_what_its_template_holds_and_changes_alone() -> None:
    template = postgres.create_database()
    engine = create_engine(template)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE tote (code text)"))
        connection.execute(text("INSERT INTO tote VALUES ('T-104')"))
    engine.dispose()
    copy = postgres.create_database(template)
    engine = create_engine(copy)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO tote VALUES ('T-105')"))
    engine.dispose()

    assert scalar(copy, "SELECT count(*) FROM tote") == 2
    assert scalar(template, "SELECT count(*) FROM tote") == 1
    postgres.drop_database(copy)
    postgres.drop_database(template)


def test_dropping_cuts_connections_that_are_still_open() -> None:
    url = postgres.create_database()
    engine = create_engine(url)
    connection = engine.connect()
    try:
        postgres.drop_database(url)
        assert not listening(url)
    finally:
        connection.invalidate()
        connection.close()
        engine.dispose()


@owned
@pytest.mark.skipif(sys.platform == "win32", reason="signals and socket folders are those of POSIX")
def test_killed_process_takes_its_server_along() -> None:
    with waiting_process("print(postgres.start(), flush=True); input()") as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert listening(url)
        folder = Path(str(make_url(url).query["host"]))
        postmaster = psutil.Process(int((folder / "data" / "postmaster.pid").read_text().split()[0]))
        process.kill()

    postmaster.wait(timeout=20)
    assert not listening(url)


@owned
def test_stopping_ends_the_server_and_removes_its_files() -> None:
    with waiting_process("u = postgres.start(); postgres.stop(); print(u, flush=True); input()") as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert url.startswith("postgresql+psycopg://")
        assert not listening(url)
        assert not Path(str(make_url(url).query["host"])).exists()
        process.kill()


def test_named_server_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    url = make_url(postgres.start()).set(database="template1").render_as_string(hide_password=False)
    monkeypatch.setenv("OMS_TEST_PG_URL", url)

    assert postgres.start() == url
