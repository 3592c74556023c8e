"""The shipping panel: parcels that are ready, the chosen one, its label, the lanes."""

from PySide6.QtWidgets import QGridLayout, QWidget

from oms_desktop.floor.reply import Key, Reply
from oms_desktop.floor.views import LaneView, ParcelView, ShipView
from oms_desktop.ui.panel import Panel
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.boxes import Card, Column, Row
from oms_desktop.ui.widgets.code_text import CodeText
from oms_desktop.ui.widgets.key_button import KeyButton
from oms_desktop.ui.widgets.label_preview import LabelPreview
from oms_desktop.ui.widgets.lane_card import LaneCard
from oms_desktop.ui.widgets.note_card import Note, NoteCard
from oms_desktop.ui.widgets.parcel_row import ParcelRow, kilograms
from oms_desktop.ui.widgets.rows import Rows, ScrollColumn

_ABREAST = 3
"""Lanes in a row."""


class ShippingPanel(Panel):
    """Parcels at the left; the chosen parcel and its label above the lanes."""

    keys = frozenset({Key.PRINT, Key.UNDO, Key.FINISH})

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.parcels = Rows(theme, lambda: ParcelRow(theme))
        self.parcels_card = Card(theme, "Parcels ready", "package-check")
        self.parcel_card = Card(theme, "Parcel", "package")
        self.label_card, self.lanes_card = Card(theme, "Label", "tag"), Card(theme, "Lanes", "truck")
        self.order, self.lane = CodeText(theme, "display", 800), CodeText(theme, "h1", 700)
        self.facts, self.service = CodeText(theme, "h2"), CodeText(theme, "h2", 700)
        self.sscc = CodeText(theme, "body")
        self.closed = NoteCard(theme, Note.PLAIN, "Manifest")
        self.nothing = CodeText(theme, "body")
        self.label = LabelPreview(theme)
        self.lanes: list[LaneCard] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.sizes.space)
        self._lay_out()

    def show_reply(self, reply: Reply[ShipView]) -> None:
        """Paint the dock."""
        view = reply.data

        def paint(row: ParcelRow, parcel: ParcelView, number: int) -> None:
            row.show_parcel(parcel, chosen=view.current is not None and parcel.sscc == view.current.sscc)

        shown = [parcel.sscc for parcel in view.parcels]
        chosen = shown.index(view.current.sscc) if view.current and view.current.sscc in shown else -1
        self.parcels.feed(view.parcels, paint, chosen)
        self.parcels_card.set_title("Parcels ready", str(len(view.parcels)))
        self.nothing.show_text("" if view.parcels else "No parcel waits. Packed parcels appear here.")
        self.nothing.setVisible(not view.parcels)
        self._show_current(view.current)
        self._show_lanes(view.lanes, view.current.lane if view.current else "")
        self.closed.show_text(view.closed)

    def show_label(self, path: str) -> None:
        """Show the label of the chosen parcel from a PNG file; empty for none."""
        self.label.show_file(path)

    def _show_current(self, parcel: ParcelView | None) -> None:
        if parcel is None:
            for line in (self.facts, self.service, self.sscc):
                line.show_text("")
            self.order.show_text("Scan a parcel")
            self.lane.show_text("Scan the code on its label")
            return
        self.order.show_text(parcel.order)
        self.lane.show_text(f"Lane {parcel.lane}, {parcel.status}")
        part = f"parcel {parcel.number} of {parcel.count}"
        self.facts.show_text(f"{part}, {kilograms(parcel.weight_g)}")
        self.service.show_text(f"{parcel.carrier} {parcel.service}")
        self.sscc.show_text(parcel.sscc)

    def _show_lanes(self, lanes: tuple[LaneView, ...], wanted: str) -> None:
        while len(self.lanes) < len(lanes):
            card = LaneCard(self.theme)
            self._grid.addWidget(card, len(self.lanes) // _ABREAST, len(self.lanes) % _ABREAST)
            self.lanes.append(card)
        for number, card in enumerate(self.lanes):
            if number < len(lanes):
                card.show_lane(lanes[number], wanted=lanes[number].code == wanted)
            card.setVisible(number < len(lanes))
        note = "scan a lane sign to load" if lanes else "no lanes are set up"
        self.lanes_card.set_title("Lanes and manifests", note)

    def _lay_out(self) -> None:
        row = Row(self.theme)
        self.setLayout(row)
        self.parcels_card.column.addWidget(self.nothing)
        self.parcels_card.column.addWidget(self.parcels, 1)
        for line in (self.order, self.lane, self.facts, self.service, self.sscc):
            self.parcel_card.column.addWidget(line)
        self.parcel_card.column.addStretch(1)
        self.parcel_card.column.addWidget(self.closed)
        self.closed.hide()
        self.parcel_card.column.addLayout(self._buttons())
        self.label_card.column.addWidget(self.label, 1)
        self.label_card.column.addWidget(self._button("Print again", "printer", "F8", Key.PRINT))
        lanes = ScrollColumn(self.theme)
        lanes.column.addLayout(self._grid)
        for column in range(_ABREAST):
            self._grid.setColumnStretch(column, 1)
        self.lanes_card.column.addWidget(lanes, 1)
        top = Row(self.theme)
        top.addWidget(self.parcel_card, 5)
        top.addWidget(self.label_card, 3)
        right = Column(self.theme)
        right.addLayout(top, 5)
        right.addWidget(self.lanes_card, 4)
        row.addWidget(self.parcels_card, 5)
        row.addLayout(right, 12)

    def _buttons(self) -> Row:
        row = Row(self.theme)
        typed = KeyButton(self.theme, "Type code", "keyboard", "F2")
        typed.clicked.connect(self.type_asked)
        row.addWidget(typed)
        row.addWidget(self._button("Undo", "undo-2", "F9", Key.UNDO))
        row.addWidget(self._button("Close manifest", "file-check", "F12", Key.FINISH))
        return row

    def _button(self, text: str, icon: str, cap: str, key: Key) -> KeyButton:
        button = KeyButton(self.theme, text, icon, cap)
        button.clicked.connect(lambda: self.key_asked.emit(key))
        return button
