"""Names that nobody knows, and one listing each."""

import json
from pathlib import Path
from typing import Any

from oms_desktop.models import Listing
from tests.cli.shell import PRODUCTS, Ran, order, rows, run


def line(sku: str, variant: int, quantity: int = 1) -> dict[str, Any]:
    return {"sku": sku, "variant_id": variant, "quantity": quantity, "price": "9.00", "title": f"Toy {sku}"}


def brought(tmp_path: Path, *, number: str = "#71", lines: list[dict[str, Any]]) -> tuple[str, Ran]:
    """A database with the demo's products, and an order brought into it."""
    address = f"sqlite:///{tmp_path / 'oms.sqlite'}"
    run("--database", address, "import", "--kind", "products", PRODUCTS)
    file = tmp_path / "orders.json"
    file.write_text(json.dumps({"orders": [order(number, line_items=lines)]}), "utf-8")
    return address, run("--database", address, "import", "--json", file)


def test_one_listing_each_mends_an_order(tmp_path: Path) -> None:
    address, ran = brought(tmp_path, lines=[line("TOY-RED", 5, 2), line("TOY-RED", 5), line("TOY-BLUE", 6)])
    assert ran.json["held"] == 1

    waiting = run("--database", address, "listing", "--waiting", "--json").json["waiting"]
    assert [(each["keys"][-1], each["orders"], each["lines"], each["units"]) for each in waiting] == [
        ("sku:TOY-RED", 1, 2, 3),
        ("sku:TOY-BLUE", 1, 1, 1),
    ]
    told = []
    for each in waiting:
        named = ("--channel", each["channel"], "--key", each["keys"][0], "--sku", "MUG-0350-GN")
        told.append(run("--database", address, "listing", *named, "--json").json)
    held = {"order": "#71", "channel": "shopify", "holds": ["unknown sku"]}
    assert told == [
        {"lines": 2, "freed": 0, "held": 1, "still_held": [held]},
        {"lines": 1, "freed": 1, "held": 0, "still_held": []},
    ]

    assert run("--database", address, "listing", "--waiting").out == "0 names wait for a product.\n"
    again = brought(tmp_path, number="#72", lines=[line("TOY-BLUE", 6, 4)])[1].json
    assert (again["taken"], again["held"]) == (1, 0)
    assert run("--database", address, "check").code == 0


def test_an_unknown_product_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    address, _ran = brought(tmp_path, lines=[line("TOY-RED", 5)])
    ran = run(
        "--database", address, "listing", "--channel", "shopify", "--key", "sku:TOY-RED", "--sku", "NONE"
    )
    assert (ran.code, ran.sentence) == (2, "No product has the SKU NONE. [catalog.unknown_sku]")
    assert rows(address, Listing) == [0]


def test_half_a_wish_is_refused(tmp_path: Path) -> None:
    address, _ran = brought(tmp_path, lines=[line("TOY-RED", 5)])
    for wish in ([], ["--sku", "A"], ["--waiting", "--sku", "A"], ["--waiting", "--all"], ["--remove"]):
        ran = run("--database", address, "listing", *wish)
        assert ran.code == 2
        assert ran.sentence.endswith("[listing.options]")


def test_what_waits_is_told_with_its_keys_and_an_order_and_how_to_mend_it(tmp_path: Path) -> None:
    address, ran = brought(tmp_path, lines=[line("TOY-RED", 5), line("", 6, 2)])
    assert [(each["field"], each["value"]) for each in ran.json["problems"]] == [
        ("sku", "TOY-RED"),
        ("listing", "id:6"),
    ]
    waiting = run("--database", address, "listing", "--waiting")
    assert waiting.out.splitlines() == [
        "shopify  id:5  sku:TOY-RED  Toy TOY-RED: 1 unit in order #71",
        "shopify  id:6  Toy: 2 units in order #71",
        "2 names wait for a product. Say which product one is: "
        "oms-desktop listing --channel CHANNEL --key 'KEY' --sku SKU",
    ]


def test_a_name_out_of_a_file_does_not_steer_the_terminal(tmp_path: Path) -> None:
    address, _ran = brought(tmp_path, lines=[line("\x1b[2JTOY", 5)])

    waiting = run("--database", address, "listing", "--waiting").out

    assert "[2JTOY" in waiting
    assert "\x1b" not in waiting


def test_what_still_holds_the_mended_orders_is_told(tmp_path: Path) -> None:
    address, _ran = brought(tmp_path, lines=[line("TOY-RED", 5), line("TOY-BLUE", 6), line("", 7)])
    file = tmp_path / "unpaid.json"
    unpaid = order("#72", line_items=[line("TOY-RED", 5)], financial_status="pending")
    file.write_text(json.dumps({"orders": [unpaid]}), "utf-8")
    run("--database", address, "import", file)

    named = ("--channel", "shopify", "--key", "sku:TOY-RED", "--sku", "mug-0350-gn")
    told = run("--database", address, "listing", *named).out

    assert told.splitlines() == [
        "sku:TOY-RED is MUG-0350-GN: 2 lines mended, 0 orders freed.",
        "Order #71 is still on hold: no product is known for TOY-BLUE, Toy.",
        "Order #72 is still on hold: unpaid.",
    ]


def test_of_many_orders_that_are_still_held_twenty_are_named(tmp_path: Path) -> None:
    address, _ran = brought(tmp_path, lines=[line("TOY-BLUE", 6)])
    file = tmp_path / "many.json"
    many = [
        order(f"#{n}", line_items=[line("TOY-RED", 5)], financial_status="pending") for n in range(100, 122)
    ]
    file.write_text(json.dumps({"orders": many}), "utf-8")
    run("--database", address, "import", file)

    named = ("--channel", "shopify", "--key", "sku:TOY-RED", "--sku", "MUG-0350-GN")
    told = run("--database", address, "listing", *named).out.splitlines()

    assert (len(told), told[-1]) == (22, "2 more orders with other holds.")


def test_a_slip_of_the_hand_is_said_and_can_be_taken_back(tmp_path: Path) -> None:
    address, _ran = brought(tmp_path, lines=[line("TOY-RED", 5)])
    named = ("--channel", "shopify", "--key", "sku:TYPO")
    told = run("--database", address, "listing", *named, "--sku", "mug-0350-gn")
    assert (told.code, "No line of shopify waits under this key now" in told.out) == (0, True)
    known = {"channel": "shopify", "key": "sku:TYPO", "sku": "MUG-0350-GN"}
    assert run("--database", address, "listing", "--all", "--json").json == {"listings": [known]}

    assert run("--database", address, "listing", *named, "--remove").code == 0

    assert rows(address, Listing) == [0]
    again = run("--database", address, "listing", *named, "--remove")
    assert (again.code, again.sentence.endswith("[listing.unknown]")) == (2, True)
    wrong = run("--database", address, "listing", "--channel", "shopfy", *named[2:], "--sku", "MUG-0350-GN")
    assert (wrong.code, "shopfy" in wrong.err) == (2, True)
    assert rows(address, Listing) == [0]
