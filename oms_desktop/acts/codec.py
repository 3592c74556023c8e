"""Arguments of verbs as JSON and back, by the annotations of the verb's own signature.

Known are None, bool, int, str, UUID, Decimal, datetime, date, enums, tuples of one kind
(``tuple[X, ...]``), optional values (``X | None``) and dataclasses of these.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

_PLAIN = (int, str, bool, type(None))


def encode(value: object) -> Any:
    """Turn a value into what JSON can hold; TypeError for a kind the codec does not know."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [encode(part) for part in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: encode(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} cannot be written to the journal")


def decode(kind: Any, value: Any) -> Any:
    """Turn JSON back into a value of the annotated kind; ValueError or TypeError if it is none."""
    return decoder(kind)(value)


@cache
def decoder(kind: Any) -> Callable[[Any], Any]:
    """Return the function that reads values of one annotation."""
    if get_origin(kind) in (Union, types.UnionType):
        return _optional(kind)
    if get_origin(kind) is tuple:
        part = decoder(get_args(kind)[0])
        return lambda value: tuple(part(each) for each in value)
    if kind in (datetime, date):
        read: Callable[[Any], Any] = kind.fromisoformat
        return read
    if kind in (UUID, Decimal):
        return lambda value: kind(value)
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


def _record(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    readers = {field.name: decoder(hints[field.name]) for field in fields(kind)}

    def read(value: Mapping[str, Any]) -> Any:
        return kind(**{name: readers[name](part) for name, part in value.items()})

    return read


def _checked(kind: type, value: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value
