"""How long until something is due, in words and a shape."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from oms_desktop.ui.shapes import Mark

SOON = timedelta(minutes=30)


@dataclass(frozen=True)
class DueLook:
    """Words, and the shape that goes with them: late, soon, or none."""

    words: str
    mark: Mark | None = None


def due_look(due: str, now: datetime) -> DueLook:
    """The look of an ISO time in UTC (empty for none), seen from `now` (aware)."""
    if not due:
        return DueLook("no date")
    left = datetime.fromisoformat(due) - now
    minutes = int(abs(left).total_seconds() // 60)
    if left < timedelta():
        return DueLook(f"{_span(minutes)} late", Mark.WRONG)
    mark = Mark.LOOK_OUT if left <= SOON else None
    if minutes < 24 * 60:
        return DueLook(f"{minutes // 60:02d}:{minutes % 60:02d}", mark)
    return DueLook(f"in {_span(minutes)}")


def span_since(since: str, now: datetime) -> str:
    """How long ago an ISO time in UTC was, in words."""
    passed = now - datetime.fromisoformat(since)
    return _span(int(max(passed, timedelta()).total_seconds() // 60))


def used_share(since: str, due: str, now: datetime) -> float:
    """How much of the time from `since` to `due` (ISO times, "" for unknown) is over, 0 to 1."""
    until = datetime.fromisoformat(due)
    begun = datetime.fromisoformat(since) if since else until - timedelta(hours=4)
    whole = (until - begun).total_seconds()
    return 1.0 if whole <= 0 else min(max((now - begun).total_seconds() / whole, 0.0), 1.0)


def _span(minutes: int) -> str:
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days"
