"""A workstation without a screen in a process that may be killed.

Jobs come as JSON lines on standard input; each is done by a forked child, whose process id and then wait
status are told on standard output. The child appends one JSON line to the trace of its job for each answer,
so that whatever kills it, what it had told before is known.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, select
from sqlalchemy.orm import configure_mappers

from oms_desktop.app.bringing import bring_orders
from oms_desktop.app.hands import Go, Hands, Move, PressKey, ScanCode, ScanLabel, Weigh
from oms_desktop.db import Database, connect
from oms_desktop.devices.printer import FolderPrinter
from oms_desktop.documents.fonts import Face, text_width
from oms_desktop.documents.reading import codes_on
from oms_desktop.floor.workplace import Answer, Workplace
from oms_desktop.jobs.printing import PrintJob, run
from oms_desktop.models import Location, LocationKind, Stock, Warehouse
from oms_desktop.station import SYSTEM, Station, find_person

NAME = "PICK-3"
PREFIX = "0952400"
PLACES = ("pick", "pack", "ship")


@dataclass(frozen=True)
class Job:
    """What to do: `work` an order to its end or `import` a file; `kill` at a point, counted from 1."""

    address: str
    trace: str
    do: str = "work"
    kill: int = 0
    look: str = ""
    documents: str = ""
    file: str = ""
    mistake: str = ""


@dataclass
class Points:
    """Counts every statement and commit of this process, and ends the process at one of them."""

    kill: int
    passed: int = field(default=0)

    def watch(self) -> None:
        event.listen(Engine, "before_cursor_execute", self._pass)
        event.listen(Engine, "commit", self._pass)

    def _pass(self, *_: object) -> None:
        self.passed += 1
        if self.passed == self.kill:
            os.kill(os.getpid(), signal.SIGKILL)


class Trace:
    """The lines a job has told, each written at once."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def tell(self, **values: Any) -> None:
        os.write(self._file, json.dumps(values).encode() + b"\n")


def shown(answer: Answer) -> list[str]:
    """What a place shows, without what was said about the last input."""
    assert answer.reply is not None
    return [answer.place, answer.reply.state.value, answer.reply.message, repr(answer.reply.data)]


class Floor:
    """One station, its workplace, its printer and the hands that work there."""

    def __init__(self, database: Database, job: Job) -> None:
        with database.reading() as session:
            person = find_person(session, SYSTEM)
            warehouse = session.scalars(select(Warehouse.id)).one()
        self.database, self.warehouse = database, warehouse
        self.station = Station(database, NAME, person)
        self.documents = Path(job.documents)
        self.job = PrintJob(database, NAME, FolderPrinter(self.documents))
        self.workplace = Workplace(self.station, warehouse, PREFIX)
        filled = self.filled_totes()
        free = [code for code in ("T-101", "T-102") if code not in filled]
        self.hands = Hands("", "", free, job.mistake, filled=filled)

    def filled_totes(self) -> list[str]:
        """Look into the totes, as a person would."""
        with self.database.reading() as session:
            rows = select(Location.code).join(Stock, Stock.location_id == Location.id).distinct()
            return list(session.scalars(rows.where(Location.kind == LocationKind.TOTE, Stock.on_hand > 0)))

    def look(self) -> list[list[str]]:
        """What the places show to somebody who starts the program now."""
        fresh = Workplace(Station(self.database, NAME, self.station.person), self.warehouse, PREFIX)
        return [shown(fresh.go(place)) for place in PLACES]

    def do(self, move: Move) -> Answer:
        match move:
            case ScanCode(text):
                return self.workplace.scan(text, "scanner")
            case Weigh(grams):
                return self.workplace.weigh(grams, True, "scale")
            case PressKey(key):
                return self.workplace.press(key)
            case Go(place):
                return self.workplace.go(place)
            case ScanLabel(sscc):
                (label,) = self.documents.glob(f"label-{sscc}*")
                codes = codes_on(label.read_bytes())
                return self.workplace.scan(next(c.sent for c in codes if c.symbology == "Code128"), "scanner")
            case _:
                raise AssertionError(f"nobody asks for {move} here")


def work(job: Job, database: Database, trace: Trace, points: Points) -> None:
    """Work whatever is there to its end; each answer is told, and with `look` what a restart would show."""
    floor = Floor(database, job)
    if job.look == "first":
        trace.tell(look=floor.look())
    run(floor.station, floor.job)
    move: Move | None = Go(PLACES[0])
    while move is not None:
        answer = floor.do(move)
        trace.tell(shown=shown(answer), ok=answer.reply is not None and answer.reply.ok)
        run(floor.station, floor.job)
        if job.look == "each":
            trace.tell(look=floor.look())
        move = floor.hands.next(answer)
    trace.tell(points=points.passed)


def bring(job: Job, database: Database, trace: Trace, points: Points) -> None:
    """Import a file of orders."""
    with database.reading() as session:
        person = find_person(session, SYSTEM)
    report = bring_orders(Station(database, "CLI", person), Path(job.file))
    trace.tell(report=[report.taken, report.held, report.duplicate], points=points.passed)


def start(job: Job) -> None:
    """Do a job in this process."""
    trace, points = Trace(job.trace), Points(job.kill)
    points.watch()
    database = connect(job.address)
    does: dict[str, Callable[[Job, Database, Trace, Points], None]] = {"work": work, "import": bring}
    does[job.do](job, database, trace, points)
    database.close()


def tell(number: int) -> None:
    """Write a number for the process that sends the jobs."""
    os.write(1, f"{number}\n".encode())


def main() -> None:
    # What every child needs is made once, before the forks.
    configure_mappers()
    for face in Face:
        text_width("Warm", face, 10)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            start(Job(**json.loads(line)))
            os._exit(0)
        tell(child)
        _, status = os.waitpid(child, 0)
        tell(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
