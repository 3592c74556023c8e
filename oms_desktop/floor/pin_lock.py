"""Against guessing PINs: a badge rests after some wrong ones, longer each time."""

import math
from datetime import datetime, timedelta

FREE_TRIES = 5
"""The wrong PIN that locks a badge for the first time."""

FIRST_LOCK, LONGEST_LOCK = timedelta(seconds=60), timedelta(minutes=15)


class PinLock:
    """Counts the wrong PINs of each badge at one station, until the program ends."""

    def __init__(self) -> None:
        self._wrong: dict[str, int] = {}
        self._until: dict[str, datetime] = {}

    def seconds_left(self, badge: str, now: datetime) -> int:
        """Return for how long a badge is locked yet, in whole seconds rounded up; 0 if it is not."""
        until = self._until.get(badge, now)
        return max(0, math.ceil((until - now).total_seconds()))

    def add_wrong(self, badge: str, now: datetime) -> None:
        """Count a wrong PIN; from the fifth on each one locks the badge, twice as long as the one before."""
        self._wrong[badge] = wrong = self._wrong.get(badge, 0) + 1
        if wrong >= FREE_TRIES:
            doubled = min(wrong - FREE_TRIES, 10)
            self._until[badge] = now + min(FIRST_LOCK * 2**doubled, LONGEST_LOCK)

    def forget(self, badge: str) -> None:
        """Begin anew with a badge whose right PIN was typed."""
        self._wrong.pop(badge, None)
        self._until.pop(badge, None)
