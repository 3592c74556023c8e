"""Numbers and days as people and spreadsheets write them, read only where they cannot be misread.

Numbers: ``1234.56``, ``1234,56``, ``1.234,56``, ``1,234.56``, ``1 234,56``, ``1'234.56``. One mark with three
digits behind it (``1,234``) may be either: the other values of its column tell, or it is not read.
Days: ``2026-03-04`` always; ``04.03.2026`` has the day first; of ``03/04/2026`` the other values tell.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

_SPACED = re.compile(r"([+-]?[0-9]{1,3})(?:([ \u00a0\u202f'’])[0-9]{3})(?:\2[0-9]{3})*(?:[.,][0-9]{1,12})?")
_PLAIN = re.compile(r"[+-]?[0-9]{1,12}")
_ONE_MARK = re.compile(r"([+-]?)([0-9]{0,12})([.,])([0-9]{1,12})")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*(?:(?!\1)([.,])[0-9]{1,12})?")
_SPACES = re.compile("[ \u00a0\u202f'’]")
_OTHER = {".": ",", ",": "."}
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})(?:,? +([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?))?")
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?:,? +([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?))?")
_OFFSET = re.compile(r" +([+-][0-9]{2}:?[0-9]{2}|UTC|Z)$")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as digits and a point ("" when it is none), and the mark it shows to be the decimal one.

    `unsure` says that the mark may be either; `plain` then takes it as the decimal one.
    """

    plain: str
    decimal: str = ""
    unsure: bool = False


@dataclass
class Habits:
    """How a file writes: the decimal marks seen in each column, and which part of a day comes first."""

    marks: dict[str, set[str]] = field(default_factory=dict)
    day_first: bool = False
    month_first: bool = False

    def see_number(self, column: str, text: str) -> None:
        """Learn from a value."""
        numeral = numeral_of(text)
        if numeral.decimal and not numeral.unsure:
            self.marks.setdefault(column, set()).add(numeral.decimal)

    def see_day(self, text: str) -> None:
        """Learn from a value."""
        match = _SLASHED.fullmatch(text)
        if match:
            self.day_first = self.day_first or int(match[1]) > 12
            self.month_first = self.month_first or int(match[2]) > 12

    def number(self, column: str, text: str) -> str | None:
        """Write a number with digits and a point; "" when it is none, None when it may be either of two."""
        numeral = numeral_of(text)
        if not numeral.unsure:
            return numeral.plain
        seen = self.marks.get(column, set())
        if len(seen) != 1:
            return None
        return numeral.plain if numeral.decimal in seen else numeral.plain.replace(".", "")

    def moment(self, text: str) -> datetime | None:
        """Read a day or time; a day alone is its first moment in UTC, as is a time without its offset.

        None when it can be read in two ways; raises ValueError when it is neither.
        """
        slashed = _SLASHED.fullmatch(text)
        if slashed:
            first, second = int(slashed[1]), int(slashed[2])
            if first <= 12 and second <= 12 and first != second and self.day_first == self.month_first:
                return None
            day_first = first > 12 or (second <= 12 and self.day_first)
            day, month = (first, second) if day_first else (second, first)
            return _moment(f"{slashed[3]}-{month:02}-{day:02}", slashed[4])
        dotted = _DOTTED.fullmatch(text)
        if dotted:
            return _moment(f"{dotted[3]}-{int(dotted[2]):02}-{int(dotted[1]):02}", dotted[4])
        moment = datetime.fromisoformat(_OFFSET.sub(_joined, text))
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def numeral_of(text: str) -> Numeral:
    """Read a number by itself."""
    if _PLAIN.fullmatch(text):
        return Numeral(text)
    if _SPACED.fullmatch(text):
        joined = _SPACES.sub("", text)
        mark = next((letter for letter in joined if letter in _OTHER), "")
        return Numeral(joined.replace(",", "."), mark)
    one = _ONE_MARK.fullmatch(text)
    if one:
        sign, before, mark, after = one.groups()
        unsure = len(after) == 3 and 1 <= len(before) <= 3 and before[0] != "0"
        return Numeral(f"{sign}{before or '0'}.{after}", mark, unsure)
    grouped = _GROUPED.fullmatch(text)
    if grouped:
        return Numeral(text.replace(grouped[1], "").replace(",", "."), _OTHER[grouped[1]])
    return Numeral("")


def _joined(match: re.Match[str]) -> str:
    return "Z" if match[1] == "UTC" else match[1]


def _moment(day: str, time: str | None) -> datetime:
    clock = "00:00" if time is None else time.zfill(5) if time.count(":") == 1 else time.zfill(8)
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=UTC)
