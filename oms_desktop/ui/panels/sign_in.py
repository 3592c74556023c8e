"""The sign-in panel: badge, PIN, and in the demo the badges that may be pressed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from oms_desktop.floor.reply import Reply
from oms_desktop.floor.views import BadgeView, SignInView
from oms_desktop.ui.panel import Panel
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.badge_card import BadgeCard, BadgeRow
from oms_desktop.ui.widgets.boxes import Card, Row
from oms_desktop.ui.widgets.code_text import CodeText
from oms_desktop.ui.widgets.key_button import KeyButton
from oms_desktop.ui.widgets.notice import Notice
from oms_desktop.ui.widgets.pin_pad import PinDots, PinPad
from oms_desktop.ui.widgets.rows import ScrollColumn


class SignInPanel(Panel):
    """Three cards that keep their places from the badge to the last digit.

    `own_asked`: somebody who looks at the demo wants a warehouse of their own.
    """

    own_asked = Signal()
    takes_digits = True

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.badge, self.dots, self.pad = BadgeCard(theme), PinDots(theme), PinPad(theme)
        self.pin_note = CodeText(theme, "body")
        self.demo_note, self.help = CodeText(theme, "label"), Notice(theme, "shield-check")
        self.help.show_words("Your badge, your work", "Everything you scan is booked under your name.")
        self.side = Card(theme, "Badges of the demo", "id-card")
        self.own = KeyButton(theme, "Start my own warehouse", "warehouse")
        self.rows: list[BadgeRow] = []
        self._known: tuple[BadgeView, ...] = ()
        self._list = ScrollColumn(theme)
        self.pad.pressed.connect(self.digit_asked)
        self._lay_out()
        self._show_badges(())

    def show_reply(self, reply: Reply[SignInView]) -> None:
        """Paint whose badge was read and how many digits were typed."""
        view = reply.data
        self.badge.show_badge(view.badge, view.name, view.role)
        self.dots.show_digits(view.digits, expected=bool(view.badge))
        self.pin_note.show_text(
            "The last of the four digits signs you in" if view.badge else "Scan your badge first"
        )
        if view.badges != self._known:
            self._show_badges(view.badges)

    def _show_badges(self, badges: tuple[BadgeView, ...]) -> None:
        self._known = badges
        for row in self.rows:
            self._list.column.removeWidget(row)
            row.deleteLater()
        self.rows = [BadgeRow(self.theme, badge) for badge in badges]
        for row in self.rows:
            row.clicked.connect(lambda _=False, code=row.badge.badge: self.code_asked.emit(code))
            self._list.column.addWidget(row)
        self.side.setVisible(bool(badges))
        self.help.setVisible(not badges)

    def _lay_out(self) -> None:
        row = Row(self.theme)
        self.setLayout(row)
        badge, pin = Card(self.theme, "Badge", "id-card"), Card(self.theme, "PIN", "lock")
        badge.column.addWidget(self.badge)
        typed = KeyButton(self.theme, "Type badge", "keyboard", "F2")
        typed.clicked.connect(self.type_asked)
        badge.column.addWidget(typed)
        pin.column.addWidget(self.dots)
        pin.column.addWidget(self.pad, 1)
        pin.column.addWidget(self.pin_note)
        self.demo_note.show_text("Press one; its PIN stands beside it.")
        self.side.column.addWidget(self.demo_note)
        self.side.column.addWidget(self._list, 1)
        self.own.clicked.connect(self.own_asked)
        self.side.column.addWidget(self.own)
        row.addWidget(badge, 4)
        row.addWidget(pin, 3)
        row.addWidget(self.side, 4)
        row.addWidget(self.help, 4)
