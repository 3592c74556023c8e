"""`import` when the disk is full, at once and in the middle: whole orders are in, the rest is named."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from oms_desktop.app import bringing, product_list
from oms_desktop.models import Fulfillment, Intake, Order, Product
from tests.cli.conftest import Run
from tests.cli.shell import order, program, rows, write_orders, write_products

ORDERS = 48

LIMITED = """
import resource, runpy, sys
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
runpy.run_module("oms_desktop", run_name="__main__")
"""


@contextmanager
def room(pages: int) -> Iterator[None]:
    """Let every SQLite file that is opened grow by so many pages only; what is beyond finds the disk full."""

    def limit(connection: Any, _record: object) -> None:
        used = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {used + pages}")

    event.listen(Engine, "connect", limit)
    try:
        yield
    finally:
        event.remove(Engine, "connect", limit)


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    return write_orders(tmp_path / "o.json", *(order(f"#{number}") for number in range(1, ORDERS + 1)))


def test_a_full_disk_takes_nothing(run: Run, demo: str, orders: Path) -> None:
    before = rows(demo, Order, Fulfillment, Intake)

    with room(pages=1):
        ran = run("import", orders, "--json")

    assert ran.code == 2
    assert ran.sentence == f"The disk of {demo} is full. Nothing was written. [database.full]"
    assert rows(demo, Order, Fulfillment, Intake) == before
    assert run("check").code == 0


def test_a_disk_that_fills_in_the_middle_names_the_rest(
    run: Run, demo: str, orders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "BATCH", 5)

    with room(pages=40):
        ran = run("import", orders, "--json")

    taken = ran.json["taken"]
    assert (ran.code, taken % 5) == (3, 0)
    assert 0 < taken < ORDERS
    assert ran.json["read"] == rows(demo, Order)[0] == taken
    assert ran.err.startswith(f"The disk of {demo} is full. o.json is not done from #{taken + 1} on.")
    assert ran.err.rstrip().endswith("Import it again. [import.broken]")
    assert run("check").code == 0

    again = run("import", orders, "--json")
    assert (again.code, again.json["duplicate"], again.json["taken"]) == (0, taken, ORDERS - taken)
    assert rows(demo, Order, Fulfillment) == [ORDERS, ORDERS]
    assert run("check").code == 0


def test_a_list_on_a_disk_that_fills_names_the_rest_and_the_file(
    run: Run, demo: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(product_list, "CHUNK", 20)
    small = write_products(tmp_path / "a.csv", "A-1,First,,1,1,1,1,,")
    large = write_products(tmp_path / "b.csv", *(f"B-{at},{'x' * 300},,1,1,1,1,," for at in range(400)))
    known = rows(demo, Product)[0]

    with room(pages=60):
        ran = run("import", "--kind", "products", small, large, "--json")
    taken = ran.json["taken"]
    assert (ran.code, rows(demo, Product)[0]) == (3, known + taken)
    assert 1 <= taken < 401
    left = 401 - taken
    rest = (
        f"{left} of the products are not in, from B-{taken - 1} on"
        if left < 400
        else "Nothing of b.csv is in"
    )
    assert ran.err == f"The disk of {demo} is full. {rest}. Import it again. [import.broken]\n"
    assert run("check").code == 0


def test_a_process_whose_files_may_not_grow_ends_in_words(demo: str, file: Path, orders: Path) -> None:
    """The system itself refuses the bytes, as a quota does."""
    _python, _m, _module, *arguments = program("import", orders, "--data-dir", file.parent)
    ran = subprocess.run(
        [sys.executable, "-c", LIMITED, "100000", *arguments], capture_output=True, text=True
    )

    assert ran.returncode == 2
    assert ran.stderr.rstrip().endswith(("[database.full]", "[database.failed]"))
    assert "Traceback" not in ran.stderr
    assert rows(demo, Order, Fulfillment, Intake)[:2] == [0, 0]
