"""What came from outside, as text: bytes to UTF-8, text to JSON, failures with their line and column."""

import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from pathlib import Path

from oms_desktop.errors import InputError

_LONGEST_INT = 18
"""Digits of a whole number that stays an int; a longer one is no quantity and no id of any shop."""


def read_payload(path: Path) -> "Payload":
    """Read a file; raises InputError when it cannot be read, is empty or is not UTF-8 text."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError("input.unreadable", f"{path} cannot be read: {reason}.") from error
    return decode_payload(data, str(path))


def decode_payload(data: bytes, name: str) -> "Payload":
    """Take bytes as UTF-8 text, with or without a byte order mark; `name` is what errors call them.

    Raises InputError when nothing is in them or when they are not UTF-8 text.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        raise InputError(
            "input.not_text", f"{name} is not UTF-8 text: a wrong byte in {_place(before)}. Save it as UTF-8."
        ) from error
    if not text.strip():
        raise InputError("input.empty", f"{name} is empty.")
    if "\0" in text:
        place = _place(text[: text.index("\0")])
        raise InputError("input.not_text", f"{name} is not a text file: a zero byte in {place}.")
    return Payload(name, text)


@dataclass(frozen=True)
class Payload:
    """The text of a file or message and the name that errors call it by."""

    name: str
    text: str

    @property
    def is_json(self) -> bool:
        """Whether the text starts like a JSON object or list."""
        return self.text.lstrip()[:1] in ("{", "[")

    @cached_property
    def document(self) -> object:
        """The JSON value: fractions, and whole numbers too long for any use, are `Decimal`.

        Raises InputError naming the line and column when the text is not JSON.
        """
        try:
            return json.loads(self.text, parse_float=_number, parse_int=_whole, parse_constant=_number)
        except json.JSONDecodeError as error:
            raise InputError(
                "input.not_json",
                f"{self.name} is not JSON: {error.msg} in line {error.lineno}, column {error.colno}.",
            ) from error
        except RecursionError as error:
            raise InputError(
                "input.not_json", f"{self.name} cannot be read: its JSON is nested too deep."
            ) from error


def _whole(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= _LONGEST_INT else _number(digits)


def _number(text: str) -> Decimal:
    """Read a number exactly; one beyond all bounds of `Decimal` is not a number."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("NaN")


def _place(before: str) -> str:
    """Name the place that follows a text, both counted from 1."""
    return f"line {before.count(chr(10)) + 1}, column {len(before) - before.rfind(chr(10))}"
