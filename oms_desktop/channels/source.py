"""What every order source gives: the orders of a file one by one, each judged, and what is no order."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from oms_desktop.channels.fields import Fields
from oms_desktop.drafts import (
    CheckedOrder,
    OrderDraft,
    Problem,
    ProblemKind,
    malformed_contacts,
    order_problems,
)

_EXPLAINED = {
    ProblemKind.CANCELLED: ProblemKind.NOTHING_TO_PICK,
    ProblemKind.PICKUP: ProblemKind.NOTHING_TO_PICK,
    ProblemKind.AMBIGUOUS_NUMBER: ProblemKind.BAD_PRICE,
}
"""What need not be told of a place any more when the other problem is told."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What stood at one place of a file: an order, or the problem that says why it is none.

    `at` is how many bytes of the file had been read by then, a block too many at most: for showing how far
    the reading is. Exactly one of `order` and `problem` is there.
    """

    at: int
    order: CheckedOrder | None = None
    problem: Problem | None = None


@dataclass(frozen=True)
class OrderFile:
    """A file or message of orders that was looked through from end to end and can be read as orders.

    `size` is in bytes, `encoding` as people know it, `bringing` reads the entries from the beginning. Those
    come one by one: only the one at hand is in memory. `others` are columns of which nothing is read though
    nobody else has made them.
    """

    channel: str
    name: str
    size: int
    encoding: str
    bringing: Callable[[], Iterator[Entry]]
    others: tuple[str, ...] = ()

    def entries(self) -> Iterator[Entry]:
        """Read the file from its beginning, entry by entry; raises InputError when it has changed since."""
        return self.bringing()

    @cached_property
    def whole(self) -> tuple[Entry, ...]:
        """All entries at once, for messages and small files."""
        return tuple(self.bringing())

    @property
    def orders(self) -> tuple[CheckedOrder, ...]:
        """The orders among all entries."""
        return tuple(entry.order for entry in self.whole if entry.order is not None)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of the entries that are no orders."""
        return tuple(entry.problem for entry in self.whole if entry.problem is not None)

    @property
    def read(self) -> int:
        """How many orders the file meant to bring, the unreadable ones included."""
        return len(self.whole)


@dataclass(frozen=True)
class JsonSource:
    """Orders as JSON: its channel, what to call one, whether an object is one, and how it is read.

    `read` takes the object, its JSON pointer and its text.
    """

    channel: str
    words: str
    suits: Callable[[Mapping[str, object]], bool]
    read: Callable[[Mapping[str, object], str, str], CheckedOrder]


def judged(draft: OrderDraft, found: list[Problem], raw: str) -> CheckedOrder:
    """Judge a draft by itself; what is wrong at a place is told once, as it was found when it was read."""
    named = {(told.problem, told.where) for told in found}
    named |= {(_EXPLAINED[told.problem], told.where) for told in found if told.problem in _EXPLAINED}
    others = [told for told in order_problems(draft) if (told.problem, told.where) not in named]
    return CheckedOrder(draft, (*found, *others), raw, doubtful=malformed_contacts(draft))


@dataclass(frozen=True)
class CsvSource:
    """Orders as CSV, one row a line: its channel and the columns by name, in small letters.

    `number` names the order and `needed` columns have to be there; `known` ones must not be there twice.
    `amounts`, `moments` and `flags` are read as such. `mark` is the decimal mark that the shop writes, "" if
    the file has to tell. `head` columns say the same in all rows of an order, or nothing in the later ones.
    `read` takes the rows of an order, the problems found so far, and their text. A `closed` source has no
    other columns than the known ones.
    """

    channel: str
    number: str
    needed: frozenset[str]
    known: frozenset[str]
    amounts: frozenset[str]
    moments: frozenset[str]
    flags: frozenset[str]
    head: frozenset[str]
    mark: str
    read: Callable[[tuple[Fields, ...], list[Problem], str], CheckedOrder]
    closed: bool = False

    def suits(self, header: tuple[str, ...]) -> bool:
        """Whether a header, in small letters, has the columns of this source."""
        return self.needed <= set(header)

    def meant(self, name: str) -> str:
        """Return the column that a name means: ``postal code`` is ``postal_code`` where such one is known."""
        joined = name.replace(" ", "_").replace("-", "_")
        return joined if joined in self.known else name
