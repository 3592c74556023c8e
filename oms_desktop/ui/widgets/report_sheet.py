"""All that was found wrong with files that were brought in, over the content."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.boxes import Column, Row
from oms_desktop.ui.widgets.code_text import CodeText
from oms_desktop.ui.widgets.key_button import KeyButton
from oms_desktop.ui.widgets.overlay import Overlay


class ReportSheet(Overlay):
    """A title, a sentence, and a list that can be read, scrolled and copied."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.title, self.list = CodeText(theme, "h1", 700), QPlainTextEdit()
        self.list.setReadOnly(True)
        self.list.setAccessibleName("What was found")
        self.away = KeyButton(theme, "Close", "x", "Esc")
        self.away.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.away.clicked.connect(self.close_card)
        whole = Column(theme, self.title, self.list)
        foot = Row(theme)
        foot.addStretch(1)
        foot.addWidget(self.away)
        whole.addLayout(foot)
        self.inner.setLayout(whole)

    def open_report(self, title: str, lines: Sequence[str]) -> None:
        """Show a report from its first line on."""
        self.title.show_text(title)
        self.list.setPlainText("\n".join(lines))
        self.open_card()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
