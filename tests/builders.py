"""A small warehouse with sensible defaults, built by the verbs themselves."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from uuid import UUID

from sqlalchemy import select

from oms_desktop.db import Database
from oms_desktop.drafts import (
    AddressDraft,
    CheckedOrder,
    CustomerDraft,
    LineDraft,
    OrderDraft,
    order_problems,
)
from oms_desktop.models import Carton, Lane, Location, LocationKind, OrderLine, Role, Worker, WorkerRole
from oms_desktop.station import Incoming, Person, Station
from oms_desktop.workflow import capture, catalog, claims, packing, picking, promise, shipping, site

MUG, BOTTLE, TORCH = "MUG-0350-GN", "BTL-0750-ST", "TRC-0400-BK"
GTINS = {MUG: "04006381333931", BOTTLE: "04006381333948", TORCH: "04006381333955"}
MUG_PLACE, BOTTLE_PLACE, TORCH_PLACE = "A-07-03-B2", "A-07-08-C1", "A-03-06-D2"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class Clock:
    """A clock that is a second later each time it is read."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def add_system(database: Database) -> Person:
    """Insert the worker `system` with every role; returns that person."""
    worker = UUID(int=1)
    with database.transaction() as session:
        session.add(Worker(id=worker, badge="system", name="System", pin_hash=""))
        session.flush()
        session.add_all(WorkerRole(worker_id=worker, role=role) for role in Role)
    return Person(worker, "system", "System", frozenset(Role))


@dataclass
class Site:
    """A warehouse MAIN: three products, ten pieces of each on its shelf, totes, a carton and a lane."""

    database: Database
    stock: int = 10
    station: Station = field(init=False)
    warehouse: UUID = field(init=False)
    _calls: Iterator[int] = field(init=False, default_factory=lambda: count(1000))
    _orders: Iterator[int] = field(init=False, default_factory=lambda: count(1001))

    def __post_init__(self) -> None:
        self.station = Station(
            self.database,
            "PICK-3",
            add_system(self.database),
            clock=Clock(),
            new_call=lambda: UUID(int=next(self._calls)),
        )
        do = self.station.do
        self.warehouse = do(
            site.open_site,
            site=site.SiteRow(
                "MAIN", "Test depot", "Europe/Berlin", "Dock Road 8", "Musterstadt", "20457", "DE"
            ),
        )
        rows = [
            site.LocationRow(code, LocationKind.PICK_FACE, sequence=index)
            for index, code in enumerate([MUG_PLACE, BOTTLE_PLACE, TORCH_PLACE], start=1)
        ]
        totes = [site.LocationRow(f"T-10{index}", LocationKind.TOTE) for index in range(1, 6)]
        do(site.bring_locations, warehouse=self.warehouse, rows=(*rows, *totes))
        do(site.bring_cartons, rows=(site.CartonRow("C4", 400, 280, 200, 180, 20_000),))
        do(site.bring_lanes, warehouse=self.warehouse, rows=(site.LaneRow("LANE-1", "Nordbote"),))
        do(
            catalog.bring_products,
            rows=(
                catalog.ProductRow(MUG, "Enamel mug 350 ml", GTINS[MUG], "Moss green", 180, 120, 90, 90),
                catalog.ProductRow(BOTTLE, "Steel bottle 0.75 l", GTINS[BOTTLE], "", 320, 80, 80, 260),
                catalog.ProductRow(TORCH, "Head torch 400 lm", GTINS[TORCH], "", 95, 70, 60, 50),
            ),
        )
        self.receive({MUG: self.stock, BOTTLE: self.stock, TORCH: self.stock})

    def receive(self, quantities: dict[str, int]) -> None:
        """Book goods to the usual place of each product."""
        places = {MUG: MUG_PLACE, BOTTLE: BOTTLE_PLACE, TORCH: TORCH_PLACE}
        rows = tuple(catalog.ReceiptRow(sku, places[sku], quantity) for sku, quantity in quantities.items())
        self.station.do(catalog.receive, warehouse=self.warehouse, rows=rows)

    def order(
        self, lines: dict[str, int], *, payment: str = "paid", number: str = "", channel: str = "test"
    ) -> UUID:
        """Capture an order; `lines` are units by SKU."""
        draft = draft_order(lines, number=number or f"SO-{next(self._orders)}", payment=payment)
        draft = replace(draft, channel=channel)
        # Whoever asks for two orders of the same here means two.
        checked = CheckedOrder(draft, order_problems(draft), duplicate_hours=0)
        incoming = Incoming("test", "test", "{}", checked)
        call = self.station.call().bringing(incoming)
        return call.do(capture.capture, intake=UUID(int=0)).order

    def promised(self, lines: dict[str, int]) -> UUID:
        """Capture an order and allocate it; returns the order."""
        order = self.order(lines)
        self.station.do(promise.allocate, order=order, warehouse=self.warehouse)
        return order

    def place(self, code: str) -> UUID:
        """Return the id of a location."""
        with self.database.reading() as session:
            return session.scalars(select(Location.id).where(Location.code == code)).one()

    def carton(self) -> UUID:
        """Return the id of the only carton."""
        with self.database.reading() as session:
            return session.scalars(select(Carton.id)).one()

    def lane(self) -> UUID:
        """Return the id of the only lane."""
        with self.database.reading() as session:
            return session.scalars(select(Lane.id)).one()

    def line(self, order: UUID, position: int = 1) -> OrderLine:
        """Return a line of an order as it is now."""
        with self.database.reading() as session:
            found = session.scalars(
                select(OrderLine).where(OrderLine.order_id == order, OrderLine.position == position)
            ).one()
            session.expunge(found)
            return found


def draft_order(lines: dict[str, int], *, number: str = "SO-1001", payment: str = "paid") -> OrderDraft:
    """A draft of an invented customer's order; `lines` are units by SKU."""
    to = AddressDraft(
        name="Ida Example",
        address1="Lakeside Lane 14",
        city="Salzburg",
        postal_code="5020",
        country_code="AT",
    )
    return OrderDraft(
        channel="test",
        number=number,
        lines=tuple(LineDraft(sku, units, Decimal("9.50"), title=sku) for sku, units in lines.items()),
        total=Decimal("9.50") * sum(lines.values()),
        currency="EUR",
        payment=payment,
        customer=CustomerDraft(external_id="", name="Ida Example", email="ida@example.test"),
        ship_to=to,
        where="/0",
    )


def postage(sscc: str = "095240000000000016") -> packing.Postage:
    """What is concluded about a parcel at closing."""
    return packing.Postage("Nordbote", "Ground", Decimal("6.40"), "EUR", sscc, f"NB{sscc}", "S-417")


__all__ = [
    "BOTTLE",
    "BOTTLE_PLACE",
    "GTINS",
    "MUG",
    "MUG_PLACE",
    "NOON",
    "TORCH",
    "TORCH_PLACE",
    "Clock",
    "Site",
    "add_system",
    "claims",
    "draft_order",
    "picking",
    "postage",
    "shipping",
]
