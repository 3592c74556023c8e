"""What a proof consists of, and how a statement becomes the violations of a rule."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, select
from sqlalchemy.orm import Session, aliased

from oms_desktop.models import Base

Table = TypeVar("Table", bound=Base)

Statement: TypeAlias = Select[*tuple[Any, ...]]
"""A SELECT of any columns."""

LIMIT = 1000
"""How many violations of one rule are named."""


@dataclass(frozen=True)
class Violation:
    """A place where a rule is broken.

    `text` is a sentence that names codes and numbers a person knows; `ids` are the hex ids of the rows.
    """

    rule: str
    text: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Proof:
    """The names of all rules that were held against the data, and what broke them."""

    rules: tuple[str, ...]
    violations: tuple[Violation, ...]

    @property
    def sound(self) -> bool:
        """True when no rule is broken."""
        return not self.violations


@dataclass(frozen=True)
class Search:
    """A statement that finds the rows that break a rule, and the sentence to say of each.

    The sentence is a format string over the names of the row's columns. All ids (UUIDs) among the
    columns are those of the violation.
    """

    statement: Statement
    sentence: str


@dataclass(frozen=True)
class Rule:
    """A rule: its stable name, and the search for what breaks it.

    A `dear` one looks up or sorts most rows of the largest tables; the others take a second or two.
    """

    name: str
    search: Callable[[], Search]
    dear: bool = False

    def __call__(self, session: Session) -> Iterator[Violation]:
        """Find what breaks the rule, at most one more than `LIMIT`."""
        search = self.search()
        for row in session.execute(search.statement):
            ids = dict.fromkeys(value.hex for value in row if isinstance(value, UUID))
            yield Violation(self.name, search.sentence.format_map(dict(row._mapping)), tuple(ids))


def first(wrong: Statement) -> Subquery:
    """Select what is wrong before it is joined to what names it.

    A database would else join every row first; that there are no more than a rule may find keeps it from
    doing so. Nothing that is joined later may drop a row.
    """
    return wrong.limit(LIMIT + 1).subquery()


def those(table: type[Table], *wrong: ColumnElement[bool]) -> type[Table]:
    """The rows of a table that are wrong, looked for as by `first`, to select from as from the table."""
    return aliased(table, first(select(table).where(*wrong)))


def rule(name: str, *, dear: bool = False) -> Callable[[Callable[[], Search]], Rule]:
    """Make a function that returns a search into the rule of that name, for `LIMIT` rows and one.

    The search is built once: SQLAlchemy knows a statement again at once only if it is the same object.
    """

    def made(search: Callable[[], Search]) -> Rule:
        def limited() -> Search:
            found = search()
            return replace(found, statement=found.statement.limit(LIMIT + 1))

        return Rule(name, cache(limited), dear)

    return made
