"""A scan at the shelf, from bytes on a wire to the end of its paint, against the bare path.

Counted are the product scans of one tour; its location and tote scans lie between them, untimed.

- Ours: pseudo-terminal, scanner thread, resolver, dialogue, verb, one commit, bridge, panel.
- Bare: the same terminal, reader and window; one UPDATE in a SQLite file with the same pragmas, made in the
  reader's thread, then one of two answers that were made beforehand, so that the panel paints as much.

Both run in this process, in turns of fifty scans. Painted is into memory, at 1920x1080.
"""

import sqlite3
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import Enum
from itertools import cycle
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from sqlalchemy import event

from benchmarks import rows
from benchmarks.disk import Disk, real_disk
from benchmarks.rows import Row, told
from benchmarks.tour import bring_tour
from oms_desktop.app import opening, screens
from oms_desktop.app.hands import Hands, ScanCode
from oms_desktop.app.screens import Screen
from oms_desktop.app.workstation import Devices, Workstation
from oms_desktop.db import Database
from oms_desktop.devices.printer import FolderPrinter
from oms_desktop.devices.scanner import Scanned, Scanner
from oms_desktop.devices.simulated import PtyScanner
from oms_desktop.floor.reply import Reply
from oms_desktop.floor.tour import State
from oms_desktop.floor.workplace import Answer, Workplace
from oms_desktop.jobs.printing import PrintJob
from oms_desktop.station import Station, find_person
from oms_desktop.ui.threads import Bridge

SCANS = 2_000
BLOCK = 50
WARM_UP = 20
"""Scans of either path before the first that is counted: caches fill and fonts are set."""

PATIENCE_MS = 30_000
SIZE = (1920, 1080)
GOAL = 2.5
"""How many times as long as the bare path a scan may take."""

UNIT_STATEMENTS, LAST_STATEMENTS = 8, 10
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

    def scan(self) -> Times:
        """Scan the next unit."""
        while self._state is not State.PRODUCT:
            self._step()
        self._step()
        here, wire = self.workplace, self.wire
        self.costs.append(Cost(here.statements, here.commits, self._state == State.TOTE))
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

    def __init__(self, file: Path, screen: Screen, wire: Wire, answers: list[Answer]) -> None:
        self._wire, self._answers, self._window = wire, cycle(answers), screen.window
        self._bridge = Bridge()
        self._begun = self._done = 0.0
        self._store = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            self._store.execute(f"PRAGMA {pragma}")
        self._store.execute("CREATE TABLE stock (id INTEGER PRIMARY KEY, on_hand INTEGER NOT NULL)")
        self._store.execute("INSERT INTO stock VALUES (1, 1000000)")
        self._cursor = self._store.cursor()
        self._window.set_place(PLACE)

    def take(self, _scanned: Scanned) -> None:
        """Book a scan; called by the scanner."""
        self._begun = perf_counter()
        self._cursor.execute("UPDATE stock SET on_hand = on_hand - 1 WHERE id = ?", (1,))
        self._done = perf_counter()
        self._bridge.post(self._show)

    def scan(self, text: str) -> Times:
        """Scan one unit."""
        wire = self._wire
        wire.send(text)
        return Times(wire.sent, self._begun, self._done, wire.shown, wire.painted)

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    def _show(self) -> None:
        answer = next(self._answers)
        self._window.show_reply(PLACE, _reply(answer), answer.scan)
        self._wire.answer()


