"""A workstation with its screen: the threads, and what passes between them.

The station thread runs the dialogues, the reader thread the queries of the queue, the printer thread
draws documents; scanner and scale have their own. All of them reach the window through the bridge.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from oms_desktop.app import desk
from oms_desktop.app.edit_desk import EditDesk
from oms_desktop.app.house import PLAIN, House
from oms_desktop.app.merge_desk import MergeDesk
from oms_desktop.app.minutes import Minutes
from oms_desktop.app.previews import LabelPreviews
from oms_desktop.app.queue_feed import QueueFeed
from oms_desktop.app.queue_scans import QueueScans
from oms_desktop.app.queue_undo import Last
from oms_desktop.app.screens import Screen
from oms_desktop.app.stock_feed import StockFeed, serve_who_waits
from oms_desktop.db import Database
from oms_desktop.devices.listener import DeviceState
from oms_desktop.devices.scale import Reading, Scale
from oms_desktop.devices.scanner import Scanned, Scanner
from oms_desktop.errors import OmsError
from oms_desktop.floor.reply import Key, Kind, Reply, Scan, Sound
from oms_desktop.floor.stock import Stock
from oms_desktop.floor.stock_views import StockView
from oms_desktop.floor.views import ShipView
from oms_desktop.floor.workplace import QUEUE, Answer, Workplace, places_of
from oms_desktop.jobs.printing import Outcome, Printed, PrintJob, record
from oms_desktop.station import Notices, Person, Strand
from oms_desktop.ui.threads import Bridge
from oms_desktop.ui.widgets.instruction_bar import Tone
from oms_desktop.workflow.worklists.heat import zone_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Devices:
    """Addresses of the station's ports, '' for none."""

    scanner: str = ""
    scale: str = ""


@dataclass
class _Shown:
    """What the window shows now, so that only changes are painted."""

    place: str = ""
    person: Person | None = None
    chosen: str = ""
    filter: str = "all"


