"""The packing panel: what must go in, which carton, what it weighs."""

from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from oms_desktop.floor.reply import Key, Reply
from oms_desktop.floor.views import CartonView, PackItem, PackView
from oms_desktop.ui.canvas import Side
from oms_desktop.ui.panel import Panel
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.boxes import Card, Column, Row
from oms_desktop.ui.widgets.carton_picture import CartonPicture, size_in_words
from oms_desktop.ui.widgets.code_text import CodeText
from oms_desktop.ui.widgets.item_row import ItemRow
from oms_desktop.ui.widgets.key_button import KeyButton
from oms_desktop.ui.widgets.note_card import Note, NoteCard
from oms_desktop.ui.widgets.notice import Notice
from oms_desktop.ui.widgets.progress_card import ProgressCard
from oms_desktop.ui.widgets.rows import Rows
from oms_desktop.ui.widgets.weight_gauge import WeightGauge


class PackingPanel(Panel):
    """Items at the left, carton in the middle, weight, parcel and notes at the right."""

    keys = frozenset({Key.PRINT, Key.UNDO, Key.FINISH})

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.items = Rows(theme, lambda: ItemRow(theme))
        self.progress, self.gauge, self.carton = ProgressCard(theme), WeightGauge(theme), CartonPicture(theme)
        self.items_card = Card(theme, "Items", "list-checks")
        self.carton_card = Card(theme, "Carton", "box")
        self.parcel_card = Card(theme, "Parcel", "package")
        self.carton_code = CodeText(theme, "display", 800)
        self.carton_size, self.others = CodeText(theme, "h2", 700), CodeText(theme, "label")
        self.tote, self.customer = CodeText(theme, "body"), CodeText(theme, "body", side=Side.RIGHT)
        self.service, self.sscc = CodeText(theme, "h2", 700), CodeText(theme, "body")
        self.gift = NoteCard(theme, Note.GIFT, "Gift message")
        self.note = NoteCard(theme, Note.PLAIN, "Packing note")
        self.empty = Notice(theme, "package-open")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._work())
        self._stack.addWidget(self.empty)

    def show_reply(self, reply: Reply[PackView]) -> None:
        """Paint the order on the bench, or say that there is none."""
        view = reply.data
        if not view.order:
            waiting = {0: "No tote waits", 1: "1 tote waits"}.get(view.waiting, f"{view.waiting} totes wait")
            words = f"{waiting} to be packed. No scanner? Press F2 and type the code."
            self.empty.show_words("Scan a tote or an order", words)
            self._stack.setCurrentIndex(1)
            return
        self._show_items(view)
        self._show_carton(view.carton, view.cartons)
        self.gauge.show_weight(view.weight_g, view.expected_g, view.tolerance_g)
        self.service.show_text(f"{view.service}  {view.price}".strip() or "Rate is chosen at the end")
        self.sscc.show_text(f"Parcel {view.parcel}" if view.parcel else "No parcel number yet")
        self.gift.show_text(view.gift)
        self.note.show_text(view.note)
        self._stack.setCurrentIndex(0)

    def _show_items(self, view: PackView) -> None:
        following = next((n for n, item in enumerate(view.items) if item.packed < item.quantity), -1)

        def paint(row: ItemRow, item: PackItem, number: int) -> None:
            row.show_item(item, number=number + 1, following=number == following)

        self.items.feed(view.items, paint, following)
        done, total = sum(item.packed for item in view.items), sum(item.quantity for item in view.items)
        self.progress.show_progress("Pieces in the parcel", done, total, "pieces")
        self.items_card.set_title("Items", view.order)
        self.tote.show_text(f"tote {view.tote}" if view.tote else "")
        self.customer.show_text(f"for {view.customer}" if view.customer else "")

    def _show_carton(self, carton: CartonView | None, cartons: tuple[CartonView, ...]) -> None:
        self.carton.show_carton(carton)
        self.carton_code.show_text(carton.code if carton else "No carton yet")
        self.carton_size.show_text(size_in_words(carton) if carton else "Scan the carton you take")
        others = [other.code for other in cartons if other != carton]
        self.others.show_text(f"Others: {', '.join(others)}" if others else "")

    def _work(self) -> QWidget:
        work = QWidget(self)
        row = Row(self.theme, self.items_card, self.carton_card)
        work.setLayout(row)
        self._fill_items()
        self._fill_carton()
        weight = Card(self.theme, "Weight", "scale")
        weight.column.addWidget(self.gauge)
        weight.column.addStretch(1)
        self.parcel_card.column.addWidget(self.service)
        self.parcel_card.column.addWidget(self.sscc)
        self.parcel_card.column.addStretch(1)
        notes = Card(self.theme, "Look out", "eye")
        notes.column.addWidget(self.gift)
        notes.column.addWidget(self.note)
        notes.column.addStretch(1)
        side = Column(self.theme, weight, self.parcel_card)
        side.addWidget(notes, 1)
        row.addLayout(side, 10)
        row.setStretch(0, 12)
        row.setStretch(1, 11)
        return work

    def _fill_items(self) -> None:
        column = self.items_card.column
        column.addLayout(Row(self.theme, self.tote, self.customer))
        column.addWidget(self.progress)
        column.addWidget(self.items, 1)
        row = Row(self.theme)
        typed = KeyButton(self.theme, "Type code", "keyboard", "F2")
        typed.clicked.connect(self.type_asked)
        row.addWidget(typed)
        row.addWidget(self._button("Undo", "undo-2", "F9", Key.UNDO))
        column.addLayout(row)

    def _fill_carton(self) -> None:
        column = self.carton_card.column
        self.carton_code.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        column.addLayout(Row(self.theme, self.carton_code, self.carton_size))
        column.addWidget(self.others)
        column.addWidget(self.carton, 1)
        column.addWidget(self._button("Print again", "printer", "F8", Key.PRINT))
        column.addWidget(self._button("Accept the weight", "package-check", "F12", Key.FINISH))

    def _button(self, text: str, icon: str, cap: str, key: Key) -> KeyButton:
        button = KeyButton(self.theme, text, icon, cap)
        button.clicked.connect(lambda: self.key_asked.emit(key))
        return button
