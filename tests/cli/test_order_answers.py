"""What the command `order` says of what it has done: to which order, what became of its stock and holds."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, on
from tests.cli.shell import PRODUCTS, order, write_orders


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's products; orders 1001 (1 mug) and 1002 (2 mugs) of one customer, 1003 that is not paid."""
    folder = tmp_path_factory.mktemp("shop")
    run = on(folder / "data")
    assert run("import", "--kind", "products", PRODUCTS).code == 0
    mugs = {"id": 2, "sku": "MUG-0350-GN", "title": "Mug", "quantity": 2, "price": "14.90"}
    second = order("#1002", email="zoe.1001@example.com", line_items=[mugs])
    unpaid = order("#1003", financial_status="pending")
    assert run("import", write_orders(folder / "orders.json", order("#1001"), second, unpaid)).code == 0
    return folder / "data"


def told(run: Run, *typed: str) -> str:
    """The one sentence after another that an action says of the only order."""
    ran = run("order", *typed)
    assert ran.err == ""
    (line,) = ran.out.splitlines()
    return line


def test_a_hold_says_what_becomes_of_the_stock(shop: Run) -> None:
    assert told(shop, "hold", "1001", "--reason", "Ask", "--keep-stock") == (
        "Order #1001 is on hold (desk): Ask. It keeps what is promised to it. Units: 1 promised."
    )
    assert told(shop, "hold", "1001", "--kind", "trip", "--reason", "Away.", "--free-stock") == (
        "Order #1001 is on hold (trip): Away. 1 unit is given back. Its holds now: desk, trip. Units: 1 open."
    )


def test_a_release_says_which_holds_remain_and_what_is_promised_again(shop: Run) -> None:
    told(shop, "hold", "1003", "--reason", "Ask", "--free-stock")

    assert told(shop, "release", "1003", "--kind", "desk") == (
        "Hold of order #1003 ended: desk. It is still on hold (unpaid): The order goes when it is paid or"
        " authorized. (pending). Units: 1 open."
    )
    wrong = shop("order", "release", "1003", "--kind", "UNPAID")
    assert (wrong.code, wrong.sentence) == (
        1,
        "Order #1003 has no hold of the kind UNPAID. Its holds now: unpaid. [order.not_held]",
    )
    assert told(shop, "release", "1003") == (
        "Hold of order #1003 ended: unpaid. 1 unit is promised to it by this. Units: 1 promised."
    )


def test_a_release_says_that_what_is_short_waits(shop: Run) -> None:
    told(shop, "edit", "1002", "--line", "1=900000")
    told(shop, "hold", "1002", "--free-stock")

    assert told(shop, "release", "1002").endswith(" 899951 open, 49 promised. What is open waits for stock.")


def test_a_send_says_what_the_floor_has(shop: Run) -> None:
    told(shop, "hold", "1001")

    assert told(shop, "send", "1001") == "Order #1001 is with the floor. Hold ended: desk. Units: 1 promised."
    assert told(shop, "send", "1001") == "Order #1001 is with the floor already. Units: 1 promised."


def test_an_edit_says_which_holds_it_brings_and_ends(shop: Run) -> None:
    assert told(shop, "edit", "1001", "--address", "city=") == (
        "Order #1001 is changed: address. It is on hold now (address incomplete): The delivery address needs"
        " a name or company, street, city and country, and mostly a postal code. Units: 1 promised."
    )
    assert told(shop, "edit", "1001", "--address", "city=Rennes", "--note", "Ring.") == (
        "Order #1001 is changed: address, note. Hold ended: address incomplete. Units: 1 promised."
    )
    assert told(shop, "edit", "1001", "--line", "1=1") == (
        "Order #1001 is as it was; nothing was different. Units: 1 promised."
    )


@pytest.mark.parametrize(
    "parts",
    [
        ("name=", "address1=", "city=", "postal_code=", "country_code=", "phone="),
        (f"name={'N' * 9000}", f"company={'C' * 9000}"),
        ("city=東京", f"postal_code={'?' * 300}", "country_code=ZZ"),
        ("phone=0", f"province={'P' * 300}", "province_code==1+1", "country_code=US"),
    ],
)
def test_no_address_is_refused_what_is_wrong_with_it_holds_the_order(
    shop: Run, parts: tuple[str, ...]
) -> None:
    typed = [word for part in parts for word in ("--address", part)]

    assert "It is on hold now (" in told(shop, "edit", "1001", *typed, "--email", "@")