class Workstation(QObject):
    """Connects a workplace with its window and devices. Made and stopped on the Qt thread.

    `answered` carries an `Answer` after it was shown, `printed` an `Outcome` of the printer; `previewed`
    says that the label of the parcel in hand is shown.
    """

    answered = Signal(object)
    printed = Signal(object)
    previewed = Signal()

    def __init__(
        self, workplace: Workplace, screen: Screen, job: PrintJob, devices: Devices, house: House = PLAIN
    ) -> None:
        super().__init__()
        self.workplace, self.window, self.panel = workplace, screen.window, screen.queue
        self._job = job
        self._bridge = Bridge(self)
        self._shown = _Shown()
        self._station = Strand("station", self._failed)
        self._reader = Strand("reader", self._failed)
        self._printer = Strand("printer", self._failed)
        self._labels = LabelPreviews(self._store, screen.shipping, self._reader, self._bridge)
        self._labels.shown.connect(self.previewed)
        self.stock = StockFeed(self._store, workplace.warehouse, screen.stock, self._reader, self._bridge)
        screen.stock.refill_asked.connect(lambda refill: self.press(Key.REFILL, refill))
        last = Last()
        self._queue = QueueFeed(
            self.panel,
            workplace.station,
            (self._station, self._reader),
            self._bridge,
            self._overview,
            printer=job.printer,
            last=last,
            frees_stock=house.frees_stock,
        )
        strands = (self._station, self._reader)
        sheet = (screen, workplace.station, strands, self._bridge)
        self.edits = EditDesk(*sheet, house, self._queue.done, last)
        self.merges = MergeDesk(*sheet, self._queue.done, last)
        self._scans = QueueScans(self.panel, self._store, self._reader, self._bridge, self._found)
        self._notices = Notices(self._store, self.look_again)
        self._listeners = self._listen(devices)
        self.minutes = Minutes(lambda: self._station.put(self._end_holds))
        self._wire()

    def start(self) -> None:
        """Show the first place and begin to listen."""
        with self._store.reading() as session:
            self.window.theme.zone = zone_of(session, self.workplace.warehouse)
        self.window.show_station(self.workplace.station.name)
        self.window.show_device("Printer", "printer", "ready", True)
        for listener in self._listeners:
            listener.start()
        self._notices.start()
        self.minutes.start()
        self.ask(self.workplace.start)
        self._printer.put(self._print)

    def stop(self) -> None:
        """Stop listening, finish what is queued, end the threads."""
        self.minutes.stop()
        for listener in self._listeners:
            listener.stop()
        self._notices.stop()
        for strand in (self._station, self._printer, self._station, self._reader):
            strand.drain()
        for strand in (self._station, self._printer, self._reader):
            strand.stop()
        self._labels.stop()

    def ask(self, work: Callable[[], Answer | None]) -> None:
        """Let the station thread do something and show its answer."""
        self._station.put(lambda: self._answer(work()))

    def look_again(self) -> None:
        """Read the place in front anew: somebody has changed the database. From any thread."""
        self.ask(self.workplace.refresh)
        self._bridge.post(self._read_queue)
        self._bridge.post(self._read_stock)

    def type_code(self, text: str) -> None:
        """Take a code that was typed into the big field."""
        self.ask(lambda: self.workplace.scan(text))

    def press(self, key: Key, text: str = "") -> None:
        """Take a key of the floor; those of the queue are its own."""
        if self._shown.place == QUEUE:
            self._queue.press(key, text)
            return
        self.ask(lambda: self.workplace.press(key, text))

    def digit(self, text: str) -> None:
        """Take a key of the PIN pad; '' takes the last digit back."""
        self.ask(lambda: self.workplace.digit(text))

    @property
    def queue_is_read(self) -> bool:
        """Whether the queue shows what the database says."""
        return self._queue.is_read

    @property
    def _store(self) -> Database:
        return self.workplace.station.store

    def _listen(self, devices: Devices) -> list[Scanner | Scale]:
        listeners: list[Scanner | Scale] = []
        if devices.scanner:
            state = partial(self._device, "Scanner", "scanner")
            listeners.append(Scanner("scanner", devices.scanner, self._scanned, state))
        if devices.scale:
            state = partial(self._device, "Scale", "scale")
            listeners.append(Scale("scale", devices.scale, self._weighed, state))
        return listeners

    def _wire(self) -> None:
        window = self.window
        window.code_typed.connect(self.type_code)
        window.key_pressed.connect(self.press)
        window.digit_pressed.connect(self.digit)
        window.place_asked.connect(lambda place: self.ask(lambda: self.workplace.go(place)))
        window.locked.connect(lambda: self.ask(self.workplace.lock))
        window.theme_asked.connect(lambda: window.theme.set_dark(not window.theme.dark))

    def _scanned(self, scanned: Scanned) -> None:
        for sheet in (self.edits, self.merges):
            if sheet.takes_scans:
                self._bridge.post(partial(sheet.scan, scanned.symbol.raw))
                return
        self.ask(lambda: self.workplace.scan(scanned.symbol.raw, scanned.device))

    def _weighed(self, reading: Reading) -> None:
        self.ask(lambda: self.workplace.weigh(reading.grams, reading.steady, reading.device))

    def _device(self, name: str, kind: str, state: DeviceState) -> None:
        ready = state is DeviceState.READY
        self._bridge.post(lambda: self.window.show_device(name, kind, state.value, ready))

    def _answer(self, answer: Answer | None) -> None:
        """Carry an answer from the station thread to the window."""
        if answer is None:
            return
        person = self.workplace.station.person
        self._bridge.post(lambda: self._show(answer, person))
        if answer.reply is not None and answer.reply.sound is Sound.DONE:
            self._printer.put(self._print)
        if answer.reply is not None and isinstance(answer.reply.data, StockView):
            self._serve(answer.reply.data.booked)

    def _serve(self, product: str) -> None:
        """Serve the orders that wait for a product that was booked at the stock just now."""
        if product:
            serve_who_waits(self._store, self.workplace.station.name, UUID(product))

    def _show(self, answer: Answer, person: Person | None) -> None:
        if person != self._shown.person:
            self._shown.person = person
            if person is None:
                self.panel.begin_anew()
            roles = ", ".join(sorted(role.value for role in person.roles)) if person else ""
            self.window.show_person(person.name if person else "", roles, places_of(person))
        if answer.place != self._shown.place:
            self._shown.place = answer.place
            self.window.set_place(answer.place)
        if answer.reply is not None:
            self.window.show_reply(answer.place, answer.reply, answer.shown)
        if answer.found is not None:
            self._find(answer.found)
        if answer.place == QUEUE:
            self._queue.read()
        if answer.place == Stock.place:
            self.stock.read()
        if answer.reply is not None and isinstance(answer.reply.data, ShipView):
            self._labels.show(answer.reply.data.current)
        self.answered.emit(answer)

    def _find(self, scan: Scan) -> None:
        """Find orders by a scan; a badge answers the question whose badge is wanted."""
        if scan.kind is Kind.BADGE and self.window.asked is Key.ASSIGN:
            self.window.answer(scan.value)
        else:
            self._scans.show(scan)

    def _found(self, reply: Reply[None], scan: Scan) -> None:
        self._queue.say(reply.told)
        self.window.show_reply(QUEUE, reply, scan.value)

    def _failed(self, error: Exception) -> None:
        """Tell that a thread could not do what it was asked."""
        text = error.text if isinstance(error, OmsError) else "The log says more. Scan again."
        self._bridge.post(lambda: self.window.bar.show_instruction(Tone.ASK, "That did not work", text))

    def _read_stock(self) -> None:
        if self._shown.place == Stock.place:
            self.stock.read()

    def _end_holds(self) -> None:
        if desk.end_holds(self.workplace.station):
            self.look_again()

    def _print(self) -> None:
        """Print what waits; the results are written by the station thread."""
        for intent in self._job.waiting():
            outcome = self._job.print_one(intent)
            self._station.put(partial(self._record, outcome))

    def _record(self, outcome: Outcome) -> None:
        record(self.workplace.station, outcome)
        word = "ready" if isinstance(outcome, Printed) else outcome.reason
        good = isinstance(outcome, Printed)
        self._bridge.post(lambda: self.window.show_device("Printer", "printer", word, good))
        self._bridge.post(lambda: self.printed.emit(outcome))

    def _read_queue(self) -> None:
        if self._shown.place == QUEUE:
            self._queue.read()

    def _overview(self, reply: Reply[None]) -> None:
        """Show what the queue says of itself, if it was read."""
        self.window.show_reply(QUEUE, reply, "")
        self.answered.emit(Answer(QUEUE, None))
