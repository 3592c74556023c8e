"""What the desk wants changed about an order that is there already, before anything is written.

The texts of an edit may be personal: they stand in an intake row, as those of an order that comes in do.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from oms_desktop.drafts.orders import AddressDraft, LineDraft
from oms_desktop.drafts.problems import Problem, ProblemKind


class Dated(Enum):
    """The dates of an order that can be taken away."""

    SHIP_BY = "ship by"
    DELIVER_BY = "deliver by"


@dataclass(frozen=True)
class LineEdit:
    """How many units of the line at a position are wanted from now on; 0 takes it off the order."""

    position: int
    quantity: int


@dataclass(frozen=True)
class OrderEdit:
    """The changes of an order; what is None or () stays as it is.

    `service` is the title of the way of shipping, `clears` names dates that no longer count. `email` is that
    of the customer.
    """

    address: AddressDraft | None = None
    email: str | None = None
    lines: tuple[LineEdit, ...] = ()
    new_lines: tuple[LineDraft, ...] = ()
    service: str | None = None
    note: str | None = None
    gift_message: str | None = None
    ship_by: datetime | None = None
    deliver_by: datetime | None = None
    clears: tuple[Dated, ...] = ()
    ship_complete: bool | None = None


@dataclass(frozen=True)
class CheckedEdit:
    """An edit, the problems it brings, and the kinds of problems it mends."""

    edit: OrderEdit
    problems: tuple[Problem, ...] = ()
    mended: tuple[ProblemKind, ...] = ()
