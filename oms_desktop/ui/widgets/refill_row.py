"""A refill that should be made: what, to where, from where, and the button that starts it."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from oms_desktop.floor.stock_views import RefillView
from oms_desktop.ui.canvas import Canvas, Ink
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.floor_map import ALERT_MARKS
from oms_desktop.ui.widgets.key_button import KeyButton, Weighting
from oms_desktop.ui.widgets.painted import Painted


class RefillRow(Painted):
    """The most urgent one stands on a tint and has the strong button; `started` carries the refill's id."""

    started = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._refill = RefillView("", "", "", "", "", "", 0, 0, "low")
        self._first = False
        self.first_button = KeyButton(theme, "Start", "play", "F3", Weighting.PRIMARY)
        self.button = KeyButton(theme, "Start", "play")
        row = QHBoxLayout(self)
        row.addStretch(1)
        for button in (self.first_button, self.button):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda: self.started.emit(self._refill.id))
            row.addWidget(button)
        self.restyle()

    def show_refill(self, refill: RefillView, *, first: bool) -> None:
        """Show a refill; the `first` one is the most urgent."""
        if (refill, first) != (self._refill, self._first):
            self._refill, self._first = refill, first
            self.first_button.setVisible(first)
            self.button.setVisible(not first)
            for button in (self.first_button, self.button):
                key = ", key F3" if button is self.first_button else ""
                button.setAccessibleName(f"Start the refill of {refill.target}{key}")
            self.updateGeometry()
            self.say(f"{refill.name}, {refill.word}: {self._facts()}. {refill.waits}".strip())

    def measure(self) -> QSize:
        """Two lines and the button; one more line where somebody waits."""
        sizes = self.theme.sizes
        lines = sizes.body * 3.7 + (sizes.label * 1.4 if self._refill.waits else 0)
        return QSize(sizes.body * 16, max(round(lines), sizes.target + 14))

    def minimumSizeHint(self) -> QSize:
        """Never lower than its button."""
        return QSize(self.theme.sizes.body * 14, self.measure().height())

    def paint(self, canvas: Canvas) -> None:
        """Tint and outline by how urgent it is, shape, name, way."""
        sizes, colours, box = self.theme.sizes, self.theme.colours, self.box()
        fill, line, width = colours.surface2, colours.line, 1.0
        if self._first:
            family = colours.err if self._refill.word == "empty" else colours.warn
            fill, line, width = family.soft, family.ink, 2.0
        canvas.card(box, fill, line, sizes.well, width)
        side = sizes.body * 1.6
        sign = QRectF(box.x() + sizes.pad * 0.9, box.center().y() - side / 2, side, side)
        canvas.mark(ALERT_MARKS[self._refill.word], sign)
        used = (self.first_button if self._first else self.button).width() + sizes.pad + 6
        text = box.adjusted(sizes.pad * 1.6 + side, box.height() * 0.12, -used, -box.height() * 0.12)
        lines = [
            (self._refill.name, Ink(sizes.body, colours.text, 700, least=sizes.micro - 2)),
            (self._facts(), Ink(sizes.label, colours.text2, 500, least=9)),
        ]
        if self._refill.waits:
            lines.append((self._refill.waits, Ink(sizes.label, colours.text, 600, least=9)))
        high = text.height() / len(lines)
        for number, (words, ink) in enumerate(lines):
            canvas.line(QRectF(text.x(), text.y() + number * high, text.width(), high), words, ink)

    def restyle(self) -> None:
        """Take over new tokens."""
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, round(self.theme.sizes.pad * 0.6), 0)
        for button in (self.first_button, self.button):
            button.setFixedHeight(self.theme.sizes.target)
        super().restyle()

    def _facts(self) -> str:
        refill = self._refill
        return f"to {refill.target}, {refill.quantity} from {refill.source}"
