"""What became of the files that were brought in."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from oms_desktop.drafts import Problem
from oms_desktop.errors import cause
from oms_desktop.floor.words import counted

STOPPED = "Stopped."
"""Why no more was brought when somebody wanted it so."""

LISTED = 10_000
"""Problems that are kept one by one; of more only their number is known, whatever a file holds."""


@dataclass(frozen=True)
class Note:
    """What is in and worth to know all the same; the names are those of a `Problem`, `text` is a sentence."""

    order: str
    where: str
    field: str
    value: str
    text: str


@dataclass(frozen=True)
class Report:
    """What became of files; counted in orders, or in rows for lists.

    `broken` says why no more was taken, and where; the counts are of what came before. '' if all was.
    `stopped` tells that somebody wanted it so. `unlisted` problems are beyond those that are kept.
    """

    read: int = 0
    taken: int = 0
    held: int = 0
    duplicate: int = 0
    refused: int = 0
    problems: tuple[Problem, ...] = ()
    broken: str = ""
    stopped: bool = False
    unlisted: int = 0
    notes: tuple[Note, ...] = ()

    def __add__(self, other: "Report") -> "Report":
        """Add the report of another file."""
        problems = self.problems + other.problems if other.problems else self.problems
        left_out = max(len(problems) - LISTED, 0)
        return Report(
            self.read + other.read,
            self.taken + other.taken,
            self.held + other.held,
            self.duplicate + other.duplicate,
            self.refused + other.refused,
            problems[:LISTED] if left_out else problems,
            f"{self.broken} {other.broken}".strip(),
            self.stopped or other.stopped,
            self.unlisted + other.unlisted + left_out,
            self.notes + other.notes,
        )


def unread(columns: Sequence[str]) -> tuple[Note, ...]:
    """Tell which columns of a file were not read, if there are such."""
    names = some(columns)
    text = f"A file of this kind has no such columns; they were not read: {names}."
    return (Note("", "row 1", "", names, text),) if columns else ()


def some(names: Sequence[str]) -> str:
    """Write names in a row, 20 at the most."""
    return ", ".join(names[:20]) + (", …" if len(names) > 20 else "")


def broken(why: str, left: int, source: str, first: str) -> str:
    """Say what of a file was not stored. What is in already is known when it comes again."""
    return f"{cause(why)} {left} of {source} are not in, from {first} on. Import it again."


def unfinished(why: str, source: str, first: str) -> str:
    """Say from which order on a file is not done. What is in already is known when it comes again."""
    return f"{cause(why)} {source} is not done from {first} on. Import it again."


def not_in(source: str, why: str) -> str:
    """Say that nothing of a file is in, while files before it are."""
    return f"{cause(why)} Nothing of {source} is in. Import it again."


def counts(report: Report, what: str = "order") -> str:
    """Say in one sentence what became of what was read; `what` is one of it."""
    return (
        f"{counted(report.read, what)} read: {report.taken} taken, {report.held} held, "
        f"{report.duplicate} known already, {report.refused} refused."
    )


def lines(report: Report) -> list[str]:
    """Say each problem in a line: what became of the order, where it is, what is wrong; then the notes."""
    return [*map(_line, report.problems), *map(_note_line, report.notes)]


def _note_line(note: Note) -> str:
    place = f"{note.order} at {note.where}" if note.order else note.where
    return f"note: {place}: {note.text}"


def _line(found: Problem) -> str:
    named = f"{found.field or 'found'}: {found.value}" if found.value else found.field
    value = f" ({named})" if named else ""
    place = f"{found.order or '?'} at {found.where or '/'}"
    return f"{found.outcome.value}: {place}: {found.problem.sentence}{value}"


def json_text(report: Report) -> str:
    """Write a report as programs read it. `unlisted` and `notes` stand there only when there are some."""
    value: dict[str, object] = {
        "read": report.read,
        "taken": report.taken,
        "held": report.held,
        "duplicate": report.duplicate,
        "refused": report.refused,
        "problems": [
            {
                "order": found.order,
                "where": found.where,
                "field": found.field,
                "value": found.value,
                "problem": found.problem.value,
                "outcome": found.outcome.value,
            }
            for found in report.problems
        ],
    }
    if report.unlisted:
        value["unlisted"] = report.unlisted
    if report.notes:
        value["notes"] = [vars(note) for note in report.notes]
    return json.dumps(value)
