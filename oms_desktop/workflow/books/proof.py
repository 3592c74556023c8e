"""What a proof consists of, and how a statement becomes the violations of a rule."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.orm import Session

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
    """A rule: its stable name, and the search for what breaks it."""

    name: str
    search: Callable[[], Search]

    def __call__(self, session: Session) -> Iterator[Violation]:
        """Find what breaks the rule, at most one more than `LIMIT`."""
        search = self.search()
        for row in session.execute(search.statement.limit(LIMIT + 1)):
            ids = dict.fromkeys(value.hex for value in row if isinstance(value, UUID))
            yield Violation(self.name, search.sentence.format_map(dict(row._mapping)), tuple(ids))


def rule(name: str) -> Callable[[Callable[[], Search]], Rule]:
    """Make a function that returns a search into the rule of that name; the search is built once."""
    return lambda search: Rule(name, cache(search))