def _reply(answer: Answer) -> Reply[Any]:
    assert answer.reply is not None
    return answer.reply


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 when a goal does not hold."""
    wish = rows.arguments("Time a scan from the wire to the paint.").parse_args(arguments)
    app = screens.application(headless=True)
    with real_disk() as disk:
        told(f"Disk: {disk.file_system}, {disk.fsync_ms:.3f} ms to sync 4 KiB")
        found = _measured(app, disk, wish.limit or SCANS)
    return rows.finished("scan", found, as_json=wish.json)


def _measured(app: QApplication, disk: Disk, scans: int) -> list[Row]:
    with ExitStack() as stack:
        told("Making a warehouse with one large order ...")
        database = opening.open_database(f"sqlite:///{disk.folder / 'oms.sqlite'}")
        stack.callback(database.close)
        warehouse = bring_tour(database, scans + WARM_UP)
        ours = _ours(app, stack, database, warehouse, disk.folder)
        ours.begin()
        answers = []
        for _ in range(WARM_UP):
            ours.scan()
            answers.append(ours.answer)
        ours.costs.clear()
        bare = _bare(app, stack, disk.folder, answers[-2:])
        code = answers[-1].scan
        for _ in range(WARM_UP):
            bare.scan(code)
        mine, reference = _in_turns(scans, ours.scan, lambda: bare.scan(code))
    synced = rows.reported(f"fsync of 4 KiB on {disk.file_system}", disk.fsync_ms)
    return [*_timed(mine, reference), *_costs(ours.costs), synced]


def _in_turns(
    scans: int, ours: Callable[[], Times], bare: Callable[[], Times]
) -> tuple[list[Times], list[Times]]:
    mine: list[Times] = []
    reference: list[Times] = []
    while len(mine) < scans:
        turn = min(BLOCK, scans - len(mine))
        mine += [ours() for _ in range(turn)]
        reference += [bare() for _ in range(turn)]
        if len(mine) % (5 * BLOCK) == 0:
            told(f"{len(mine)} of {scans} scans")
    return mine, reference


def _ours(app: QApplication, stack: ExitStack, database: Database, warehouse: UUID, folder: Path) -> Ours:
    with database.reading() as session:
        person = find_person(session, BADGE)
    workplace = Watched(Station(database, "BENCH-1", person), warehouse)
    port = stack.enter_context(PtyScanner())
    job = PrintJob(database, "BENCH-1", FolderPrinter(folder / "documents"))
    desk = Workstation(workplace, _screen(app), job, Devices(port.url))
    stack.callback(desk.stop)
    return Ours(workplace, desk, Wire(port))


def _bare(app: QApplication, stack: ExitStack, folder: Path, answers: list[Answer]) -> Bare:
    port = stack.enter_context(PtyScanner())
    bare = Bare(folder / "bare.sqlite", _screen(app), Wire(port), answers)
    stack.callback(bare.close)
    reader = Scanner("scanner", port.url, bare.take, lambda _state: None)
    reader.start()
    stack.callback(reader.stop)
    return bare


def _screen(app: QApplication) -> Screen:
    screen = screens.build_screen(app)
    screen.window.resize(*SIZE)
    screen.window.show()
    return screen


def _timed(mine: list[Times], bare: list[Times]) -> list[Row]:
    """The goal is for the median of the whole; its parts and the slowest are told."""

    def row(name: str, take: Callable[[Times], float], share: float = 0.5, goal: float | None = None) -> Row:
        ours, reference = (_at(share, [take(each) for each in times]) for times in (mine, bare))
        return rows.compared(name, ours, reference, goal)

    return [
        row("scan p50", lambda each: each.painted - each.sent, goal=GOAL),
        row("scan p99", lambda each: each.painted - each.sent, share=0.99),
        row("p50 of wire to handler", lambda each: each.begun - each.sent),
        row("p50 of resolve, dialogue, verb and commit", lambda each: each.done - each.begun),
        row("p50 of bridge and filling the panel", lambda each: each.shown - each.done),
        row("p50 of paint", lambda each: each.painted - each.shown),
    ]


def _at(share: float, seconds: list[float]) -> float:
    """Milliseconds that a share of the times stay within."""
    return 1000 * sorted(seconds)[min(int(share * len(seconds)), len(seconds) - 1)]


def _costs(costs: list[Cost]) -> list[Row]:
    units = [cost.statements for cost in costs if not cost.ends_task]
    last = [cost.statements for cost in costs if cost.ends_task]
    commits = {cost.commits for cost in costs}
    return [
        rows.counted("statements, most of a unit", max(units, default=0), UNIT_STATEMENTS),
        rows.counted("statements, most where a task ends", max(last, default=0), LAST_STATEMENTS),
        rows.counted("commits, most of a scan", max(commits), 1),
        rows.counted("commits, least of a scan", min(commits), 1, ">="),
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
