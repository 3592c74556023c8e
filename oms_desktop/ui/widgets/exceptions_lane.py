"""The orders that cannot go on by themselves, oldest first, each with the one action that solves it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from oms_desktop.floor.views import Remedy, Stuck
from oms_desktop.ui.canvas import Canvas, Ink, shortened
from oms_desktop.ui.due import span_since
from oms_desktop.ui.shapes import Mark
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.boxes import Card, Row
from oms_desktop.ui.widgets.key_button import KeyButton
from oms_desktop.ui.widgets.painted import Painted

_ACTIONS = {
    Remedy.RELEASE: ("Release", "play"),
    Remedy.ADDRESS: ("Edit address", "map-pin"),
    Remedy.NAME: ("Name it", "tag"),
    Remedy.PROMISE: ("Allocate", "shuffle"),
}
_CARD = 380
"""Least width of a card in logical pixels: as many stand side by side as have room."""


class StuckCard(Painted):
    """What is wrong with an order, since when, and the button that solves it; `asked` carries the order."""

    asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.stuck: Stuck | None = None
        self._since = ""
        self.buttons = {remedy: KeyButton(theme, *words) for remedy, words in _ACTIONS.items()}
        self._row = QHBoxLayout(self)
        self._row.addStretch(1)
        for button in self.buttons.values():
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda: self.asked.emit(self.stuck))
            self._row.addWidget(button)
        self.restyle()

    def show_stuck(self, stuck: Stuck, now: datetime) -> None:
        """Show an order as it is seen at a time (aware)."""
        since = span_since(stuck.since, now)
        if (stuck, since) == (self.stuck, self._since):
            return
        self.stuck, self._since = stuck, since
        for remedy, button in self.buttons.items():
            button.setVisible(remedy is stuck.remedy)
            button.setAccessibleName(f"{_ACTIONS[remedy][0]}, {stuck.number}")
        self.setToolTip(stuck.text)
        self.say(f"{stuck.title}, {stuck.number} for {since}: {stuck.text}")

    def measure(self) -> QSize:
        """Three lines and the button."""
        sizes = self.theme.sizes
        return QSize(_CARD, max(round(sizes.label * 5.2), sizes.target + 12))

    def least(self) -> QSize:
        """Never lower than its button."""
        return QSize(round(_CARD * 0.7), self.measure().height())

    def paint(self, canvas: Canvas) -> None:
        """Shape, what is wrong, which order since when, the fact."""
        sizes, colours, box, stuck = self.theme.sizes, self.theme.colours, self.box(), self.stuck
        if stuck is None:
            return
        canvas.card(box, colours.surface2, colours.line, sizes.well)
        side = sizes.body * 1.5
        mark = Mark.WRONG if stuck.remedy is Remedy.PROMISE else Mark.LOOK_OUT
        canvas.mark(mark, QRectF(box.x() + sizes.pad * 0.8, box.center().y() - side / 2, side, side))
        used = self.buttons[stuck.remedy].width() + sizes.pad
        text = box.adjusted(sizes.pad * 1.5 + side, sizes.space * 0.6, -used, -sizes.space * 0.6)
        third = text.height() / 3
        rows = [QRectF(text.x(), text.y() + number * third, text.width(), third) for number in range(3)]
        title = Ink(sizes.body, colours.text, 700, least=sizes.micro)
        canvas.line(rows[0], shortened(stuck.title, rows[0].width(), title), title)
        facts = Ink(sizes.label, colours.text2, 500, least=sizes.micro - 1)
        at = canvas.line(rows[1], stuck.number, Ink(sizes.label, colours.text2, 500, least=8, mono=True))
        canvas.line(rows[1].adjusted(at + sizes.space, 0, 0, 0), self._since, facts)
        canvas.line(rows[2], shortened(stuck.text, rows[2].width(), facts), facts)

    def restyle(self) -> None:
        """Take over new tokens."""
        self._row.setContentsMargins(0, 0, round(self.theme.sizes.pad * 0.5), 0)
        for button in self.buttons.values():
            button.setFixedHeight(self.theme.sizes.target)
        super().restyle()


class ExceptionsLane(Card):
    """As many cards as have room, the order that is stuck for longest first; not there without any.

    `asked` carries the `Stuck` whose button was pressed.
    """

    asked = Signal(object)

    def __init__(self, theme: Theme, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(theme, "Exceptions", "triangle-alert", parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._clock = clock
        self._row = Row(theme)
        self.column.addLayout(self._row)
        self._cards: list[StuckCard] = []
        self._stuck: tuple[Stuck, ...] = ()
        self.hide()

    @property
    def cards(self) -> tuple[StuckCard, ...]:
        """The cards that are in use, the oldest first."""
        return tuple(card for card in self._cards if not card.isHidden())

    def show_stuck(self, stuck: Sequence[Stuck], total: int) -> None:
        """Show what is stuck; `total` counts also those for which there is no card."""
        self._stuck = tuple(stuck)
        self.set_title("Exceptions", f"{total:,}, oldest first")
        self._deal()
        self.setVisible(bool(stuck))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many cards as there is room for."""
        super().resizeEvent(event)
        self._deal()

    def minimumSizeHint(self) -> QSize:
        """As narrow as one card."""
        return QSize(_CARD, super().minimumSizeHint().height())

    def _deal(self) -> None:
        room = max(self.width() // _CARD, 1)
        now = self._clock()
        while len(self._cards) < min(room, len(self._stuck)):
            card = StuckCard(self.theme)
            card.asked.connect(self.asked)
            self._cards.append(card)
            self._row.addWidget(card, 1)
        for number, card in enumerate(self._cards):
            used = number < min(room, len(self._stuck))
            card.setVisible(used)
            if used:
                card.show_stuck(self._stuck[number], now)
