"""The demo: a warehouse, a shop's orders, and virtual hands that work them in the real window."""

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from sqlalchemy import func, select

from oms_desktop.app import bringing, opening, screens, site
from oms_desktop.app.demo_data import DEFAULT_SEED, demo_orders, demo_warehouse
from oms_desktop.app.hands import Hands
from oms_desktop.app.house import PLAIN, House
from oms_desktop.app.product_list import store_products
from oms_desktop.app.report import Report
from oms_desktop.app.screens import Screen
from oms_desktop.app.shift import Log, Shift
from oms_desktop.app.wishes import DEMO_ORDERS, Played, Wish
from oms_desktop.app.workstation import Devices, Workstation
from oms_desktop.channels.products import ProductFile, read_products
from oms_desktop.channels.reading import open_orders, parse_orders
from oms_desktop.channels.source import OrderFile
from oms_desktop.db import Database
from oms_desktop.devices.printer import FolderPrinter
from oms_desktop.devices.simulated import PtyScale, PtyScanner
from oms_desktop.drafts import Problem
from oms_desktop.drafts.policy import Policy
from oms_desktop.errors import InputError
from oms_desktop.floor.words import counted
from oms_desktop.floor.workplace import Workplace
from oms_desktop.jobs.printing import PrintJob
from oms_desktop.models import Fulfillment, Label, Order, Packaging, Parcel, ParcelStatus, Product, Status
from oms_desktop.settings import Settings
from oms_desktop.station import Station
from oms_desktop.workflow import books
from oms_desktop.workflow.books import Proof

BADGE, PIN = "B-20407", "4717"
"""The demo's supervisor, who may do everything."""

WATCH_MS = 500
"""Pause between two moves when somebody looks on."""


@dataclass(frozen=True)
class _Worked:
    """What a parcel became, for the report."""

    order: str
    sscc: str
    tracking: str
    label: str


@dataclass(frozen=True)
class _Brought:
    """What became of the products and orders that the shift begins with."""

    products: Report
    orders: Report


