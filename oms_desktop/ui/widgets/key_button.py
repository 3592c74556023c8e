"""A floor button: icon, words, and the key that does the same."""

from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtWidgets import QWidget

from oms_desktop.ui.canvas import Canvas, Ink, Side, line_width
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Pressed


class Weighting(Enum):
    """How strongly a button is coloured; one solid button in a card at most."""

    DEFAULT = "default"
    PRIMARY = "primary"
    DONE = "done"


class KeyButton(Pressed):
    """At least 48 px high. `key` is the key cap's text, empty for none."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        icon: str,
        key: str = "",
        weighting: Weighting = Weighting.DEFAULT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._icon, self._key, self._weighting = icon, key, weighting
        self.setText(text)
        self.setAccessibleName(f"{text}, key {key}" if key else text)

    def set_key(self, key: str) -> None:
        """Show another key cap, '' for none."""
        if key != self._key:
            self._key = key
            self.setAccessibleName(f"{self.text()}, key {key}" if key else self.text())
            self.restyle()

    def set_icon(self, icon: str) -> None:
        """Show another icon before the word, '' for none."""
        if icon != self._icon:
            self._icon = icon
            self.restyle()

    def measure(self) -> QSize:
        """Icon, text and key cap with their gaps."""
        sizes = self.theme.sizes
        width = self._sign() + line_width(self.text(), self._words("")) + 2 * sizes.pad
        width += self._cap() + sizes.space if self._key else 0
        return QSize(round(width + 2), max(sizes.action, sizes.target))

    def paint(self, canvas: Canvas) -> None:
        """Body in its state, then icon, text and key cap, centred together."""
        sizes, body = self.theme.sizes, self.body()
        fill, line, ink = self._colours()
        canvas.card(body, fill, line, sizes.well, 1.5)
        if self.isDown():
            body = body.translated(0, 1)
        sign, words = self._sign(), line_width(self.text(), self._words(ink))
        cap = self._cap() + sizes.space if self._key else 0.0
        total = min(sign + words + cap, body.width() - 8)
        at = body.center().x() - total / 2
        if self._icon:
            canvas.icon(self._icon, QRectF(at, body.y(), sizes.body * 1.3, body.height()), ink)
        room = QRectF(at + sign, body.y(), max(total - sign - cap, 0), body.height())
        canvas.line(room, self.text(), self._words(ink))
        if self._key:
            self._paint_cap(canvas, QRectF(room.right() + sizes.space, 0, self._cap(), 0), body, ink)

    def _paint_cap(self, canvas: Canvas, at: QRectF, body: QRectF, ink: str) -> None:
        sizes = self.theme.sizes
        height = sizes.micro * 1.9
        cap = QRectF(at.x(), body.center().y() - height / 2, at.width(), height)
        canvas.card(cap, "#00000000", ink, 5)
        canvas.line(cap, self._key, Ink(sizes.micro, ink, 600, side=Side.CENTRE))

    def _sign(self) -> float:
        """Width of the icon with the gap behind it."""
        return self.theme.sizes.body * 1.3 + self.theme.sizes.space if self._icon else 0.0

    def _words(self, ink: str) -> Ink:
        return Ink(self.theme.sizes.body, ink, 600, least=self.theme.sizes.micro - 1)

    def _cap(self) -> float:
        return line_width(self._key, Ink(self.theme.sizes.micro, "", 600)) + self.theme.sizes.micro

    def _colours(self) -> tuple[str, str, str]:
        colours = self.theme.colours
        if not self.isEnabled():
            return colours.surface2, colours.line, colours.text3
        if self._weighting is not Weighting.DEFAULT:
            family = colours.accent if self._weighting is Weighting.PRIMARY else colours.ok
            return family.fill, family.fill, family.on
        if self.isDown():
            return colours.sunken, colours.line_strong, colours.text
        hover = self.testAttribute(Qt.WidgetAttribute.WA_UnderMouse)
        return colours.surface2 if hover else colours.surface, colours.line_strong, colours.text
