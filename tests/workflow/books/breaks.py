"""The register of breaks: for each rule one way to break it by hand, and what the proof must say then."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from tests.workflow.books.world import Hand


@dataclass(frozen=True)
class Expected:
    """Some ids and words of the rule's one violation; `also` are rules that must fire with it."""

    ids: tuple[UUID, ...]
    words: str
    also: frozenset[str] = frozenset()


Break = Callable[[Hand], Expected]
BREAKS: dict[str, Break] = {}


def breaks(rule: str) -> Callable[[Break], Break]:
    def register(function: Break) -> Break:
        assert rule not in BREAKS
        BREAKS[rule] = function
        return function

    return register


def expect(*ids: UUID, words: str, also: tuple[str, ...] = ()) -> Expected:
    return Expected(ids, words, frozenset(also))
