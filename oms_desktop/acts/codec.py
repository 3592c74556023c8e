"""Arguments of verbs as JSON and back, by the annotations of the verb's own signature.

Known are None, bool, int, str, UUID, Decimal, datetime, date, enums, tuples of one kind
(``tuple[X, ...]``), optional values (``X | None``) and dataclasses of these.
"""

import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

_PLAIN = (int, str, bool, type(None))


def encode(value: object) -> Any:
    """Turn a value into what JSON can hold; TypeError for an unknown kind, ValueError for a naive time."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError(f"a time without a zone cannot be written to the journal: {value!r}")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [encode(part) for part in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {name: encode(getattr(value, name)) for name in _names(type(value))}
    raise TypeError(f"{type(value).__name__} cannot be written to the journal")


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def decode(kind: Any, value: Any) -> Any:
    """Turn JSON back into a value of the annotated kind; ValueError or TypeError if it is none."""
    return decoder(kind)(value)


@cache
def decoder(kind: Any) -> Callable[[Any], Any]:
    """Return the function that reads values of one annotation."""
    if get_origin(kind) in (Union, types.UnionType):
        return _optional(kind)
    if get_origin(kind) is tuple:
        return _many(kind)
    if kind in (datetime, date):
        return lambda value: _moment(kind, _checked(str, value))
    if kind is UUID:
        return lambda value: UUID(_checked(str, value))
    if kind is Decimal:
        return lambda value: _number(_checked(str, value))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda value: kind(value)
    if is_dataclass(kind):
        return _record(kind)
    if kind in _PLAIN:
        return lambda value: _checked(kind, value)
    raise TypeError(f"{kind} cannot be an argument of a verb")


def _optional(kind: Any) -> Callable[[Any], Any]:
    rest = [part for part in get_args(kind) if part is not type(None)]
    if len(rest) != 1:
        raise TypeError(f"{kind}: only X | None is understood")
    inner = decoder(rest[0])
    return lambda value: None if value is None else inner(value)


def _many(kind: Any) -> Callable[[Any], Any]:
    inner, *rest = get_args(kind)
    if rest != [...]:
        raise TypeError(f"{kind}: only tuple[X, ...] is understood")
    part = decoder(inner)
    return lambda value: tuple(part(each) for each in _checked(list, value))


def _record(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    readers = {field.name: decoder(hints[field.name]) for field in fields(kind)}

    def read(value: Any) -> Any:
        unknown = _checked(dict, value).keys() - readers.keys()
        if unknown:
            raise ValueError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
        return kind(**{name: readers[name](part) for name, part in value.items()})

    return read


def _moment(kind: Any, text: str) -> Any:
    value = kind.fromisoformat(text)
    if kind is datetime and value.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone")
    return value


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"{text!r} is no number") from error


def _checked(kind: type, value: Any) -> Any:
    # True is an int to Python; in a quantity it is a mistake.
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value
