"""Who did it, where and when: the only source of new ids and times inside a verb."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from uuid import UUID

_VERSION = 0x8 << 76 | 0x8 << 60
_FREE = ~(0xF << 76 | 0xC << 60)


def derive(call: UUID, at: datetime, name: str, *key: object) -> UUID:
    """Derive an id from a call, a name and a key.

    A UUID of version 8 (RFC 9562, section 5.8): 48 bits of milliseconds, so that rows made together
    stay together in an index, then bits of a SHA-256 digest.
    """
    return _derived(_milliseconds(at), call.hex, name, *map(str, key))


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000) << 80


def _derived(head: int, *words: str) -> UUID:
    tail = int.from_bytes(sha256("|".join(words).encode()).digest()[:10], "big")
    # A wave derives a hundred thousand ids: bits are set in one number, which is quicker than by bytes.
    return UUID(int=(head | tail) & _FREE | _VERSION)


@dataclass(frozen=True)
class Act:
    """One call of a verb by one worker at one station.

    `at` is the station's clock in UTC; `approver` the second badge, where one was needed; `lease`
    the lease under which the work is done.
    """

    call: UUID
    worker: UUID
    station: str
    at: datetime
    device: str = ""
    approver: UUID | None = None
    lease: UUID | None = None

    def id(self, name: str, *key: object) -> UUID:
        """Derive the id of a new row: the same on every database the act is played on."""
        return _derived(self._head, self._hex, name, *map(str, key))

    @cached_property
    def _head(self) -> int:
        return _milliseconds(self.at)

    @cached_property
    def _hex(self) -> str:
        return self.call.hex
