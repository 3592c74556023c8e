"""The form that starts a warehouse of one's own: names, a PIN, and the numbers of the layout."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from oms_desktop.errors import InputError
from oms_desktop.planning.layout import Layout, refuse_impossible
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.boxes import Row
from oms_desktop.ui.widgets.code_text import CodeText
from oms_desktop.ui.widgets.form_field import FieldNote, mark_wrong
from oms_desktop.ui.widgets.form_overlay import ENTER
from oms_desktop.ui.widgets.key_button import KeyButton, Weighting
from oms_desktop.ui.widgets.layout_picture import LayoutPicture
from oms_desktop.ui.widgets.overlay import Overlay


@dataclass(frozen=True)
class Asked:
    """What was typed: a layout that can be, and the rest as texts by the names of their fields."""

    layout: Layout
    texts: Mapping[str, str]


_TEXTS = {
    "name": ("Name of the warehouse", "My warehouse"),
    "admin": ("Who signs in first", ""),
    "pin": ("PIN, four digits", ""),
    "time_zone": ("Time zone", "Europe/Berlin"),
    "address1": ("Street", ""),
    "postal_code": ("Postal code", ""),
    "city": ("City", ""),
    "country_code": ("Country, two letters", ""),
}
_NUMBERS = {
    "aisles": ("Aisles", "6"),
    "bays": ("Bays along an aisle", "10"),
    "levels": ("Levels for picking", "3"),
    "reserve_levels": ("Levels for reserve", "1"),
    "blocks": ("Blocks", "1"),
    "zone_aisles": ("Aisles of a zone, 0 for all", "0"),
}


class OwnForm(Overlay):
    """`started` carries an `Asked`; what was typed stays when the form is closed."""

    started = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.fields = {name: QLineEdit(start) for name, (_, start) in {**_TEXTS, **_NUMBERS}.items()}
        self.fields["pin"].setEchoMode(QLineEdit.EchoMode.Password)
        self.picture, self.told = LayoutPicture(theme), FieldNote(theme)
        self.title = CodeText(theme, "h1", 700)
        self.title.show_text("Start my own warehouse")
        self.start = KeyButton(theme, "Start", "warehouse", "Enter", Weighting.PRIMARY)
        self.cancel = KeyButton(theme, "Close", "x", "Esc")
        self._lay_out()
        self.start.clicked.connect(self._submit)
        self.cancel.clicked.connect(self.close_card)

    def open_form(self) -> None:
        """Show the form with the keyboard in its first field."""
        self._look()
        self.open_card()
        self.fields["name"].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refuse(self, faults: Mapping[str, str]) -> None:
        """Say why it was not started, and let what is wrong be typed again.

        `faults` are sentences by the names of fields; one that concerns no field has the name "".
        """
        self._busy(False)
        for name, field in self.fields.items():
            mark_wrong(field, wrong=name in faults)
        first = next((field for name, field in self.fields.items() if name in faults), self)
        first.setFocus(Qt.FocusReason.TabFocusReason)
        self.told.show_text(" ".join(faults.values()), wrong=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter starts it."""
        if event.key() in ENTER:
            self.start.click()
        else:
            super().keyPressEvent(event)

    def _layout_asked(self) -> Layout:
        """Read the numbers; InputError says which of them cannot be."""
        numbers: dict[str, int] = {}
        for name, (label, _start) in _NUMBERS.items():
            text = self.fields[name].text().strip()
            if not (text.isdecimal() and text.isascii()):
                raise InputError("layout.not_a_number", f"{label}: {text or 'nothing'} is no whole number.")
            numbers[name] = int(text[:6])
        layout = Layout(**numbers)
        refuse_impossible(layout)
        return layout

    def _look(self) -> None:
        """Show what the numbers make, or why they make nothing."""
        try:
            layout = self._layout_asked()
        except InputError as error:
            self.picture.show_layout(None)
            self.told.show_text(error.text, wrong=True)
            self.start.setEnabled(False)
            return
        self.picture.show_layout(layout)
        self.told.show_text(f"{layout.places} places. Products and people follow as lists.", wrong=False)
        self.start.setEnabled(True)

    def _submit(self) -> None:
        texts = {name: self.fields[name].text().strip() for name in _TEXTS}
        asked = Asked(self._layout_asked(), texts)
        self._busy(True)
        self.told.show_text("The warehouse is being made.", wrong=False)
        self.started.emit(asked)

    def _mended(self, name: str) -> None:
        """What is typed anew is not wrong any more."""
        mark_wrong(self.fields[name], wrong=False)

    def _busy(self, busy: bool) -> None:
        for field in self.fields.values():
            field.setEnabled(not busy)
        self.start.setEnabled(not busy)

    def _lay_out(self) -> None:
        grid = QGridLayout(self.inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.addWidget(self.title, 0, 0, 1, 4)
        for number, (name, (label, _start)) in enumerate({**_TEXTS, **_NUMBERS}.items()):
            caption = CodeText(self.theme, "label", 600)
            caption.show_text(label)
            row, column = 1 + number // 2 * 2, number % 2
            grid.addWidget(caption, row, column)
            grid.addWidget(self.fields[name], row + 1, column)
            self.fields[name].setAccessibleName(label)
            self.fields[name].textEdited.connect(lambda _text, name=name: self._mended(name))
            if name in _NUMBERS:
                self.fields[name].textChanged.connect(self._look)
        last = 1 + (len(self.fields) + 1) // 2 * 2
        grid.addWidget(self.picture, 1, 2, last - 1, 2)
        foot = Row(self.theme, self.told)
        foot.setStretch(0, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.start)
        grid.addLayout(foot, last, 0, 1, 4)
        for column, stretch in enumerate((3, 3, 3, 3)):
            grid.setColumnStretch(column, stretch)
