"""`import` of long files: told how far it is, stopped by Ctrl+C between batches, bounded in its problems."""

import io
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from oms_desktop.app import bringing, product_list, report, stock_list
from oms_desktop.models import Fulfillment, KitPart, Order, Product, Stock
from tests.cli.conftest import Run
from tests.cli.shell import HEADER, order, program, rows, write_orders


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    for batches, name in ((bringing, "BATCH"), (product_list, "CHUNK"), (stock_list, "CHUNK")):
        monkeypatch.setattr(batches, name, 2)


@pytest.fixture(autouse=True)
def _keys_that_work() -> Iterator[None]:
    """Let Ctrl+C do what it does in a terminal: a shell has its background jobs ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def orders(folder: Path, count: int) -> Path:
    return write_orders(folder / "o.json", *(order(f"#{number}") for number in range(1, count + 1)))


@contextmanager
def ctrl_c(statement: str, times: int = 1) -> Iterator[None]:
    """Press Ctrl+C so many times when such a statement is sent first.

    Raised in the thread itself: a signal to the process may reach another thread and be seen later, and two
    that wait are one.
    """
    pressed: list[int] = []

    def press(_connection: object, _cursor: object, sent: str, *_rest: object) -> None:
        if sent.startswith(statement) and not pressed:
            pressed.append(1)
            for _time in range(times):
                signal.raise_signal(signal.SIGINT)

    event.listen(Engine, "before_cursor_execute", press)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", press)
    assert pressed


def test_ctrl_c_stops_behind_the_batch_under_way(run: Run, demo: str, tmp_path: Path) -> None:
    file = orders(tmp_path, 5)

    with ctrl_c("INSERT INTO sales_order"):
        ran = run("import", file, "--json")

    assert (ran.code, ran.json["read"], ran.json["taken"]) == (130, 2, 2)
    assert ran.err == "Stopped. o.json is not done from #3 on. Import it again. [import.stopped]\n"
    assert rows(demo, Order, Fulfillment) == [2, 2]
    assert run("check").code == 0
    again = run("import", file, "--json")
    assert (again.code, again.json["taken"], again.json["duplicate"]) == (0, 3, 2)


def test_ctrl_c_twice_takes_the_batch_under_way_back(run: Run, demo: str, tmp_path: Path) -> None:
    file = orders(tmp_path, 5)

    with ctrl_c("INSERT INTO sales_order", times=2):
        ran = run("import", file, "--json")

    assert (ran.code, ran.json["read"]) == (130, 0)
    assert ran.err == "Stopped. o.json is not done from #1 on. Import it again. [import.stopped]\n"
    assert rows(demo, Order) == [0]
    assert run("import", file, "--json").json["taken"] == 5


def test_a_process_that_is_stopped_half_way_leaves_whole_orders(
    run: Run, demo: str, file: Path, tmp_path: Path
) -> None:
    many = orders(tmp_path, 3000)
    seen, terminal = os.openpty()
    ran = subprocess.Popen(
        program("import", many, "--json", "--data-dir", file.parent),
        stdout=subprocess.PIPE,
        stderr=terminal,
        text=True,
    )
    told = b""
    while b" orders" not in told:
        told += os.read(seen, 1000)
    ran.send_signal(signal.SIGINT)
    out, _ = ran.communicate()
    told += os.read(seen, 10_000)
    os.close(terminal)
    os.close(seen)

    counts = json.loads(out)
    assert ran.returncode == 130
    assert 0 < counts["read"] == counts["taken"] < 3000
    assert f"Stopped. o.json is not done from #{counts['read'] + 1} on.".encode() in told
    assert rows(demo, Order) == [counts["read"]]
    assert run("check").code == 0


PRODUCTS = (
    "SET-1,A set,,,,,,,,P-1:2 P-5:1",
    *(f"P-{number},A product,,1,2,3,4,Z-{number},9," for number in range(1, 6)),
)
STOCK = ("sku,location,quantity", *(f"P-{number},R-{number},5" for number in range(1, 6)))


def test_ctrl_c_stops_a_list_of_products_and_leaves_no_half_kit(run: Run, demo: str, tmp_path: Path) -> None:
    first, second = tmp_path / "p.csv", tmp_path / "q.csv"
    first.write_text("\n".join((f"{HEADER},parts", *PRODUCTS)), "utf-8")
    second.write_text(f"{HEADER}\nQ-1,Another one,,1,2,3,4,Z-9,9\n", "utf-8")
    before = rows(demo, Product, KitPart)

    with ctrl_c("INSERT INTO product"):
        ran = run("import", "--kind", "products", first, second, "--json")

    assert (ran.code, ran.json["read"], ran.json["taken"]) == (130, 2, 2)
    assert ran.err == (
        "Stopped. 4 of the products are not in, from P-3 on. Import it again."
        f" Not begun: {second}. [import.stopped]\n"
    )
    assert rows(demo, Product, KitPart) == [before[0] + 2, before[1]]
    again = run("import", "--kind", "products", first, second, "--json")
    assert (again.code, again.json["taken"], again.json["duplicate"]) == (0, 5, 2)
    assert rows(demo, Product, KitPart) == [before[0] + 7, before[1] + 2]
    assert run("check").code == 0


def test_ctrl_c_stops_a_list_of_stock(run: Run, demo: str, tmp_path: Path) -> None:
    goods, stock = tmp_path / "p.csv", tmp_path / "s.csv"
    places = (f"P-{number},A product,,1,2,3,4,R-{number},1," for number in range(1, 6))
    goods.write_text("\n".join((f"{HEADER},parts", *places)), "utf-8")
    stock.write_text("\n".join((f"{STOCK[0]},reference", *(f"{line},DN-1" for line in STOCK[1:]))), "utf-8")
    assert run("import", "--kind", "products", goods).code == 0
    before = rows(demo, Stock)

    with ctrl_c("INSERT INTO stock_move"):
        ran = run("import", "--kind", "stock", stock, "--json")

    assert (ran.code, ran.json["taken"]) == (130, 2)
    assert ran.err == "Stopped. 3 of the rows are not in, from row 4 on. Import it again. [import.stopped]\n"
    again = run("import", "--kind", "stock", stock, "--json")
    assert (again.code, again.json["taken"], again.json["duplicate"]) == (0, 3, 2)
    assert rows(demo, Stock) == before
    assert run("check").code == 0


def test_ctrl_c_between_two_lists_names_those_that_were_not_begun(
    run: Run, file: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("code\nZ-1\nZ-2\n", "utf-8")
    second.write_text("code\nZ-3\n", "utf-8")

    with ctrl_c("INSERT INTO location"):
        ran = run("import", "--kind", "locations", first, second, "--json")

    assert (ran.code, ran.json["taken"]) == (130, 2)
    assert ran.err == f"Stopped. Not begun: {second}. [import.stopped]\n"


def test_ctrl_c_while_files_are_read_writes_nothing(
    run: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def press(*_arguments: object) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("oms_desktop.cli.importing.open_orders", press)

    ran = run("import", orders(tmp_path, 1))

    assert (ran.code, ran.sentence) == (130, "Stopped. Nothing was written. [import.stopped]")
    assert not file.exists()


def test_ctrl_c_ends_other_things_as_before(run: Run, demo: str, tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT)
    run("import", orders(tmp_path, 1))

    assert signal.getsignal(signal.SIGINT) is before


class Terminal(io.StringIO):
    """Standard error of somebody who looks on."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_is_told_how_far_it_is(
    run: Run, demo: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr("tests.cli.shell.io.StringIO", Terminal)

    ran = run("import", orders(tmp_path, 5), "--json")

    seen += ran.err.split("\r")
    assert (ran.code, ran.json["taken"]) == (0, 5)
    assert [line.strip() for line in seen if "orders" in line][-1] == "o.json: 100 %, 5 orders"
    assert seen[-1] == ""


def test_of_very_many_problems_the_number_is_told(
    run: Run, demo: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "LISTED", 3)
    bad = [order(f"#{number}", financial_status="pending") for number in range(1, 6)]

    ran = run("import", write_orders(tmp_path / "o.json", *bad), "--json")

    assert (ran.code, ran.json["held"], len(ran.json["problems"]), ran.json["unlisted"]) == (0, 5, 3, 2)
    assert ran.err == "2 more problems are not listed. [import.unlisted]\n"
