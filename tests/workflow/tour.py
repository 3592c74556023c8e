"""One tour in a tote, and questions about what became of it."""

from uuid import UUID

from sqlalchemy import func, select

from oms_desktop.db import Database
from oms_desktop.models import Fulfillment, PickTask, PutBack, Status, Stock
from oms_desktop.workflow import claims, packing, picking, shipping
from oms_desktop.workflow.books import prove
from tests.builders import MUG, MUG_PLACE, Site, postage


class Floor:
    """A site with one tour for mugs in tote T-101."""

    def __init__(self, database: Database, units: int, stock: int = 10) -> None:
        self.database = database
        self.site = Site(database, stock=stock)
        self.do = self.site.station.do
        self.order = self.site.promised({MUG: units})
        self.tote = self.site.place("T-101")
        self.tour = self.do(claims.claim_pick, warehouse=self.site.warehouse, tote=self.tote, number=1)
        with database.reading() as session:
            self.task = session.scalars(select(PickTask.id)).one()

    def confirm(self, units: int = 1) -> picking.Picked:
        return self.do(picking.confirm, task=self.task, quantity=units, tote=self.tote)

    def undo(self, units: int = 1) -> picking.Picked:
        return self.do(picking.undo, task=self.task, quantity=units, tote=self.tote)

    def on_hand(self, place: UUID) -> int:
        with self.database.reading() as session:
            return session.scalars(
                select(func.coalesce(func.sum(Stock.on_hand), 0)).where(Stock.location_id == place)
            ).one()

    @property
    def shelf(self) -> tuple[int, int]:
        """Mugs on hand at their place, and how many of them are reserved."""
        place = self.site.place(MUG_PLACE)
        with self.database.reading() as session:
            row = session.scalars(select(Stock).where(Stock.location_id == place)).one()
            return row.on_hand, row.allocated

    @property
    def asked_back(self) -> int:
        """Units in the tote that are to be put back."""
        with self.database.reading() as session:
            asked = select(func.coalesce(func.sum(PutBack.quantity), 0)).where(
                PutBack.closed_at.is_(None), PutBack.location_id == self.tote
            )
            return session.scalars(asked).one()

    @property
    def counters(self) -> dict[str, int]:
        """The counters of the order's line that are not 0."""
        line = self.site.line(self.order)
        names = ("open", "allocated", "picked", "packed", "shipped", "cancelled")
        return {name: getattr(line, name) for name in names if getattr(line, name)}

    def status(self) -> Status:
        with self.database.reading() as session:
            return session.get_one(Fulfillment, self.tour.fulfillment).status

    def pack_and_ship(self) -> None:
        parcel = self.pack()
        self.do(packing.done, fulfillment=self.tour.fulfillment)
        self.do(shipping.load, parcel=parcel, lane=self.site.lane())
        self.do(shipping.close_manifest, lane=self.site.lane(), number=1)

    def pack(self) -> UUID:
        """Put everything picked into a closed parcel."""
        self.do(claims.claim_pack, fulfillment=self.tour.fulfillment)
        parcel = self.do(packing.open_parcel, fulfillment=self.tour.fulfillment)
        line = self.site.line(self.order)
        self.do(packing.put, parcel=parcel, line=line.id, tote=self.tote, quantity=line.picked)
        self.do(packing.choose_carton, parcel=parcel, carton=self.site.carton())
        self.do(packing.close, parcel=parcel, weight_g=640, expected_g=635, postage=postage())
        return parcel

    def assert_sound(self) -> None:
        with self.database.reading() as session:
            assert prove(session).violations == ()
