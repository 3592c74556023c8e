"""Encodings told apart or refused, and texts of any script that come through every format unchanged."""

import csv
import io
import json
from pathlib import Path

import pytest

from oms_desktop.channels.reading import open_orders, parse_orders
from oms_desktop.channels.text import text_bytes
from oms_desktop.errors import InputError
from tests.channels.shop import line, order

TEXT = "number,sku,quantity,name,city\n1,A,1,Zoë Exemplaire,Köln\n"
MANY = "محمد العربي · สมชาย ใจดี · 👩🏽‍🔧 · é (e\u0301) · नमस्ते · 山田太郎"
SAMPLES = Path(__file__).parents[2] / "resources" / "samples"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "UTF-8"),
        (TEXT.encode("utf-8-sig"), "UTF-8"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("utf-16-le"), "UTF-16"),
        (TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("cp1252"), "Windows-1252"),
        (TEXT.replace("ë", "’s „Größe“ – 5 €").encode("cp1252"), "Windows-1252"),
    ],
)
def test_encodings_are_told_apart(data: bytes, encoding: str) -> None:
    file = parse_orders(data, name="x.csv")
    (read,) = file.orders
    assert file.encoding == encoding
    assert read.draft.number == "1"
    assert read.draft.ship_to is not None
    assert read.draft.ship_to.city == "Köln"


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (
            TEXT.encode() + b"2,B,1,caf\xc3",
            "neither UTF-8 nor Windows-1252 text: a wrong byte in line 3, column 10",
        ),
        (b"a\r\nb\x81c", "neither UTF-8 nor Windows-1252 text: a wrong byte in line 2, column 2"),
        (b"caf\xe9\r\rx\x07", "neither UTF-8 nor Windows-1252 text: a wrong byte in line 3, column 2"),
        ("Иванов".encode("cp1251"), "neither UTF-8 nor Windows-1252 text: a wrong byte in line 1, column 1"),
        (b"M\x84nchen", "neither UTF-8 nor Windows-1252 text: a wrong byte in line 1, column 2"),
        (b"a,b\n1\0,2", "not a text file: a zero byte in line 2, column 2"),
        ("a,b\n".encode("utf-16") + b"x", "not UTF-16 text: a wrong byte in line 2, column 1"),
        (b"x" * 200_000 + b"\n\xc3\xa9\xc3\xa9\xff", "a wrong byte in line 2, column 3"),
    ],
)
def test_one_wrong_byte_refuses_the_file_by_line_and_column(data: bytes, place: str) -> None:
    with pytest.raises(InputError) as caught:
        text_bytes(data, "x.csv")
    assert caught.value.code == "input.not_text"
    assert place in caught.value.text


def test_letters_cut_by_a_block_are_whole() -> None:
    for before in range(4):
        data = b"a" * (131_070 + before) + "é😀é".encode() + b"\r\n" + b"b" * 131_069 + b"\r\n"
        assert text_bytes(data, "x").encoding == "UTF-8"
        western = b"a" * (131_070 + before) + b"\xe9t\xe9\r\n"
        assert text_bytes(western, "x").encoding == "Windows-1252"


def own_csv() -> bytes:
    out = io.StringIO()
    head = ["number", "sku", "quantity", "name", "address1", "city", "country", "note", "title"]
    csv.writer(out).writerows([head, ["1", "A", "1", MANY, MANY, MANY, "TH", MANY, MANY]])
    return out.getvalue().encode()


def shopify_csv() -> bytes:
    with (SAMPLES / "shopify_export.csv").open(encoding="utf-8", newline="") as sample:
        row = next(csv.DictReader(sample))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(row))
    writer.writeheader()
    names = ("Shipping Name", "Shipping Address1", "Shipping City", "Notes", "Lineitem name")
    writer.writerow({**row, **dict.fromkeys(names, MANY)})
    return out.getvalue().encode()


def shopify_json() -> bytes:
    to = {"name": MANY, "address1": MANY, "city": MANY, "country_code": "TH"}
    told = order(shipping_address=to, note=MANY, line_items=[line(title=MANY)])
    return json.dumps(told, ensure_ascii=False).encode("utf-16")


def woocommerce() -> bytes:
    (sample, *_) = json.loads((SAMPLES / "woocommerce.json").read_text("utf-8"))
    to = {**sample["shipping"], "first_name": MANY, "last_name": "", "address_1": MANY, "city": MANY}
    goods = [{**sample["line_items"][0], "name": MANY}]
    return json.dumps({**sample, "shipping": to, "customer_note": MANY, "line_items": goods}).encode()


def own_json() -> bytes:
    to = {"name": MANY, "address1": MANY, "city": MANY, "country": "TH"}
    lines = [{"sku": "A", "quantity": 1, "title": MANY}]
    return json.dumps({"number": "1", "ship_to": to, "note": MANY, "lines": lines}).encode()


@pytest.mark.parametrize("written", [own_csv(), shopify_csv(), shopify_json(), woocommerce(), own_json()])
def test_any_script_comes_through_unchanged(written: bytes, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(written)
    (read,) = open_orders(tmp_path / "x").orders
    to = read.draft.ship_to
    assert to is not None
    assert {to.name, to.address1, to.city, read.draft.note, read.draft.lines[0].title} == {MANY}
