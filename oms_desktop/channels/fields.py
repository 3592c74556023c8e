"""JSON objects read field by field: what cannot be read becomes a problem and a blank, never an error.

A missing field and null are the same. Problems name the JSON pointer (RFC 6901) of the object and the
field in it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from oms_desktop.drafts import UNSTORABLE, Problem, ProblemKind, problem, storable

UNREADABLE = Decimal("NaN")
"""Stands for an amount that is there but no number; its problem is named."""

_AMOUNT = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,12})?")
_DIGITS = re.compile(r"[0-9]{1,12}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ALMOST_A_DAY = timedelta(hours=23, minutes=59, seconds=59)
_LARGEST = 10**12
_SMALLEST_STEP = Decimal("0.000001")
_SPACES = "".join(filter(str.isspace, map(chr, range(0x3001))))
_WIDTHLESS = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\ufeff"
)
_UNSEEN = _SPACES + _WIDTHLESS
"""Spaces, byte order marks (of files that were put together) and letters of no width or of direction."""


def bare(number: str) -> str:
    """Take off the letters around a number that nobody sees and that would make another order of it."""
    return number.strip(_UNSEEN)


@dataclass(slots=True)
class Fields:
    """The fields of one JSON object, its pointer, and the list into which its problems go."""

    values: Mapping[str, object]
    where: str
    found: list[Problem]
    order: str = ""

    def of_order(self, number: str) -> "Fields":
        """Name this order in all later problems."""
        return Fields(self.values, self.where, self.found, number)

    def text(self, name: str) -> str:
        """Read a text, stripped; a whole number counts as text (ids and postal codes come so), else ""."""
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value.strip() if storable(value) else self._storable(name, value)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        self._not_understood(name, value)
        return ""

    def number(self, name: str) -> str:
        """Read the number of an order: a text without the letters at its ends that nobody sees."""
        return bare(self.text(name))

    def whole(self, name: str, kind: ProblemKind = ProblemKind.NOT_UNDERSTOOD) -> int | None:
        """Read a whole number, also from digits in a text; None when missing or, with a problem, no such."""
        value = self.values.get(name)
        number = _as_whole(value)
        if number is None and value is not None:
            self.tell(kind, name, value)
        return number

    def quantity(self, name: str) -> int:
        """Read a quantity; 0 with a problem when it is missing or no whole number."""
        number = self.whole(name, ProblemKind.BAD_QUANTITY)
        if self.values.get(name) is None:
            self.tell(ProblemKind.BAD_QUANTITY, name, "")
        return number or 0

    def price(self, name: str) -> Decimal:
        """Read an amount that has to be there; `UNREADABLE` with a problem when it is not."""
        number = self.amount(name)
        if number is None:
            self.tell(ProblemKind.BAD_PRICE, name, "")
            return UNREADABLE
        return number

    def amount(self, name: str) -> Decimal | None:
        """Read an amount of money: None when missing, `UNREADABLE` with a problem when no number."""
        value = self.values.get(name)
        if value is None or value is UNREADABLE:
            return UNREADABLE if value is UNREADABLE else None
        number = _as_amount(value)
        if number is None:
            self.tell(ProblemKind.BAD_PRICE, name, value)
            return UNREADABLE
        return number

    def flag(self, name: str) -> bool | None:
        """Read true or false; None when missing or, with a problem, something else."""
        value = self.values.get(name)
        if isinstance(value, bool):
            return value
        self._not_understood(name, value)
        return None

    def moment(self, name: str, *, utc: bool = False, at_end: bool = False) -> datetime | None:
        """Read an ISO 8601 time, as UTC; None when missing or, with a problem, no such.

        A time needs its offset unless it is known to be `utc`; a day by itself is its first moment in UTC,
        or its last second when it is meant `at_end`.
        """
        text = self.text(name)
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text)
            if _DAY.fullmatch(text):
                return moment.replace(tzinfo=UTC) + (_ALMOST_A_DAY if at_end else timedelta())
            if moment.tzinfo is not None:
                return moment.astimezone(UTC)
            if utc:
                return moment.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            pass
        self.tell(ProblemKind.UNREADABLE_DATE, name, text)
        return None

    def child(self, name: str) -> "Fields":
        """Read an object inside; an empty one when missing or, with a problem, no object."""
        value = self.values.get(name)
        if isinstance(value, dict):
            return self._inner(value, name)
        self._not_understood(name, value)
        return self._inner({}, name)

    def children(self, name: str, kind: ProblemKind = ProblemKind.NOT_UNDERSTOOD) -> tuple["Fields", ...]:
        """Read a list of objects; each entry that is no object is left out with a problem of `kind`."""
        value = self.values.get(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            self._not_understood(name, value)
            return ()
        objects = []
        for index, entry in enumerate(value):
            if isinstance(entry, dict):
                objects.append(self._inner(entry, f"{name}/{index}"))
            else:
                self.tell(kind, f"{name}/{index}", entry)
        return tuple(objects)

    def tell(self, kind: ProblemKind, name: str, value: object) -> None:
        """Note a problem of this object's field."""
        self.found.append(problem(kind, order=self.order, where=self.where, field=name, value=value))

    def _storable(self, name: str, value: str) -> str:
        self._not_understood(name, value)
        return UNSTORABLE.sub("", value).strip()

    def _inner(self, values: Mapping[str, object], path: str) -> "Fields":
        return Fields(values, f"{self.where}/{path}", self.found, self.order)

    def _not_understood(self, name: str, value: object) -> None:
        if value is not None:
            self.tell(ProblemKind.NOT_UNDERSTOOD, name, value)


def _as_whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        value = value.strip()
        return int(value) if _DIGITS.fullmatch(value) else None
    if isinstance(value, Decimal) and value.is_finite() and value == value.to_integral_value():
        return int(value) if value.copy_abs() < _LARGEST else None
    return value if isinstance(value, int) and abs(value) < _LARGEST else None


def _as_amount(value: object) -> Decimal | None:
    """Read an amount below 10^12, rounded to millionths; None when it is no such number."""
    if isinstance(value, str):
        value = value.strip()
        number = Decimal(value) if _AMOUNT.fullmatch(value) else None
    elif isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        number = Decimal(value)
    else:
        number = None
    if number is None or not number.is_finite() or number.copy_abs() >= _LARGEST:
        return None
    exponent = int(number.as_tuple().exponent)
    if exponent > 0:
        return number.quantize(Decimal(1))
    return number if exponent >= -6 else number.quantize(_SMALLEST_STEP)
