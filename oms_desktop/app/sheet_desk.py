"""What stands between a sheet over the queue and the threads that read and work for it."""

import logging
from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, SignalInstance

from oms_desktop.app import order_form
from oms_desktop.app.queue_undo import Last
from oms_desktop.app.screens import Screen
from oms_desktop.errors import OmsError, StoreError
from oms_desktop.floor.reply import Key
from oms_desktop.station import Station, Strand
from oms_desktop.ui.threads import Bridge
from oms_desktop.workflow.desk import Verdict

log = logging.getLogger(__name__)


class Sheet(Protocol):
    """A card over the queue that says what was refused."""

    @property
    def closed(self) -> SignalInstance:
        """Told when it was put away."""

    def close_card(self) -> None:
        """Put it away."""

    def refuse(self, sentence: str, /) -> None:
        """Say why something was not done."""


class SheetDesk(QObject):
    """Made and called on the Qt thread; reads on the reader thread, works on the station thread.

    `tell` is called on the Qt thread with a sentence on what was done, which is kept in `last`. What comes
    back after the sheet was closed, or was asked for something else, is not shown in it.
    """

    def __init__(
        self,
        screen: Screen,
        sheet: Sheet,
        station: Station,
        strands: tuple[Strand, Strand],
        bridge: Bridge,
        tell: Callable[[str], None],
        last: Last,
    ) -> None:
        super().__init__()
        self._window, self._panel, self._shown = screen.window, screen.queue, sheet
        self._station, self._bridge, self._tell, self._ticket = station, bridge, tell, 0
        self._work, self._reader, self._last = *strands, last
        self._is_open = False
        self._window.key_pressed.connect(self._press)
        self._window.stack.currentChanged.connect(sheet.close_card)
        sheet.closed.connect(self._closed)

    def _press(self, key: Key, _text: str) -> None:
        """Take a key that was pressed anywhere."""

    @property
    def takes_scans(self) -> bool:
        """Whether a scan belongs to the sheet. From any thread."""
        return self._is_open

    def scan(self, code: str) -> None:
        """Take what was scanned while the sheet is open."""
        # Every sheet has its own; QObject's metaclass leaves no room for an abstract one.
        raise NotImplementedError

    def _closed(self) -> None:
        self._is_open = False
        self._next()
        self._window.setFocus()

    def _try(self, ticket: int, work: Callable[[], None]) -> None:
        """Do it on the thread this is called on; what is refused is said in the sheet."""
        try:
            work()
        except OmsError as error:
            text = error.text
        except Exception:
            log.exception("A sheet could not do what was asked")
            text = "That did not work. The log says more."
        else:
            return
        self._bridge.post(lambda: self._refuse(ticket, text))

    def _answer(self, ticket: int, verdict: Verdict, what: str, told: Callable[[], str]) -> None:
        """Show what became of an order: its refusal, or what there is to tell now.

        `what` was done to it, such as "The edit": F9 does not take it back.
        """
        if verdict.done:
            self._last.keep(f"{what} of {verdict.number}")
            sentence = told()
            self._bridge.post(lambda: self._done(ticket, sentence))
        else:
            self._bridge.post(lambda: self._refuse(ticket, verdict.text))

    def _stands(self, order: UUID) -> str:
        """Say how an order stands that was written; "" when it cannot be read: it is written all the same."""
        try:
            with self._station.store.reading() as session:
                return order_form.how_it_stands(session, order)
        except StoreError:
            log.exception("An order was written and could not be read after it")
            return ""

    def _refuse(self, ticket: int, text: str) -> None:
        """Say it in the sheet, or in the bar when the sheet was closed meanwhile."""
        if ticket == self._ticket:
            self._shown.refuse(text)
        else:
            self._tell(text)

    def _done(self, ticket: int, told: str) -> None:
        if ticket == self._ticket:
            self._shown.close_card()
        self._tell(told)

    def _post(self, ticket: int, show: Callable[[], None]) -> None:
        self._bridge.post(lambda: show() if ticket == self._ticket else None)

    def _next(self) -> int:
        """Make void what was asked before."""
        self._ticket += 1
        return self._ticket
