"""Set up a site: the warehouse, its places, its cartons and lanes, its people.

Decisions of the administrator; each brings rows that are not there yet and leaves those that are. Only a
shelf of which nothing but the code is known is laid out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, decode, verb
from oms_desktop.db.sets import among
from oms_desktop.errors import InputError
from oms_desktop.models import (
    PHYSICAL,
    SHELVES,
    Carton,
    Fulfillment,
    Intake,
    Lane,
    Location,
    LocationKind,
    PickTask,
    Role,
    Warehouse,
    Worker,
    WorkerRole,
)
from oms_desktop.workflow import board
from oms_desktop.workflow.entries import STAGES

_UNDER_WAY_AT = (
    select(Fulfillment.order_id)
    .join(PickTask, PickTask.fulfillment_id == Fulfillment.id)
    .where(among(PickTask.location_id, "places"), Fulfillment.status.in_(list(STAGES)))
    .distinct()
)


@dataclass(frozen=True)
class SiteRow:
    """A warehouse to open; `time_zone` is an IANA name, the address is the sender's on labels."""

    code: str
    name: str
    time_zone: str
    address1: str = ""
    city: str = ""
    postal_code: str = ""
    country_code: str = ""


@dataclass(frozen=True)
class LocationRow:
    """A place to make; coordinates in millimetres, None if unknown."""

    code: str
    kind: LocationKind
    zone: str = ""
    aisle: str = ""
    bay: str = ""
    level: str = ""
    slot: str = ""
    x_mm: int | None = None
    y_mm: int | None = None
    z_mm: int | None = None
    sequence: int = 0

    @property
    def bare(self) -> bool:
        """Whether it says nothing of where the place is."""
        return self == LocationRow(self.code, self.kind)


@dataclass(frozen=True)
class CartonRow:
    """A box of the catalogue: inner size in millimetres, own and greatest gross weight in grams."""

    code: str
    length_mm: int
    width_mm: int
    height_mm: int
    weight_g: int
    max_g: int


@dataclass(frozen=True)
class LaneRow:
    """A lane of the dock and the carrier whose parcels stand in it."""

    code: str
    carrier: str


@dataclass(frozen=True)
class WorkerRow:
    """A person to enrol; `pin_hash` as `station.person.hash_pin` makes it, '' for nobody who signs in."""

    badge: str
    name: str
    pin_hash: str
    roles: tuple[Role, ...]
    language: str = ""
    zone: str = ""


@dataclass(frozen=True)
class Staff:
    """People who are enrolled together."""

    workers: tuple[WorkerRow, ...]


@verb("site.open.1", role=Role.ADMINISTRATOR, kind=Kind.DECISION)
def open_site(session: Session, act: Act, *, site: SiteRow) -> UUID:
    """Make a warehouse and its places for the world outside; returns the one of that code if it is there."""
    known = session.scalar(select(Warehouse.id).where(Warehouse.code == site.code))
    if known is not None:
        return known
    warehouse = Warehouse(
        id=act.id("warehouse", site.code),
        code=site.code,
        name=site.name,
        time_zone=site.time_zone,
        address1=site.address1,
        city=site.city,
        postal_code=site.postal_code,
        country_code=site.country_code,
    )
    session.add(warehouse)
    session.flush()
    session.add_all(
        Location(id=act.id("place", kind.value), warehouse_id=warehouse.id, code=kind.value, kind=kind)
        for kind in LocationKind
        if kind not in PHYSICAL
    )
    return warehouse.id


@verb("site.locations.1", role=Role.ADMINISTRATOR, kind=Kind.DECISION)
def bring_locations(session: Session, act: Act, *, warehouse: UUID, rows: tuple[LocationRow, ...]) -> int:
    """Make the locations that a warehouse has not got yet; returns how many were made or laid out.

    A shelf that came with goods, of which only the code is known, is laid out.
    """
    known = set(session.scalars(select(Location.code).where(Location.warehouse_id == warehouse)))
    new = [
        Location(
            id=act.id("location", row.code),
            warehouse_id=warehouse,
            code=row.code,
            kind=row.kind,
            **_layout(row),
        )
        for row in rows
        if row.code not in known
    ]
    session.add_all(new)
    laid = to_lay_out(session, warehouse, rows)
    for place, row in laid:
        for name, value in _layout(row).items():
            setattr(place, name, value)
    _show_zones(session, act, [place.id for place, _row in laid])
    return len(new) + len(laid)


