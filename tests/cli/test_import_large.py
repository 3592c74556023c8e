"""50 MB of orders through the whole program, in bounded memory."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from oms_desktop.models import Order
from tests.cli.shell import order, rows

SIZE = 50 * 2**20
MOST = 160 * 2**20
"""Bytes that a program needs at most; it has some 70 MB before the first order."""

# What `getrusage` tells may be the memory of the process that has started this one.
MEASURED = """
import re, sys
from pathlib import Path
from oms_desktop.cli import main
code = main(sys.argv[1:])
print(code, re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
"""
EXPORT = (
    "Name,Email,Financial Status,Total,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,"
    "Shipping Name,Shipping Street,Shipping City,Shipping Zip,Shipping Country,Notes"
)


def shopify_json(path: Path) -> int:
    """Write a file of this size as the shop's API does; returns how many orders are in it."""
    line = {"sku": "MUG-0350-GN", "title": "Mug " + "x" * 200, "quantity": 1, "price": "14.90"}
    one = len(json.dumps(order("#10000", line_items=[line] * 20)))
    count = SIZE // one + 1
    with path.open("w", encoding="utf-8") as file:
        file.write('{"orders": [')
        for number in range(count):
            told = json.dumps(order(f"#{number + 10_000}", line_items=[line] * 20))
            file.write(f"{',' if number else ''}{told}\n")
        file.write("]}")
    return count


def shopify_csv(path: Path) -> int:
    """Write a file of this size as the shop's export; returns how many orders are in it."""
    to = "Mira Musterling,Probeplatz 4,Leipzig,'04109,DE"
    count = SIZE // 10_400 + 1
    with path.open("w", encoding="utf-8") as file:
        file.write(EXPORT + "\n")
        for number in range(count):
            first = f"#{number},m{number}@example.com,paid,99.90"
            file.write(f'{first},1,Mug {"x" * 440},9.90,MUG-0350-GN,{to},"Ring twice,\nthen leave it"\n')
            for _line in range(19):
                file.write(f"#{number},,,,1,Mug {'x' * 480},9.90,MUG-0350-GN,,,,,,\n")
    return count


@pytest.mark.soak
@pytest.mark.skipif(sys.platform != "linux", reason="the memory of a process is read from /proc")
@pytest.mark.parametrize("write", [shopify_json, shopify_csv])
def test_fifty_megabytes_come_in_bounded_memory(
    write: Callable[[Path], int], demo: str, file: Path, tmp_path: Path
) -> None:
    path = tmp_path / "large"
    count = write(path)
    assert path.stat().st_size >= SIZE

    command = [sys.executable, "-c", MEASURED, "import", str(path), "--json", "--data-dir", str(file.parent)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)

    report, last = ran.stdout.splitlines()
    code, kilobytes = map(int, last.split())
    assert (code, json.loads(report)["taken"]) == (0, count)
    assert rows(demo, Order) == [count]
    assert kilobytes * 1024 < MOST, kilobytes
