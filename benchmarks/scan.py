"""A scan at the shelf, from bytes on a wire to the end of its paint, against the bare path.

Counted are the product scans of one tour; its location and tote scans lie between them, untimed. Both paths
run in this process, in turns of ten scans. Painted is into memory, at 1920x1080. Times are milliseconds.
"""

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QApplication

from benchmarks import rows
from benchmarks.disk import Disk, real_disk
from benchmarks.rows import Row, told
from benchmarks.scan_paths import BADGE, Bare, Cost, Ours, Times, Watched, Wire
from benchmarks.tour import bring_tour
from oms_desktop.app import opening, screens
from oms_desktop.app.screens import Screen
from oms_desktop.app.workstation import Devices, Workstation
from oms_desktop.db import Database
from oms_desktop.devices.printer import FolderPrinter
from oms_desktop.devices.simulated import PtyScanner
from oms_desktop.jobs.printing import PrintJob
from oms_desktop.station import Station, find_person

SCANS = 2_000
BLOCK = 10
"""Scans of one path before the turn of the other: few, so that both share what else the machine does."""
WARM_UP = 20
"""Scans of either path before the first that is counted: caches fill and fonts are set."""

SIZE = (1920, 1080)
GOAL = 2.5
"""How many times as long as the bare path a scan may take."""

UNIT_STATEMENTS, LAST_STATEMENTS = 8, 10


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
        port = stack.enter_context(PtyScanner())
        bare = Bare(disk.folder / "bare.sqlite", _screen(app), port, answers[-2:])
        stack.callback(bare.close)
        bare.begin()
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
        if len(mine) % (25 * BLOCK) == 0:
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
