"""The work in hand at the stock: its steps, the place or number that is asked now, and the product."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.floor.stock_views import TaskView
from oms_desktop.ui.canvas import Canvas, Ink, Side, line_width
from oms_desktop.ui.shapes import Mark
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.tiles import draw_tile
from oms_desktop.ui.widgets.painted import Painted

_NO_TASK = TaskView("", (), 0)


class TaskCard(Painted):
    """One line a step, with its value once it is known; below them the product and how many."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._task = _NO_TASK

    def show_task(self, task: TaskView) -> None:
        """Show the work in hand."""
        if task != self._task:
            self._task = task
            word, value = task.steps[min(task.step, len(task.steps) - 1)]
            units = f", {task.units}" if task.units else ""
            self.say(f"{task.title}. Now: {word} {value}. {task.name} {task.sku}{units}".strip())

    def measure(self) -> QSize:
        """Three steps and the product."""
        sizes = self.theme.sizes
        return QSize(sizes.body * 16, sizes.target * 5)

    def least(self) -> QSize:
        """The same, closer."""
        sizes = self.theme.sizes
        return QSize(sizes.body * 14, round(sizes.body * 11))

    def paint(self, canvas: Canvas) -> None:
        """Steps at the top, product at the bottom."""
        task, sizes = self._task, self.theme.sizes
        foot = sizes.body * 3.4
        height = min((self.height() - foot) / max(len(task.steps), 1), sizes.target * 1.1)
        for number, (word, value) in enumerate(task.steps):
            self._step(canvas, QRectF(0, number * height, self.width(), height - 6), number, word, value)
        self._product(canvas, QRectF(0, self.height() - foot, self.width(), foot))

    def _step(self, canvas: Canvas, area: QRectF, number: int, word: str, value: str) -> None:
        sizes, colours, now = self.theme.sizes, self.theme.colours, self._task.step
        fill, line, ink, side = colours.surface, colours.line_strong, colours.text2, sizes.body * 1.5
        if number < now:
            fill, line, ink = colours.ok.soft, colours.ok.fill, colours.ok.ink
        elif number == now:
            fill, line, ink = colours.accent.fill, colours.accent.fill, colours.accent.on
        canvas.card(area, fill, line, sizes.well, 1.5)
        sign = QRectF(area.x() + sizes.pad, area.center().y() - side / 2, side, side)
        if number < now:
            canvas.mark(Mark.RIGHT, sign)
        else:
            canvas.card(sign, ink if number == now else colours.surface, ink, side / 2, 1.5)
            figure = colours.accent.fill if number == now else ink
            canvas.line(sign, str(number + 1), Ink(sizes.label, figure, 700, side=Side.CENTRE))
        text = area.adjusted(sizes.pad * 1.8 + side, 0, -sizes.pad, 0)
        used = canvas.line(text, word, Ink(sizes.body, ink, 600, least=sizes.micro))
        code = Ink(sizes.h2, ink, 700, least=10, mono=True, side=Side.RIGHT)
        canvas.line(text.adjusted(used + sizes.space, 0, 0, 0), value, code)

    def _product(self, canvas: Canvas, area: QRectF) -> None:
        sizes, colours, task = self.theme.sizes, self.theme.colours, self._task
        if not task.sku:
            return
        side = area.height() * 0.8
        draw_tile(canvas, QRectF(area.x(), area.y(), side, area.height()), task.name, task.sku)
        units = task.units
        big = Ink(sizes.h1, colours.text, 800, side=Side.RIGHT)
        wide = line_width(units, big) + 4 if units else 0.0
        canvas.line(QRectF(area.right() - wide, area.y(), wide, area.height()), units, big)
        text = area.adjusted(
            side + sizes.pad, area.height() * 0.14, -wide - sizes.space, -area.height() * 0.14
        )
        half = text.height() / 2
        name = Ink(sizes.body, colours.text, 700, least=sizes.micro - 2)
        canvas.line(QRectF(text.x(), text.y(), text.width(), half), task.name, name)
        lot = f"lot {task.lot}" if task.lot else ""
        foot = QRectF(text.x(), text.y() + half, text.width(), half)
        used = canvas.line(foot, task.sku, Ink(sizes.label, colours.text2, 500, least=8, mono=True))
        canvas.line(
            foot.adjusted(used + sizes.space, 0, 0, 0), lot, Ink(sizes.label, colours.text2, 600, least=8)
        )
