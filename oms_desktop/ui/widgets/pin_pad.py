"""The PIN: dots for what was typed, and a pad for gloves."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from oms_desktop.ui.canvas import Canvas, Ink, Side
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Painted, Pressed

DELETE = ""
"""What the key that takes the last digit back stands for."""
DIGITS = 4


class PinDots(Painted):
    """One box a digit; typed ones hold a dot, never the digit."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._typed, self._open = 0, False

    def show_digits(self, typed: int, *, expected: bool) -> None:
        """Show how many digits were typed, and whether more are expected now."""
        if (typed, expected) != (self._typed, self._open):
            self._typed, self._open = typed, expected
            self.say(f"{typed} of {DIGITS} digits typed")

    def measure(self) -> QSize:
        """A row of boxes."""
        side = round(self.theme.sizes.display * 1.3)
        return QSize(side * 6, side)

    def paint(self, canvas: Canvas) -> None:
        """The boxes, centred; the next one has the strong edge."""
        colours, side = self.theme.colours, float(self.height())
        count = max(DIGITS, self._typed)
        gap = side * 0.22
        left = (self.width() - count * side - (count - 1) * gap) / 2
        for number in range(count):
            box = QRectF(left + number * (side + gap), 0, side, side)
            typed, following = number < self._typed, self._open and number == self._typed
            edge = colours.accent.ink if typed or following else colours.line_strong
            fill = colours.accent.soft if typed else colours.surface2
            canvas.card(box, fill, edge, self.theme.sizes.well, 3 if following else 1.5)
            if typed:
                dot = side * 0.28
                spot = QRectF(box.center().x() - dot / 2, box.center().y() - dot / 2, dot, dot)
                canvas.block(spot, colours.text, dot / 2)


class PinKey(Pressed):
    """A key of the pad: a digit, or an icon with its meaning as accessible name."""

    def __init__(self, theme: Theme, value: str, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._value, self._icon = value, icon
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(value or "Take the last digit back")

    def measure(self) -> QSize:
        """At least 48 px, more where there is room."""
        target = self.theme.sizes.target + 6
        return QSize(target, target)

    def sizeHint(self) -> QSize:
        """The pad's key for gloves."""
        return QSize(self.theme.sizes.pin, self.theme.sizes.pin)

    def paint(self, canvas: Canvas) -> None:
        """Body and sign."""
        colours, sizes, body = self.theme.colours, self.theme.sizes, self.body()
        fill, line, ink = colours.surface, colours.line_strong, colours.text
        if self._icon:
            fill = colours.surface2
        canvas.card(body, colours.sunken if self.isDown() else fill, line, sizes.well, 1.5)
        if self._icon:
            side = body.height() * 0.36
            icon = QRectF(body.center().x() - side / 2, body.center().y() - side / 2, side, side)
            canvas.icon(self._icon, icon, colours.text if self.isDown() else ink)
        else:
            canvas.line(body, self._value, Ink(sizes.display, ink, 700, side=Side.CENTRE))


class PinPad(QWidget):
    """Ten digits and a key back; `pressed` carries a digit or `DELETE`. The last digit needs no Enter."""

    pressed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._grid = theme, QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        theme.changed.connect(self._space)
        self._space()
        for number, value in enumerate([*"123456789", None, "0", DELETE]):
            if value is None:
                continue
            key = PinKey(theme, value, "" if value else "delete")
            key.clicked.connect(lambda _=False, typed=value: self.pressed.emit(typed))
            self._grid.addWidget(key, number // 3, number % 3)

    def _space(self) -> None:
        self._grid.setSpacing(self._theme.sizes.gap)
