"""The plain data that the sheet for editing an order paints, and what was typed there."""

from dataclasses import dataclass

from oms_desktop.drafts import AddressDraft
from oms_desktop.drafts.address_form import AddressField


@dataclass(frozen=True)
class Fault:
    """A field of the address that is wrong, and a sentence on what is expected there."""

    field: str
    sentence: str


@dataclass(frozen=True)
class AddressLook:
    """How an address is judged: what its country is called ("" for none), its fields, what is wrong."""

    country: str
    fields: tuple[AddressField, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class EditForm:
    """An order as it can be edited. `order` is its hex id, `holds` say what it waits for."""

    order: str
    number: str
    holds: tuple[str, ...]
    address: AddressDraft
    email: str
    look: AddressLook
