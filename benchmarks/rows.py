"""Rows of a benchmark: what was measured against what, as a table for people and as JSON for programs."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass

_NAME_WIDTH = 46


@dataclass(frozen=True)
class Row:
    """One measurement; `reference`, `ratio` and `goal` are None where there is none. No goal always holds."""

    name: str
    ours: float
    reference: float | None = None
    ratio: float | None = None
    goal: float | None = None
    holds: bool = True
    sense: str = "<="


def compared(name: str, ours: float, reference: float, goal: float | None = None, sense: str = "<=") -> Row:
    """Set a measurement against its reference; a goal is for the ratio of the two."""
    ratio = ours / reference
    return Row(name, ours, reference, ratio, goal, goal is None or _kept(ratio, sense, goal), sense)


def counted(name: str, ours: float, goal: float, sense: str = "<=") -> Row:
    """Set a count or a measurement that has no reference against its goal."""
    return Row(name, ours, goal=goal, holds=_kept(ours, sense, goal), sense=sense)


def reported(name: str, ours: float) -> Row:
    """Tell a measurement that has no goal."""
    return Row(name, ours)


def arguments(description: str) -> ArgumentParser:
    """Return a parser with the options that all benchmarks share."""
    parser = ArgumentParser(description=description)
    parser.add_argument("--json", action="store_true", help="print one JSON value instead of the table")
    parser.add_argument("--limit", type=_positive, metavar="N", help="measure an even sample of N instances")
    return parser


def told(text: str) -> None:
    """Say how far the measuring has come, beside the result."""
    print(text, file=sys.stderr, flush=True)


def finished(name: str, rows: Sequence[Row], *, as_json: bool) -> int:
    """Print the rows and return the exit code: 1 when a goal does not hold."""
    print(json.dumps(_value(name, rows), indent=2) if as_json else _table(rows))
    return 0 if all(row.holds for row in rows) else 1


def _kept(value: float, sense: str, goal: float) -> bool:
    return value >= goal if sense == ">=" else value <= goal


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _value(name: str, rows: Sequence[Row]) -> dict[str, object]:
    return {
        "name": name,
        "rows": [
            {
                "name": row.name,
                "ours": _short(row.ours),
                "reference": _short(row.reference),
                "ratio": _short(row.ratio),
                "goal": row.goal,
                "holds": row.holds,
            }
            for row in rows
        ],
    }


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _table(rows: Sequence[Row]) -> str:
    head = f"{'':{_NAME_WIDTH}}{'ours':>10}{'reference':>11}{'ratio':>8}{'goal':>9}  holds"
    return "\n".join([head, *map(_line, rows)])


def _line(row: Row) -> str:
    goal = "" if row.goal is None else f"{row.sense} {row.goal:g}"
    word = "" if row.goal is None else ("yes" if row.holds else "NO")
    figures = f"{row.ours:>10.3f}{_figure(row.reference, 3):>11}{_figure(row.ratio, 2):>8}"
    return f"{row.name:{_NAME_WIDTH}}{figures}{goal:>9}  {word}".rstrip()


def _figure(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f}"
