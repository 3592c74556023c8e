"""A window with all panels, and what can be seen on it."""

from collections.abc import Iterator
from datetime import UTC, datetime

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from oms_desktop.ui.main_window import MainWindow
from oms_desktop.ui.panels.packing import PackingPanel
from oms_desktop.ui.panels.picking import PickingPanel
from oms_desktop.ui.panels.queue import QueuePanel
from oms_desktop.ui.panels.shipping import ShippingPanel
from oms_desktop.ui.panels.sign_in import SignInPanel
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Painted, Pressed

NOW = datetime(2026, 11, 23, 11, 41, tzinfo=UTC)
SIZES = [(1366, 768), (1920, 1080)]
ALL = ("queue", "pick", "pack", "ship")


def window(qtbot: QtBot, theme: Theme, size: tuple[int, int] = SIZES[0]) -> MainWindow:
    """A shown and active window at the sign-in, nobody signed in."""
    made = MainWindow(theme)
    qtbot.addWidget(made)
    made.add_panel("sign_in", "Sign in", SignInPanel(theme))
    made.add_panel("queue", "Orders", QueuePanel(theme, lambda: NOW))
    made.add_panel("pick", "Picking", PickingPanel(theme))
    made.add_panel("pack", "Packing", PackingPanel(theme))
    made.add_panel("ship", "Shipping", ShippingPanel(theme))
    made.show_station("Bench 3")
    made.resize(*size)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def at(qtbot: QtBot, theme: Theme, place: str, size: tuple[int, int] = SIZES[0]) -> MainWindow:
    """The window with a person signed in, at a place."""
    made = window(qtbot, theme, size)
    made.show_person("M. Okafor", "Picker", ALL)
    made.set_place(place)
    return made


def panel(made: MainWindow) -> QWidget:
    """The panel that is open."""
    current = made.stack.currentWidget()
    assert current is not None
    return current


def painted(widget: QWidget) -> Iterator[Painted | Pressed]:
    """All painted widgets that can be seen, freshly painted."""
    widget.grab()
    for child in (widget, *widget.findChildren(QWidget)):
        if isinstance(child, Painted | Pressed) and child.isVisible():
            yield child


def texts(widget: QWidget) -> list[str]:
    """All that is written on a widget and in it."""
    return [text for child in painted(widget) for text in child.written.texts]


def cut(widget: QWidget) -> list[str]:
    """All that is written but does not fit."""
    return [f"{type(child).__name__}: {text}" for child in painted(widget) for text in child.written.cut]
