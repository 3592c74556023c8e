"""From the file of every channel to the packer: wishes, notes and names, in the letters they came in."""

import json
from pathlib import Path

import pytest

from oms_desktop.app.bringing import bring_orders
from oms_desktop.floor.views import PackView
from tests.builders import MUG, MUG_PLACE
from tests.cli.shell import order
from tests.floor.desk import Desk

WORDS = "سلام שלום สวัสดีครับ 你好 안녕 नमस्ते 🎁👩‍🔧 q\u0303"
"""Words of many scripts: right to left, without spaces, shaped, and letters made of several characters."""

TO = {
    "name": "Mira Musterling",
    "address1": "Probeplatz 4",
    "city": "Leipzig",
    "postal_code": "04109",
    "country": "DE",
}
HEAD = "number,sku,quantity,price,title,note,property:Engraving,name,address1,city,postal_code,country\n"


def shopify_json() -> str:
    line = {"sku": MUG, "quantity": 1, "price": "9", "properties": [{"name": "Engraving", "value": WORDS}]}
    wish = [{"name": "Wrap", "value": WORDS}, {"name": "_hidden", "value": "x"}]
    return json.dumps({"orders": [order("#1", line_items=[line], note=WORDS, note_attributes=wish)]})


def shopify_csv() -> str:
    """The export of the shop has no wishes of lines, only those of the order."""
    names = (
        "Name,Financial Status,Total,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,"
        "Shipping Name,Shipping Street,Shipping City,Shipping Zip,Shipping Country,Notes,Note Attributes"
    )
    return f'{names}\n#1,paid,9,1,Mug,9,{MUG},{",".join(TO.values())},{WORDS},"Wrap: {WORDS}\n_hidden: x"\n'


def woocommerce() -> str:
    wish = {"key": "pa_engraving", "display_key": "Engraving", "display_value": WORDS}
    line = {"id": 1, "sku": MUG, "quantity": 1, "price": 9, "name": "Mug", "meta_data": [wish]}
    to = {"first_name": "Mira", "last_name": "Musterling", "address_1": "Probeplatz 4", "city": "Leipzig"}
    told = {
        "number": "#1",
        "status": "processing",
        "date_paid": "2026-01-09T18:04:30",
        "total": "9.00",
        "shipping": {**to, "postcode": "04109", "country": "DE"},
        "customer_note": WORDS,
        "meta_data": [{"key": "Wrap", "value": WORDS}],
        "line_items": [line],
    }
    return json.dumps(told)


def own_csv() -> str:
    return f"{HEAD}#1,{MUG},1,9,Mug,{WORDS},{WORDS},{','.join(TO.values())}\n"


def own_json() -> str:
    line = {"sku": MUG, "quantity": 1, "price": "9", "properties": {"Engraving": WORDS}}
    return json.dumps({"number": "#1", "lines": [line], "note": WORDS, "ship_to": TO}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("text", "of_line", "of_order"),
    [
        (shopify_json(), True, True),
        (shopify_csv(), False, True),
        (woocommerce(), True, True),
        (own_csv(), True, False),
        (own_json(), True, False),
    ],
    ids=["shopify json", "shopify csv", "woocommerce", "own csv", "own json"],
)
def test_wishes_and_notes_of_every_channel_are_shown_at_packing(
    desk: Desk, tmp_path: Path, text: str, of_line: bool, of_order: bool
) -> None:
    file = tmp_path / "orders"
    file.write_text(text, "utf-8")
    report = bring_orders(desk.site.station, file)
    assert (report.taken, report.problems) == (1, ())

    desk.go("pick")
    desk.scan("T-101", MUG_PLACE, MUG, "T-101")
    desk.go("pack")
    view = desk.scan("T-101").data

    assert isinstance(view, PackView)
    assert view.note == (f"{WORDS}\nWrap: {WORDS}" if of_order else WORDS)
    assert view.items[0].notes == ((f"Engraving: {WORDS}",) if of_line else ())
