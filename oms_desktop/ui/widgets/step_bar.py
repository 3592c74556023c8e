"""The steps of a dialogue as chevrons: done, now, later."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.ui.canvas import Canvas, Ink, Side
from oms_desktop.ui.shapes import Mark
from oms_desktop.ui.theme import Theme, colour
from oms_desktop.ui.widgets.painted import Painted


@dataclass(frozen=True)
class Step:
    """A step with what belongs to it (a code, a number)."""

    title: str
    detail: str = ""


class StepBar(Painted):
    """Steps from left to right; `now` is the index of the current one, or their number when all are done."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._steps: tuple[Step, ...] = ()
        self._now = 0

    def show_steps(self, steps: tuple[Step, ...], now: int) -> None:
        """Show the steps and which one is on."""
        if (steps, now) != (self._steps, self._now):
            self._steps, self._now = steps, now
            current = steps[now].title if now < len(steps) else "all done"
            self.say(f"Step {min(now + 1, len(steps))} of {len(steps)}: {current}")

    def measure(self) -> QSize:
        """As high as the theme's step bar."""
        return QSize(360, self.theme.sizes.step)

    def paint(self, canvas: Canvas) -> None:
        """One chevron a step."""
        if not self._steps:
            return
        width, notch = self.width() / len(self._steps), self.height() * 0.32
        for number, step in enumerate(self._steps):
            area = QRectF(number * width, 0, width, self.height())
            last = number == len(self._steps) - 1
            self._chevron(canvas, area, number, 0.0 if last else notch, notch if number else 0.0)
            self._words(canvas, area.adjusted(notch * 1.4 if number else notch * 0.7, 0, -4, 0), number, step)

    def _chevron(self, canvas: Canvas, area: QRectF, number: int, tip: float, tail: float) -> None:
        colours, middle = self.theme.colours, area.center().y()
        fill, line = colours.surface, colours.line_strong
        if number < self._now:
            fill, line = colours.ok.soft, colours.ok.fill
        elif number == self._now:
            fill, line = colours.accent.fill, colours.accent.fill
        box = area.adjusted(0.75, 0.75, -0.75 if not tip else 0, -0.75)
        points = [
            box.topLeft(),
            box.topRight(),
            QPointF(box.right() + tip, middle),
            box.bottomRight(),
            box.bottomLeft(),
            QPointF(box.x() + tail, middle),
        ]
        canvas.painter.setPen(QPen(colour(line), 1.5, Qt.PenStyle.SolidLine))
        canvas.painter.setBrush(colour(fill))
        canvas.painter.drawPolygon(QPolygonF(points))

    def _words(self, canvas: Canvas, area: QRectF, number: int, step: Step) -> None:
        colours, sizes, side = self.theme.colours, self.theme.sizes, self.height() * 0.46
        sign = QRectF(area.x(), area.center().y() - side / 2, side, side)
        ink = colours.accent.on if number == self._now else colours.text2
        if number < self._now:
            canvas.mark(Mark.RIGHT, sign)
            ink = colours.ok.ink
        else:
            now = number == self._now
            canvas.card(sign, ink if now else colours.surface, ink, side / 2, 1.5)
            figure = colours.accent.fill if now else ink
            canvas.line(sign, str(number + 1), Ink(sizes.label, figure, 700, side=Side.CENTRE))
        text = area.adjusted(side + sizes.space, 0, 0, 0)
        used = canvas.line(text, step.title, Ink(sizes.h2, ink, 700, least=sizes.micro))
        detail = text.adjusted(used + sizes.space, 0, 0, 0)
        canvas.line(detail, step.detail, Ink(sizes.body, ink, 500, least=sizes.micro - 2))
