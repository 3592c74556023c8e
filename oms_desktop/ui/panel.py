"""The base of all panels: what a panel may ask of the frame."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from oms_desktop.floor.reply import Key
from oms_desktop.ui.theme import Theme

FLOOR_KEYS: Mapping[str, Key] = {
    "F5": Key.SHORT,
    "F7": Key.SKIP,
    "F8": Key.PRINT,
    "F9": Key.UNDO,
    "F12": Key.FINISH,
}
"""The function keys of the floor; a place may have others (F2 and Esc belong to the frame)."""


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
    """Which keys mean something here; Esc always puts aside."""
    shortcuts: Mapping[str, Key] = FLOOR_KEYS
    """Which function key is which; those not among `keys` do nothing."""
    takes_digits = False
    """Whether digits typed anywhere are a PIN here while nobody is signed in."""
    questions: Mapping[Key, str] = {Key.SHORT: "How many did you find?"}
    """What is asked in the big field before a key is passed on, with what was typed."""
    optional: frozenset[Key] = frozenset()
    """The keys whose question may be answered by nothing."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def is_ready(self, key: Key) -> bool:
        """Whether there is something for a key to act on; a panel where there is not says so itself."""
        return True
