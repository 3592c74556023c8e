"""A data folder of its own for each test, and databases in it."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import pytest

from oms_desktop import log
from oms_desktop.app import opening, site
from tests import postgres
from tests.cli import shell
from tests.cli.shell import Ran

Run = Callable[..., Ran]


@cache
def _demo_file() -> bytes:
    """The demo warehouse as the bytes of a SQLite file."""
    with TemporaryDirectory() as folder:
        database = opening.open_database(f"sqlite:///{folder}/oms.sqlite")
        site.make_demo(opening.system_station(database))
        database.close()
        return (Path(folder) / "oms.sqlite").read_bytes()


@pytest.fixture(autouse=True)
def _log_closed() -> Iterator[None]:
    yield
    log.start(None)


def on(data: Path) -> Run:
    """Run a command on a data folder."""
    return lambda *arguments: shell.run("--data-dir", data, *arguments)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command on the data folder `tmp_path/data`."""
    return on(tmp_path / "data")


@pytest.fixture
def shop(made: Path, run: Run, tmp_path: Path) -> Run:
    """The same on a copy of the data folder that the module has made once, as `made`."""
    copytree(made, tmp_path / "data")
    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the database of that data folder lies."""
    return tmp_path / "data" / "oms.sqlite"


@pytest.fixture
def demo(file: Path) -> str:
    """The demo warehouse in that data folder; its address."""
    file.parent.mkdir()
    file.write_bytes(_demo_file())
    return f"sqlite:///{file}"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a single table, of both kinds in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new' / 'folder' / 'oms.sqlite'}"
        return
    url = postgres.create_database()
    yield url
    postgres.drop_database(url)