def test_an_edit_finds_the_product_whatever_its_capitals(shop: Run) -> None:
    assert told(shop, "edit", "1001", "--add", "mug-0350-gn=2") == (
        "Order #1001 is changed: line 2 is new (MUG-0350-GN, 2 units). Units: 3 promised."
    )
    assert "line 2: MUG-0350-GN Stoneware mug" in shop("order", "show", "1001").out


def test_dates_are_set_taken_away_and_said_to_be_over(shop: Run) -> None:
    assert told(
        shop, "edit", "1001", "--ship-by", "2020-01-01", "--deliver-by", "2999-05-01T12:00+02:00"
    ) == (
        "Order #1001 is changed: time to leave 2020-01-01 00:00 UTC, time to be there 2999-05-01 10:00 UTC."
        " 2020-01-01 00:00 UTC is over: it is late. Units: 1 promised."
    )
    assert told(shop, "edit", "1001", "--ship-by", "none", "--deliver-by", "none") == (
        "Order #1001 is changed: no time to leave, no time to be there. Units: 1 promised."
    )


def test_ship_complete_is_set_and_let_go_as_the_refusal_of_a_split_asks(shop: Run) -> None:
    assert "ships complete" in told(shop, "edit", "1002", "--ship-complete", "yes")
    refused = shop("order", "split", "1002", "--line", "1=1")
    assert (refused.code, "[order.ships_complete]" in refused.sentence) == (1, True)

    assert "ships what there is" in told(shop, "edit", "1002", "--ship-complete", "no")
    assert told(shop, "split", "1002", "--line", "1=1").endswith(
        "with 1 unit ships apart; behind 1 unit is left."
    )


def test_a_cancellation_says_what_is_free(shop: Run) -> None:
    assert told(shop, "cancel", "1002", "--line", "1=1") == (
        "Order #1002: 1 unit is cancelled. 1 unit is free again. Units: 1 promised."
    )
    more = shop("order", "cancel", "1002", "--line", "1=2")
    assert (more.code, more.sentence) == (
        1,
        "Order #1002, line 1 (MUG-0350-GN): only 1 of 2 units can be cancelled. [order.too_many]",
    )
    assert told(shop, "cancel", "1002") == "Order #1002 is cancelled. 1 unit is free again."


def test_nothing_is_cancelled_when_a_line_of_one_of_the_orders_is_not_there(
    shop: Run, tmp_path: Path
) -> None:
    two = [{"id": n, "sku": "MUG-0350-GN", "title": "Mug", "quantity": 2, "price": "1"} for n in (1, 2)]
    shop("import", write_orders(tmp_path / "two.json", order("#1004", line_items=two)))

    ran = shop("order", "cancel", "1004", "1001", "--line", "2=1")

    assert (ran.code, ran.sentence) == (2, "Order #1001 has no line 2. [order.no_line]")
    assert shop("order", "cancel", "1004", "--line", "2=1").code == 0
    assert "4 ordered" not in shop("order", "show", "1004").out


def test_a_merge_names_what_was_taken_over(shop: Run) -> None:
    assert told(shop, "merge", "1002", "--into", "1001") == (
        "Order #1001 took over #1002: 1 line. Units: 3 promised."
    )
    assert shop("order", "show", "1002").out.startswith("#1002 (shopify): part of #1001 now\n")
    refused = shop("order", "edit", "1002", "--note", "x")
    assert (refused.code, "[order.merged]" in refused.sentence) == (1, True)


def test_an_order_that_is_named_twice_is_done_once(shop: Run) -> None:
    ran = shop("order", "cancel", "1001", "#1001", "shopify:#1001", "--json")

    assert (ran.code, [row["done"] for row in ran.json["orders"]]) == (0, [True])


def test_priority_and_picker_are_said(shop: Run, demo_badge: str) -> None:
    assert told(shop, "priority", "1001", "--level", "2") == "Order #1001 has priority 2 (urgent)."
    assert told(shop, "priority", "1001", "--level", "2") == "Order #1001 has priority 2 (urgent) already."
    assert told(shop, "assign", "1001", "--to", demo_badge.lower()) == (
        f"Order #1001 is for {demo_badge} to pick."
    )
    assert told(shop, "assign", "1001") == "Anybody may pick order #1001."
    assert shop("order", "show", "1001").out.splitlines()[-1].endswith("Anybody may pick it (System)")


