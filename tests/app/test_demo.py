"""The demo from file to label: what it makes, what it reports, and what it says when nothing can be done."""

import json
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from oms_desktop.app import opening, site
from oms_desktop.app.demo import play
from oms_desktop.app.wishes import Played, Wish
from oms_desktop.db import connect
from oms_desktop.documents.reading import codes_on
from oms_desktop.models import Fulfillment, JournalEntry, Label, Order, Parcel
from oms_desktop.settings import Settings
from oms_desktop.ui.main_window import MainWindow
from tests.cli.shell import order, write_orders, write_products

SIZES = {(1920, 1080), (1366, 768)}
PLACES = {"sign_in", "queue", "pick", "pack", "ship"}


def report_of(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / "report.json").read_text("utf-8"))
    return loaded


def parcels_of(folder: Path) -> list[tuple[str, str | None, str]]:
    """Order, SSCC and tracking of each parcel, as the database has them."""
    database = connect(f"sqlite:///{folder / 'oms.sqlite'}")
    with database.reading() as session:
        rows = session.execute(
            select(Order.number, Parcel.sscc, Label.tracking)
            .join(Label, Label.parcel_id == Parcel.id)
            .join(Fulfillment, Fulfillment.id == Parcel.fulfillment_id)
            .join(Order, Order.id == Fulfillment.order_id)
        )
        found = [(number, sscc, tracking) for number, sscc, tracking in rows]
    database.close()
    return sorted(found)


@pytest.fixture(scope="module")
def played(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Played]:
    folder = tmp_path_factory.mktemp("demo") / "out"
    return folder, play(Wish(out=folder, orders=3), Settings())


def test_it_reports_what_the_contract_says(played: tuple[Path, Played]) -> None:
    folder, told = played
    report = report_of(folder)

    assert told.good
    assert list(report) == ["orders", "parcels", "pictures", "documents", "scans", "check"]
    assert (report["orders"], report["check"]) == (3, "sound")
    assert [list(parcel) for parcel in report["parcels"]] == [["order", "sscc", "tracking", "label"]] * 3
    assert len({parcel["order"] for parcel in report["parcels"]}) == 3
    assert sorted(parcels_of(folder)) == sorted(
        (parcel["order"], parcel["sscc"], parcel["tracking"]) for parcel in report["parcels"]
    )
    scans = report["scans"]
    assert scans["count"] > 30
    assert 0 < scans["p50_ms"] <= scans["p99_ms"]
    assert {"oms.sqlite", "report.json", "documents", "pictures"} <= {file.name for file in folder.iterdir()}


def test_every_file_it_names_is_there_and_no_other(played: tuple[Path, Played]) -> None:
    folder, _ = played
    report = report_of(folder)

    for kind in ("pictures", "documents"):
        named = report[kind]
        assert len(named) == len(set(named))
        assert {folder / name for name in named} == set((folder / kind).iterdir())
    assert {parcel["label"] for parcel in report["parcels"]} <= set(report["documents"])


def test_pictures_of_each_place_at_both_sizes_light_and_dark(played: tuple[Path, Played]) -> None:
    folder, _ = played
    seen: dict[str, set[tuple[str, int, int]]] = defaultdict(set)
    for name in report_of(folder)["pictures"]:
        screen, shade, size = Path(name).stem.rsplit("-", 2)
        width, height = map(int, size.split("x"))
        picture = QImage(str(folder / name))
        assert (picture.width(), picture.height()) == (width, height)
        seen[screen].add((shade, width, height))

    assert {screen.split("-")[0] for screen in seen} == PLACES
    for looks in seen.values():
        assert looks == {(shade, *size) for shade in ("light", "dark") for size in SIZES}


def test_each_label_reads_back_to_its_parcel(played: tuple[Path, Played]) -> None:
    folder, _ = played
    for parcel in report_of(folder)["parcels"]:
        codes = codes_on((folder / parcel["label"]).read_bytes())
        assert f"]C100{parcel['sscc']}" in {code.sent for code in codes}


def test_one_scan_was_wrong_and_was_refused(played: tuple[Path, Played]) -> None:
    folder, _ = played
    wrong = {name for name in report_of(folder)["pictures"] if "_wrong-" in name}

    assert {Path(name).stem.rsplit("-", 2)[0] for name in wrong} == {"pick-product_wrong"}
    database = connect(f"sqlite:///{folder / 'oms.sqlite'}")
    with database.reading() as session:
        assert set(session.scalars(select(JournalEntry.result))) == {"done"}
    database.close()


