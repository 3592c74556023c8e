"""The two ways of a scan that are compared: the program's, and the bare one.

- Ours: pseudo-terminal, scanner thread, resolver, dialogue, verb, one commit, bridge, panel.
- Bare: the same terminal, reader and window; one UPDATE in a SQLite file with the same pragmas, made in the
  reader's thread, then one of two answers that were made beforehand, so that the panel paints as much.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from itertools import cycle
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from sqlalchemy import event

from oms_desktop.app.hands import Hands, ScanCode
from oms_desktop.app.screens import Screen
from oms_desktop.app.workstation import Workstation
from oms_desktop.devices.listener import DeviceState
from oms_desktop.devices.scanner import Scanned, Scanner
from oms_desktop.devices.simulated import PtyScanner
from oms_desktop.floor.reply import Reply
from oms_desktop.floor.tour import State
from oms_desktop.floor.workplace import Answer, Workplace
from oms_desktop.station import Station
from oms_desktop.ui.threads import Bridge

PATIENCE_MS = 30_000
BADGE, PIN = "B-20401", "4711"
PLACE = "pick"


@dataclass(frozen=True)
class Times:
    """Seconds of the clock: sent, first line of the handler, durable, shown to the panel, painted."""

    sent: float
    begun: float
    done: float
    shown: float
    painted: float


@dataclass(frozen=True)
class Cost:
    """What a counted scan asked of the database: statements but BEGIN and COMMIT; whether it ended a task."""

    statements: int
    commits: int
    ends_task: bool


class Wire:
    """Sends codes to a scanner's port and waits until what they cause is painted. Used on the Qt thread."""

    def __init__(self, port: PtyScanner) -> None:
        self._port = port
        self._loop, self._watch = QEventLoop(), QTimer()
        self._watch.setSingleShot(True)
        self._watch.timeout.connect(lambda: self._loop.exit(1))
        self.sent = self.shown = self.painted = 0.0

    def until(self, ready: Callable[[], bool]) -> None:
        """Handle events until something has come about: what is sent to a port nobody has open is lost."""
        look = QTimer()
        look.timeout.connect(lambda: self._loop.quit() if ready() else None)
        look.start(5)
        self._watch.start(PATIENCE_MS)
        self.wait()
        look.stop()

    def send(self, text: str) -> None:
        """Send a code; SystemExit when it is not answered in time."""
        self._watch.start(PATIENCE_MS)
        self.sent = perf_counter()
        self._port.scan(text)
        self.wait()

    def wait(self) -> None:
        """Wait for `answer`."""
        if self._loop.exec():
            raise SystemExit(f"No answer within {PATIENCE_MS // 1000} s.")
        self._watch.stop()

    def answer(self) -> None:
        """Note that the answer is shown, and do the layout and paint events it has caused."""
        self.shown = perf_counter()
        QCoreApplication.sendPostedEvents()
        self.painted = perf_counter()
        self._loop.quit()


class Watched(Workplace):
    """A workplace that notes when a scan is handled and what it asks of the database meanwhile."""

    def __init__(self, station: Station, warehouse: UUID) -> None:
        super().__init__(station, warehouse, "0000000")
        self.begun = self.done = 0.0
        self.statements = self.commits = 0
        self._scanning = False
        event.listen(station.store.engine, "before_cursor_execute", self._statement)
        event.listen(station.store.engine, "commit", self._commit)

    def scan(self, text: str, device: str = "typed") -> Answer:
        """Answer a code, and note the costs."""
        self.statements = self.commits = 0
        self._scanning = True
        self.begun = perf_counter()
        try:
            return super().scan(text, device)
        finally:
            self.done = perf_counter()
            self._scanning = False

    def _statement(self, _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        self.statements += self._scanning and not statement.startswith("BEGIN")

    def _commit(self, _connection: object) -> None:
        self.commits += self._scanning


@dataclass
class Ours:
    """The program at work on one tour; `scan` does one product scan and whatever has to come before it."""

    workplace: Watched
    desk: Workstation
    wire: Wire
    hands: Hands = field(default_factory=lambda: Hands(BADGE, PIN, ["T-101"]))
    costs: list[Cost] = field(default_factory=list)
    answer: Answer = field(default_factory=lambda: Answer(PLACE, None))
    sent: str = ""

    def __post_init__(self) -> None:
        self.desk.answered.connect(self._answered)

    def begin(self) -> None:
        """Open the place of the picker."""
        self.desk.start()
        self.wire.wait()
        self.wire.until(lambda: "Scanner ready" in self.desk.window.top.accessibleName())

    def scan(self) -> Times:
        """Scan the next unit."""
        while self._state is not State.PRODUCT:
            self._step()
        self._step()
        here, wire = self.workplace, self.wire
        self.costs.append(Cost(here.statements, here.commits, self._state.value == State.TOTE.value))
        return Times(wire.sent, here.begun, here.done, wire.shown, wire.painted)

    @property
    def _state(self) -> Enum:
        return _reply(self.answer).state

    def _step(self) -> None:
        move = self.hands.next(self.answer)
        assert isinstance(move, ScanCode)
        self.sent = move.text
        self.wire.send(move.text)

    def _answered(self, answer: Answer) -> None:
        # A look at what others have changed answers too, without a scan.
        if answer.scan == self.sent:
            self.answer = answer
            self.wire.answer()


class Bare:
    """The best simple way: an UPDATE in the reader's thread, an answer made beforehand."""

    def __init__(self, file: Path, screen: Screen, port: PtyScanner, answers: list[Answer]) -> None:
        self._wire, self._answers, self._window = Wire(port), cycle(answers), screen.window
        self._bridge = Bridge()
        self._reader = Scanner("scanner", port.url, self._take, self._listening)
        self._begun = self._done = 0.0
        self._store = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            self._store.execute(f"PRAGMA {pragma}")
        self._store.execute("CREATE TABLE stock (id INTEGER PRIMARY KEY, on_hand INTEGER NOT NULL)")
        self._store.execute("INSERT INTO stock VALUES (1, 1000000)")
        self._cursor = self._store.cursor()
        self._window.set_place(PLACE)

    def begin(self) -> None:
        """Begin to listen."""
        self._reader.start()
        self._wire.until(lambda: self._reader.state is DeviceState.READY)

    def scan(self, text: str) -> Times:
        """Scan one unit."""
        wire = self._wire
        wire.send(text)
        return Times(wire.sent, self._begun, self._done, wire.shown, wire.painted)

    def close(self) -> None:
        """Stop listening and close the file."""
        self._reader.stop()
        self._store.close()

    def _take(self, _scanned: Scanned) -> None:
        self._begun = perf_counter()
        self._cursor.execute("UPDATE stock SET on_hand = on_hand - 1 WHERE id = ?", (1,))
        self._done = perf_counter()
        self._bridge.post(self._show)

    def _listening(self, _state: DeviceState) -> None:
        # Wakes whoever waits for the reader to be ready.
        self._bridge.post(lambda: None)

    def _show(self) -> None:
        answer = next(self._answers)
        self._window.show_reply(PLACE, _reply(answer), answer.scan)
        self._wire.answer()


def _reply(answer: Answer) -> Reply[Any]:
    assert answer.reply is not None
    return answer.reply
