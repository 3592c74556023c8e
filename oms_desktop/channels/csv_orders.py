"""Orders out of a CSV: rows of one order stand together, and become one order.

The file is looked through first: its quotes, how it writes numbers and days, and orders whose rows stand
apart. What is remembered of an order then are two numbers.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from oms_desktop.channels.csv_rows import CsvFile, CsvRow, csv_rows, lacking, open_csv
from oms_desktop.channels.fields import UNREADABLE, Fields, bare
from oms_desktop.channels.kinds import kind_of
from oms_desktop.channels.numerals import Habits
from oms_desktop.channels.source import CsvSource, Entry
from oms_desktop.channels.text import TextFile
from oms_desktop.drafts import Problem, ProblemKind, problem
from oms_desktop.errors import InputError

_YES, _NO = frozenset({"true", "yes", "1", "x", "y"}), frozenset({"false", "no", "0", "n"})


@dataclass(frozen=True)
class CsvOrders:
    """A CSV that was looked through: its source, where its columns are, how it writes, what stands apart."""

    file: CsvFile
    source: CsvSource
    names: tuple[str, ...]
    habits: Habits
    apart: frozenset[str]

    @property
    def others(self) -> tuple[str, ...]:
        """The columns of a source of one's own that it does not know."""
        if not self.source.closed:
            return ()
        cells = zip(self.file.header, self.names, strict=True)
        return tuple(cell for cell, name in cells if cell and not _counts(self.source, name))

    def entries(self) -> Iterator[Entry]:
        """Read the orders one by one."""
        for number, group in _orders(self.file, self.names.index(self.source.number)):
            rows = tuple(group)
            found: list[Problem] = []
            if number in self.apart:
                found.append(problem(ProblemKind.ROWS_APART, order=number, where=_where(rows[0])))
            fields = tuple(self._fields(row, number, found) for row in rows)
            self._compare(fields)
            yield Entry(rows[-1].at, order=self.source.read(fields, found, _raw(self.file, rows)))

    def _fields(self, row: CsvRow, number: str, found: list[Problem]) -> Fields:
        """Turn a row into fields: an empty cell is a missing one."""
        fields = Fields({}, _where(row), found, number)
        width = len(self.names)
        if len(row.cells) < width:
            fields.tell(ProblemKind.ROW_CUT_SHORT, "", len(row.cells))
        if number and not self.source.head and not bare(_cell(row, self.names.index(self.source.number))):
            # Nothing in this row is compared with the first one, so nobody knows whose it is.
            fields.tell(ProblemKind.NO_NUMBER, self.source.number, "")
        if any(row.cells[width:]):
            fields.tell(ProblemKind.ROW_TOO_LONG, "", len(row.cells))
        values: dict[str, object] = {
            name: self._value(fields, name, cell)
            for name, cell in zip(self.names, row.cells, strict=False)
            if cell
        }
        return Fields({name: value for name, value in values.items() if value is not None}, *_rest(fields))

    def _value(self, fields: Fields, name: str, cell: str) -> object:
        """Bring a cell into the form that JSON would have; what is no such value stays as it is."""
        if name == self.source.number:
            return bare(cell) or None
        if name in self.source.flags:
            word = cell.casefold()
            return word in _YES if word in _YES | _NO else cell
        if name in self.source.amounts:
            plain = self.habits.number(name, cell)
            if plain is None:
                fields.tell(ProblemKind.AMBIGUOUS_NUMBER, name, cell)
                return UNREADABLE
            return plain or cell
        if name in self.source.moments:
            return self._moment(fields, name, cell)
        return cell

    def _moment(self, fields: Fields, name: str, cell: str) -> str | None:
        try:
            moment = self.habits.moment(cell)
        except (ValueError, OverflowError):
            return cell
        if moment is None:
            fields.tell(ProblemKind.AMBIGUOUS_DATE, name, cell)
            return None
        return moment.isoformat() if len(cell) > len("2026-03-04") else moment.date().isoformat()

    def _compare(self, rows: tuple[Fields, ...]) -> None:
        first = rows[0].values
        for row in rows[1:]:
            for name in sorted(self.source.head & row.values.keys()):
                if row.values[name] != first.get(name):
                    row.tell(ProblemKind.ORDER_ROWS_DISAGREE, name, row.values[name])


