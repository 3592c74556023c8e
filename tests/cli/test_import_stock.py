"""`import --kind stock`: goods with lots and serials and their levels, never twice, each bad cell named."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from oms_desktop.app import stock_list, stock_rows
from oms_desktop.db import connect
from oms_desktop.models import (
    Alert,
    Condition,
    Location,
    Lot,
    OrderLine,
    Product,
    Serial,
    Stock,
    StockMove,
    Threshold,
)
from oms_desktop.settings import resource
from tests.cli.conftest import Run
from tests.cli.shell import Ran, order, rows, write_orders
from tests.cli.shell import run as run_alone

HEADER = "sku,location,quantity,lot,expires_on,serials,condition,reference,minimum,reorder_at,fill_to"
TABLES = (Stock, StockMove, Lot, Serial, Threshold, Alert)


def bring_samples(run: Run, *kinds: str) -> None:
    for kind in kinds:
        assert run("import", "--kind", kind, resource(f"samples/{kind}.csv")).code == 0


def write(folder: Path, *lines: str) -> Path:
    file = folder / "stock.csv"
    file.write_text("\n".join((HEADER, *lines)) + "\n", "utf-8")
    return file


def bring(run: Run, folder: Path, *lines: str) -> Ran:
    return run("import", "--kind", "stock", write(folder, *lines), "--json")


def counts(ran: Ran) -> tuple[int, ...]:
    return tuple(ran.json[name] for name in ("read", "taken", "duplicate", "refused"))


def on_hand(address: str) -> dict[tuple[str, str, str], int]:
    """Units by SKU, location and lot, the good ones."""
    database = connect(address)
    found = (
        select(Product.sku, Location.code, Stock.lot, Stock.on_hand)
        .join(Product, Product.id == Stock.product_id)
        .join(Location, Location.id == Stock.location_id)
        .where(Stock.condition == Condition.GOOD)
    )
    with database.reading() as session:
        units = {(sku, code, lot): number for sku, code, lot, number in session.execute(found)}
    database.close()
    return units


def test_the_samples_on_a_new_database_and_once_more(empty: str, tmp_path: Path) -> None:
    def run(*arguments: object) -> Ran:
        return run_alone("--database", empty, "--data-dir", tmp_path / "data", *arguments)

    bring_samples(run, "locations", "products")

    first = run("import", "--kind", "stock", resource("samples/stock.csv"), "--json")
    before = rows(empty, *TABLES)
    second = run("import", "--kind", "stock", resource("samples/stock.csv"), "--json")

    assert (first.code, counts(first), first.json["problems"]) == (0, (6, 6, 0, 0), [])
    assert (second.code, counts(second), second.json["problems"]) == (0, (6, 0, 6, 0), [])
    assert rows(empty, *TABLES) == before == [6, 7, 2, 2, 3, 1]
    assert on_hand(empty)["OAT-0500", "R-01-01", "L-2602"] == 96
    (low,) = run("stock", "alerts", "--json").json
    assert (low["location"], low["sku"], low["level"]) == ("A-01-01-B1", "CUP-0250", "minimum")
    assert run("check").code == 0


def test_a_list_brought_twice_at_once_is_booked_once(
    run: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_samples(run, "locations", "products")
    lines = ("CUP-0250,A-01-01-A1,50,,,,,DN-7,,,", "CUP-0250,A-01-01-B1,5,,,,,,,,")
    judge = stock_rows.judge_stock
    first: list[Ran] = []

    def meanwhile(*given: Any) -> stock_rows.JudgedStock:
        judged = judge(*given)
        monkeypatch.setattr(stock_list, "judge_stock", judge)
        first.append(bring(run, tmp_path, *lines))
        return judged

    monkeypatch.setattr(stock_list, "judge_stock", meanwhile)
    second = bring(run, tmp_path, *lines)

    assert [(ran.json["taken"], ran.json["duplicate"]) for ran in (*first, second)] == [(2, 0), (0, 2)]
    assert rows(f"sqlite:///{file}", StockMove) == [2]


def test_goods_that_were_picked_since_do_not_come_back(run: Run, file: Path, tmp_path: Path) -> None:
    bring_samples(run, "locations", "products")
    lines = ("CUP-0250,A-01-01-B1,8,,,,,,,,", "OAT-0500,A-01-01-A1,3,L1,,,,DN-1,,,")
    bring(run, tmp_path, *lines)
    run("stock", "adjust", "CUP-0250", "A-01-01-B1", "-8", "--reason", "fell")
    run("stock", "adjust", "OAT-0500", "A-01-01-A1", "-1", "--lot", "L1", "--reason", "fell")

    again = bring(run, tmp_path, *lines)

    assert counts(again) == (2, 0, 2, 0)
    units = on_hand(f"sqlite:///{file}")
    assert (units["CUP-0250", "A-01-01-B1", ""], units["OAT-0500", "A-01-01-A1", "L1"]) == (0, 2)


def test_a_further_delivery_has_its_own_paper(run: Run, file: Path, tmp_path: Path) -> None:
    bring_samples(run, "locations", "products")
    bring(run, tmp_path, "CUP-0250,A-01-01-B1,8,,,,,DN-1,,,")

    ran = bring(
        run,
        tmp_path,
        "CUP-0250,A-01-01-B1,8,,,,,DN-1,,,",
        "CUP-0250,A-01-01-B1,5,,,,,DN-2,,,",
        "CUP-0250,A-01-01-B1,5,,,,,DN-2,,,",
        "CUP-0250,A-01-01-B1,99,,,,,,,,",
        "CUP-0250,R-01-01,0,,,,,,,,",
    )

    assert counts(ran) == (5, 1, 4, 0)
    assert on_hand(f"sqlite:///{file}")["CUP-0250", "A-01-01-B1", ""] == 13


def test_levels_change_and_end_without_goods(run: Run, file: Path, tmp_path: Path) -> None:
    bring_samples(run, "locations", "products", "stock")

    changed = bring(run, tmp_path, "CUP-0250,A-01-01-B1,,,,,,,2,4,60", "OAT-0500,A-01-01-A1,0,,,,,,0,0,0")
    again = bring(run, tmp_path, "CUP-0250,A-01-01-B1,,,,,,,2,4,60", "OAT-0500,A-01-01-A1,0,,,,,,0,0,0")

    assert (counts(changed), counts(again)) == ((2, 2, 0, 0), (2, 0, 2, 0))
    assert run("stock", "alerts", "--json").json == []
    assert rows(f"sqlite:///{file}", Threshold) == [2]


def test_who_waits_is_served(run: Run, file: Path, tmp_path: Path) -> None:
    bring_samples(run, "locations", "products")
    line = {"sku": "CUP-0250", "quantity": 2, "price": "3.00"}
    run("import", write_orders(tmp_path / "o.json", order("#1", line_items=[line])))

    assert bring(run, tmp_path, "CUP-0250,A-01-01-B1,8,,,,,,,,").code == 0

    database = connect(f"sqlite:///{file}")
    with database.reading() as session:
        waiting = session.scalars(select(OrderLine)).one()
        assert (waiting.open, waiting.allocated) == (0, 2)
    database.close()


BAD = (
    ("NOBODY,A-01-01-A1,1,,,,,,,,", "unknown product", "sku", "NOBODY"),
    ("CUP-0250,Z-9,1,,,,,,,,", "unknown location", "location", "Z-9"),
    ("CUP-0250,T-01,1,,,,,,,,", "not a shelf", "location", "T-01"),
    ("SET-0001,A-01-01-A1,1,,,,,,,,", "kit has no stock", "sku", "SET-0001"),
    ("CUP-0250,A-01-01-A1,1000000000,,,,,,,,", "bad quantity", "quantity", "1000000000"),
    ("CUP-0250,A-01-01-A1,1e9,,,,,,,,", "not a whole number", "quantity", "1e9"),
    ("OAT-0500,A-01-01-A1,1,,,,,,,,", "value missing", "lot", ""),
    ("CUP-0250,A-01-01-A1,1,,2027-01-01,,,,,,", "value missing", "lot", ""),
    ("CUP-0250,A-01-01-A1,1,L,31.03.2027,,,,,,", "not a date", "expires_on", "31.03.2027"),
    ("OAT-0500,A-01-01-B1,1,L-2601,2027-01-01,,,,,,", "expiry disagrees", "expires_on", "2027-01-01"),
    ("OAT-0500,A-01-01-B1,1,L-GOOD,2028-01-01,,,,,,", "expiry disagrees", "expires_on", "2028-01-01"),
    ("LMP-0040,A-01-02-A1,2,,,S1,,,,,", "serials unfit", "serials", "S1"),
    ("CUP-0250,A-01-02-A1,1,,,S1,,,,,", "serials unfit", "serials", "S1"),
    ("LMP-0040,A-01-02-A1,2,,,S1 S1,,,,,", "serial taken", "serials", "S1"),
    ("LMP-0040,A-01-01-A1,1,,,LMP40-000181,,,,,", "serial taken", "serials", "LMP40-000181"),
    ("OAT-0500,A-01-02-A1,2,L-GOOD,,,,DN-1,,,", "place twice", "location", "A-01-02-A1"),
    ("OAT-0500,A-01-02-A1,,,,,,,1,2,9", "rows disagree", "fill_to", "9"),
    ("CUP-0250,A-01-02-A1,1,,,,,,4,2,9", "levels not in order", "reorder_at", "4, 2, 9"),
    ("CUP-0250,A-01-02-A1,1,,,,mint,,,,", "not a condition", "condition", "mint"),
)
"""Rows beside the samples and `GOOD`, each with what is told of it: problem, field and value."""

GOOD = "OAT-0500,A-01-02-A1,1,L-GOOD,2027-01-01,,,DN-1,3,4,8"


def test_bad_rows_are_named_by_column_and_the_good_one_comes(run: Run, tmp_path: Path) -> None:
    bring_samples(run, "locations", "products", "stock")

    ran = bring(run, tmp_path, GOOD, *(line for line, *_told in BAD))

    assert (ran.code, counts(ran)) == (3, (len(BAD) + 1, 1, 0, len(BAD)))
    names = ("where", "problem", "field", "value", "outcome")
    assert [tuple(found[name] for name in names) for found in ran.json["problems"]] == [
        (f"row {number}", *told, "refused") for number, (_line, *told) in enumerate(BAD, start=3)
    ]
    assert run("check").code == 0


def test_a_list_without_its_columns_writes_nothing(run: Run, file: Path, tmp_path: Path) -> None:
    (tmp_path / "stock.csv").write_text("sku,quantity\nCUP-0250,1\n", "utf-8")

    ran = run("import", "--kind", "stock", tmp_path / "stock.csv")

    assert (ran.code, file.exists()) == (2, False)
    assert ran.sentence.endswith(
        "stock.csv lacks the column location in its first row, which has sku, quantity. [input.columns]"
    )


def test_goods_that_will_never_be_promised_are_told(run: Run, file: Path, tmp_path: Path) -> None:
    bring_samples(run, "locations", "products")
    lines = (
        "OAT-0500,A-01-01-A1,5,L-OLD,2020-01-31,,,DN-1,,,",
        "OAT-0500,R-01-01,7,L-OLD,,,,DN-1,,,",
        "OAT-0500,R-01-01,7,L-NEW,2999-01-31,,,DN-1,,,",
    )

    ran = bring(run, tmp_path, *lines)
    again = bring(run, tmp_path, *lines)
    more = run("import", "--kind", "stock", write(tmp_path, "OAT-0500,A-01-02-A1,1,L-OLD,,,,DN-2,,,"))

    why = "Lot L-OLD expired on 2020-01-31: it will never be promised."
    assert (ran.code, counts(ran), ran.json["problems"]) == (0, (3, 3, 0, 0), [])
    assert [(note["where"], note["order"], note["value"], note["text"]) for note in ran.json["notes"]] == [
        ("row 2", "OAT-0500", "2020-01-31", why),
        ("row 3", "OAT-0500", "2020-01-31", why),
    ]
    assert (counts(again), "notes" in again.json) == ((3, 0, 3, 0), False)
    assert more.out.splitlines() == [
        "1 row read: 1 taken, 0 held, 0 known already, 0 refused.",
        f"{tmp_path / 'stock.csv'}:",
        f"  note: OAT-0500 at row 2: {why}",
    ]
