"""The picking panel: where to go, what to take, where to put it."""

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from oms_desktop.floor.reply import Key, Reply
from oms_desktop.floor.views import PickView, StopView
from oms_desktop.ui.panel import Panel
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.big_code import BigCode
from oms_desktop.ui.widgets.boxes import Card, Column, Row
from oms_desktop.ui.widgets.key_button import KeyButton
from oms_desktop.ui.widgets.note_card import Note, NoteCard
from oms_desktop.ui.widgets.notice import Notice
from oms_desktop.ui.widgets.product_card import ProductCard
from oms_desktop.ui.widgets.progress_card import ProgressCard
from oms_desktop.ui.widgets.quantity_tile import QuantityTile
from oms_desktop.ui.widgets.rack_icon import RackIcon
from oms_desktop.ui.widgets.step_bar import Step, StepBar
from oms_desktop.ui.widgets.stop_list import StopList
from oms_desktop.ui.widgets.tote_tile import ToteTile

_STEP_OF = (("tote", 2), ("stopped", 2), ("product", 1), ("quantity", 1), ("count", 1), ("location", 0))
"""Which step a state of the dialogue belongs to, by a word of its name."""


class PickingPanel(Panel):
    """Steps, location, product and buttons at the left; tote and next stops at the right."""

    keys = frozenset({Key.SHORT, Key.SKIP, Key.UNDO, Key.FINISH})

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.steps, self.code, self.rack = StepBar(theme), BigCode(theme), RackIcon(theme)
        self.product, self.quantity = ProductCard(theme), QuantityTile(theme)
        self.progress, self.tote, self.following = ProgressCard(theme), ToteTile(theme), StopList(theme)
        self.warning = NoteCard(theme, Note.HAZARD, "Look out")
        self.empty = Notice(theme, "shopping-cart")
        self.location_card = Card(theme, "Location", "map-pin")
        self.tote_card, self.next_card = Card(theme, "Tote", "box"), Card(theme, "Next stops", "route")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._work())
        self._stack.addWidget(self.empty)

    def show_reply(self, reply: Reply[PickView]) -> None:
        """Paint the stop of a reply, or say that there is none."""
        view = reply.data
        if view.stop is None:
            self._show_empty(view, reply.message)
            return
        step = _step(reply.state.name)
        self._show_stop(view, view.stop, step)
        self._stack.setCurrentIndex(0)

    def _show_stop(self, view: PickView, stop: StopView, step: int) -> None:
        tote = stop.tote or view.tote
        self.steps.show_steps(
            (Step("Location", stop.place.code), Step("Product", "scan and count"), Step("Tote", tote)), step
        )
        self.location_card.set_title("Location", "scanned" if step else "go here")
        self.code.show_place(stop.place)
        self.rack.show_place(stop.place)
        self.product.show_product(stop.product, stop.on_hand)
        self.quantity.show_quantity(stop.quantity, stop.taken)
        self.tote.show_tote(tote, stop.order, stop.quantity, now=step == 2)
        self.following.show_stops(view.following)
        self.progress.show_progress(f"Tour {view.tour}", view.lines_done, view.lines, "lines")
        self.warning.show_text(view.warning)

    def _show_empty(self, view: PickView, message: str) -> None:
        if view.tour:
            self.empty.show_words(f"Tour {view.tour} is picked", view.warning or message)
        else:
            orders = {0: "No order waits", 1: "1 order waits"}.get(
                view.waiting, f"{view.waiting} orders wait"
            )
            title = "No tour yet" if view.waiting else "No tour for you now"
            self.empty.show_words(title, f"{orders}. No scanner? Press F2 and type the code.")
        self._stack.setCurrentIndex(1)

    def _work(self) -> QWidget:
        work = QWidget(self)
        row = Row(self.theme)
        work.setLayout(row)
        left = Column(self.theme, self.steps)
        place = Row(self.theme, self.code, self.rack)
        self.location_card.column.addLayout(place)
        product = Card(self.theme, "", "")
        product.column.addLayout(Row(self.theme, self.product, self.quantity))
        left.addWidget(self.location_card, 10)
        left.addWidget(product, 11)
        left.addLayout(self._buttons())
        left.addWidget(self.progress)
        row.addLayout(left, 16)
        row.addLayout(self._side(), 9)
        return work

    def _buttons(self) -> Row:
        row = Row(self.theme)
        for text, icon, cap, key in (
            ("Short", "package-x", "F5", Key.SHORT),
            ("Skip", "skip-forward", "F7", Key.SKIP),
            ("Undo", "undo-2", "F9", Key.UNDO),
            ("Finish", "check", "F12", Key.FINISH),
        ):
            button = KeyButton(self.theme, text, icon, cap)
            button.clicked.connect(lambda _=False, asked=key: self.key_asked.emit(asked))
            row.addWidget(button)
        typed = KeyButton(self.theme, "Type code", "keyboard", "F2")
        typed.clicked.connect(self.type_asked)
        row.insertWidget(2, typed)
        return row

    def _side(self) -> QVBoxLayout:
        side = Column(self.theme, self.warning)
        self.warning.hide()
        self.tote_card.column.addWidget(self.tote)
        self.next_card.column.addWidget(self.following)
        side.addWidget(self.tote_card)
        side.addWidget(self.next_card, 1)
        return side


def _step(state: str) -> int:
    """Index of the step that a state belongs to; the first one if its name says nothing."""
    return next((number for word, number in _STEP_OF if word in state.lower()), 0)
