"""The sheet in which ticked orders become one, and what it reads and does."""

from collections.abc import Callable
from uuid import UUID

from oms_desktop.app import desk, order_form
from oms_desktop.app.queue_undo import Last
from oms_desktop.app.screens import Screen
from oms_desktop.app.sheet_desk import SheetDesk
from oms_desktop.floor.reply import Key
from oms_desktop.station import Station, Strand
from oms_desktop.ui.threads import Bridge
from oms_desktop.ui.widgets.merge_sheet import MergeSheet

MOST = 50
"""How many orders become one at once."""


class MergeDesk(SheetDesk):
    """Reads the ticked orders for their sheet, and merges them."""

    def __init__(
        self,
        screen: Screen,
        station: Station,
        strands: tuple[Strand, Strand],
        bridge: Bridge,
        tell: Callable[[str], None],
        last: Last,
    ) -> None:
        self.sheet = MergeSheet(screen.window.theme, screen.window.content)
        super().__init__(screen, self.sheet, station, strands, bridge, tell, last)
        self._orders: tuple[UUID, ...] = ()
        self.sheet.again.connect(self._read)
        self.sheet.merged.connect(self._merge)

    def scan(self, code: str) -> None:
        """Refuse what was scanned while the sheet is open: it stays with the orders that were ticked."""
        self.sheet.told.show_text(f"{code[:40]} was scanned. This sheet takes no scans, Esc closes it.")

    def _press(self, key: Key, _text: str) -> None:
        if key is not Key.MERGE:
            return
        meant = self._panel.meant
        if len(meant) < 2:
            self._tell("Tick the orders that are to become one, two or more, then press F4.")
        elif len(meant) > MOST:
            self._tell(f"{len(meant):,} orders are ticked. Up to {MOST} become one at once.")
        else:
            self._orders, self._is_open = tuple(map(UUID, meant)), True
            self.sheet.wait(len(meant))
            self._read()

    def _read(self) -> None:
        orders, ticket = self._orders, self._next()

        def read() -> None:
            with self._station.store.reading() as session:
                found = order_form.read_merge(session, orders)
            self._post(ticket, lambda: self.sheet.show_orders(found))

        self._reader.put(lambda: self._try(ticket, read))

    def _merge(self, into: str, others: tuple[str, ...]) -> None:
        ticket = self._next()
        target, rest = UUID(into), [UUID(each) for each in others]
        self._work.put(lambda: self._try(ticket, lambda: self._make_one(ticket, target, rest)))

    def _make_one(self, ticket: int, into: UUID, others: list[UUID]) -> None:
        verdict = desk.merge(self._station, into, others)
        if verdict.done:
            gone = [each.hex for each in (into, *others)]
            self._bridge.post(lambda: self._panel.model.untick(gone))
        one = f"{len(others) + 1} orders are {verdict.number} now."
        self._answer(ticket, verdict, "The merge", lambda: f"{one} {self._stands(into)}".strip())
