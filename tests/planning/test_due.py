"""When an order has to leave: the cut-off of a working day, in the warehouse's own time."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from oms_desktop.planning.due import Truck, ship_by

BERLIN = ZoneInfo("Europe/Berlin")
TRUCK = Truck(time(14), time(17))


@pytest.mark.parametrize(
    ("at", "due"),
    [
        # Monday, an hour ahead of UTC.
        ((2026, 3, 2, 12, 59), (2026, 3, 2, 16)),
        ((2026, 3, 2, 13, 0), (2026, 3, 3, 16)),
        ((2026, 3, 2, 23, 30), (2026, 3, 3, 16)),
        # Friday after the cut-off, Saturday, Sunday.
        ((2026, 3, 6, 13, 0), (2026, 3, 9, 16)),
        ((2026, 3, 7, 9, 0), (2026, 3, 9, 16)),
        ((2026, 3, 8, 22, 59), (2026, 3, 9, 16)),
        # The clocks go forward on Sunday, 29 March.
        ((2026, 3, 27, 14, 0), (2026, 3, 30, 15)),
    ],
)
def test_the_truck_of_the_day_or_the_next(at: tuple[int, ...], due: tuple[int, ...]) -> None:
    def utc(parts: tuple[int, ...]) -> datetime:
        return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]  # a tuple of unknown length

    assert ship_by(utc(at), BERLIN, TRUCK) == utc(due)


def test_a_truck_that_has_left_already_is_not_named() -> None:
    early = Truck(time(14), time(9))

    assert ship_by(datetime(2026, 3, 2, 10, tzinfo=UTC), BERLIN, early) == datetime(2026, 3, 3, 8, tzinfo=UTC)
