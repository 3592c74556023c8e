"""The plain data that the sheet for editing an order paints, and what was typed there."""

from dataclasses import dataclass
from datetime import datetime

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
class EditLine:
    """A line of an order as it can be edited. `line` is its hex id, `state` says how far it is.

    `wanted` are its units now and `least` those that nobody can take off any more; `promised` are the units
    that could ship apart. `fixed` says why it is not changed here, "" where it is; a `plain` line has no
    wishes, so that more of its product may come to it.
    """

    line: str
    position: int
    sku: str
    name: str
    state: str
    wanted: int
    least: int = 0
    promised: int = 0
    fixed: str = ""
    plain: bool = True


@dataclass(frozen=True)
class Goods:
    """A product that comes to an order, and the units that one scan of it stands for."""

    sku: str
    name: str
    units: int = 1


@dataclass(frozen=True)
class Wishes:
    """What a customer wishes beside the goods; `service` is the title of the way of shipping."""

    service: str = ""
    ship_by: datetime | None = None
    note: str = ""
    gift: str = ""


@dataclass(frozen=True)
class EditForm:
    """An order as it can be edited. `order` is its hex id, `holds` say what it waits for."""

    order: str
    number: str
    holds: tuple[str, ...]
    address: AddressDraft
    email: str
    look: AddressLook
    lines: tuple[EditLine, ...] = ()
    wishes: Wishes = Wishes()
    ships_complete: bool = False

    def is_as(self, other: "EditForm") -> bool:
        """Whether what can be edited is the same; how far its goods are by now does not matter."""
        mine, theirs = (
            (form.address, form.email, form.wishes, [(line.line, line.wanted) for line in form.lines])
            for form in (self, other)
        )
        return mine == theirs


@dataclass(frozen=True)
class MergeOrder:
    """An order that may become part of another. `order` is its hex id, `to` to whom and where it goes.

    `alone` says why it stays by itself whatever the others are, "" where it does not.
    """

    order: str
    number: str
    lines: int
    pieces: int
    to: str
    service: str
    alone: str = ""
