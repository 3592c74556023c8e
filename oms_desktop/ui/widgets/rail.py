"""The left rail: the places of the person who is signed in."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from oms_desktop.ui.canvas import Canvas, Ink, Side
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Painted, Pressed


@dataclass(frozen=True)
class PlaceLook:
    """Name of a place in the program, its word on the rail and its icon."""

    place: str
    word: str
    icon: str


PLACES = {
    look.place: look
    for look in (
        PlaceLook("queue", "Queue", "clipboard-list"),
        PlaceLook("pick", "Pick", "shopping-cart"),
        PlaceLook("pack", "Pack", "package-check"),
        PlaceLook("ship", "Ship", "truck"),
        PlaceLook("stock", "Stock", "warehouse"),
    )
}


class RailButton(Pressed):
    """A place: icon over word, with its Alt key."""

    def __init__(self, theme: Theme, look: PlaceLook, number: int, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.place = look.place
        self._look, self._number = look, number
        self.setCheckable(True)
        self.setAccessibleName(f"{look.word}, Alt {number}")

    def measure(self) -> QSize:
        """Nearly a square of the rail's width."""
        return QSize(self.theme.sizes.rail - 20, round(self.theme.sizes.rail * 0.82))

    def nextCheckState(self) -> None:
        """Stay as it is: the window says which place is open."""

    def paint(self, canvas: Canvas) -> None:
        """Accent ground when open."""
        sizes, colours, body = self.theme.sizes, self.theme.colours, self.body()
        ink = colours.on_rail
        if self.isChecked():
            canvas.block(body, colours.accent.fill, sizes.well)
            ink = colours.accent.on
        icon = sizes.rail * 0.27
        top = body.y() + body.height() * 0.3
        canvas.icon(self._look.icon, QRectF(body.center().x() - icon / 2, top, icon, icon), ink)
        words = QRectF(body.x(), top + icon, body.width(), body.bottom() - top - icon - 4)
        canvas.line(words, self._look.word, Ink(sizes.label, ink, 600, side=Side.CENTRE))
        cap = f"Alt {self._number}"
        canvas.line(
            QRectF(body.x() + 8, body.y() + 5, body.width() - 8, sizes.micro * 1.3),
            cap,
            Ink(sizes.micro - 1, ink, 600),
        )


class Rail(Painted):
    """Buttons from the top; `asked` carries the place."""

    asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Places")
        self._buttons: list[RailButton] = []
        self._column = QVBoxLayout(self)
        self._column.setSpacing(8)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._inset()

    def show_places(self, places: tuple[str, ...]) -> None:
        """Show the places a person may open, in their order; unknown ones are left out."""
        for button in self._buttons:
            self._column.removeWidget(button)
            button.deleteLater()
        looks = [PLACES[place] for place in places if place in PLACES]
        self._buttons = [RailButton(self.theme, look, number) for number, look in enumerate(looks, 1)]
        for button in self._buttons:
            self._column.addWidget(button)
            button.clicked.connect(lambda _=False, place=button.place: self.asked.emit(place))

    def place_at(self, number: int) -> str:
        """The place of Alt+`number`, empty if there is none."""
        return self._buttons[number - 1].place if 0 < number <= len(self._buttons) else ""

    def set_place(self, place: str) -> None:
        """Mark the open place."""
        for button in self._buttons:
            button.setChecked(button.place == place)

    def measure(self) -> QSize:
        """The rail's width."""
        return QSize(self.theme.sizes.rail, 200)

    def minimumSizeHint(self) -> QSize:
        """Room for all places."""
        return self.measure().expandedTo(self._column.totalMinimumSize())

    def paint(self, canvas: Canvas) -> None:
        """The ground and the sign of the program."""
        sizes, accent = self.theme.sizes, self.theme.colours.accent
        canvas.block(self.box(), self.theme.colours.rail)
        side = sizes.rail * 0.42
        sign = QRectF((self.width() - side) / 2, sizes.rail * 0.15, side, side)
        canvas.block(sign, accent.fill, sizes.well)
        inset = side * 0.2
        canvas.icon("boxes", sign.adjusted(inset, inset, -inset, -inset), accent.on)

    def restyle(self) -> None:
        """Take over new tokens."""
        self._inset()
        super().restyle()

    def _inset(self) -> None:
        side = 10 if self.theme.sizes.rail > 90 else 7
        self._column.setContentsMargins(side, round(self.theme.sizes.rail * 0.75), side, 10)
