"""Large files: no more in memory than an order, broken ones refused whole, and no entry without bounds."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from oms_desktop.channels import json_entries
from oms_desktop.channels.reading import open_orders, parse_orders
from oms_desktop.errors import InputError
from tests.channels.shop import line, order

MB = 2**20
# What `getrusage` tells may be the memory of the process that has started this one.
READER = """
import re, sys
from pathlib import Path
from oms_desktop.channels.reading import open_orders, parse_orders
parse_orders(b'number,sku,quantity\\n1,A,1\\n', name='x').whole
parse_orders(b'{"order": {"name": "#1", "currency": "EUR"}}', name='x').whole
def most():
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
before = most()
file = open_orders(Path(sys.argv[1]))
count, at = 0, 0
for entry in file.entries():
    assert at <= entry.at <= file.size, (at, entry.at)
    count, at = count + 1, entry.at
assert at == file.size
print(count, most() - before)
"""


def shopify_json(path: Path, size: int) -> int:
    """Write a file of about this many bytes; returns how many orders are in it."""
    one = json.dumps(order(line_items=[line(id=at, title="x" * 80) for at in range(20)]))
    count = size // len(one)
    path.write_text('{"orders": [' + ",\n".join([one] * count) + "]}", encoding="utf-8")
    return count


def own_csv(path: Path, size: int) -> int:
    """Write a file of about this many bytes; returns how many orders are in it."""
    count = size // 640
    with path.open("w", encoding="cp1252") as file:
        file.write("number;sku;quantity;price;name;address1;city;country;email;note\n")
        for number in range(count):
            for sku in "ABCD":
                file.write(
                    f"{number};{sku};2;1.234,50;Zoë Exemplaire;Rue {'x' * 60};Köln;DE;z@example.com;ä\n"
                )
    return count


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of a process is read from /proc")
@pytest.mark.parametrize("write", [shopify_json, own_csv])
@pytest.mark.parametrize(
    ("size", "bound"), [(8 * MB, 4 * MB), pytest.param(50 * MB, 12 * MB, marks=pytest.mark.soak)]
)
def test_a_large_file_is_read_in_bounded_memory(
    write: Callable[[Path, int], int], size: int, bound: int, tmp_path: Path
) -> None:
    path = tmp_path / "large"
    count = write(path, size)
    command = [sys.executable, "-c", READER, str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    read, kilobytes = map(int, ran.stdout.split())
    assert read == count
    assert kilobytes * 1024 < bound


def test_a_file_that_breaks_at_its_end_is_refused_before_anything_comes(tmp_path: Path) -> None:
    path = tmp_path / "half.json"
    shopify_json(path, MB)
    path.write_bytes(path.read_bytes()[:-3000])
    lines = path.read_bytes().count(b"\n") + 1
    with pytest.raises(InputError, match=f"half.json is not JSON: .* in line {lines}, column ") as caught:
        open_orders(path)
    assert caught.value.code == "input.not_json"


def test_an_order_of_ten_thousand_lines_is_one_order(tmp_path: Path) -> None:
    (read,) = parse_orders(
        json.dumps(order(line_items=[line(id=at) for at in range(10_000)])).encode(), name="x"
    ).orders
    assert (len(read.draft.lines), read.outcome) == (10_000, None)
    text = "number,sku,quantity\n" + "1,A,2\n" * 10_000
    (read,) = parse_orders(text.encode(), name="x").orders
    assert len(read.draft.lines) == 10_000


def test_ten_megabytes_in_one_line() -> None:
    long = json.dumps(order(note="x" * 10 * MB))
    (read,) = parse_orders(long.encode(), name="x").orders
    assert len(read.draft.note) == 10 * MB
    with pytest.raises(InputError) as caught:
        parse_orders(b"number,sku,quantity\n1,A,2\n2," + b"x" * 10 * MB + b",1\n", name="x.csv")
    assert str(caught.value) == ("x.csv has more than 4 MB in line 3. No row is so long. [input.too_large]")


def test_an_entry_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_entries, "LARGEST", MB)
    text = json.dumps({"orders": [order(), order(note="x" * 3 * MB)]}, indent=1)
    with pytest.raises(InputError, match="holds an entry of more than 1 MB, from line ") as caught:
        parse_orders(text.encode(), name="x.json")
    assert caught.value.code == "input.too_large"


def test_entries_read_alike_wherever_a_block_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [order(name=f"#{at}", note="é" * at, total_price=12.5 + at) for at in range(40)]
    for text in (json.dumps({"a": 12.5, "orders": told}), json.dumps(told), json.dumps(told, indent=1)):
        whole = parse_orders(text.encode(), name="x").orders
        for block in (1, 7, 64, 1000):
            monkeypatch.setattr(json_entries, "BLOCK", block)
            assert parse_orders(text.encode(), name="x").orders == whole
        monkeypatch.undo()
    assert {read.outcome for read in whole} == {None}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"orders":\r\n [{"name": "a"},\r\n  {"name": tru}]}', "line 3, column 12"),
        ('{"orders": [{}], "orders": [{}]}', 'A second "orders" in line 1, column 28'),
        ('{"orders": [{},]}', "Expecting value in line 1, column 16"),
        ('{"orders": [{} {}]}', "Expecting ',' in line 1, column 16"),
        ('{"orders": [{}]', "it ends too early in line 1, column 16"),
        ('{"orders": [{"a": "b', "it ends within a text that begins in line 1, column 19"),
        ('{"orders": [{"a": 1, ', "it ends too early in line 1, column 22"),
        ('{"orders": [{"a": 1}], ', "it ends too early in line 1, column 24"),
        ("{orders: []}", "Expecting property name enclosed in double quotes in line 1, column 2"),
    ],
)
def test_json_that_is_broken_is_named_by_place(text: str, place: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_orders(text.encode(), name="x.json")
    assert place in caught.value.text