def play(wish: Wish, settings: Settings, tell: Callable[[str], None] = lambda _how_far: None) -> Played:
    """Make a warehouse in a new folder, work orders in it, and report; `tell` is told how far it is.

    Raises InputError when the folder is not empty or a file cannot be used; nothing is left behind then.
    """
    products = None if wish.products is None else read_products(wish.products)
    orders = _read_orders(wish)
    folder = _folder(wish.out)
    app = screens.application(headless=wish.headless)
    for name in ("documents", "pictures"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    database = opening.open_database(f"sqlite:///{folder / 'oms.sqlite'}")
    try:
        tell("The warehouse is being made ...")
        warehouse, brought = _bring(database, wish, products, orders)
        tell("The orders are being worked ...")
        screen = screens.build_screen(app, dark=settings.theme == "dark")
        log = _work(database, warehouse, wish, settings, screen, folder, tell)
        tell("The books are being proved ...")
        with database.reading() as session:
            proof = books.prove(session)
        return _report(database, wish, folder, log, proof, brought)
    finally:
        database.close()


def _folder(out: Path | None) -> Path:
    if out is None:
        return Path(tempfile.mkdtemp(prefix="oms-demo-"))
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError("demo.folder", f"{out} is not an empty folder. Name a new one.")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("demo.folder", f"{out} cannot be made: {error.strerror}.") from error
    return out.resolve()


def _seed(wish: Wish) -> int:
    return DEFAULT_SEED if wish.seed is None else wish.seed


def _read_orders(wish: Wish) -> OrderFile:
    """Read the orders to work: the stranger's, or the demo's own as a shop would send them."""
    if wish.orders_file is not None:
        return open_orders(wish.orders_file)
    seed = _seed(wish)
    sent = demo_orders(demo_warehouse(seed), wish.orders or DEMO_ORDERS, seed)
    return parse_orders(sent, name="the demo's orders")


def _bring(
    database: Database, wish: Wish, products: ProductFile | None, orders: OrderFile
) -> tuple[UUID, _Brought]:
    """Make the warehouse and take products and orders in."""
    station = opening.system_station(database)
    made = site.make_demo(station, _seed(wish), goods=products is None)
    rows = Report() if products is None else store_products(station, products)
    name = "demo" if wish.orders_file is None else wish.orders_file.name
    # Two of the demo's orders may be alike by chance; they are to be worked all the same.
    house = PLAIN if wish.orders_file is not None else House(Policy(duplicate_hours=0))
    return made.warehouse, _Brought(rows, bringing.store_orders(station, orders, name, house=house))


def _work(
    database: Database,
    warehouse: UUID,
    wish: Wish,
    settings: Settings,
    screen: Screen,
    folder: Path,
    tell: Callable[[str], None],
) -> Log:
    """Let the hands work until nothing is left."""
    station = Station(database, settings.station)
    badges = site.demo_badges(opening.system_station(database))
    workplace = Workplace(station, warehouse, settings.sscc_prefix, badges)
    job = PrintJob(database, settings.station, FolderPrinter(folder / "documents"))
    hands = Hands(BADGE, PIN, list(demo_warehouse().totes), _some_code(database), wish.orders or 1_000_000)
    with PtyScanner() as scanner, PtyScale() as scale:
        desk = Workstation(workplace, screen, job, Devices(scanner.url, scale.url))
        pause = 0 if wish.headless else WATCH_MS
        shift = Shift(screen, desk, hands, scanner, scale, pictures=folder / "pictures", pause_ms=pause)
        # A loop of its own, the only one: QApplication.quit would end the application for good, and
        # whoever plays the demo in a running program wants to go on.
        loop = QEventLoop()
        shift.labelled.connect(
            lambda labels: tell(f"The orders are being worked: {counted(labels, 'parcel')} packed ...")
        )
        shift.over.connect(loop.quit)
        screens.application().lastWindowClosed.connect(loop.quit)
        screen.window.resize(1920, 1080)
        screen.window.show()
        shift.start()
        loop.exec()
        desk.stop()
        screen.window.close()
        # What the devices have said last is for this window; a running program that goes on would keep it
        # and style it with each of its own windows.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall.value)
        screen.window.deleteLater()
    return shift.log


def _some_code(database: Database) -> str:
    """Return the code of a product for the one scan that goes wrong."""
    with database.reading() as session:
        gtin = session.scalar(select(Packaging.gtin).order_by(Packaging.gtin.desc()).limit(1))
        sku = session.scalar(select(Product.sku).order_by(Product.sku.desc()).limit(1))
    return (gtin or "").removeprefix("0") or sku or ""


def _report(database: Database, wish: Wish, folder: Path, log: Log, proof: Proof, came: _Brought) -> Played:
    """Write report.json and say what was made."""
    brought = came.orders
    parcels, shipped, open_parcels = _parcels(database, folder)
    scans = sorted(log.scans_ms) or [0.0]
    p50, p99 = median(scans), quantiles(scans, n=100)[98] if len(scans) > 1 else scans[0]
    report = {
        "orders": shipped,
        "parcels": [vars(parcel) for parcel in parcels],
        "pictures": [f"pictures/{name}" for name in log.pictures],
        "documents": sorted(f"documents/{file.name}" for file in (folder / "documents").glob("*.pdf")),
        "scans": {"count": len(log.scans_ms), "p50_ms": round(p50, 2), "p99_ms": round(p99, 2)},
        "check": "sound" if proof.sound else "not sound",
    }
    file = folder / "report.json"
    file.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    wanted = wish.orders if wish.orders_file is not None else wish.orders or DEMO_ORDERS
    enough = shipped >= min(wanted, brought.taken) if wanted else shipped == brought.taken
    lines = [
        f"{brought.taken} orders taken, {brought.held} held; {shipped} shipped in {len(parcels)} parcels.",
        *map(_line, came.products.problems + brought.problems),
        f"{len(log.scans_ms)} scans, half of them answered and painted within {p50:.0f} ms.",
        f"The books are {report['check']}.",
        *(f"{found.rule}: {found.text}" for found in proof.violations),
        *((f"The shift broke off. {log.trouble}",) if log.trouble else ()),
        f"Labels, slips and the manifest: {folder / 'documents'}",
        f"Pictures of the screens: {folder / 'pictures'}",
        f"Report: {file}",
        f"Database: {folder / 'oms.sqlite'}",
    ]
    good = proof.sound and not log.trouble and bool(shipped) and enough and not open_parcels
    return Played(good, tuple(lines))


def _line(found: Problem) -> str:
    return f"  {found.outcome.value}: {found.order or '?'} at {found.where}: {found.problem.sentence}"


def _parcels(database: Database, folder: Path) -> tuple[list[_Worked], int, int]:
    """Return the parcels that left, how many fulfillments did, and how many parcels did not."""
    labels = {file.name.split("-")[1]: file.name for file in (folder / "documents").glob("label-*.pdf")}
    with database.reading() as session:
        rows = session.execute(
            select(Order.number, Parcel.sscc, Label.tracking)
            .join(Fulfillment, Fulfillment.order_id == Order.id)
            .join(Parcel, Parcel.fulfillment_id == Fulfillment.id)
            .join(Label, (Label.parcel_id == Parcel.id) & Label.voided_at.is_(None))
            .where(Parcel.status == ParcelStatus.SHIPPED)
            .order_by(Parcel.closed_at)
        ).all()
        shipped = session.scalars(
            select(func.count()).select_from(Fulfillment).where(Fulfillment.status == Status.SHIPPED)
        ).one()
        left = session.scalars(
            select(func.count()).select_from(Parcel).where(Parcel.status != ParcelStatus.SHIPPED)
        ).one()
    worked = [
        _Worked(order, sscc or "", tracking, f"documents/{labels.get(sscc or '', '')}")
        for order, sscc, tracking in rows
    ]
    return worked, shipped, left
