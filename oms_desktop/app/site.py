"""Make a site: the bare one that a product list needs, and the demo warehouse."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, select

from oms_desktop.app.demo_data import DemoWorker, demo_warehouse
from oms_desktop.app.demo_goods import bring_goods
from oms_desktop.app.opening import system_station
from oms_desktop.db import Database
from oms_desktop.floor.views import BadgeView
from oms_desktop.models import JournalEntry, Lane, LocationKind, Role, Warehouse, Worker
from oms_desktop.planning.layout import Place
from oms_desktop.station import Incoming, Station, Step, hash_pin
from oms_desktop.workflow import site

MAIN = "MAIN"

_MAKER, _MADE = "DEMO", "demo warehouse"


@dataclass(frozen=True)
class DemoSite:
    """The demo warehouse in a database, and who can sign in there."""

    warehouse: UUID
    badges: tuple[BadgeView, ...]


def main_site(station: Station) -> UUID:
    """Return the site MAIN; makes it, with totes, cartons and lanes, in a new database.

    The lanes are made last: a site without one was left half made, and each step leaves what is there.
    """
    with station.store.reading() as session:
        known = session.scalar(select(Warehouse.id).order_by(Warehouse.code != MAIN, Warehouse.code).limit(1))
        whole = session.scalar(select(exists().where(Lane.id.is_not(None))))
    if known is not None and whole:
        return known
    warehouse = station.do(site.open_site, site=site.SiteRow(MAIN, "Main warehouse", "UTC"))
    furnish(station, warehouse)
    return warehouse


def make_demo(station: Station, seed: int | None = None, *, goods: bool = True) -> DemoSite:
    """Make the demo warehouse with its places, people and, unless told otherwise, its products and stock.

    Each step leaves what is there already, so that a killed start is simply made again.
    """
    demo = demo_warehouse() if seed is None else demo_warehouse(seed)
    to = demo.site.address
    row = site.SiteRow(
        demo.site.code,
        demo.site.name,
        demo.site.time_zone,
        to.address1,
        to.city,
        to.postal_code,
        to.country_code,
    )
    warehouse = station.do(site.open_site, site=row)
    station.do(
        site.bring_locations, warehouse=warehouse, rows=tuple(place_row(place) for place in demo.places)
    )
    furnish(station, warehouse)
    _enrol(station, demo.workers)
    if goods:
        bring_goods(station, warehouse, demo)
    return DemoSite(warehouse, tuple(badge_view(worker) for worker in demo.workers))


def demo_maker(database: Database) -> Station:
    """Return the station under whose name the demo warehouse of a database is made."""
    return system_station(database, _MAKER)


def demo_is_wanted(maker: Station) -> bool:
    """Tell whether a database is new, or was being made the demo warehouse when the program was killed."""
    if maker.recall(_MADE):
        return False
    with maker.store.reading() as session:
        begun = session.scalar(select(exists().where(JournalEntry.station == _MAKER)))
        new = not session.scalar(select(exists().where(Warehouse.id.is_not(None))))
    return bool(new or begun)


def demo_is_made(maker: Station) -> None:
    """Write down that the demo warehouse is whole."""
    maker.remember(Step(_MADE, {"made": True}))


def demo_badges(station: Station) -> tuple[BadgeView, ...]:
    """Return the demo's badges when this database has the demo's people, else nothing."""
    workers = demo_warehouse().workers
    with station.store.reading() as session:
        known = dict(session.execute(select(Worker.badge, Worker.name)).all())
    if any(known.get(worker.badge) != worker.name for worker in workers):
        return ()
    return tuple(badge_view(worker) for worker in workers)


def badge_view(worker: DemoWorker) -> BadgeView:
    """Return a worker of the demo with the PIN, for its sign-in screen."""
    return BadgeView(worker.badge, worker.name, worker.roles, worker.pin)


def furnish(station: Station, warehouse: UUID) -> None:
    """Make the totes, cartons and lanes of the demo where they are not there yet, the lanes last."""
    demo = demo_warehouse()
    totes = tuple(site.LocationRow(code, LocationKind.TOTE) for code in demo.totes)
    cartons = tuple(
        site.CartonRow(box.code, box.length_mm, box.width_mm, box.height_mm, box.empty_g, box.max_g)
        for box in demo.cartons
    )
    lanes = tuple(site.LaneRow(lane.code, lane.carrier) for lane in demo.lanes)
    station.do(site.bring_locations, warehouse=warehouse, rows=totes)
    station.do(site.bring_cartons, rows=cartons)
    station.do(site.bring_lanes, warehouse=warehouse, rows=lanes)


def place_row(place: Place) -> site.LocationRow:
    """Return a place of a layout as the location to make of it."""
    return site.LocationRow(
        code=place.code,
        kind=LocationKind.RESERVE if place.reserve else LocationKind.PICK_FACE,
        zone=place.zone,
        aisle=f"{place.aisle:02}",
        bay=f"{place.bay:02}",
        level=place.level,
        slot=str(place.slot),
        x_mm=place.x,
        y_mm=place.y,
        z_mm=place.z,
        sequence=place.sequence,
    )


def _enrol(station: Station, workers: tuple[DemoWorker, ...]) -> None:
    rows = tuple(
        site.WorkerRow(
            worker.badge, worker.name, hash_pin(worker.pin), tuple(Role(role) for role in worker.roles)
        )
        for worker in workers
    )
    incoming = Incoming("people", "demo", "", site.Staff(rows))
    station.call().bringing(incoming).do(site.enrol, intake=UUID(int=0))
