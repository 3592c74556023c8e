"""The command `order`, as a script uses it: words, JSON, exit codes."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from oms_desktop.app import opening
from oms_desktop.models import Hold
from tests.cli.conftest import Run, on
from tests.cli.shell import PRODUCTS, order, write_orders


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo's products and two orders of one customer, 1001 and 1002."""
    folder = tmp_path_factory.mktemp("shop")
    run = on(folder / "data")
    assert run("import", "--kind", "products", PRODUCTS).code == 0
    mugs = {"id": 2, "sku": "MUG-0350-GN", "title": "Mug", "quantity": 2, "price": "14.90"}
    second = order("#1002", email="zoe.1001@example.com", line_items=[mugs])
    file = write_orders(folder / "orders.json", order("#1001"), second)
    assert run("import", file).code == 0
    return folder / "data"


def shown(run: Run, number: str) -> dict[str, object]:
    [value] = run("order", "show", number, "--json").json["orders"]
    found: dict[str, object] = value
    return found


def holds_of(run: Run, number: str) -> list[dict[str, object]]:
    holds = shown(run, number)["holds"]
    assert isinstance(holds, list)
    return holds


def line_of(run: Run, number: str, position: int = 1) -> dict[str, int]:
    lines = shown(run, number)["lines"]
    assert isinstance(lines, list)
    found: dict[str, int] = lines[position - 1]
    return found


def test_orders_are_held_and_released(shop: Run) -> None:
    wish = ("--reason", "Ask.", "--free-stock", "--until", "2999-01-01T08:00")
    held = shop("order", "hold", "1001", "1002", *wish)
    so = "is on hold until 2999-01-01 08:00 UTC (desk): Ask."

    assert held.code == 0
    assert held.out.splitlines() == [
        f"Order #1001 {so} 1 unit is given back. Units: 1 open.",
        f"Order #1002 {so} 2 units are given back. Units: 2 open.",
    ]
    [hold] = holds_of(shop, "1001")
    told = {name: hold[name] for name in ("kind", "text", "until", "by", "frees_stock")}
    until = "2999-01-01T08:00:00+00:00"
    assert told == {"kind": "desk", "text": "Ask.", "until": until, "by": "System", "frees_stock": True}
    assert line_of(shop, "1001")["open"] == 1
    assert shop("order", "release", "1001").code == 0
    assert line_of(shop, "1001")["allocated"] == 1
    again = shop("order", "release", "1001", "1002", "--json")
    assert again.code == 3
    assert [row["code"] for row in again.json["orders"]] == ["order.not_held", ""]
    assert shop("order", "release", "1001").code == 1


@pytest.mark.parametrize(
    "command",
    [
        ("order", "show", "1002"),
        ("stock", "alerts"),
        ("import", "--kind", "products", PRODUCTS),
    ],
)
def test_a_hold_ends_with_the_next_command_once_its_time_has_come(
    shop: Run, file: Path, command: tuple[str, ...]
) -> None:
    wish = ("--free-stock", "--until", "2999-01-01T08:00")
    assert shop("order", "hold", "1001", *wish).code == 0
    database = opening.open_existing(f"sqlite:///{file}")
    with database.transaction() as session:
        session.execute(update(Hold).values(until=datetime(2026, 3, 2, 8, tzinfo=UTC)))

    assert shop(*command).code == 0

    with database.reading() as session:
        assert session.scalars(select(Hold.released_at)).one() is not None
    database.close()
    assert (holds_of(shop, "1001"), line_of(shop, "1001")["allocated"]) == ([], 1)


def test_a_hold_keeps_or_frees_stock_by_the_setting(shop: Run, tmp_path: Path) -> None:
    assert shop("order", "hold", "1001").code == 0
    assert line_of(shop, "1001")["allocated"] == 1
    (tmp_path / "data" / "settings.toml").write_text('held_stock = "free"\n', "utf-8")
    assert shop("order", "hold", "1001", "--kind", "second", "--keep-stock").code == 0
    assert line_of(shop, "1001")["allocated"] == 1
    assert shop("order", "hold", "1001", "--kind", "third").code == 0
    assert line_of(shop, "1001")["open"] == 1


