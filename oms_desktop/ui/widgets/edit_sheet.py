"""The sheet in which an order is edited, over the queue: its address, its lines, what ships apart."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from oms_desktop.drafts import AddressDraft, OrderEdit
from oms_desktop.floor.edit_views import AddressLook, EditForm
from oms_desktop.floor.words import counted
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.address_page import AddressPage
from oms_desktop.ui.widgets.boxes import Column, Row
from oms_desktop.ui.widgets.choice import Choice
from oms_desktop.ui.widgets.code_text import CodeText
from oms_desktop.ui.widgets.form_overlay import ENTER, FormOverlay
from oms_desktop.ui.widgets.key_button import KeyButton, Weighting
from oms_desktop.ui.widgets.lines_page import LinesPage
from oms_desktop.ui.widgets.note_card import Note, NoteCard
from oms_desktop.ui.widgets.split_page import SplitPage

_TYPING_MS = 200
_NOTHING = EditForm("", "", (), AddressDraft(), "", AddressLook("", ()))


class EditSheet(FormOverlay):
    """`saved` carries an `OrderEdit` of what was changed; `typed` that an address wants to be judged.

    `parted` carries the hex ids of lines and how many units of them ship apart.
    `goods_asked` carries a SKU or barcode that is to come to the order; `again` asks to read the order once
    more, after that has failed. What was typed stays until the sheet is closed, whatever becomes of it.
    """

    saved = Signal(object)
    parted = Signal(object)
    typed = Signal()
    again = Signal()
    goods_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.form: EditForm | None = None
        self.title, self.told = CodeText(theme, "h1", 700), CodeText(theme, "body", 500)
        self.address, self.lines, self.pages = AddressPage(theme), LinesPage(theme), QStackedWidget()
        self.split = SplitPage(theme)
        self.tabs = [Choice(theme, name, name) for name in ("Address", "Lines and wishes", "Split")]
        self.holds = NoteCard(theme, Note.PLAIN, "Why it waits")
        self.refused = NoteCard(theme, Note.HAZARD, "Not done")
        self.save = KeyButton(theme, "Save", "check", "Enter", Weighting.PRIMARY)
        self.cancel = KeyButton(theme, "Close", "x", "Esc")
        self._typing, self._busy = QTimer(self), False
        self._held: QWidget | None = None
        self._wrong = 0
        self._side = QWidget()
        self._lay_out()
        self.restyle()
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self.typed)
        self.address.typed.connect(self._typing.start)
        self.lines.asked.connect(self.goods_asked)
        for number, tab in enumerate(self.tabs):
            tab.clicked.connect(lambda _=False, number=number: self.turn(number))
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.close_card)

    @property
    def is_busy(self) -> bool:
        """Whether the order is being read or saved."""
        return self._busy

    @property
    def takes_goods(self) -> bool:
        """Whether a product that is scanned now comes to the order."""
        return not self._busy and self.form is not None and self.pages.currentWidget() is self.lines

    def turn(self, number: int) -> None:
        """Show a page with the keyboard in it."""
        self.pages.setCurrentIndex(number)
        for tab in self.tabs:
            tab.setChecked(tab is self.tabs[number])
        self._make_room()
        if self.form is not None and not self._busy:
            self._guide()
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # a page may have nothing for the keyboard
            (self.address, self.lines, self.split)[number].enter()
        self._enable()

    def wait(self) -> None:
        """Open the sheet at the address while its order is being read."""
        self.form = None
        self.turn(0)
        self.title.show_text("Edit the order")
        self.address.show_address(AddressDraft(), "")
        self.lines.show_order(_NOTHING)
        self.split.show_order(_NOTHING)
        self._tell_beside(holds="")
        self._begin("The order is being read.")
        self.open_card()
        self._enable()

    def show_form(self, form: EditForm) -> None:
        """Show an order with the keyboard in the first field that is wrong."""
        self.form = form
        self.title.show_text(f"Edit {form.number}")
        self.address.show_address(form.address, form.email)
        self.lines.show_order(form)
        self.split.show_order(form)
        self._tell_beside(holds="\n".join(form.holds))
        self._end()
        self.show_look(form.look)
        self.turn(self.pages.currentIndex())

    def show_look(self, look: AddressLook) -> None:
        """Show how what is typed is judged."""
        self.address.show_look(look)
        self._wrong = len(look.faults)
        self._guide()

    def refuse(self, sentence: str) -> None:
        """Say why it was not saved or not read; what was typed stays."""
        self._end()
        self._tell_beside(refused=sentence)
        if self.form is None:
            self.told.show_text("Enter tries it again, Esc closes.")
        else:
            self.told.show_text("What was typed is still here. Enter tries it again, Esc closes.")

    def submit(self) -> None:
        """Hand over what was changed; while an order could not be read, ask for it again."""
        if self._busy:
            return
        if self.form is None:
            self._begin("The order is being read.")
            self.again.emit()
            return
        fault = self.lines.fault()
        if fault:
            self.told.show_text(fault)
            return
        change = self._change(self.form)
        if self.pages.currentWidget() is self.split:
            self._part(change)
            return
        if change == OrderEdit():
            self.told.show_text("Nothing is changed yet. Esc closes.")
            return
        self._begin("The order is being saved.")
        self.saved.emit(change)

    def _guide(self) -> None:
        """Say how the address is judged, and what the keys do."""
        page = self.pages.currentWidget()
        keys = f"Enter {'splits' if page is self.split else 'saves'}, Esc closes and changes nothing."
        if self._wrong and page is not self.split:
            keys = f"{counted(self._wrong, 'field')} of the address to correct. {keys}"
        elif page is self.address:
            keys = f"This address can go on a label. {keys}"
        self.told.show_text(keys)

    def _part(self, change: OrderEdit) -> None:
        """Hand over what ships apart, if nothing else was changed that would be lost by it."""
        if change != OrderEdit():
            self.told.show_text("Other pages are changed. Save them first, or close the sheet with Esc.")
        elif self.split.fault():
            self.told.show_text(self.split.fault())
        else:
            self._begin("The order is being split.")
            self.parted.emit(self.split.shares)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves, Ctrl+Tab turns to the next page."""
        if event.key() in ENTER:
            self.submit()
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            step = -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            self.turn((self.pages.currentIndex() + step) % self.pages.count())
        else:
            super().keyPressEvent(event)

    def restyle(self) -> None:
        """Take over new tokens."""
        super().restyle()
        self._side.setFixedWidth(self.theme.sizes.body * 21)

    def _change(self, form: EditForm) -> OrderEdit:
        address, email = self.address.address, self.address.email
        return replace(
            self.lines.change(),
            address=address if address != form.address else None,
            email=email if email != form.email else None,
        )

    def _begin(self, words: str) -> None:
        self._busy, self._held = True, self.focusWidget()
        self._tell_beside(refused="")
        self.told.show_text(words)
        self._enable()

    def _end(self) -> None:
        self._busy = False
        self._enable()
        if self._held is not None and self._held.isEnabled():
            self._held.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_beside(self, holds: str | None = None, refused: str | None = None) -> None:
        """Say why the order waits or what was refused."""
        for card, words in ((self.holds, holds), (self.refused, refused)):
            if words is not None:
                card.show_text(words)
        self._make_room()

    def _make_room(self) -> None:
        """Give the room of cards that are not there to a page of fields; the numbers of a split stay."""
        empty = self.holds.isHidden() and self.refused.isHidden()
        self._side.setHidden(empty and self.pages.currentWidget() is not self.split)

    def _enable(self) -> None:
        if self._busy:
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # a field that is disabled would lose it to nobody
        self.pages.setEnabled(not self._busy and self.form is not None)
        self.save.setEnabled(not self._busy)
        word = "Split" if self.pages.currentWidget() is self.split else "Save"
        self.save.setText("Wait" if self._busy else word if self.form is not None else "Try again")

    def _lay_out(self) -> None:
        beside = Column(self.theme, self.refused, self.holds)
        beside.addStretch(1)
        self._side.setLayout(beside)
        self.refused.hide()
        self.holds.hide()
        self._side.hide()
        middle, foot = Row(self.theme), Row(self.theme, self.told)
        self.pages.addWidget(self.address)
        self.pages.addWidget(self.lines)
        self.pages.addWidget(self.split)
        middle.addWidget(self.pages, 1)
        middle.addWidget(self._side)
        foot.setStretch(0, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        head, whole = Row(self.theme, self.title), Column(self.theme)
        head.setStretch(0, 1)
        for tab in self.tabs:
            head.addWidget(tab)
        turns = CodeText(self.theme, "label", 500)
        turns.show_text("Ctrl+Tab turns the page")
        turns.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        head.addWidget(turns)
        whole.addLayout(head)
        whole.addLayout(middle, 1)
        whole.addLayout(foot)
        self.inner.setLayout(whole)