@pytest.fixture
def demo_badge(run: Run, tmp_path: Path) -> str:
    """The badge of a picker who works there."""
    workers = tmp_path / "workers.csv"
    workers.write_text("badge,name,roles,pin\nB-77,Paula Probe,picker,4711\n", "utf-8")
    assert run("import", "--kind", "workers", workers).code == 0
    return "B-77"


@pytest.mark.parametrize(
    "typed",
    [
        ("hold", "1001", "--level", "2"),
        ("hold", "1001", "--free-stock", "--keep-stock"),
        ("release", "1001", "--line", "1=1"),
        ("show", "1001", "--reason", "x"),
        ("SHOW", "1001"),
        ("hold",),
    ],
)
def test_an_option_of_another_action_is_refused_and_not_passed_over(
    shop: Run, typed: tuple[str, ...]
) -> None:
    ran = shop("order", *typed)

    assert (ran.code, ran.out) == (2, "")
    assert shop("order", "show", "1001", "--json").json["orders"][0]["holds"] == []


def test_json_has_the_same_fields_for_every_action_and_verdict(shop: Run) -> None:
    rows: list[dict[str, Any]] = []
    for typed in (("hold", "1001", "1003"), ("release", "1001"), ("release", "1001"), ("send", "1001")):
        rows += shop("order", *typed, "--json").json["orders"]

    assert {tuple(row) for row in rows} == {("order", "channel", "done", "code", "text", "holds", "units")}
    assert [row["holds"] for row in rows] == [["desk"], ["unpaid", "desk"], [], [], []]
    assert [row["units"]["allocated"] for row in rows] == [1, 0, 1, 1, 1]
    assert all(row["text"] for row in rows)
    assert shop("order", "--json", "release", "1003").json["orders"][0]["done"] is True


def test_show_tells_the_whole_state(shop: Run) -> None:
    told(shop, "hold", "1003", "--reason", "Ask \x1b[31mher\x1b[0m", "--until", "2999-01-01")
    lines = shop("order", "show", "1003").out.splitlines()

    assert lines[0] == "#1003 (shopify): on hold, units: 1 open"
    assert lines[2:5] == [
        "  pending, 14.90 EUR",
        "  shipping: no way told",
        "  to: Zoë Exemplaire, 1 rue du Modèle, Rennes, 35000, FR, zoe.1003@example.com",
    ]
    assert any(line.startswith("  hold: unpaid: The order goes when it is paid") for line in lines)
    assert any(line.startswith("  hold: desk until 2999-01-01 00:00 UTC: Ask  [31mher") for line in lines)
    assert "  line 1: MUG-0350-GN Mug: 1 ordered, 1 open" in lines
    assert lines[-2].endswith("Put on hold: desk (System)")
    assert lines[-1] == "    Ask  [31mher [0m", "the reason that was typed"
    [value] = shop("order", "show", "1003", "--json").json["orders"]
    assert [(hold["kind"], hold["by"]) for hold in value["holds"]] == [
        ("unpaid", "System"),
        ("desk", "System"),
    ]
    assert [entry["text"] for entry in value["timeline"]] == ["Received from shopify", "Put on hold: desk"]
    assert value["address"]["city"] == "Rennes"


def test_an_order_is_shown_with_when_it_was_placed_and_what_became_of_its_parts(
    shop: Run, tmp_path: Path
) -> None:
    file = write_orders(tmp_path / "more.json", order("#1010", created_at="2026-03-02T09:30:00+01:00"))
    assert shop("import", file).code == 0
    told(shop, "hold", "1010", "--free-stock")
    held = shop("order", "show", "1010").out.splitlines()
    told(shop, "cancel", "1010")
    over = shop("order", "show", "1010").out.splitlines()

    assert held[1] == "  placed 2026-03-02 08:30 UTC"
    assert "  part 1: taken back, warehouse MAIN" in held
    assert "  part 1: cancelled, warehouse MAIN" in over
    assert any("Cancelled: no reason given" in line for line in over)
