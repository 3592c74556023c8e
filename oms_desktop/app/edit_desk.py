"""The sheet in which orders are edited, and what it reads and saves."""

from collections.abc import Callable
from uuid import UUID

from oms_desktop.app import desk, order_form
from oms_desktop.app.house import House
from oms_desktop.app.queue_undo import Last
from oms_desktop.app.screens import Screen
from oms_desktop.app.sheet_desk import SheetDesk
from oms_desktop.drafts import OrderEdit
from oms_desktop.errors import InputError, StateError
from oms_desktop.floor.edit_views import EditForm
from oms_desktop.floor.reply import Key
from oms_desktop.floor.words import counted
from oms_desktop.station import Station, Strand
from oms_desktop.ui.threads import Bridge
from oms_desktop.ui.widgets.edit_sheet import EditSheet
from oms_desktop.workflow.splitting import Share


class EditDesk(SheetDesk):
    """Reads and judges an order for its sheet, and does what is asked for there."""

    def __init__(
        self,
        screen: Screen,
        station: Station,
        strands: tuple[Strand, Strand],
        bridge: Bridge,
        house: House,
        tell: Callable[[str], None],
        last: Last,
    ) -> None:
        self.sheet = EditSheet(screen.window.theme, screen.window.content)
        super().__init__(screen, self.sheet, station, strands, bridge, tell, last)
        self._house, self._order = house, UUID(int=0)
        self._panel.edit_asked.connect(self.open)
        self.sheet.typed.connect(self._judge)
        self.sheet.again.connect(self._read)
        self.sheet.goods_asked.connect(self._find)
        self.sheet.saved.connect(self._save)
        self.sheet.parted.connect(self._part)

    def open(self, order: str) -> None:
        """Open the sheet for an order, by its hex id."""
        self._order, self._is_open = UUID(order), True
        self.sheet.wait()
        self._read()

    def scan(self, code: str) -> None:
        """Take what was scanned while the sheet is open: a product comes to the lines that are shown."""
        if self.sheet.takes_goods:
            self._find(code)
        elif not self.sheet.isHidden():
            self.sheet.told.show_text(
                f"{code[:40]} was scanned. Ctrl+Tab to the lines adds goods, Esc closes."
            )

    def _press(self, key: Key, _text: str) -> None:
        if key is not Key.EDIT:
            return
        if len(self._panel.meant) == 1:
            self.open(self._panel.meant[0])
        else:
            self._tell("One order is edited at a time. Esc takes the ticks away.")

    def _read(self) -> None:
        order, ticket = self._order, self._next()

        def read() -> None:
            with self._station.store.reading() as session:
                form = order_form.read_form(session, order, self._house.policy)
            self._post(ticket, lambda: self.sheet.show_form(form))

        self._reader.put(lambda: self._try(ticket, read))

    def _judge(self) -> None:
        """Have what is typed judged; what is typed meanwhile makes that void."""
        if self.sheet.is_busy:
            return
        order, ticket = self._order, self._next()
        to, email = self.sheet.address.address, self.sheet.address.email

        def read() -> None:
            with self._station.store.reading() as session:
                look = order_form.judge(session, order, to, email, self._house.policy)
            self._post(ticket, lambda: self.sheet.show_look(look))

        self._reader.put(lambda: self._try(ticket, read))

    def _find(self, typed: str) -> None:
        """Look for the product that is to come to the order."""
        ticket = self._ticket

        def read() -> None:
            try:
                with self._station.store.reading() as session:
                    found = order_form.find_goods(session, typed)
            except InputError as error:
                told = error.text
                self._post(ticket, lambda: self.sheet.lines.refuse_goods(told))
            else:
                self._post(ticket, lambda: self.sheet.lines.add_goods(found))

        self._reader.put(lambda: self._try(ticket, read))

    def _save(self, change: OrderEdit) -> None:
        order, ticket, seen = self._order, self._next(), self.sheet.form
        self._work.put(lambda: self._try(ticket, lambda: self._edit(order, ticket, change, seen)))

    def _part(self, shares: tuple[tuple[str, int], ...]) -> None:
        order, ticket = self._order, self._next()
        wanted = [Share(UUID(line), units) for line, units in shares]
        self._work.put(lambda: self._try(ticket, lambda: self._split(order, ticket, wanted)))

    def _split(self, order: UUID, ticket: int, shares: list[Share]) -> None:
        verdict = desk.split(self._station, order, shares)
        units = sum(share.units for share in shares)
        apart = f"{counted(units, 'piece')} {'ships' if units == 1 else 'ship'} apart"
        self._answer(ticket, verdict, "The split", lambda: f"{verdict.number} is split: {apart}.")

    def _edit(self, order: UUID, ticket: int, change: OrderEdit, seen: EditForm | None) -> None:
        with self._station.store.reading() as session:
            now = order_form.read_form(session, order, self._house.policy)
        if seen is None or not now.is_as(seen):
            raise StateError(
                "order.changed",
                f"Order {now.number} was changed since this sheet was opened, and would be changed back. "
                "Esc closes it; open it anew.",
            )
        verdict = desk.edit(self._station, order, change, self._house.policy)
        told = f"{verdict.number} is saved."
        self._answer(ticket, verdict, "The edit", lambda: f"{told} {self._stands(order)}".strip())
