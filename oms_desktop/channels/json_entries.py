"""The entries of a JSON text, one by one, so that no more than one of them is in memory.

Four shapes are known: a list of entries, ``{"orders": [...]}``, ``{"order": {...}}``, and one by itself.
Fractions, and whole numbers too long for any use, become `Decimal`.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum

from oms_desktop.channels.text import BLOCK, OpenText, Place, TextFile
from oms_desktop.errors import InputError

LARGEST = 32 * 2**20
"""Characters of one entry; what is longer is no order."""

_LONGEST_INT = 18
"""Digits of a whole number that stays an int; a longer one is no quantity and no id of any shop."""

_SPACE = re.compile(r"[ \t\r\n]*")
_NEAR = 16
"""An error so near to the end of what is in memory may be that the rest is not read yet."""


class Shape(Enum):
    """How a text holds its entries; the value tells a person."""

    LIST = "a list without orders"
    WRAPPED = "an object with a list of something else"
    ORDER = "an object with an order"
    BARE = "one object without the fields of an order"
    VALUE = "a single value"


@dataclass(frozen=True, slots=True)
class JsonEntry:
    """One entry: its JSON pointer, its value, the text it came as, and the bytes read up to here."""

    shape: Shape
    where: str
    value: object
    raw: str
    at: int


def json_entries(file: TextFile, *, exact: bool = True) -> Iterator[JsonEntry]:
    """Read a text entry by entry; numbers that nobody will look at need not be `exact`.

    Raises InputError naming line and column where the text is not JSON, and for an entry that is too large.
    """
    with file.opened() as text:
        window = _Window(text, file.name, _EXACT if exact else _QUICK)
        match window.peek():
            case "[":
                yield from _listed(window, Shape.LIST, "")
            case "{":
                yield from _of_object(window)
            case _:
                value, raw = window.value()
                yield JsonEntry(Shape.VALUE, "", value, raw, window.consumed)
        if window.peek():
            raise window.wrong("Extra data")


def _listed(window: "_Window", shape: Shape, prefix: str) -> Iterator[JsonEntry]:
    window.take("[")
    index = 0
    while window.peek() != "]" or index:
        value, raw = window.value()
        yield JsonEntry(shape, f"{prefix}/{index}", value, raw, window.consumed)
        index += 1
        if window.peek() == "]":
            break
        window.take(",")
    window.take("]")


def _of_object(window: "_Window") -> Iterator[JsonEntry]:
    """Go through the outermost object: the entries of its orders as they come, else what it is itself."""
    window.take("{")
    values: dict[str, object] = {}
    raws: dict[str, str] = {}
    listed = False
    while window.peek() != "}" or values:
        key = window.key()
        if key == "orders" and window.peek() == "[":
            if listed:
                raise window.wrong('A second "orders"')
            listed = True
            values[key] = ()
            yield from _listed(window, Shape.WRAPPED, "/orders")
        else:
            values[key], raws[key] = window.value()
        if window.peek() == "}":
            break
        window.take(",")
    window.take("}")
    if not listed:
        yield _alone(values, raws, window.consumed)


def _alone(values: dict[str, object], raws: dict[str, str], at: int) -> JsonEntry:
    order = values.get("order")
    if isinstance(order, dict):
        return JsonEntry(Shape.ORDER, "/order", order, raws["order"], at)
    raw = ", ".join(f"{json.dumps(key)}: {text}" for key, text in raws.items())
    return JsonEntry(Shape.BARE, "", values, f"{{{raw}}}", at)


class _Window:
    """The part of a JSON text that is in memory; it grows until the next value is whole."""

    def __init__(self, text: OpenText, name: str, decoder: json.JSONDecoder) -> None:
        self._text = text
        self._name = name
        self._held = ""
        self._next = 0
        self._begin = Place()
        self._ended = False
        self._decoder = decoder

    @property
    def consumed(self) -> int:
        """How many bytes of the file have been read, those in memory included."""
        return self._text.consumed

    def peek(self) -> str:
        """Show the next character that is no space; "" at the end."""
        while True:
            space = _SPACE.match(self._held, self._next)
            self._next = space.end() if space else self._next
            if self._next < len(self._held) or not self._grow():
                return self._held[self._next : self._next + 1]

    def take(self, mark: str) -> None:
        """Go past a mark; raises InputError when another one stands there."""
        found = self.peek()
        if found != mark:
            raise self.wrong(f"Expecting '{mark}'" if found else "it ends too early")
        self._next += 1

    def key(self) -> str:
        """Go past a name and its colon."""
        found = self.peek()
        if found != '"':
            what = "Expecting property name enclosed in double quotes"
            raise self.wrong(what if found else "it ends too early")
        name, _ = self.value()
        self.take(":")
        return str(name)

    def value(self) -> tuple[object, str]:
        """Go past a value; returns it with its text."""
        self.peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._held, self._next)
            except json.JSONDecodeError as error:
                if not self._may_be_cut(error) or not self._grow():
                    raise self.wrong(self._words(error), error.pos) from error
                continue
            except RecursionError as error:
                raise InputError(
                    "input.not_json", f"{self._name} cannot be read: its JSON is nested too deep."
                ) from error
            # A number at the very end may go on: 12 may be 12.50.
            if end < len(self._held) - _NEAR or not self._grow():
                break
        raw = self._held[self._next : end]
        self._next = end
        return value, raw

    def wrong(self, what: str, at: int | None = None) -> InputError:
        """Make the error for a place, the next one if none is given."""
        place = Place(self._begin.line, self._begin.column)
        place.go_past(self._held[: self._next if at is None else at])
        return InputError("input.not_json", f"{self._name} is not JSON: {what} in {place}.")

    def _words(self, error: json.JSONDecodeError) -> str:
        """Say what is wrong; of a text that was not written to its end only that."""
        if error.msg.startswith("Unterminated string"):
            return "it ends within a text that begins"
        return "it ends too early" if error.pos >= len(self._held.rstrip()) else error.msg

    def _may_be_cut(self, error: json.JSONDecodeError) -> bool:
        return error.msg.startswith("Unterminated string") or error.pos >= len(self._held) - _NEAR

    def _grow(self) -> bool:
        """Read on, as much again as is in memory; tells whether there was more."""
        if self._ended:
            return False
        left = len(self._held) - self._next
        if left > LARGEST:
            raise self._too_large()
        more = self._text.read(max(BLOCK, left))
        self._ended = not more
        if more:
            gone = self._next
            if self._held[gone - 1 : gone] == "\r":
                # It may be half of a line end: the place is counted when the other half is there.
                gone -= 1
            self._begin.go_past(self._held[:gone])
            self._held = self._held[gone:] + more
            self._next -= gone
        return not self._ended

    def _too_large(self) -> InputError:
        self._begin.go_past(self._held[: self._next])
        return InputError(
            "input.too_large",
            f"{self._name} holds an entry of more than {LARGEST // 2**20} MB, from {self._begin} on. "
            "No order is so large.",
        )


def _whole(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= _LONGEST_INT else _number(digits)


def _number(text: str) -> Decimal:
    """Read a number exactly; one beyond all bounds of `Decimal` is not a number."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("NaN")


_EXACT = json.JSONDecoder(parse_float=_number, parse_int=_whole, parse_constant=_number)
_QUICK = json.JSONDecoder(parse_int=float)