def windows() -> int:
    """How many windows of the program there are, shown or not."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return sum(isinstance(window, MainWindow) for window in QApplication.topLevelWidgets())


def test_the_same_seed_makes_the_same_orders_and_parcels_and_no_window_is_left(
    qapp: QApplication, played: tuple[Path, Played], tmp_path: Path
) -> None:
    before = windows()

    again = play(Wish(out=tmp_path / "out", orders=3), Settings())

    assert again.good
    assert windows() == before
    assert parcels_of(tmp_path / "out") == parcels_of(played[0])


def test_the_warehouse_is_made_quickly(tmp_path: Path) -> None:
    begun = time.perf_counter()
    database = opening.open_database(f"sqlite:///{tmp_path / 'oms.sqlite'}")
    site.make_demo(opening.system_station(database))
    database.close()

    assert time.perf_counter() - begun < 15


def shop_order() -> dict[str, Any]:
    """An order with the structure of a shop's web hook: lines in part delivered, attempts that failed."""
    line = {
        "id": 466_157_049,
        "admin_graphql_api_id": "gid://shop/LineItem/466157049",
        "fulfillable_quantity": 1,
        "fulfillment_service": "manual",
        "fulfillment_status": None,
        "gift_card": False,
        "grams": 200,
        "name": "Travel kettle - 8 dl",
        "price": "199.00",
        "price_set": {"shop_money": {"amount": "199.00", "currency_code": "USD"}},
        "product_exists": True,
        "properties": [{"name": "Engraving", "value": "Front"}],
        "quantity": 1,
        "requires_shipping": True,
        "sku": "KTL-08",
        "title": "Travel kettle",
        "total_discount": "0.00",
        "variant_title": "8 dl",
    }
    failed = {
        "id": 255_858_046,
        "status": "failure",
        "line_items": [{"id": 466_157_049, "quantity": 1}],
        "tracking_number": "1Z0000000000000000",
    }
    changes: dict[str, Any] = {
        "order_number": 1001,
        "financial_status": "authorized",
        "fulfillment_status": None,
        "fulfillments": [failed],
        "note_attributes": [{"name": "colour", "value": "red"}],
        "shipping_lines": [{"code": "Free", "price": "0.00", "title": "Free delivery"}],
        "line_items": [line],
        "refunds": [],
        "total_price": "199.00",
    }
    return {"order": order("#1001", **changes)}


def test_a_strangers_order_becomes_a_label(qapp: QApplication, tmp_path: Path) -> None:
    products = write_products(tmp_path / "p.csv", "KTL-08,Travel kettle,,200,150,150,200,A-01-01-A1,4")
    orders = tmp_path / "o.json"
    orders.write_text(json.dumps(shop_order()), encoding="utf-8")
    out = tmp_path / "out"

    told = play(Wish(out=out, products=products, orders_file=orders), Settings())

    report = report_of(out)
    assert told.good, told.lines
    assert (report["orders"], report["check"]) == (1, "sound")
    (parcel,) = report["parcels"]
    assert parcel["order"] == "#1001"
    assert parcel["sscc"] in {code.sent[-18:] for code in codes_on((out / parcel["label"]).read_bytes())}


def test_when_all_orders_are_held_it_says_why(qapp: QApplication, tmp_path: Path) -> None:
    products = write_products(tmp_path / "p.csv", "KTL-08,Travel kettle,,200,150,150,200,A-01-01-A1,4", "X")
    orders = write_orders(tmp_path / "o.json", order("#1"), order("#2", financial_status="pending"))

    told = play(Wish(out=tmp_path / "out", products=products, orders_file=orders), Settings())

    assert not told.good
    assert told.lines[0].startswith("0 orders taken, 2 held; 0 shipped")
    text = "\n".join(told.lines)
    assert "held: #1 at /orders/0/line_items/0: No product has this SKU" in text
    assert "held: #2 at /orders/1: The order goes when it is paid" in text
    assert "refused: X at row 3: The row has fewer fields" in text
    assert report_of(tmp_path / "out")["orders"] == 0
