"""The program with its window, as `oms-desktop` without a command starts it."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QLockFile
from PySide6.QtWidgets import QApplication

from oms_desktop.app import opening, screens, site
from oms_desktop.app.drop_folder import Watcher
from oms_desktop.app.house import house_of
from oms_desktop.app.import_desk import ImportDesk
from oms_desktop.app.morning import make_morning
from oms_desktop.app.own_desk import OwnDesk
from oms_desktop.app.workstation import Devices, Workstation
from oms_desktop.db import Database
from oms_desktop.devices.printer import FolderPrinter
from oms_desktop.errors import InputError, StateError
from oms_desktop.floor.workplace import Workplace
from oms_desktop.jobs.printing import PrintJob
from oms_desktop.settings import Settings
from oms_desktop.station import Station

Fill = Callable[[Station, Settings], None]
"""Makes the demo warehouse under the name of a station and fills it with orders, by the rules of settings."""


def fill_demo(maker: Station, settings: Settings) -> None:
    """Play a morning in the demo warehouse, which takes a while and is said."""
    sys.stderr.write("Making the demo warehouse and a morning of its orders; give it half a minute ...\n")
    make_morning(maker, settings, datetime.now(UTC))


def open_window(address: str, folder: Path, settings: Settings) -> int:
    """Open the window and work until it is closed; returns the exit code.

    A new database gets the demo warehouse and a few orders. Who starts a warehouse of their own there goes
    on in it: the window opens again on the other database, which the settings name from then on.
    """
    app = screens.application()
    lock = _lock_station(folder, settings.station)
    try:
        while address:
            code, address = _work(app, address, folder, settings)
        return code
    finally:
        lock.unlock()


def _work(app: QApplication, address: str, folder: Path, settings: Settings) -> tuple[int, str]:
    """Run the window on one database; returns the exit code and the database to go on with, '' for none."""
    database = opening.open_database(address)
    try:
        workplace = open_workplace(database, settings)
        screen = screens.build_screen(app, dark=settings.theme == "dark")
        printer = FolderPrinter(Path(settings.printer) if settings.printer else folder / "documents")
        job = PrintJob(database, settings.station, printer)
        devices = Devices(settings.scanner, settings.scale)
        house = house_of(settings)
        desk = Workstation(workplace, screen, job, devices, house)
        own = OwnDesk(screen, folder)
        importing = ImportDesk(screen, workplace.station, house, desk.look_again)
        own.made.connect(lambda _address: app.quit())
        desk.start()
        drop = _watcher(database, settings)
        screen.window.resize(1366, 768)
        screen.window.showMaximized()
        code = int(app.exec())
        if drop is not None:
            drop.stop()
        importing.stop()
        desk.stop()
        own.stop()
        screen.window.close()
        return code, own.address
    finally:
        database.close()


def _watcher(database: Database, settings: Settings) -> Watcher | None:
    """Begin to watch the drop folder, where one is set; it is made if it is not there."""
    if not settings.drop_folder:
        return None
    folder = Path(settings.drop_folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            "settings.drop_folder", f"The drop folder {folder} cannot be made: {error.strerror}."
        ) from error
    watcher = Watcher(
        folder, opening.system_station(database, f"{settings.station} DROP"), house_of(settings)
    )
    watcher.start()
    return watcher


def open_workplace(database: Database, settings: Settings, fill: Fill = fill_demo) -> Workplace:
    """Build the workplace of this station; a new database becomes the demo warehouse, which `fill` fills."""
    system = opening.system_station(database)
    maker = site.demo_maker(database)
    if site.demo_is_wanted(maker):
        fill(maker, settings)
        site.demo_is_made(maker)
    station = Station(database, settings.station)
    return Workplace(station, site.main_site(system), settings.sscc_prefix, site.demo_badges(system))


def _lock_station(folder: Path, station: str) -> QLockFile:
    """Hold the lock of a station's name; StateError says that the station runs already."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = QLockFile(str(folder / f"{station}.lock"))
    if not lock.tryLock(100):
        raise StateError(
            "station.running", f"Station {station} runs already on this machine. Use its window."
        )
    return lock
