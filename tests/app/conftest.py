"""Windows are drawn into memory; the suite's own style of application serves all tests of this folder."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from oms_desktop.app import screens
from oms_desktop.app.house import House
from oms_desktop.app.workstation import Devices, Workstation
from oms_desktop.db import database as opened
from oms_desktop.devices.printer import FolderPrinter
from oms_desktop.devices.simulated import PtyScanner
from oms_desktop.jobs.printing import PrintJob
from oms_desktop.models import Role
from tests.app.floor_window import SHIFT, Floor
from tests.builders import MUG
from tests.conftest import make_database
from tests.floor.desk import Desk


@pytest.fixture
def floor(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Floor]:
    monkeypatch.setattr(opened, "BUSY_SECONDS", 0.3)
    database, _url = make_database("sqlite", tmp_path)
    desk = Desk(database)
    desk.enrol("B-1", "Ida Example", *SHIFT)
    desk.enrol("B-2", "Ole Example", *SHIFT)
    desk.enrol("B-3", "Una Example", Role.PACKER)
    desk.site.promised({MUG: 2})
    desk.site.station.person = None
    screen = screens.build_screen(qapp)
    qtbot.addWidget(screen.window)
    job = PrintJob(database, "PICK-3", FolderPrinter(tmp_path / "documents"))
    with PtyScanner(tmp_path / "scanner") as scanner:
        station = Workstation(desk.workplace, screen, job, Devices(scanner.url), House(frees_stock=True))
        made = Floor(qtbot, desk, screen, station, scanner, tmp_path / "oms.sqlite")
        screen.window.resize(1366, 768)
        screen.window.show()
        qtbot.waitExposed(screen.window)
        made.answered(station.start)
        yield made
        station.stop()
    screen.window.close()
    database.close()
