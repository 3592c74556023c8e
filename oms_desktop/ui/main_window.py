"""The frame of every screen: rail, top bar, instruction bar, the open panel, overlays, keys."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from oms_desktop.floor.reply import Key, Reply
from oms_desktop.ui.canvas import Canvas
from oms_desktop.ui.panel import Panel
from oms_desktop.ui.replies import Replies
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.tokens import is_compact
from oms_desktop.ui.widgets.boxes import Column
from oms_desktop.ui.widgets.error_sheet import ErrorSheet
from oms_desktop.ui.widgets.form_overlay import FormOverlay
from oms_desktop.ui.widgets.instruction_bar import InstructionBar
from oms_desktop.ui.widgets.painted import Painted
from oms_desktop.ui.widgets.pin_pad import DELETE
from oms_desktop.ui.widgets.rail import Rail
from oms_desktop.ui.widgets.too_small import TooSmall
from oms_desktop.ui.widgets.top_bar import DeviceLook, Person, TopBar
from oms_desktop.ui.widgets.type_code import TypeCode

_KEYS = tuple(f"F{number}" for number in range(1, 13) if number != 2)

_SMALLEST = QSize(480, 320)
"""At which even the words that the window is too small are whole."""


@runtime_checkable
class ShowsReply(Protocol):
    """A panel that paints replies."""

    def show_reply(self, reply: Reply[Any], /) -> None:
        """Paint a reply."""


@dataclass(frozen=True)
class _Place:
    title: str
    panel: Panel
    shows: Callable[[Reply[Any]], None] | None


class Content(Painted):
    """The ground of bar and panel; overlays are its children."""

    def minimumSizeHint(self) -> QSize:
        """What bar and panel need."""
        layout = self.layout()
        return layout.totalMinimumSize() if layout is not None else QSize()

    def paint(self, canvas: Canvas) -> None:
        """The ground."""
        canvas.block(QRectF(self.rect()), self.theme.colours.bg)


class MainWindow(QMainWindow):
    """Shows replies and passes on what people ask for; it decides nothing.

    `digit_pressed` carries a digit of the PIN, or '' to take the last one back; `key_pressed` a `Key`
    and what was typed for it; `files_dropped` paths of files.
    """

    place_asked = Signal(str)
    code_typed = Signal(str)
    key_pressed = Signal(Key, str)
    digit_pressed = Signal(str)
    locked = Signal()
    theme_asked = Signal()
    files_dropped = Signal(list)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setWindowTitle("OMS Desktop")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAcceptDrops(True)
        self.rail, self.top, self.bar = Rail(theme), TopBar(theme), InstructionBar(theme)
        self.content, self.stack = Content(theme), QStackedWidget()
        self.sheet, self.field = ErrorSheet(theme, self.content), TypeCode(theme, self.content)
        self.small = TooSmall(theme, self)
        self._places: dict[str, _Place] = {}
        self._replies = Replies(self.bar, self.sheet)
        self._place, self._person = "", Person()
        self._asked: Key | None = None
        self._lay_out()
        self._wire()
        self._restyle()

    def add_panel(self, place: str, title: str, panel: Panel) -> None:
        """Add a place; the first one added is shown."""
        shows = panel.show_reply if isinstance(panel, ShowsReply) else None
        self._places[place] = _Place(title, panel, shows)
        self.stack.addWidget(panel)
        panel.key_asked.connect(self._press)
        panel.code_asked.connect(self.code_typed)
        panel.digit_asked.connect(self.digit_pressed)
        panel.type_asked.connect(self.type_code)
        if not self._place:
            self.set_place(place)

    def set_place(self, place: str) -> None:
        """Show a place as its last reply left it; overlays are put away."""
        self._place = place
        known = self._places[place]
        self.stack.setCurrentWidget(known.panel)
        self.top.show_title(known.title)
        self.rail.set_place(place)
        self.field.close_field()
        self.setFocus()
        self._replies.open(place, known.title)

    def show_reply(self, place: str, reply: Reply[Any], scan: str) -> None:
        """Show what a dialogue answered; `scan` is the code it answered, empty for a key."""
        paint = self._places[place].shows
        if paint is not None:
            paint(reply)
        in_front = place == self._place
        taken = self._replies.take(place, reply, scan, in_front, self._places[place].panel.takes_digits)
        if taken and in_front and scan:
            self.field.close_field()

    def show_person(self, name: str, role: str, places: tuple[str, ...]) -> None:
        """Show who is signed in and the places that person may open; empty for nobody.

        What the person before was told last is gone.
        """
        if name != self._person.name:
            self._replies.forget()
        self._person = Person(name, role)
        self.top.show_person(self._person)
        self.rail.show_places(places)
        self.rail.setVisible(bool(places))
        self.rail.set_place(self._place)

    def show_device(self, name: str, kind: str, word: str, ok: bool) -> None:
        """Show the state of a device with a shape and a word."""
        self.top.show_device(DeviceLook(name, kind, word, ok))

    def show_station(self, text: str) -> None:
        """Show where this window stands."""
        self.top.show_station(text)

    def type_code(self) -> None:
        """Open the field for a code that cannot be scanned."""
        self._asked = None
        self.field.ask("Type the code", "Enter hands it over as if it had been scanned.")

    @property
    def asked(self) -> Key | None:
        """The key whose question is open in the field, None if none is."""
        return None if self.field.isHidden() else self._asked

    def answer(self, text: str) -> None:
        """Answer the question in the field by what was scanned."""
        self.field.close_field()
        self._typed(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits are a PIN while nobody is signed in; no other letter or digit means anything."""
        known = self._places.get(self._place)
        if known is not None and known.panel.takes_digits and not self._person.name:
            text = DELETE if event.key() == Qt.Key.Key_Backspace else event.text()
            if text == DELETE or (len(text) == 1 and text in "0123456789"):
                self.digit_pressed.emit(text)
                return
        event.ignore()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of this machine."""
        if _files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Pass on the files that were dropped."""
        event.acceptProposedAction()
        self.files_dropped.emit(_files(event.mimeData()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the density for the new size; a size at which screens are cut is said in words."""
        super().resizeEvent(event)
        self.small.look(event.size())
        self.theme.set_compact(is_compact(event.size().width(), event.size().height()))

    def _press(self, key: Key) -> None:
        """Pass on a key of the place, after what has to be typed for it."""
        panel = self._places[self._place].panel
        if key not in panel.keys or not self.field.isHidden() or not panel.is_ready(key):
            return
        if key in panel.questions:
            self._asked = key
            optional = key in panel.optional
            self.field.ask(panel.questions[key], "Type the answer, then Enter.", optional=optional)
            return
        self.key_pressed.emit(key, "")

    def _press_named(self, name: str) -> None:
        key = self._places[self._place].panel.shortcuts.get(name)
        if key is not None:
            self._press(key)

    def _typed(self, text: str) -> None:
        key, self._asked = self._asked, None
        self.setFocus()
        if key is None:
            self.code_typed.emit(text)
        else:
            self.key_pressed.emit(key, text)

    def _escape(self) -> None:
        """Close the field, else put the error sheet aside, else tell the dialogue."""
        if not self.field.isHidden():
            self.field.close_field()
            return
        self._put_aside()

    def _put_aside(self) -> None:
        self._replies.put_aside(self._place)
        self.key_pressed.emit(Key.PUT_ASIDE, "")

    def _open(self, number: int) -> None:
        place = self.rail.place_at(number)
        if place:
            self._leave_for(place)

    def _leave_for(self, place: str) -> None:
        """Ask for a place, unless a form is open: what was typed there would be lost."""
        if all(form.isHidden() for form in self.content.findChildren(FormOverlay)):
            self.place_asked.emit(place)

    def _wire(self) -> None:
        self.rail.asked.connect(self._leave_for)
        self.sheet.put_aside.connect(self._put_aside)
        self.field.submitted.connect(self._typed)
        self.field.closed.connect(self.setFocus)
        self.theme.changed.connect(self._restyle)
        actions: dict[str, Callable[[], object]] = {
            "F2": self.type_code,
            "Esc": self._escape,
            "Ctrl+L": self.locked.emit,
            "Ctrl+D": self.theme_asked.emit,
        }
        for name in _KEYS:
            actions[name] = partial(self._press_named, name)
        for number in range(1, 6):
            actions[f"Alt+{number}"] = partial(self._open, number)
        for keys, action in actions.items():
            QShortcut(QKeySequence(keys), self).activated.connect(action)

    def _lay_out(self) -> None:
        inner = Column(self.theme, self.bar, self.stack)
        self.content.setLayout(inner)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.top)
        right.addWidget(self.content, 1)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)
        self.setMinimumSize(_SMALLEST)
        self.rail.hide()

    def _restyle(self) -> None:
        margin = self.theme.sizes.margin
        layout = self.content.layout()
        if layout is not None:
            layout.setContentsMargins(margin, margin - 4, margin, margin)
        self.theme.style(self)


def _files(dropped: QMimeData) -> list[Path]:
    """The files among what is dropped."""
    return [
        path for url in dropped.urls() if url.isLocalFile() and (path := Path(url.toLocalFile())).is_file()
    ]
