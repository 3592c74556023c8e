"""What a window shows that is smaller than its screens: words in place of a screen that is cut."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from oms_desktop.ui.canvas import Canvas
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.notice import Notice

LEAST = QSize(1280, 700)
"""The smallest size in logical pixels at which every screen is whole."""


class TooSmall(Notice):
    """Covers the window while it is too small; scans and keys go on behind it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, "monitor", parent)
        self.hide()

    def look(self, size: QSize) -> None:
        """Cover a window of a size in logical pixels, or leave one that is large enough."""
        fits = size.width() >= LEAST.width() and size.height() >= LEAST.height()
        self.setVisible(not fits)
        if fits:
            return
        need, has = f"{LEAST.width()} x {LEAST.height()}", f"{size.width()} x {size.height()}"
        self.show_words(
            "This window is too small",
            f"It needs {need} pixels and has {has}. Make it larger, choose a larger screen,"
            " or set a smaller scale of the display. Scans go on meanwhile.",
        )
        self.setGeometry(0, 0, size.width(), size.height())
        self.raise_()

    def paint(self, canvas: Canvas) -> None:
        """Nothing of the screen behind it is seen."""
        canvas.block(self.box(), self.theme.colours.surface)
        super().paint(canvas)
