"""What is looked up at the stock while nothing is in hand, and what must be refilled."""

from uuid import UUID

from oms_desktop.floor.reply import Kind, Scan
from oms_desktop.floor.stock_views import StockView
from oms_desktop.floor.words import counted
from oms_desktop.models import Condition
from oms_desktop.station import Station
from oms_desktop.workflow.worklists import shelves
from oms_desktop.workflow.worklists.shelves import Refill

NOTHING = StockView()


class LookUp:
    """The place or product that was scanned last, with what the book has of it."""

    def __init__(self, station: Station, warehouse: UUID) -> None:
        self._station, self._warehouse = station, warehouse
        self.view, self.found = NOTHING, ""
        self.refills: tuple[Refill, ...] = ()

    def look_at(self, scan: Scan) -> None:
        """Look up the location or product of a scan."""
        here = scan.kind is Kind.LOCATION
        place = StockView(place=scan.id, location=scan.value)
        self.view = place if here else StockView(product=scan.id, sku=scan.value)
        self.read()

    def forget(self) -> None:
        """Look at nothing in particular."""
        self.view, self.found = NOTHING, ""

    def read(self) -> None:
        """Read anew what must be refilled, and what is looked up."""
        view = self.view
        with self._station.store.reading() as session:
            self.refills = shelves.refills(session, self._warehouse)
            if view == NOTHING:
                return
            place, product = (UUID(each) if each else None for each in (view.place, view.product))
            wanted = shelves.Wanted(self._warehouse, "all", place, product)
            rows = [row for row in shelves.goods(session, wanted, 1_000) if row.on_hand]
        what, names = (
            ("product", {row.sku for row in rows}) if place else ("place", {row.code for row in rows})
        )
        free = sum(row.free for row in rows if row.condition is Condition.GOOD)
        self.found = f"{counted(len(names), what)}, {free} free" if rows else "nothing is there"

    def refill_at(self, key: str) -> Refill | None:
        """Return the refill of a key (target and product in hex); without one the place's, else the first."""
        if key:
            known = {f"{each.target.hex}|{each.product.hex}": each for each in self.refills}
            return known.get(key)
        here = (each for each in self.refills if each.target.hex == self.view.place)
        return next(here, next(iter(self.refills), None))
