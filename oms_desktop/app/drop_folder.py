"""A folder that shops put their files of orders into: each is taken once, and moved aside with its report.

1. A file is touched only when two looks in a row found it with one size and time: it is written by then.
2. It is imported; one that cannot be read at all is refused, as the command line would end with code 2.
3. It is moved to ``taken`` or ``refused`` with the time in its name, and the report is put beside it.
4. If what was moved is not what was looked at, the shop has put another file in its place meanwhile: that one
   comes back under a name of its own and is taken next.

When something goes wrong on the way, the file stays and is tried again, and the log says why, once; the other
files go on. When the program ends between 2 and 3 it is imported again: its orders are known by then.
"""

import json
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Event, Thread

from oms_desktop.app.bringing import bring_orders, spelled
from oms_desktop.app.house import House
from oms_desktop.app.report import json_text
from oms_desktop.app.watch import Watch
from oms_desktop.errors import InputError, OmsError
from oms_desktop.station import Station

log = logging.getLogger(__name__)

INTERVAL = 2.0
"""Seconds between two looks."""

TAKEN, REFUSED = "taken", "refused"

LONGEST_NAME, LONGEST_SUFFIX = 220, 20
"""Bytes that are kept of a file's name and of its suffix: a disk has room for 255, and 35 are added."""

State = tuple[int, int, int]
"""Which file it is, its size and its time."""


@dataclass
class DropFolder:
    """The folder, and what the last look has found in it."""

    folder: Path
    station: Station
    house: House
    stopped: Callable[[], bool] = lambda: False
    _seen: dict[Path, State] = field(default_factory=dict)
    _told: dict[Path, str] = field(default_factory=dict)

    def look(self) -> list[Path]:
        """Take the files that are whole; returns where they were moved to.

        A name that begins with a dot is somebody's unfinished file.
        """
        found = {file: _state(file) for file in sorted(self.folder.iterdir()) if _is_dropped(file)}
        ready = [file for file, state in found.items() if self._seen.get(file) == state]
        self._seen = found
        self._told = {file: why for file, why in self._told.items() if file in found}
        moved = [self._try(file) for file in ready if not self.stopped() and _can_be_opened(file)]
        return [file for file in moved if file is not None]

    def _try(self, file: Path) -> Path | None:
        """Import a file and move it; None when it is to be tried again."""
        try:
            return self._take(file)
        except OmsError as error:
            self._wait(file, str(error))
        except OSError as error:
            self._wait(file, f"{error.strerror or error}.")
        except Exception as error:
            # Its words may quote an order, which the log does not hold; one file must not stop the others.
            self._wait(file, f"It could not be stored: {type(error).__name__}.")
        return None

    def _wait(self, file: Path, why: str) -> None:
        """Tell why a file stays, once."""
        if self._told.get(file) != why:
            self._told[file] = why
            log.warning("%s waits: %s", spelled(file.name), why)

    def _take(self, file: Path) -> Path | None:
        try:
            report = bring_orders(self.station, file, watch=Watch(stopped=self.stopped), house=self.house)
        except InputError as error:
            return self._move(file, REFUSED, json.dumps({"error": error.text, "code": error.code}))
        if report.broken:
            self._wait(file, report.broken)
            return None
        return self._move(file, TAKEN, json_text(report))

    def _move(self, file: Path, name: str, report: str) -> Path:
        """Put the report down first: a file that is moved always has one."""
        aside = self.folder / name
        aside.mkdir(exist_ok=True)
        target = _free(aside, file, self.station.clock())
        target.with_name(f"{target.name}.report.json").write_text(report + "\n", encoding="utf-8")
        seen = self._seen.pop(file, None)
        file.replace(target)
        if _state(target) != seen:
            back = _free(self.folder, file, self.station.clock())
            target.replace(back)
            names = spelled(file.name), spelled(back.name)
            log.warning("%s was replaced while it was read; %s is read next", *names)
            return back
        log.info("%s was moved to %s", spelled(file.name), spelled(str(target)))
        return target


def _is_dropped(file: Path) -> bool:
    return file.is_file() and not file.name.startswith(".")


def _state(file: Path) -> State:
    """Tell files and what was written to them apart; of one that went away meanwhile what no file has."""
    try:
        told = file.stat()
    except OSError:
        return (-1, -1, -1)
    return (told.st_ino, told.st_size, told.st_mtime_ns)


def _can_be_opened(file: Path) -> bool:
    """Tell whether nobody keeps the file locked; one that cannot be read yet is left for the next look."""
    try:
        with file.open("rb"):
            return True
    except OSError:
        return False


def _free(aside: Path, file: Path, at: datetime) -> Path:
    """Name a file by itself and the time (UTC), with a number where two have the same.

    A long name is cut, so that the time, a number and the end of the report's name have room.
    """
    suffix = _cut(file.suffix, LONGEST_SUFFIX)
    stem = f"{_cut(file.stem, LONGEST_NAME - len(os.fsencode(suffix)))}-{at:%Y%m%d-%H%M%S}"
    names = (f"{stem}{f'-{number}' if number else ''}{suffix}" for number in range(10_000))
    return next(aside / name for name in names if not (aside / name).exists())


def _cut(name: str, bytes_: int) -> str:
    """Cut a name to so many bytes, not within a letter."""
    while len(os.fsencode(name)) > bytes_:
        name = name[:-1]
    return name


class Watcher:
    """Looks into the folder from a thread of its own until it is stopped."""

    def __init__(self, folder: Path, station: Station, house: House) -> None:
        self._stop = Event()
        self._drop = DropFolder(folder, station, house, self._stop.is_set)
        self._thread = Thread(target=self._watch, name="drop folder", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread; a file under way stops behind its batch and is taken up again the next time."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        told = ""
        while not self._stop.wait(INTERVAL):
            try:
                self._drop.look()
                told = ""
            except OSError as error:
                # A folder that is away now may be back at the next look.
                if told != str(error):
                    told = str(error)
                    log.warning("the drop folder cannot be used: %s", told)