def open_csv_orders(file: TextFile, sources: tuple[CsvSource, ...], guessed: bool) -> CsvOrders:
    """Look a CSV through, from end to end; raises InputError when it is broken or of none of the sources."""
    opened = open_csv(file)
    names = tuple(_column(name) for name in opened.header)
    source = next((source for source in sources if source.suits(names)), None)
    if source is None:
        raise _unfit(opened, sources, names, guessed)
    names = tuple(source.meant(name) for name in names)
    twice = sorted(name for name in set(names) if names.count(name) > 1 and _counts(source, name))
    if twice:
        raise InputError("input.columns", f"{file.name} has more than one column {', '.join(twice)}.")
    habits = Habits({name: {source.mark} for name in source.amounts if source.mark})
    return CsvOrders(opened, source, names, habits, _look_through(opened, source, names, habits))


def _unfit(
    file: CsvFile, sources: tuple[CsvSource, ...], names: tuple[str, ...], guessed: bool
) -> InputError:
    if guessed:
        shown = ", ".join(names[:6]) + (", …" if len(names) > 6 else "")
        kind = kind_of(names)
        hint = f" A list of {kind} is brought by `oms-desktop import --kind {kind}`." if kind else ""
        return InputError(
            "input.not_orders",
            f"{file.text.name} holds nothing that is an order of a known channel:"
            f" its columns are {shown}.{hint}",
        )
    return lacking(file, sorted(sources[0].needed - set(names)))


def _column(name: str) -> str:
    """Write a column's name in small letters, but leave the name of a wish as it is."""
    kind, mark, rest = name.partition(":")
    return f"{kind.casefold()}{mark}{rest.strip()}"


def _counts(source: CsvSource, name: str) -> bool:
    return name in source.known or name.startswith("property:")


def _look_through(file: CsvFile, source: CsvSource, names: tuple[str, ...], habits: Habits) -> frozenset[str]:
    """Learn how the file writes; returns the orders that come back with other rows.

    Raises InputError when there is no order at all.
    """
    numbers = [(at, name) for at, name in enumerate(names) if name in source.amounts]
    days = [at for at, name in enumerate(names) if name in source.moments]
    told: dict[int, int] = {}
    apart = set()
    for number, group in _orders(file, names.index(source.number)):
        sum_ = 0
        for row in group:
            sum_ = hash((sum_, row.cells))
            for at, name in numbers:
                habits.see_number(name, _cell(row, at))
            for at in days:
                habits.see_day(_cell(row, at))
        # The very same rows once more are the same order once more, which is known by then.
        if told.setdefault(hash(number), sum_) != sum_ and number:
            apart.add(number)
    if not told:
        name = file.text.name
        raise InputError(
            "input.not_orders", f"{name} holds nothing that is an order: no row is below its header."
        )
    return frozenset(apart)


def _orders(file: CsvFile, at: int) -> Iterator[tuple[str, Iterator[CsvRow]]]:
    for number, group in groupby(_numbered(csv_rows(file), at), itemgetter(0)):
        yield number, (row for _number, row in group)


def _numbered(rows: Iterator[CsvRow], at: int) -> Iterator[tuple[str, CsvRow]]:
    """Tell the order of each row: one without a number belongs to the order above it."""
    number = ""
    for row in rows:
        number = bare(_cell(row, at)) or number
        yield number, row


def _cell(row: CsvRow, at: int) -> str:
    return row.cells[at] if at < len(row.cells) else ""


def _raw(file: CsvFile, rows: tuple[CsvRow, ...]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(file.header)
    writer.writerows(row.cells for row in rows)
    return text.getvalue()


def _where(row: CsvRow) -> str:
    return f"row {row.number}"


def _rest(fields: Fields) -> tuple[str, list[Problem], str]:
    return fields.where, fields.found, fields.order
