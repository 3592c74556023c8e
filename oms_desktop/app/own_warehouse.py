"""Start a warehouse of one's own: empty, laid out from a few numbers, with somebody who can sign in.

It gets the same totes, cartons and lanes as the demo, so that the first order can be worked at once.
"""

import re
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import available_timezones

from oms_desktop.app.site import MAIN, furnish, place_row
from oms_desktop.drafts.countries import country
from oms_desktop.errors import InputError
from oms_desktop.models import Role
from oms_desktop.planning.layout import Layout, places, refuse_impossible
from oms_desktop.station import Incoming, Station, anybody_may_sign_in, hash_pin
from oms_desktop.workflow import site

CHUNK = 2000
"""Locations made in one transaction."""

BADGE = "B-1"
"""The badge of the first person, who may do everything and enrols the others."""


PIN = re.compile(r"[0-9]{4}")


@dataclass(frozen=True)
class OwnWarehouse:
    """What the owner is asked for; the address stands on labels as the sender's."""

    name: str
    layout: Layout
    admin: str
    pin: str
    time_zone: str = "UTC"
    address1: str = ""
    city: str = ""
    postal_code: str = ""
    country_code: str = ""


@dataclass(frozen=True)
class Started:
    """The warehouse that was made: how many locations it has, and the badge to sign in with."""

    locations: int
    badge: str


def start(station: Station, wish: OwnWarehouse) -> Started:
    """Make the warehouse in a database in which nobody works yet.

    Each step leaves what is there, so that a start that was killed is simply made again. Raises InputError
    when something that is asked cannot be, or when people work in this database already.
    """
    refuse_unfit(wish)
    rows = tuple(place_row(place) for place in places(wish.layout))
    with station.store.reading() as session:
        if anybody_may_sign_in(session):
            raise InputError(
                "warehouse.exists", f"{station.store.name} is a warehouse already. Name a new database."
            )
    row = site.SiteRow(
        MAIN, wish.name, wish.time_zone, wish.address1, wish.city, wish.postal_code, wish.country_code
    )
    warehouse = station.do(site.open_site, site=row)
    for first in range(0, len(rows), CHUNK):
        station.do(site.bring_locations, warehouse=warehouse, rows=rows[first : first + CHUNK])
    furnish(station, warehouse)
    person = site.WorkerRow(BADGE, wish.admin, hash_pin(wish.pin), tuple(Role))
    incoming = Incoming("people", "owner", "", site.Staff((person,)))
    station.call().bringing(incoming).do(site.enrol, intake=UUID(int=0))
    return Started(len(rows), BADGE)


def refuse_unfit(wish: OwnWarehouse) -> None:
    """Raise InputError when something that is asked cannot be."""
    for sentence in unfit(wish).values():
        raise InputError("warehouse.value", sentence)
    refuse_impossible(wish.layout)


def unfit(wish: OwnWarehouse) -> dict[str, str]:
    """Say by the names of its fields what of a wish cannot be; its layout is not looked at."""
    known = not wish.country_code or country(wish.country_code)
    # A PIN is not repeated: somebody may have typed one they use elsewhere.
    asked = {
        "name": (wish.name.strip(), f"The name {wish.name!r} is not a name for the warehouse."),
        "admin": (wish.admin.strip(), "The person who signs in first needs a name."),
        "pin": (PIN.fullmatch(wish.pin), "The PIN is not four digits."),
        "time_zone": (
            wish.time_zone in available_timezones(),
            f"The time zone {wish.time_zone!r} is not one such as Europe/Berlin.",
        ),
        "country_code": (known, f"The country {wish.country_code!r} is not a code of ISO 3166 such as DE."),
    }
    return {name: sentence for name, (sound, sentence) in asked.items() if not sound}
