"""When an order that comes in has to leave.

An order that comes before the cut-off of a working day leaves with that day's truck, any other with the
truck of the next working day. Working days are Monday to Friday.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SATURDAY = 5


@dataclass(frozen=True)
class Truck:
    """Until when an order may come to leave on the same day, and when the truck leaves; both local."""

    cut_off: time
    leaves: time


def ship_by(at: datetime, zone: ZoneInfo, truck: Truck) -> datetime:
    """Return when an order that comes at a time (aware) has to leave, in UTC."""
    local = at.astimezone(zone)
    day = local.date()
    if not _works(day) or local.time() >= truck.cut_off or _leaving(day, zone, truck) <= at:
        day = _next(day)
    return _leaving(day, zone, truck)


def _leaving(day: date, zone: ZoneInfo, truck: Truck) -> datetime:
    return datetime.combine(day, truck.leaves, zone).astimezone(UTC)


def _works(day: date) -> bool:
    return day.weekday() < _SATURDAY


def _next(day: date) -> date:
    day += timedelta(days=1)
    return day if _works(day) else _next(day)
