"""A parcel at the dock in one row."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.floor.views import ParcelView
from oms_desktop.ui.canvas import Canvas, Ink, line_width
from oms_desktop.ui.statuses import look_of
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Painted


def kilograms(grams: int) -> str:
    """Integer grams as kilograms with two decimals."""
    return f"{grams / 1000:.2f} kg"


class ParcelRow(Painted):
    """Order, which parcel of how many, weight, lane, status; the chosen one is framed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._parcel = ParcelView("", "", 0, 0, 0, "", "", "", "")
        self._chosen = False

    def show_parcel(self, parcel: ParcelView, *, chosen: bool) -> None:
        """Show a parcel."""
        if (parcel, chosen) != (self._parcel, self._chosen):
            self._parcel, self._chosen = parcel, chosen
            part = f"parcel {parcel.number} of {parcel.count}"
            self.say(
                f"{parcel.order}, {part}, {kilograms(parcel.weight_g)}, lane {parcel.lane}, {parcel.status}"
            )

    def measure(self) -> QSize:
        """Two lines."""
        return QSize(self.theme.sizes.body * 20, self.theme.sizes.row)

    def least(self) -> QSize:
        """Narrower: words shrink a little first."""
        return QSize(self.theme.sizes.body * 12, self.measure().height())

    def paint(self, canvas: Canvas) -> None:
        """Icon, two lines, pill."""
        sizes, colours, parcel, box = self.theme.sizes, self.theme.colours, self._parcel, self.box()
        accent = colours.accent
        if self._chosen:
            canvas.card(box, accent.soft, accent.ink, sizes.well, 2)
        else:
            canvas.card(box, colours.surface2, colours.line, sizes.well)
        inner = box.adjusted(sizes.pad, 5, -sizes.pad, -5)
        canvas.icon(
            "package",
            QRectF(inner.x(), inner.y(), sizes.h2 * 1.2, inner.height()),
            accent.ink if self._chosen else colours.text2,
        )
        look = look_of(parcel.status)
        pill = line_width(look.label, Ink(sizes.label, "", 600)) + sizes.label * 2.76
        at = inner.right() - pill
        canvas.pill(QRectF(at, inner.y(), pill + 1, inner.height()), look.label, look.mark, sizes.label)
        text = QRectF(inner.x() + sizes.h2 * 1.2 + sizes.space, inner.y(), 0, inner.height() / 2)
        text.setRight(at - sizes.space)
        canvas.line(text, parcel.order, Ink(sizes.body, colours.text, 600, least=sizes.micro, mono=True))
        words = f"{parcel.number} of {parcel.count}, {kilograms(parcel.weight_g)}, lane {parcel.lane}"
        second = text.translated(0, text.height())
        canvas.line(second, words, Ink(sizes.label, colours.text2, 500, least=sizes.micro - 2))
