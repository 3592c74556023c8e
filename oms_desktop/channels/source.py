"""What every order source gives: the orders of a file, each judged, and the entries that are none."""

from collections.abc import Callable
from dataclasses import dataclass

from oms_desktop.channels.payload import Payload
from oms_desktop.drafts import CheckedOrder, Problem


@dataclass(frozen=True)
class OrderFile:
    """All that a file or message held: its orders, and one problem for each entry that is no order."""

    channel: str
    orders: tuple[CheckedOrder, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def read(self) -> int:
        """How many orders the file meant to bring, the unreadable ones included."""
        return len(self.orders) + len(self.problems)


@dataclass(frozen=True)
class OrderSource:
    """One kind of file or message: its channel name, whether a payload is of this kind, its reader.

    `read` raises InputError when nothing in the payload can be read as orders.
    """

    channel: str
    suits: Callable[[Payload], bool]
    read: Callable[[Payload], OrderFile]
