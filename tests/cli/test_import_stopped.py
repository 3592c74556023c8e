"""`import` of long files: told how far it is, stopped by Ctrl+C between batches, bounded in its problems."""

import io
import os
import signal
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from oms_desktop.app import bringing, report
from oms_desktop.models import Fulfillment, Order
from tests.cli.conftest import Run
from tests.cli.shell import order, rows, write_orders


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bringing, "BATCH", 2)


def orders(folder: Path, count: int) -> Path:
    return write_orders(folder / "o.json", *(order(f"#{number}") for number in range(1, count + 1)))


def test_ctrl_c_stops_behind_the_batch_under_way(run: Run, demo: str, tmp_path: Path) -> None:
    file = orders(tmp_path, 5)
    pressed: list[int] = []

    def press(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("INSERT INTO sales_order") and not pressed:
            pressed.append(1)
            os.kill(os.getpid(), signal.SIGINT)

    event.listen(Engine, "before_cursor_execute", press)
    try:
        ran = run("import", file, "--json")
    finally:
        event.remove(Engine, "before_cursor_execute", press)

    assert (ran.code, ran.json["read"], ran.json["taken"]) == (130, 2, 2)
    assert ran.err == "Stopped. o.json is not done from #3 on. Import it again. [import.stopped]\n"
    assert rows(demo, Order, Fulfillment) == [2, 2]
    assert run("check").code == 0
    again = run("import", file, "--json")
    assert (again.code, again.json["taken"], again.json["duplicate"]) == (0, 3, 2)


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
