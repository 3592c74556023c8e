"""A sheet with a form over the content: the keys of the place behind it stay there."""

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from oms_desktop.ui.widgets.overlay import Overlay

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

_OF_QUEUE = (QKeySequence.StandardKey.SelectAll, QKeySequence.StandardKey.Print)


class FormOverlay(Overlay):
    """No larger than a form that is read at a glance; no key does anything behind it."""

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the place from what stands behind the sheet."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F12 or any(map(event.matches, _OF_QUEUE)))
        ):
            event.accept()
            return True
        return super().event(event)

    def _card(self) -> QRectF:
        card, body = super()._card(), self.theme.sizes.body
        wide, high = max(card.width() - body * 84, 0) / 2, max(card.height() - body * 44, 0) / 2
        return card.adjusted(wide, high, -wide, -high)
