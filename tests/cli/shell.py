"""The command line called as a script calls it, and what it answered."""

import io
import json
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from oms_desktop.cli import main
from oms_desktop.db import connect
from oms_desktop.models import Base
from oms_desktop.settings import resource

ORDERS = resource("demo/orders_shopify.json")
PRODUCTS = resource("demo/products.csv")
HEADER = "sku,name,gtin,weight_g,length_mm,width_mm,height_mm,location,quantity"


@dataclass(frozen=True)
class Ran:
    """Exit code and what was written to the two outputs."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which is exactly one JSON value on one line."""
        (line,) = self.out.splitlines()
        return json.loads(line)

    @property
    def sentence(self) -> str:
        """The one line of standard error of a command that wrote nothing else."""
        assert self.out == ""
        (line,) = self.err.splitlines()
        return line


def run(*arguments: object) -> Ran:
    """Run a command line in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as left:
            code = int(left.code or 0)
    assert "Traceback" not in err.getvalue()
    return Ran(code, out.getvalue(), err.getvalue())


def program(*arguments: object) -> list[str]:
    """The command line of the program as a process of its own."""
    return [sys.executable, "-m", "oms_desktop", *(str(argument) for argument in arguments)]


def rows(address: str, *tables: type[Base]) -> list[int]:
    """How many rows tables have."""
    database = connect(address)
    try:
        with database.reading() as session:
            return [session.scalars(select(func.count()).select_from(table)).one() for table in tables]
    finally:
        database.close()


def order(number: str, **changes: object) -> dict[str, object]:
    """A paid Shopify order of one mug of the demo's."""
    values: dict[str, object] = {
        "id": 9_000_000_000 + int(number.strip("#")),
        "name": number,
        "currency": "EUR",
        "total_price": "14.90",
        "financial_status": "paid",
        "email": f"zoe.{number.strip('#')}@example.com",
        "shipping_address": {
            "name": "Zoë Exemplaire",
            "address1": "1 rue du Modèle",
            "zip": "35000",
            "city": "Rennes",
            "country_code": "FR",
        },
        "line_items": [{"id": 1, "sku": "MUG-0350-GN", "title": "Mug", "quantity": 1, "price": "14.90"}],
    }
    return {**values, **changes}


def write_orders(file: Path, *orders: Mapping[str, object]) -> Path:
    """Write a file as a shop exports it."""
    file.write_text(json.dumps({"orders": orders}), encoding="utf-8")
    return file


def write_products(file: Path, *lines: str) -> Path:
    """Write a product list with the header."""
    file.write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf-8")
    return file