def test_an_order_is_edited_cancelled_and_refused(shop: Run) -> None:
    changed = shop(
        "order", "edit", "1001", "--line", "1=3", "--address", "city=Lille", "--note", "Ring twice."
    )
    assert (changed.code, changed.out) == (
        0,
        "Order #1001 is changed: address, note, line 1 has 3 units instead of 1. Units: 3 promised.\n",
    )
    assert (line_of(shop, "1001")["ordered"], line_of(shop, "1001")["allocated"]) == (3, 3)
    assert shop("order", "cancel", "1001", "--line", "1=1").code == 0
    assert line_of(shop, "1001")["cancelled"] == 1
    assert shop("order", "cancel", "1001", "--reason", "paid twice").code == 0
    late = shop("order", "edit", "1001", "--note", "Ring.")
    assert (late.code, late.sentence) == (1, "Order #1001 is cancelled already. [order.cancelled]")


def test_an_edited_order_is_judged_by_the_settings_of_the_house(shop: Run, tmp_path: Path) -> None:
    (tmp_path / "data" / "settings.toml").write_text('blocked_countries = "BE"\n', "utf-8")
    away = ("--address", "country_code=BE", "--address", "postal_code=1000", "--address", "city=Gent")

    assert shop("order", "edit", "1001", *away).code == 0
    assert [hold["kind"] for hold in holds_of(shop, "1001")] == ["destination blocked"]
    assert shop("order", "edit", "1001", "--address", "country_code=NL", "--address", "postal_code=1011 AB")
    assert holds_of(shop, "1001") == []


def test_a_contact_is_mended_by_an_edit_of_the_address(shop: Run, tmp_path: Path) -> None:
    file = write_orders(tmp_path / "bad.json", order("#1003", email="zoe at example"))
    assert shop("import", file, "--json").json["held"] == 1
    assert [hold["kind"] for hold in holds_of(shop, "1003")] == ["contact malformed"]

    assert shop("order", "edit", "1003", "--address", "phone=02 23 45 67 89").code == 0

    assert holds_of(shop, "1003") == []


def test_orders_are_split_merged_and_steered(shop: Run) -> None:
    assert shop("order", "merge", "1002", "--into", "1001").code == 0
    assert shown(shop, "1002")["cancelled"] is True
    assert shop("order", "split", "1001", "--line", "1=1").code == 0
    assert shop("order", "priority", "1001", "--level", "2").code == 0
    assert shop("order", "send", "1001").code == 0
    parts = shown(shop, "1001")["parts"]
    assert isinstance(parts, list)
    assert [(part["number"], part["status"]) for part in parts] == [(1, "released"), (2, "released")]
    assert shown(shop, "1001")["priority"] == 2
    assert shop("order", "assign", "1001").code == 0
    assert "  part 1: released, warehouse MAIN\n" in shop("order", "show", "1001").out


@pytest.mark.parametrize("action", [("send",), ("release",), ("release", "--kind", "unknown sku")])
def test_what_nobody_knows_is_not_let_go(shop: Run, tmp_path: Path, action: tuple[str, ...]) -> None:
    nobody_knows = [{"id": 3, "sku": "NO-SUCH", "title": "Toy", "quantity": 1, "price": "9.00"}]
    shop("import", write_orders(tmp_path / "held.json", order("#2041", line_items=nobody_knows)))
    before = shown(shop, "2041")
    verb, *more = action
    refused = shop("order", verb, "2041", *more)

    assert (refused.code, refused.sentence) == (
        1,
        "No stock is promised to order #2041 yet; it stays as it was. Units: 1 open. Nobody knows the product"
        " of 1 open unit: see oms-desktop listing --waiting. [work.unpromised]",
    )
    assert [hold["kind"] for hold in holds_of(shop, "2041")] == ["unknown sku"]
    assert shown(shop, "2041") == before


@pytest.fixture
def namesakes(shop: Run, tmp_path: Path) -> Run:
    """That shop with orders whose numbers differ by little, and by their channels alone."""
    (tmp_path / "data" / "settings.toml").write_text('duplicate_hours = "0"\n', "utf-8")
    head = "number,sku,quantity,name,address1,city,postal_code,country"
    tail = "MUG-0350-GN,1,Zoë Exemplaire,1 rue du Modèle,Rennes,35000,FR"
    numbers = ("X3", "x3", "Y1", "W9", "1002")
    (tmp_path / "own.csv").write_text(
        "\n".join([head, *(f"{each},{tail}" for each in numbers)]) + "\n", "utf-8"
    )
    assert shop("import", tmp_path / "own.csv", "--json").json["taken"] == len(numbers)
    to = {"name": "Zoë Exemplaire", "address1": "1 rue du Modèle", "city": "Rennes", "postal_code": "35000"}
    lines = [{"sku": "MUG-0350-GN", "quantity": 1}]
    orders = [
        {"number": number, "ship_to": {**to, "country": "FR"}, "lines": lines} for number in ("Y1", "#W9")
    ]
    (tmp_path / "own.json").write_text(json.dumps({"orders": orders}), "utf-8")
    assert shop("import", tmp_path / "own.json", "--channel", "json", "--json").json["taken"] == 2
    return shop


