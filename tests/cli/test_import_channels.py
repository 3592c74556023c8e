"""The samples of every channel through the whole program: only what is wanted waits in the queue."""

from pathlib import Path

import pytest
from sqlalchemy import select

from oms_desktop.db import connect
from oms_desktop.models import Order, QueueEntry
from tests.cli.conftest import Run
from tests.cli.shell import rows

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"


def open_numbers(url: str) -> set[str]:
    """The orders that the open queue shows."""
    database = connect(url)
    with database.reading() as session:
        found = set(session.scalars(select(QueueEntry.number).where(QueueEntry.stage != "closed")))
    database.close()
    return found


@pytest.mark.parametrize(
    ("name", "channel", "counts", "wanted"),
    [
        ("orders.csv", "csv", (2, 2, 0), {"P-7001", "P-7002"}),
        ("orders.json", "json", (1, 1, 0), {"J-8001"}),
        ("shopify_export.csv", "shopify", (8, 2, 6), {"#6001", "#6002", "#6006", "#6007"}),
        ("woocommerce.json", "woocommerce", (7, 1, 6), {"801", "802", "806"}),
    ],
)
def test_each_sample_comes_by_itself_and_by_name(
    run: Run, demo: str, name: str, channel: str, counts: tuple[int, ...], wanted: set[str]
) -> None:
    ran = run("import", SAMPLES / name, "--json")
    again = run("import", SAMPLES / name, "--channel", channel, "--json")

    assert (ran.code, ran.err) == (0, "")
    assert tuple(ran.json[key] for key in ("read", "taken", "held")) == counts
    assert again.json["duplicate"] == counts[0]
    assert open_numbers(demo) == wanted
    assert run("check").code == 0


def test_windows_1252_is_taken_and_said(run: Run, demo: str, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_bytes((SAMPLES / "orders.csv").read_bytes().decode().encode("cp1252"))

    ran = run("import", file, "--json")

    assert (ran.code, ran.err.strip()) == (0, f"{file} is read as Windows-1252.")
    assert ran.json["taken"] == 2


def test_a_table_that_ends_within_a_row_writes_nothing(run: Run, demo: str, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_bytes((SAMPLES / "orders.csv").read_bytes()[:-40])

    ran = run("import", file, "--json")

    assert ran.code == 2
    assert ran.sentence.endswith("(10 of 20 columns) in line 5, column 81. [input.not_csv]")
    assert rows(demo, Order) == [0]
