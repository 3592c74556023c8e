"""The address of an order as fields, the country first: it names the others and says which it needs."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from oms_desktop.drafts import AddressDraft
from oms_desktop.drafts.address_form import address_fields, country_of, is_province_code
from oms_desktop.floor.edit_views import AddressLook
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.form_field import FormField

_PLACES = {
    "country_code": (0, 0, 2),
    "address1": (1, 0, 2),
    "address2": (2, 0, 2),
    "postal_code": (3, 0, 2),
    "city": (4, 0, 1),
    "province": (4, 1, 1),
    "name": (0, 2, 2),
    "company": (1, 2, 2),
    "phone": (2, 2, 2),
    "email": (3, 2, 2),
}
"""Row, column and columns of each field, in the order in which Tab passes them."""


class AddressPage(QWidget):
    """`typed` tells that something was typed; `address` and `email` are what stands there now."""

    typed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = {name: FormField(theme, "") for name in _PLACES}
        self._was = AddressDraft()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for name, (row, column, wide) in _PLACES.items():
            grid.addWidget(self.fields[name], row, column, 1, wide)
            self.fields[name].edit.textEdited.connect(self.typed)
        for column, stretch in enumerate((1, 1, 1, 1)):
            grid.setColumnStretch(column, stretch)
        grid.setRowStretch(len(_PLACES), 1)
        self.show_look(AddressLook("", address_fields("")))
        self.fields["phone"].show_label("Phone")
        self.fields["email"].show_label("E-mail of the customer")

    def show_address(self, address: AddressDraft, email: str) -> None:
        """Show an address in place of what was typed."""
        self._was = address
        for name, field in self.fields.items():
            text = email if name == "email" else getattr(address, name)
            field.edit.setText(text or (address.province_code if name == "province" else ""))
            field.edit.setCursorPosition(0)

    def show_look(self, look: AddressLook) -> None:
        """Name the fields as the country does, and mark those that are wrong."""
        for field in look.fields:
            self.fields[field.name].show_label(field.label, needed=field.needed)
        self.fields["country_code"].show_hint(look.country)
        faults = {fault.field: fault.sentence for fault in look.faults}
        for name, widget in self.fields.items():
            widget.show_fault(faults.get(name, ""))

    def enter(self) -> None:
        """Put the keyboard into the first field that is wrong, else into that of the country."""
        wrong = next((field for field in self.fields.values() if field.fault), None)
        field = wrong or self.fields["country_code"]
        field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        field.edit.selectAll()

    @property
    def address(self) -> AddressDraft:
        """The address as it was typed."""
        typed = {name: field.text for name, field in self.fields.items() if name not in ("email", "province")}
        typed["country_code"] = country_of(typed["country_code"])
        area = self.fields["province"].text
        if area == (self._was.province or self._was.province_code):
            return replace(self._was, **typed)
        short = is_province_code(typed["country_code"], area)
        return replace(
            self._was,
            **typed,
            province="" if short else area,
            province_code=area.upper() if short else "",
        )

    @property
    def email(self) -> str:
        """The e-mail address as it was typed."""
        return self.fields["email"].text
