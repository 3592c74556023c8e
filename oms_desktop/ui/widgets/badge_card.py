"""A badge: the one that was read, and the rows of the demo's badges."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.floor.views import BadgeView
from oms_desktop.ui.canvas import Canvas, Ink, Side
from oms_desktop.ui.shapes import Mark
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Painted, Pressed


class BadgeCard(Painted):
    """A drawn badge with name and role, or an empty one that waits to be scanned."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._badge, self._name, self._role = "", "", ""

    def show_badge(self, badge: str, name: str, role: str) -> None:
        """Show whose badge was read; all empty while none was."""
        if (badge, name, role) != (self._badge, self._name, self._role) or not self.accessibleName():
            self._badge, self._name, self._role = badge, name, role
            self.say(f"Badge {badge} of {name}, {role}" if badge else "No badge read yet")

    def measure(self) -> QSize:
        """An upright badge."""
        return QSize(self.theme.sizes.h1 * 9, self.theme.sizes.h1 * 11)

    def least(self) -> QSize:
        """A smaller badge."""
        return QSize(self.theme.sizes.h1 * 8, self.theme.sizes.h1 * 9)

    def paint(self, canvas: Canvas) -> None:
        """Well, ribbon, card, portrait, name, code, and the verdict below."""
        sizes, colours = self.theme.sizes, self.theme.colours
        foot = QRectF(0, self.height() - sizes.h2 * 2, self.width(), sizes.h2 * 2)
        well = self.box().adjusted(0, 0, 0, -foot.height())
        canvas.card(well, colours.surface2, colours.line, sizes.well)
        height = min(well.height() * 0.74, sizes.h1 * 14)
        width = min(height * 0.8, well.width() - 4 * sizes.pad)
        top = well.bottom() - height - (well.height() - height) * 0.35
        card = QRectF(well.center().x() - width / 2, top, width, height)
        ribbon = colours.accent.fill
        for lean in (-0.16, 0.16):
            canvas.rule(
                card.center().x() + lean * width, well.y() + 4, card.center().x(), card.y(), ribbon, 10
            )
        canvas.card(card, colours.surface, colours.line_strong, sizes.radius, 2)
        slot = width * 0.2
        canvas.block(
            QRectF(card.center().x() - slot / 2, card.y() + height * 0.04, slot, 10), colours.sunken, 5
        )
        self._portrait(canvas, card)
        if self._badge:
            mark = sizes.h2 * 1.2
            canvas.mark(Mark.RIGHT, QRectF(0, foot.center().y() - mark / 2, mark, mark))
            ink = Ink(sizes.h2, colours.ok.ink, 700)
            canvas.line(foot.adjusted(mark + sizes.space, 0, 0, 0), "Badge read", ink)
        else:
            canvas.line(foot, "No badge read yet", Ink(sizes.h2, colours.text2, 600))

    def _portrait(self, canvas: Canvas, card: QRectF) -> None:
        sizes, colours, side = self.theme.sizes, self.theme.colours, card.height() * 0.28
        accent = colours.accent if self._badge else colours.idle
        face = QRectF(card.center().x() - side / 2, card.y() + card.height() * 0.12, side, side)
        canvas.block(face, accent.soft, side / 2)
        inner = side * 0.5
        icon = QRectF(face.center().x() - inner / 2, face.center().y() - inner / 2, inner, inner)
        canvas.icon("user" if self._badge else "id-card", icon, accent.ink)
        words = QRectF(card.x() + 10, face.bottom() + card.height() * 0.04, card.width() - 20, sizes.h1 * 1.3)
        name = self._name or "Scan your badge"
        canvas.line(words, name, Ink(sizes.h1, colours.text, 700, least=sizes.label, side=Side.CENTRE))
        words = words.translated(0, words.height())
        canvas.line(
            words,
            self._role.capitalize(),
            Ink(sizes.h2, colours.text2, 500, least=sizes.micro, side=Side.CENTRE),
        )
        code = QRectF(words.x(), card.bottom() - card.height() * 0.2, words.width(), sizes.h1 * 1.3)
        canvas.line(
            code, self._badge, Ink(sizes.h2, colours.text, 500, least=10, mono=True, side=Side.CENTRE)
        )


class BadgeRow(Pressed):
    """A badge of the demo; pressing it stands for scanning it."""

    def __init__(self, theme: Theme, badge: BadgeView, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.badge = badge
        pin = f", PIN {badge.pin}" if badge.pin else ""
        self.setAccessibleName(f"{badge.name}, {', '.join(badge.roles)}, badge {badge.badge}{pin}")

    def measure(self) -> QSize:
        """Two lines."""
        sizes = self.theme.sizes
        return QSize(sizes.h2 * 11, max(sizes.target, round(sizes.body * 3.4)))

    def paint(self, canvas: Canvas) -> None:
        """Name and roles at the left, badge and PIN at the right."""
        sizes, colours, body, badge = self.theme.sizes, self.theme.colours, self.body(), self.badge
        canvas.card(
            body, colours.sunken if self.isDown() else colours.surface, colours.line_strong, sizes.well, 1.5
        )
        inner = body.adjusted(sizes.pad, 4, -sizes.pad, -4)
        half = inner.height() / 2
        top, foot = inner.adjusted(0, 0, 0, -half), inner.adjusted(0, half, 0, 0)
        code = Ink(sizes.body, colours.text, 500, mono=True, side=Side.RIGHT)
        used = canvas.line(top, badge.badge, code) + sizes.space
        canvas.line(
            top.adjusted(0, 0, -used, 0), badge.name, Ink(sizes.body, colours.text, 700, least=sizes.micro)
        )
        pin = Ink(sizes.label, colours.text2, 600, side=Side.RIGHT)
        used = canvas.line(foot, f"PIN {badge.pin}" if badge.pin else "", pin) + sizes.space
        roles = Ink(sizes.label, colours.text2, 500, least=sizes.micro - 2)
        canvas.line(foot.adjusted(0, 0, -used, 0), ", ".join(badge.roles), roles)
