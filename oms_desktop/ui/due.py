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


def _span(minutes: int) -> str:
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days"
