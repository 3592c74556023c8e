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
_AS_IT_IS = frozenset(_PLAIN)


def encode(value: object) -> Any:
    """Turn a value into what JSON can hold; TypeError for an unknown kind, ValueError for a naive time."""
    kind: Any = type(value)
    return value if kind in _AS_IT_IS else _encoder(kind)(value)


@cache
def _encoder(kind: type) -> Callable[[Any], Any]:
    """Return the function that writes values of one kind."""
    if issubclass(kind, Enum):
        return lambda value: value.value
    if issubclass(kind, _PLAIN):
        return lambda value: value
    if issubclass(kind, UUID):
        return lambda value: value.hex
    if issubclass(kind, Decimal):
        return str
    if issubclass(kind, datetime):
        return _zoned
    if issubclass(kind, date):
        return lambda value: value.isoformat()
    if issubclass(kind, tuple):
        return lambda value: list(map(encode, value))
    if is_dataclass(kind):
        names = tuple(field.name for field in fields(kind))
        return lambda value: {name: encode(getattr(value, name)) for name in names}
    raise TypeError(f"{kind.__name__} cannot be written to the journal")


def _zoned(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError(f"a time without a zone cannot be written to the journal: {value!r}")
    return value.isoformat()


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
