"""What can be done with the ticked orders."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from oms_desktop.floor.reply import Key
from oms_desktop.ui.canvas import Canvas
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.code_text import CodeText
from oms_desktop.ui.widgets.key_button import KeyButton, Weighting
from oms_desktop.ui.widgets.painted import Painted

_ACTIONS = (
    (Key.ASSIGN, "Assign", "F5"),
    (Key.RELEASE, "Release", "F6"),
    (Key.PRIORITY, "Priority", "F7"),
    (Key.HOLD, "Hold", "F8"),
    (Key.MERGE, "Merge", "F4"),
    (Key.CANCEL, "Cancel", "F10"),
    (Key.PRINT, "Print", "Ctrl P"),
)

_APART = 8
"""Pixels between two buttons: the least that targets stand apart."""


class BulkBar(Painted):
    """Shown while something is ticked. `asked` carries a `Key`; `cleared` takes the ticks away."""

    asked = Signal(Key)
    cleared = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.count = CodeText(theme, "h2", 700)
        self._buttons: dict[Key, KeyButton] = {}
        row = QHBoxLayout()
        row.setSpacing(_APART)
        row.addWidget(self.count)
        row.setContentsMargins(theme.sizes.space, 3, theme.sizes.space, 3)
        for key, word, cap in _ACTIONS:
            weighting = Weighting.PRIMARY if key is Key.ASSIGN else Weighting.DEFAULT
            button = KeyButton(theme, word, "", cap, weighting)
            button.clicked.connect(lambda _=False, key=key: self.asked.emit(key))
            row.addWidget(button)
            self._buttons[key] = button
        row.addStretch(1)
        clear = KeyButton(theme, "Clear", "")
        clear.clicked.connect(self.cleared)
        row.addWidget(clear)
        self._clear = clear
        self.setLayout(row)
        self.restyle()
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Show how many orders are ticked."""
        self.count.show_text(f"{count:,} selected")
        self.setAccessibleName(f"{count} orders selected")

    def restyle(self) -> None:
        """Take over new tokens; where space is short, Ctrl+P and Esc have no buttons."""
        for button in (*self._buttons.values(), self._clear):
            button.setFixedHeight(self.theme.sizes.target)
        for button in (self._buttons[Key.PRINT], self._clear):
            button.setVisible(not self.theme.compact)
        super().restyle()

    def minimumSizeHint(self) -> QSize:
        """What the buttons need."""
        layout = self.layout()
        return layout.totalMinimumSize() if layout is not None else QSize()

    def sizeHint(self) -> QSize:
        """The same."""
        return self.minimumSizeHint()

    def paint(self, canvas: Canvas) -> None:
        """A tinted card."""
        colours = self.theme.colours
        canvas.card(QRectF(self.box()), colours.accent.soft, colours.accent.fill, self.theme.sizes.well, 1.5)
