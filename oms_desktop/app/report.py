"""What became of the files that were brought in."""

from collections.abc import Callable
from dataclasses import dataclass

from oms_desktop.drafts import Problem
from oms_desktop.errors import StoreError

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Report:
    """What became of files; counted in orders, or in rows for lists.

    `broken` says why the database took no more, and where; the counts are of what came before. '' if it
    took all.
    """

    read: int = 0
    taken: int = 0
    held: int = 0
    duplicate: int = 0
    refused: int = 0
    problems: tuple[Problem, ...] = ()
    broken: str = ""

    def __add__(self, other: "Report") -> "Report":
        """Add the report of another file."""
        return Report(
            self.read + other.read,
            self.taken + other.taken,
            self.held + other.held,
            self.duplicate + other.duplicate,
            self.refused + other.refused,
            self.problems + other.problems,
            f"{self.broken} {other.broken}".strip(),
        )


def broken(error: StoreError, left: int, source: str, first: str) -> str:
    """Say what of a file was not stored. What is in already is known when it comes again."""
    return f"{error.text} {left} of {source} are not in, from {first} on. Import it again."
