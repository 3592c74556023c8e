"""The base of all panels: what a panel may ask of the frame."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from oms_desktop.floor.reply import Key
from oms_desktop.ui.theme import Theme


class Panel(QWidget):
    """A place. Buttons of a panel ask for what its keys do; the frame passes it on.

    `key_asked` carries a `Key`, `code_asked` a code that stands for a scan, `digit_asked` a digit of
    the PIN or '' to take one back; `type_asked` opens the field for typing a code.
    """

    key_asked = Signal(Key)
    code_asked = Signal(str)
    digit_asked = Signal(str)
    type_asked = Signal()

    keys: frozenset[Key] = frozenset()
    """Which function keys mean something here; Esc always puts aside."""
    takes_digits = False
    """Whether digits typed anywhere are a PIN here while nobody is signed in."""
    count_question = "How many did you find?"
    """What is asked before `Key.SHORT` is passed on."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