def to_lay_out(
    session: Session, warehouse: UUID, rows: Iterable[LocationRow]
) -> list[tuple[Location, LocationRow]]:
    """Pair the shelves of which nothing but the code is known with the rows that tell where they are."""
    told = {row.code: row for row in rows if not row.bare}
    bare = session.scalars(_BARE, {"codes": list(told), "warehouse": warehouse})
    return [(place, told[place.code]) for place in bare if place.kind is told[place.code].kind]


def _layout(row: LocationRow) -> dict[str, Any]:
    return {name: value for name, value in vars(row).items() if name not in ("code", "kind")}


_BARE = select(Location).where(
    Location.warehouse_id == bindparam("warehouse"),
    among(Location.code, "codes"),
    Location.kind.in_(SHELVES),
    *(
        getattr(Location, name).is_not_distinct_from(value)
        for name, value in _layout(LocationRow("", LocationKind.PICK_FACE)).items()
    ),
)


def _show_zones(session: Session, act: Act, places: Sequence[UUID]) -> None:
    """Write the queue entries of orders under way anew whose goods lie at places that have a zone now."""
    if places:
        session.flush()
        orders = session.connection().execute(_UNDER_WAY_AT, {"places": places}).scalars().all()
        board.settle(session, act, orders)


@verb("site.cartons.1", role=Role.ADMINISTRATOR, kind=Kind.DECISION)
def bring_cartons(session: Session, act: Act, *, rows: tuple[CartonRow, ...]) -> int:
    """Make the cartons that the catalogue has not got yet; returns how many."""
    known = set(session.scalars(select(Carton.code)))
    new = [
        Carton(
            id=act.id("carton", row.code),
            code=row.code,
            length_mm=row.length_mm,
            width_mm=row.width_mm,
            height_mm=row.height_mm,
            weight_g=row.weight_g,
            max_g=row.max_g,
        )
        for row in rows
        if row.code not in known
    ]
    session.add_all(new)
    return len(new)


@verb("site.lanes.1", role=Role.ADMINISTRATOR, kind=Kind.DECISION)
def bring_lanes(session: Session, act: Act, *, warehouse: UUID, rows: tuple[LaneRow, ...]) -> int:
    """Make the lanes that a dock has not got yet; returns how many."""
    known = set(session.scalars(select(Lane.code).where(Lane.warehouse_id == warehouse)))
    new = [
        Lane(id=act.id("lane", row.code), warehouse_id=warehouse, code=row.code, carrier=row.carrier)
        for row in rows
        if row.code not in known
    ]
    session.add_all(new)
    return len(new)


@verb("people.enrol.1", role=Role.ADMINISTRATOR, kind=Kind.DECISION)
def enrol(session: Session, act: Act, *, intake: UUID) -> int:
    """Enrol the people of an intake row (a `Staff`) whose badges are not known yet; returns how many.

    Raises InputError when a badge is empty.
    """
    staff: Staff = decode(Staff, session.get_one(Intake, intake).draft)
    known = set(session.scalars(select(Worker.badge)))
    new = [row for row in staff.workers if row.badge not in known]
    if any(not row.badge for row in new):
        raise InputError("people.no_badge", "A worker needs a badge code.")
    session.add_all(
        Worker(
            id=act.id("worker", row.badge),
            badge=row.badge,
            name=row.name,
            pin_hash=row.pin_hash,
            language=row.language,
            zone=row.zone,
        )
        for row in new
    )
    session.flush()
    session.add_all(
        WorkerRole(worker_id=act.id("worker", row.badge), role=role) for row in new for role in row.roles
    )
    return len(new)
