"""A small warehouse with a station, its window and its scanner, for tests of the whole workstation."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from oms_desktop.app.screens import Screen
from oms_desktop.app.workstation import Workstation
from oms_desktop.devices.simulated import PtyScanner
from oms_desktop.models import Role
from tests.floor.desk import PIN, Desk

SHIFT = (Role.PICKER, Role.PACKER, Role.SHIPPER, Role.SUPERVISOR)


@dataclass
class Floor:
    """A small warehouse with a station, its window and its scanner."""

    bot: QtBot
    desk: Desk
    screen: Screen
    station: Workstation
    scanner: PtyScanner
    file: Path

    @property
    def bar(self) -> str:
        """What the instruction bar says."""
        return self.screen.window.bar.accessibleName()

    @property
    def place(self) -> str:
        """The title of the place in front."""
        return self.desk.workplace.place

    def says(self, *words: str) -> None:
        """Wait until the bar says all of these."""
        self.bot.waitUntil(lambda: all(word in self.bar for word in words), timeout=15_000)

    def answered(self, do: Callable[[], object]) -> None:
        """Do something and wait for the next answer on the screen."""
        with self.bot.waitSignal(self.station.answered, timeout=15_000):
            do()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.screen.window, key, modifier)

    def sign_in(self, badge: str = "B-1") -> None:
        self.answered(lambda: self.scanner.scan(badge))
        for digit in PIN:
            self.answered(lambda digit=digit: self.screen.window.digit_pressed.emit(digit))  # type: ignore[misc]  # a lambda's default

    def type_code(self, text: str) -> None:
        """Open the big field, type, and press Enter."""
        self.key(Qt.Key.Key_F2)
        field = self.screen.window.field
        self.bot.waitUntil(lambda: not field.isHidden(), timeout=5_000)
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, text)
        QTest.keyClick(focus, Qt.Key.Key_Return)

    def pick_up(self) -> None:
        """Sign in, go to the shelves and take a tour."""
        self.sign_in()
        self.answered(lambda: self.screen.window.place_asked.emit("pick"))
        self.scanner.scan("T-101")
        self.says("07")
