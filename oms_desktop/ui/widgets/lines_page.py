"""The lines of an order with their units, lines that come to it, and the customer's wishes."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from oms_desktop.drafts import Dated, LineDraft, LineEdit, OrderEdit
from oms_desktop.floor.edit_views import EditForm, EditLine, Goods, Wishes
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.boxes import Column, Row
from oms_desktop.ui.widgets.form_field import FormField
from oms_desktop.ui.widgets.key_button import KeyButton
from oms_desktop.ui.widgets.line_row import LineRow
from oms_desktop.ui.widgets.rows import Rows

_WISHES = {
    "service": "Way of shipping",
    "ship_by": "Leaves by",
    "gift": "Gift message",
    "note": "Note for the packer",
}
_TIME = "%Y-%m-%d %H:%M"
_NO_TIME = "A time like 2026-11-30 08:00 is expected."


@dataclass(frozen=True)
class _Shown:
    line: EditLine
    units: int
    new: bool = False


class LinesPage(QWidget):
    """`asked` carries a SKU or barcode whose product is to come to the order."""

    asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.rows = Rows(theme, lambda: LineRow(theme))
        self.sku = FormField(theme, "Add a product: scan it, or type its SKU or barcode")
        self.add = KeyButton(theme, "Add", "plus")
        self.wishes = {name: FormField(theme, label) for name, label in _WISHES.items()}
        self._was = Wishes()
        self.add.clicked.connect(self._ask)
        self.sku.edit.textEdited.connect(self._forget_told)
        self.wishes["ship_by"].edit.textEdited.connect(lambda: self.wishes["ship_by"].show_fault(""))
        self._lay_out()

    def show_order(self, form: EditForm) -> None:
        """Show the lines and wishes of an order in place of what was typed."""
        self._was = form.wishes
        self.sku.edit.clear()
        self._forget_told()
        texts = {"service": form.wishes.service, "gift": form.wishes.gift, "note": form.wishes.note}
        for name, field in self.wishes.items():
            field.edit.setText(texts.get(name, self._time(form.wishes.ship_by)))
            field.edit.setCursorPosition(0)
            field.show_fault("")
        self._feed([_Shown(line, line.wanted) for line in form.lines])

    def _forget_told(self) -> None:
        self.sku.show_fault("")
        self.sku.show_hint("")

    def add_goods(self, goods: Goods) -> None:
        """Let units of a product come to the order: to a plain line of it, or as a new line."""
        self.sku.edit.clear()
        rows = self.rows.shown()
        row = next(
            (row for row in rows if row.line.sku == goods.sku and row.line.plain and not row.line.fixed), None
        )
        if row is None:
            line = EditLine("", 0, goods.sku, goods.name, "new", 0)
            now = [_Shown(each.line, each.units or 0, new=not each.line.line) for each in rows]
            self._feed([*now, _Shown(line, goods.units, new=True)])
            row = self.rows.shown()[-1]
        else:
            row.add(goods.units)
        self.sku.show_hint(f"{row.units} of {goods.name}")
        self.rows.ensureWidgetVisible(row)

    def refuse_goods(self, sentence: str) -> None:
        """Say that no product is meant; what was typed stays."""
        self.sku.show_fault(sentence)
        self.sku.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self) -> None:
        """Put the keyboard into the first number that can be changed."""
        row = next((row for row in self.rows.shown() if row.number.isEnabled()), None)
        field = row.number if row is not None else self.sku.edit
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    def fault(self) -> str:
        """Mark what cannot be read, and say what it is; "" when all can."""
        wanting = next((row for row in self.rows.shown() if row.units is None), None)
        if wanting is not None:
            wanting.number.setFocus(Qt.FocusReason.OtherFocusReason)
            return f"{wanting.line.sku} needs a number of units."
        try:
            self._ship_by()
        except ValueError:
            self.wishes["ship_by"].show_fault(_NO_TIME)
            self.wishes["ship_by"].edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return "When it leaves cannot be read."
        return ""

    def change(self) -> OrderEdit:
        """What was changed of lines and wishes, after `fault` has found nothing."""
        rows = self.rows.shown()
        lines = tuple(
            LineEdit(row.line.position, row.units or 0)
            for row in rows
            if row.line.line and row.units != row.line.wanted
        )
        added = tuple(
            LineDraft(row.line.sku, row.units, Decimal(), title=row.line.name)
            for row in rows
            if not row.line.line and row.units
        )
        ship_by = self._ship_by()
        moved = self._is_new("ship_by", self._time(self._was.ship_by))
        return OrderEdit(
            lines=lines,
            new_lines=added,
            service=self._text("service", self._was.service),
            note=self._text("note", self._was.note),
            gift_message=self._text("gift", self._was.gift),
            ship_by=ship_by if moved else None,
            clears=(Dated.SHIP_BY,) if moved and ship_by is None else (),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the field for a product adds it; elsewhere it is the sheet's."""
        here = self.sku.edit.hasFocus() and bool(self.sku.text)
        if here and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
        else:
            event.ignore()

    def _ask(self) -> None:
        if self.sku.text:
            self.asked.emit(self.sku.text)

    def _text(self, name: str, was: str) -> str | None:
        return self.wishes[name].text if self._is_new(name, was) else None

    def _is_new(self, name: str, was: str) -> bool:
        return self.wishes[name].edit.isModified() and self.wishes[name].text != was.strip()

    def _time(self, at: datetime | None) -> str:
        return "" if at is None else at.astimezone(self.theme.zone).strftime(_TIME)

    def _ship_by(self) -> datetime | None:
        """Read the time in the warehouse's zone; ValueError if it is none."""
        text = self.wishes["ship_by"].text
        if not text:
            return None
        local = datetime.strptime(text, _TIME)
        try:
            return (local.replace(tzinfo=self.theme.zone) if self.theme.zone else local).astimezone(UTC)
        except OverflowError as error:
            raise ValueError(text) from error

    def _feed(self, shown: list[_Shown]) -> None:
        self.rows.feed(shown, _paint)

    def _lay_out(self) -> None:
        self.add.setFixedHeight(self.theme.sizes.target)
        bottom = Row(self.theme, self.sku)
        bottom.setStretch(0, 1)
        bottom.addWidget(self.add, 0, Qt.AlignmentFlag.AlignVCenter)
        left, right = Column(self.theme, self.rows), Column(self.theme)
        left.setStretch(0, 1)
        left.addLayout(bottom)
        for field in self.wishes.values():
            right.addWidget(field)
        right.addStretch(1)
        whole = Row(self.theme)
        whole.addLayout(left, 9)
        whole.addLayout(right, 5)
        self.setLayout(whole)


def _paint(row: LineRow, shown: _Shown, _number: int) -> None:
    line = shown.line
    row.show_line(line, units=shown.units, least=0 if shown.new else line.least)
