"""The samples of every channel through the whole program: only what is wanted waits in the queue."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from oms_desktop.channels.reading import open_orders
from oms_desktop.db import connect
from oms_desktop.drafts import OrderDraft
from oms_desktop.models import Order, OrderLine, QueueEntry
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


@pytest.mark.parametrize(
    ("name", "unknown", "wishes"),
    [
        (
            "shopify_order.json",
            [("/order/line_items/0", "LANTERN-GREEN"), ("/order/line_items/1", "LANTERN-RED")],
            [("Engraving", "For Rosa")],
        ),
        (
            "woocommerce_order.json",
            [("/line_items/0", "id:193"), ("/line_items/1", "Print3")],
            [("pa_colour", "black"), ("size", "M")],
        ),
    ],
)
def test_unknown_lines_are_named_and_mended_by_one_listing_each(
    run: Run, demo: str, name: str, unknown: list[tuple[str, str]], wishes: list[tuple[str, str]]
) -> None:
    ran = run("import", SAMPLES / name, "--json")

    assert (ran.code, ran.json["held"]) == (0, 1)
    told = [(found["where"], found["value"], found["problem"]) for found in ran.json["problems"]]
    assert told == [(where, value, "unknown sku") for where, value in unknown]

    waiting = run("listing", "--waiting", "--json").json["waiting"]
    mended = [
        run("listing", "--channel", each["channel"], "--key", each["keys"][0], "--sku", sku, "--json").json
        for each, sku in zip(waiting, ("MUG-0350-GN", "TEA-0100-RD"), strict=True)
    ]
    assert [(each["lines"], each["freed"], each["held"]) for each in mended] == [(1, 0, 1), (1, 1, 0)]
    database = connect(demo)
    with database.reading() as session:
        lines = session.scalars(select(OrderLine).order_by(OrderLine.position)).all()
        assert all(line.allocated == line.ordered for line in lines)
        kept = [(wish["name"], wish["value"]) for line in lines for wish in line.properties]
    database.close()
    assert kept == wishes
    assert run("check").code == 0


def test_windows_1252_is_taken_and_said(run: Run, demo: str, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_bytes((SAMPLES / "orders.csv").read_bytes().decode().encode("cp1252"))

    ran = run("import", file, "--json")

    assert (ran.code, ran.err.strip()) == (0, f"{file} is read as Windows-1252.")
    assert ran.json["taken"] == 2


@pytest.mark.parametrize("name", ["orders.csv", "orders.json", "shopify_export.csv", "woocommerce.json"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_channel_in_every_encoding_is_the_same(tmp_path: Path, name: str, encoding: str) -> None:
    plain = open_orders(SAMPLES / name).orders
    file = tmp_path / name
    file.write_bytes((SAMPLES / name).read_bytes().decode().replace("\n", "\r\n").encode(encoding))

    read = open_orders(file)

    assert [replace(order, raw="", draft=unbroken(order.draft)) for order in read.orders] == [
        replace(order, raw="") for order in plain
    ]


def test_utf_16_with_semicolons_goes_through(run: Run, demo: str, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_bytes((SAMPLES / "orders.csv").read_bytes().decode().encode("utf-16"))

    ran = run("import", file, "--json")

    assert (ran.code, ran.err, ran.json["taken"]) == (0, "", 2)


def unbroken(draft: OrderDraft) -> OrderDraft:
    """A draft whose note has the line ends of the samples."""
    return replace(draft, note=draft.note.replace("\r\n", "\n"))


def test_a_table_that_ends_within_a_row_writes_nothing(run: Run, demo: str, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_bytes((SAMPLES / "orders.csv").read_bytes()[:-40])

    ran = run("import", file, "--json")

    assert ran.code == 2
    assert ran.sentence.endswith("(10 of 20 columns) in line 5, column 81. [input.not_csv]")
    assert rows(demo, Order) == [0]