ALL = (
    "csv:X3",
    "csv:x3",
    "csv:Y1",
    "csv:W9",
    "csv:1002",
    "json:Y1",
    "json:#W9",
    "shopify:#1001",
    "shopify:#1002",
)


def cancelled(run: Run) -> set[str]:
    return {code for code in ALL if shown(run, code)["cancelled"]}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("x3", "csv:x3"),
        ("X3", "csv:X3"),
        ("y1", None),
        ("Y1", None),
        ("json:Y1", "json:Y1"),
        ("csv:y1", "csv:Y1"),
        ("json:W9", "json:#W9"),
        ("W9", "csv:W9"),
        ("1001", "shopify:#1001"),
        ("1002", "csv:1002"),
        ("csv:1001", ""),
        ("shopify:Y1", ""),
    ],
)
def test_the_order_that_was_typed_is_cancelled_and_no_other(
    namesakes: Run, typed: str, meant: str | None
) -> None:
    ran = namesakes("order", "cancel", typed)

    assert cancelled(namesakes) == ({meant} if meant else set())
    assert ran.code == (0 if meant else 2)
    if meant is None:
        told = f"{typed} may be csv:Y1 or json:Y1. Say which; nothing was done. [order.ambiguous]"
        assert ran.sentence == told


def test_nothing_is_done_to_the_others_when_one_number_is_ambiguous(namesakes: Run) -> None:
    assert namesakes("order", "cancel", "1001", "Y1").code == 2
    assert namesakes("order", "merge", "1001", "--into", "Y1").code == 2
    assert cancelled(namesakes) == set()
    assert namesakes("order", "merge", "W9", "--into", "csv:Y1").code == 0
    assert cancelled(namesakes) == {"csv:W9"}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (("show", "77"), "order.unknown_number"),
        (("priority", "1001"), "order.level"),
        (("merge", "1001"), "order.merge"),
        (("edit", "1001"), "order.nothing_changed"),
        (("edit", "1001", "1002"), "order.one"),
        (("edit", "1001", "--line", "one"), "order.pair"),
        (("edit", "1001", "--line", "1=few"), "order.number"),
        (("edit", "1001", "--address", "street=x"), "order.address_part"),
        (("cancel", "1001", "--line", "9=1"), "order.no_line"),
        (("hold", "1001", "--until", "soon"), "order.time"),
        (("hold", "1001", "--until", "9999-12-31T23:59-14:00"), "order.time"),
        (("edit", "1001", "--ship-by", "0001-01-01T00:00+14:00"), "order.time"),
        (("assign", "1001", "--to", "B-9"), "order.badge"),
        (("assign", "1001", "--to", ""), "order.empty"),
        (("release", "1001", "--kind", ""), "order.empty"),
        (("hold", "1001", "--reason", " "), "order.empty"),
        (("hold", "1001", "--until", ""), "order.empty"),
        (("cancel", "1001", "--reason", ""), "order.empty"),
        (("hold", "1001", "--until", "2020-01-01"), "hold.past"),
        (("hold", "1001", "--kind", "unknown sku"), "hold.kind"),
        (("hold", "1001", "--kind", "Nothing To Pick"), "hold.kind"),
        (("split", "1001"), "order.split"),
        (("split", "1001", "--line", "1=0"), "order.cut"),
        (("merge", "1001", "--into", "#1001"), "order.merge"),
        (("edit", "1001", "--address", "city=A", "--address", "city=B"), "order.address_part"),
        (("edit", "1001", "--add", "NO-SUCH=1"), "order.unknown_sku"),
        (("edit", "1001", "--line", "1=1e9"), "order.number"),
        (("edit", "1001", "--line", "1=1000001"), "order.quantity"),
        (("priority", "1001", "--level", "3"), "order.priority"),
        (("show", ""), "order.unknown_number"),
    ],
)
def test_what_cannot_be_understood_ends_with_two(shop: Run, typed: tuple[str, ...], code: str) -> None:
    before = shown(shop, "1001")

    ran = shop("order", *typed)

    assert ran.code == 2
    assert ran.sentence.endswith(f"[{code}]")
    assert shown(shop, "1001") == before
