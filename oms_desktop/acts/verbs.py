"""The register of verbs: what the journal needs to find a function it wrote down last week.

A verb is a plain function ``(session, act, *, ...)``; calling it is an ordinary, typed call. The
decorator changes nothing about it.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Concatenate, ParamSpec, TypeVar, get_type_hints

from sqlalchemy.orm import Session

from oms_desktop.acts.act import Act
from oms_desktop.acts.codec import decoder, encode
from oms_desktop.models import Role

P = ParamSpec("P")
R = TypeVar("R")
Verb = Callable[Concatenate[Session, Act, P], R]


class Kind(Enum):
    """A fact is what hands have done, a decision is what somebody wants."""

    FACT = "fact"
    DECISION = "decision"


@dataclass(frozen=True)
class Entry:
    """What is known about a verb: its name, who may call it, and how its arguments are read."""

    name: str
    kind: Kind
    role: Role
    function: Callable[..., Any]
    readers: Mapping[str, Callable[[Any], Any]] = field(repr=False)

    def encode(self, arguments: Mapping[str, object]) -> dict[str, Any]:
        """Turn keyword arguments into what the journal keeps."""
        return {name: encode(value) for name, value in arguments.items()}

    def decode(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Turn what the journal keeps into keyword arguments."""
        return {name: self.readers[name](value) for name, value in arguments.items()}


VERBS: dict[str, Entry] = {}
_BY_FUNCTION: dict[Callable[..., Any], Entry] = {}

OFFLINE = frozenset(
    {
        "pick.confirm.1",
        "pick.short.1",
        "pick.undo.1",
        "pick.done.1",
        "pick.yield.1",
        "pack.open_parcel.1",
        "pack.put.1",
        "pack.take_out.1",
        "pack.choose_carton.1",
        "pack.close.1",
        "pack.done.1",
        "ship.load.1",
        "ship.unload.1",
        "print.again.1",
        "print.done.1",
        "print.failed.1",
    }
)
"""The verbs a station may call without the hub. All others wait for it."""


def verb(name: str, *, role: Role, kind: Kind) -> Callable[[Verb[P, R]], Verb[P, R]]:
    """Register a function under a stable, versioned name (``pick.confirm.1``)."""

    def register(function: Verb[P, R]) -> Verb[P, R]:
        if name in VERBS:
            raise ValueError(f"two verbs are called {name}")
        hints = get_type_hints(function)
        readers: dict[str, Callable[[Any], Any]] = {}
        for parameter in list(inspect.signature(function).parameters.values())[2:]:
            if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
                raise TypeError(f"{name}: {parameter.name} must be given by keyword")
            readers[parameter.name] = decoder(hints[parameter.name])
        entry = Entry(name, kind, role, function, readers)
        VERBS[name] = _BY_FUNCTION[function] = entry
        return function

    return register


def entry_of(function: Callable[..., Any]) -> Entry:
    """Return what is registered about a verb; KeyError for a function that is none."""
    return _BY_FUNCTION[function]
