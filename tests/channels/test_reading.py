"""Files that are no orders are named with the place where they break."""

from pathlib import Path

import pytest

from oms_desktop.channels.reading import open_orders, parse_orders
from oms_desktop.errors import InputError


@pytest.mark.parametrize(
    ("data", "code", "told"),
    [
        (b"", "input.empty", "x.json is empty"),
        (b"\xef\xbb\xbf \n", "input.empty", "x.json is empty"),
        (b'{"orders":\n [}', "input.not_json", "line 2, column 3"),
        (b"sku,name\n", "input.not_orders", "its columns are sku, name."),
        (b"SKU,Name,Weight g,colour\n", "input.not_orders", "colour. A list of products is brought by `oms-"),
        (b"sku,location,lot\n", "input.not_orders", "import --kind stock`."),
        (b"badge,name,roles,age\n", "input.not_orders", "import --kind workers`."),
        (b'{"orders": []} x', "input.not_json", "line 1, column 16"),
        ("{\n 'ä".encode("latin-1"), "input.not_json", "line 2, column 2"),
        (b"\x89PNG\r\n\x1a\n\0\0", "input.not_text", "line 2, column 1"),
        (b"PK\x03\x04\x00", "input.not_text", "a ZIP archive, not a text file"),
        (b"ab\x00", "input.not_text", "zero byte in line 1, column 3"),
        ("{}".encode("utf-16"), "input.not_orders", "without the fields of an order"),
        (b"[" * 200_000, "input.not_json", "nested too deep"),
        (b"{}", "input.not_orders", "one object without the fields of an order"),
        (b"[]", "input.not_orders", "a list without orders"),
        (b"12", "input.columns", "one column only, “12”"),
        (b'{"products": [{"title": "Mug"}]}', "input.not_orders", "without the fields"),
        (b'{"orders": [1, "two", null]}', "input.not_orders", "nothing that is an order"),
    ],
)
def test_what_holds_no_orders_is_refused_whole(data: bytes, code: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_orders(data, name="x.json")
    assert caught.value.code == code
    assert "x.json" in caught.value.text
    assert told in caught.value.text


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "orders.json"
    path.write_bytes(b'\xef\xbb\xbf{"order": {"name": "#1"}}')
    assert [order.draft.number for order in open_orders(path).orders] == ["#1"]


def test_an_empty_export_has_no_orders() -> None:
    assert parse_orders(b'{"orders": []}', name="x").read == 0


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(InputError, match="cannot be read") as caught:
            open_orders(path)
        assert caught.value.code == "input.unreadable"
        assert str(path) in caught.value.text


def test_an_unknown_channel_is_told_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="Known are auto, shopify") as caught:
        parse_orders(b'{"order": {}}', name="x", channel="fax")
    assert caught.value.code == "input.unknown_channel"


def test_a_named_channel_reads_what_it_knows_and_refuses_the_rest() -> None:
    assert parse_orders(b'{"order": {}}', name="x", channel="shopify").read == 1
    with pytest.raises(InputError, match="nothing that is a Shopify order"):
        parse_orders(b'{"id": 7, "billing": {}, "line_items": []}', name="x", channel="shopify")
    other = b'{"orders": [{"name": "#1", "financial_status": "paid", "line_items": []}]}'
    with pytest.raises(InputError, match="nothing that is a WooCommerce order: it has a Shopify order"):
        parse_orders(other, name="x", channel="woocommerce")
