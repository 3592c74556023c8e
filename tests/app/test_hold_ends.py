"""A hold ends by itself at its minute, at a workstation that runs."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from oms_desktop.app import desk
from oms_desktop.models import Hold, Order
from oms_desktop.station import find_person
from tests.app.floor_window import Floor
from tests.builders import Clock


def test_a_hold_ends_by_itself_at_its_minute(floor: Floor) -> None:
    site = floor.desk.site
    until = site.station.clock() + timedelta(seconds=30)
    with site.database.reading() as session:
        system = find_person(session, "system")
        order = session.scalars(select(Order.id).limit(1)).one()
    desk.hold(replace(site.station, person=system), [order], kind="date", text="Wait.", until=until)
    assert isinstance(site.station.clock, Clock)
    site.station.clock.now = until
    floor.station.minutes.beat()

    def is_over() -> bool:
        with site.database.reading() as session:
            return session.scalars(select(Hold.released_at)).one() is not None

    floor.bot.waitUntil(is_over, timeout=15_000)
