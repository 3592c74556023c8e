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
    assert told == [{"lines": 2, "freed": 0}, {"lines": 1, "freed": 1}]

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
    for wish in ([], ["--sku", "A"], ["--waiting", "--sku", "A"]):
        ran = run("--database", address, "listing", *wish)
        assert ran.code == 2
        assert ran.sentence.endswith("[listing.options]")
