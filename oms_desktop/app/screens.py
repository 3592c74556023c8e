"""Build the window with its panels for one workplace."""

import os
import sys
from dataclasses import dataclass

from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from oms_desktop.floor.packing import Packing
from oms_desktop.floor.picking import Picking
from oms_desktop.floor.shipping import Shipping
from oms_desktop.floor.stock import Stock
from oms_desktop.floor.workplace import DOOR, QUEUE
from oms_desktop.ui.main_window import MainWindow
from oms_desktop.ui.panels.packing import PackingPanel
from oms_desktop.ui.panels.picking import PickingPanel
from oms_desktop.ui.panels.queue import QueuePanel
from oms_desktop.ui.panels.shipping import ShippingPanel
from oms_desktop.ui.panels.sign_in import SignInPanel
from oms_desktop.ui.panels.stock import StockPanel
from oms_desktop.ui.theme import Theme, load_fonts


@dataclass(frozen=True)
class Screen:
    """The window and the panels that something outside has to reach."""

    window: MainWindow
    door: SignInPanel
    queue: QueuePanel
    shipping: ShippingPanel
    stock: StockPanel


def application(*, headless: bool = False) -> QApplication:
    """Return the one QApplication; `headless` draws into memory only."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    if headless:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        # A window in memory has no frame that could keep to its smallest size; Qt would say so each time.
        qInstallMessageHandler(_say_without_frames)
    policy = Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(policy)
    made = QApplication(sys.argv[:1])
    made.setApplicationName("OMS Desktop")
    load_fonts()
    return made


def _say_without_frames(_kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    if "propagateSizeHints" not in text:
        sys.stderr.write(f"{text}\n")


def build_screen(app: QApplication, *, dark: bool = False) -> Screen:
    """Build the window with the six panels, in the order of the rail."""
    theme = Theme()
    theme.set_dark(dark)
    theme.dress(app)
    window = MainWindow(theme)
    door, queue = SignInPanel(theme), QueuePanel(theme)
    shipping, stock = ShippingPanel(theme), StockPanel(theme)
    window.add_panel(DOOR, "Sign in", door)
    window.add_panel(QUEUE, "Orders", queue)
    window.add_panel(Picking.place, "Picking", PickingPanel(theme))
    window.add_panel(Packing.place, "Packing", PackingPanel(theme))
    window.add_panel(Shipping.place, "Shipping", shipping)
    window.add_panel(Stock.place, "Stock", stock)
    return Screen(window, door, queue, shipping, stock)
