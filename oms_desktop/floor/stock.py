"""The dialogue at the stock: look up places and products, and see what must be refilled.

idle --LOCATION--> idle   (this place is shown and marked)
idle --PRODUCT--> idle    (all places of this product are shown)
idle --PUT_ASIDE--> idle  (everything is shown again)
"""

from uuid import UUID

from oms_desktop.floor.dialogue import Dialogue
from oms_desktop.floor.reply import Key, Kind, Press, Reply, Scan, Sound, Thing
from oms_desktop.floor.stock_task import State
from oms_desktop.floor.stock_views import StockView
from oms_desktop.floor.words import counted
from oms_desktop.station import Station
from oms_desktop.workflow.worklists import shelves
from oms_desktop.workflow.worklists.shelves import Refill

Answered = Reply[StockView]


class Stock(Dialogue[StockView]):
    """Leads somebody with goods in hand from shelf to shelf. It books by verbs and never writes itself."""

    place = "stock"
    idle = State.IDLE

    def __init__(self, station: Station, warehouse: UUID) -> None:
        super().__init__(station, warehouse)
        self.state: State = State.IDLE
        self._looked_up = StockView()
        self._found = ""
        self._refills: tuple[Refill, ...] = ()
        self.scans = {
            (State.IDLE, Kind.LOCATION): self._look_up_place,
            (State.IDLE, Kind.PRODUCT): self._look_up_product,
        }
        self.keys = {(State.IDLE, Key.PUT_ASIDE): self._show_all}

    def resume(self) -> Answered:
        """Go on with what was remembered, and read what must be refilled."""
        with self.station.store.reading() as session:
            self._refills = shelves.refills(session, self.warehouse)
        return self.show()

    def show(self, told: str = "", sound: Sound = Sound.NONE) -> Answered:
        """Show the state; a place that must be refilled asks for a decision."""
        urgent = self.state is State.IDLE and bool(self._refills) and not self._looked_up.sku
        attention = urgent and not self._looked_up.place and sound is Sound.NONE
        return super().show(told, Sound.ATTENTION if attention else sound)

    def _look_up_place(self, scan: Scan) -> Answered:
        with self.station.store.reading() as session:
            rows = shelves.lying(session, UUID(scan.id))
        self._looked_up = StockView(place=scan.id, location=scan.value)
        free = sum(row.free for row in rows)
        skus = len({row.sku for row in rows})
        self._found = f"{counted(skus, 'product')}, {free} free" if rows else "Nothing lies here"
        return self.show(self._found, Sound.OK)

    def _look_up_product(self, scan: Scan) -> Answered:
        with self.station.store.reading() as session:
            wanted = shelves.Wanted(self.warehouse, product=UUID(scan.id))
            rows = [row for row in shelves.goods(session, wanted, 1_000) if row.on_hand]
        self._looked_up = StockView(product=scan.id, sku=scan.value)
        free, places = sum(row.free for row in rows), len({row.code for row in rows})
        self._found = f"{counted(places, 'place')}, {free} free" if rows else "None is on a shelf"
        return self.show(self._found, Sound.OK)

    def _show_all(self, _press: Press) -> Answered:
        self._looked_up, self._found = StockView(), ""
        return self.show()

    def view(self) -> StockView:
        """Return what was looked up, and the work in hand."""
        return self._looked_up

    def expected(self) -> Thing:
        """Return what can be scanned now."""
        return Thing("A location or a product")

    def instruction(self) -> tuple[str, str]:
        """Say what to do next in one line, and a second one about it."""
        view = self._looked_up
        if view.place or view.product:
            return f"{view.location or view.sku}: {self._found}", "Esc shows everything again"
        if self._refills:
            return refill_words(self._refills[0])
        return "Scan a location or a product", "Every place has what it should have"


def refill_words(refill: Refill) -> tuple[str, str]:
    """Say which place must be refilled, and from where."""
    state = "is empty" if refill.word == shelves.EMPTY else "runs low"
    line = f"{refill.target_code} {state}: bring {refill.quantity} of {refill.name}"
    return line, f"Reserve {refill.source_code} has {refill.source_has}"
