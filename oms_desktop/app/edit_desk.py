"""The sheet in which orders are edited, and what it reads and saves."""

import logging
from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject

from oms_desktop.app import desk, order_form
from oms_desktop.app.house import House
from oms_desktop.app.screens import Screen
from oms_desktop.drafts import OrderEdit
from oms_desktop.errors import InputError, OmsError
from oms_desktop.floor.reply import Key
from oms_desktop.station import Station, Strand
from oms_desktop.ui.threads import Bridge
from oms_desktop.ui.widgets.edit_sheet import EditSheet

log = logging.getLogger(__name__)


class EditDesk(QObject):
    """Made and called on the Qt thread; reads on the reader thread, saves on the station thread.

    `tell` is called on the Qt thread with a sentence on what was done.
    """

    def __init__(
        self,
        screen: Screen,
        station: Station,
        strands: tuple[Strand, Strand],
        bridge: Bridge,
        house: House,
        tell: Callable[[str], None],
    ) -> None:
        super().__init__()
        self.sheet = EditSheet(screen.window.theme, screen.window.content)
        self._panel, self._station, self._bridge, self._house = screen.queue, station, bridge, house
        self._work, self._reader = strands
        self._tell, self._order, self._ticket = tell, UUID(int=0), 0
        self._window, self._is_open = screen.window, False
        self._panel.edit_asked.connect(self.open)
        self._window.key_pressed.connect(self._press)
        self._window.stack.currentChanged.connect(self.sheet.close_card)
        self.sheet.closed.connect(self._closed)
        self.sheet.typed.connect(self._judge)
        self.sheet.again.connect(self._read)
        self.sheet.goods_asked.connect(self._find)
        self.sheet.saved.connect(self._save)

    def open(self, order: str) -> None:
        """Open the sheet for an order, by its hex id."""
        self._order, self._is_open = UUID(order), True
        self.sheet.wait()
        self._read()

    @property
    def takes_scans(self) -> bool:
        """Whether a scan belongs to the sheet. From any thread."""
        return self._is_open

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
        order, ticket = self._order, self._next()
        self._work.put(lambda: self._try(ticket, lambda: self._edit(order, ticket, change)))

    def _edit(self, order: UUID, ticket: int, change: OrderEdit) -> None:
        verdict = desk.edit(self._station, order, change, self._house.policy)
        if not verdict.done:
            self._bridge.post(lambda: self._refuse(ticket, verdict.text))
            return
        with self._station.store.reading() as session:
            stands = order_form.how_it_stands(session, order)
        self._bridge.post(lambda: self._done(ticket, f"{verdict.number} is saved. {stands}".strip()))

    def _try(self, ticket: int, work: Callable[[], None]) -> None:
        """Do it on the thread this is called on; what is refused is said in the sheet."""
        try:
            work()
        except OmsError as error:
            text = error.text
        except Exception:
            log.exception("The order could not be edited")
            text = "That did not work. The log says more."
        else:
            return
        self._bridge.post(lambda: self._refuse(ticket, text))

    def _refuse(self, ticket: int, text: str) -> None:
        """Say it in the sheet, or in the bar when the sheet was closed meanwhile."""
        if ticket == self._ticket:
            self.sheet.refuse(text)
        else:
            self._tell(text)

    def _done(self, ticket: int, told: str) -> None:
        if ticket == self._ticket:
            self.sheet.close_card()
        self._tell(told)

    def _post(self, ticket: int, show: Callable[[], None]) -> None:
        self._bridge.post(lambda: show() if ticket == self._ticket else None)

    def _next(self) -> int:
        """Make void what was asked before."""
        self._ticket += 1
        return self._ticket

    def _closed(self) -> None:
        self._is_open = False
        self._next()
        self._window.setFocus()
