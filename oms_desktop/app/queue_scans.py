"""What a scan at the queue shows: an order, or the orders of a tote, of a place, of a person."""

from collections.abc import Callable, Sequence
from uuid import UUID

from oms_desktop.db import Database
from oms_desktop.floor.overview import found
from oms_desktop.floor.reply import Kind, Reply, Scan
from oms_desktop.station import Strand
from oms_desktop.ui.panels.queue import QueuePanel
from oms_desktop.ui.threads import Bridge
from oms_desktop.workflow.reference import Named, orders_of
from oms_desktop.workflow.worklists import benches

Tell = Callable[[Reply[None], Scan], None]


class QueueScans:
    """Made and called on the Qt thread; `tell` is called there with what was found."""

    def __init__(
        self, panel: QueuePanel, store: Database, reader: Strand, bridge: Bridge, tell: Tell
    ) -> None:
        self._panel, self._store, self._reader = panel, store, reader
        self._bridge, self._tell = bridge, tell

    def show(self, scan: Scan) -> None:
        """Show what a code stands for, whatever was filtered before."""
        if scan.kind is Kind.TOTE:
            self._reader.put(lambda: self._look_into(scan))
        elif scan.kind is Kind.ORDER:
            self._reader.put(lambda: self._look_for(scan))
        elif scan.kind is Kind.LOCATION:
            self._find(
                scan, f"Orders with work at {scan.value}. Scanned again it leads to the stock", scan.value
            )
        else:
            self._find(scan, f"Orders of {scan.value}", scan.value)

    def _look_for(self, scan: Scan) -> None:
        """Read which other orders have the number of the order that was found."""
        with self._store.reading() as session:
            named = orders_of(session, scan.raw.strip())
        told = _told(scan, named)
        self._bridge.post(lambda: self._find(scan, told, scan.value, scan.id))

    def _look_into(self, scan: Scan) -> None:
        """Read whose goods are in a tote."""
        with self._store.reading() as session:
            held = benches.order_in(session, UUID(scan.id))

        def show() -> None:
            if held is None:
                self._tell(found(f"Tote {scan.value} is empty", ok=False), scan)
                return
            self._find(scan, f"Order {held.number} is in {scan.value}", held.number, held.order.hex)

        self._bridge.post(show)

    def _find(self, scan: Scan, told: str, text: str, order: str = "") -> None:
        self._panel.look_up(text, order)
        self._tell(found(told), scan)


def _told(scan: Scan, named: Sequence[Named]) -> str:
    """Name the order that is shown, and the others that the code may mean as well."""
    shown = next((each for each in named if each.id.hex == scan.id), None)
    others = [each.code for each in named if each is not shown]
    if shown is None or not others:
        return f"Order {scan.value}"
    have = "has" if len(others) == 1 else "have"
    return f"Order {shown.code}. {' and '.join(others)} {have} this number too"
