"""Bad input through the command line: file, place, column, value and what is expected; and what is in."""

import json
from pathlib import Path

import pytest

from oms_desktop.models import Order
from tests.cli.conftest import Run
from tests.cli.shell import order, rows

HEAD = "number;sku;quantity;price;placed;currency;name;address1;city;postal_code;country;email"
TO = "Mira Musterling;Probeplatz 4;Leipzig;04109;DE"

BAD = (
    ("=2+3;9,90;2026-03-04;EUR", "refused", "quantity: =2+3", "a whole number from 1 to 1000000"),
    ("1e9;9,90;2026-03-04;EUR", "refused", "quantity: 1e9", "a whole number from 1 to 1000000"),
    ("1000000000;9,90;2026-03-04;EUR", "refused", "quantity: 1000000000", "from 1 to 1000000"),
    ("1;=SUM(A1:A9);2026-03-04;EUR", "refused", "price: =SUM(A1:A9)", "a number, zero or more"),
    (";9,90;2026-03-04;EUR", "refused", "quantity", "a whole number from 1 to 1000000"),
    ("1;NaN;2026-03-04;EUR", "refused", "price: NaN", "a number, zero or more"),
    ("1;twelve;2026-03-04;EUR", "refused", "price: twelve", "a number, zero or more"),
    ("1;9,90;03/04/2026;EUR", "held", "placed: 03/04/2026", "a date like 2027-03-31 is expected"),
    ("1;9,90;31.02.2026;EUR", "held", "placed: 31.02.2026", "A date like 2027-03-31 is expected"),
    ("1;9,90;2026-03-04;XYZ", "held", "currency: XYZ", "a code of ISO 4217, such as EUR"),
)
"""Quantity, price, day and currency of a row, and what is told of it."""

GOOD = ("1;1.234,56;2026-03-04;EUR", "2;1 234,56;04.03.2026;EUR", "3;1234,56;4.3.2026 12:30;EUR")


def table(file: Path, *cells: str) -> Path:
    told = [f"{at};MUG-0350-GN;{cell};{TO};m{at}@example.com" for at, cell in enumerate(cells, start=2)]
    file.write_text("\n".join((HEAD, *told)) + "\n", "utf-8")
    return file


def test_every_bad_cell_is_named_and_the_good_orders_are_in(run: Run, demo: str, tmp_path: Path) -> None:
    file = table(tmp_path / "bad.csv", *(cells for cells, *_told in BAD), *GOOD)

    ran = run("import", file)

    first, name, *told = ran.out.splitlines()
    assert (ran.code, first) == (3, "13 orders read: 3 taken, 3 held, 0 known already, 7 refused.")
    assert (name, len(told)) == (f"{file}:", len(BAD))
    for line, (number, (_cells, fate, value, expected)) in zip(told, enumerate(BAD, start=2), strict=True):
        assert line.startswith(f"  {fate}: {number} at row {number}: ")
        assert line.endswith(f" ({value})")
        assert expected in line
    assert rows(demo, Order) == [6]
    assert run("check").code == 0


def test_a_number_of_two_readings_is_refused_by_name(run: Run, demo: str, tmp_path: Path) -> None:
    file = table(tmp_path / "bad.csv", "1;1,234;2026-03-04;EUR")

    ran = run("import", file)

    assert ran.code == 3
    assert ran.out.splitlines()[1:] == [
        f"{file}:",
        "  refused: 2 at row 2: The mark may part thousands or decimals; 1234.00 or 1.23 is expected."
        " (price: 1,234)",
    ]


def half(text: bytes) -> bytes:
    return text[: len(text) * 2 // 3]


CSV = f"{HEAD}\n2;MUG-0350-GN;{GOOD[0]};{TO};m@example.com\n".encode()
JSON = json.dumps({"orders": [order("#1"), order("#2")]}, indent=1).encode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty. [input.empty]"),
        (half(CSV), "columns) in line 2, column "),
        (half(JSON), "is not JSON: "),
        (
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)),
            "is neither UTF-8 nor Windows-1252 text: a wrong byte in line 2, column 1",
        ),
        (CSV.replace(b";", b":"), "comma, semicolon, tab or | is expected between the columns"),
        (CSV.replace(b"placed", b"price", 1), "has more than one column price"),
        (CSV.replace(b"MUG", b"x" * 10 * 2**20), "has more than 4 MB in line 2"),
        (
            b"PK\x03\x04\x14\0\x06\0" + bytes(100),
            "is a workbook (xlsx, ods) or a ZIP archive",
        ),
        (CSV.splitlines(keepends=True)[0], "no row is below its header. [input.not_orders]"),
        (CSV.replace(b";MUG", b';"MUG'), "a quote that is never closed in line 2, column 3"),
    ],
    ids=[
        "empty",
        "half csv",
        "half json",
        "binary",
        "delimiter",
        "header twice",
        "10 MB line",
        "workbook",
        "header only",
        "quote",
    ],
)
def test_a_file_that_cannot_be_used_is_named_and_nothing_is_in(
    run: Run, demo: str, tmp_path: Path, content: bytes, words: str
) -> None:
    file = tmp_path / "bad.dat"
    file.write_bytes(content)

    ran = run("import", file, "--json")

    assert ran.code == 2
    assert ran.sentence.startswith(str(file))
    assert words in ran.sentence
    assert rows(demo, Order) == [0]


def test_an_order_of_ten_thousand_lines_comes_whole(run: Run, demo: str, tmp_path: Path) -> None:
    head, _, line = CSV.decode().strip().partition("\n")
    file = tmp_path / "long.csv"
    file.write_text("\n".join((head, *[line] * 10_000)) + "\n", "utf-8")

    ran = run("import", file, "--json")

    assert (ran.code, ran.json["read"], ran.json["taken"]) == (0, 1, 1)
    assert run("check").code == 0
