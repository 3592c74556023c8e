"""`import`: files into the database, with a line of progress for people who look on, and Ctrl+C between."""

import argparse
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from oms_desktop.app import bringing, desk, lists, opening
from oms_desktop.app.house import House
from oms_desktop.app.report import STOPPED, Report, counts, json_text, lines, not_in
from oms_desktop.app.watch import Watch
from oms_desktop.channels.reading import AUTO, open_orders
from oms_desktop.channels.text import WESTERN, text_file
from oms_desktop.cli.progress import shown
from oms_desktop.drafts import ProblemKind
from oms_desktop.errors import InputError, StoreError
from oms_desktop.floor.words import counted
from oms_desktop.station import Station

DONE, PARTLY, ENDED = 0, 3, 130

_Store = Callable[[Station, Watch], Report]


def run(typed: argparse.Namespace, address: str, house: House) -> int:
    """Bring all files; returns the exit code.

    They are read before the database is touched: one that cannot be used stops all of them.
    """
    if typed.kind != "orders" and typed.channel != AUTO:
        raise InputError("import.channel", f"--channel is of orders; a list of {typed.kind} comes from none.")
    try:
        stores = [_read(file, typed.kind, typed.channel, house) for file in typed.files]
    except KeyboardInterrupt:
        print(f"{STOPPED} Nothing was written. [import.stopped]", file=sys.stderr)
        return ENDED
    database = opening.open_database(address)
    try:
        with _ctrl_c() as stopped:
            station = opening.system_station(database)
            desk.end_holds(station)
            report, parts = _store_all(station, stores, typed, stopped)
    finally:
        database.close()
    _tell(report, parts, typed)
    if report.stopped:
        return ENDED
    return PARTLY if report.refused or report.broken else DONE


def _store_all(
    station: Station, stores: Sequence[_Store], typed: argparse.Namespace, stopped: Callable[[], bool]
) -> tuple[Report, list[Report]]:
    """Store file after file until one breaks off; returns the report of all and that of each one begun."""
    report = Report()
    parts: list[Report] = []
    for file, store in zip(typed.files, stores, strict=True):
        if stopped() and not report.broken:
            report = replace(report, broken=STOPPED, stopped=True)
        if report.broken:
            break
        parts.append(_stored(store, station, file.name, _noun(typed), stopped, report))
        report += parts[-1]
    return report, parts


def _read(file: Path, kind: str, channel: str, house: House) -> _Store:
    """Read a file; returns what stores it."""
    if kind != "orders":
        store = lists.read_list(kind, file)
        _tell_encoding(file, text_file(file).encoding)
        return store
    orders = open_orders(file, channel)
    _tell_encoding(file, orders.encoding)
    return lambda station, watch: bringing.store_orders(station, orders, file.name, watch, house)


def _tell_encoding(file: Path, encoding: str) -> None:
    if encoding == WESTERN:
        print(f"{file} is read as {WESTERN}.", file=sys.stderr)


def _stored(
    store: _Store, station: Station, name: str, noun: str, stopped: Callable[[], bool], before: Report
) -> Report:
    """Store a file; a line tells how far it is."""
    with shown() as line:

        def tell(report: Report, at: int, size: int) -> None:
            share = 100 * min(at, size) // size if size else 100
            line.show(f"{name}: {share} %, {counted(report.read, noun)}")

        try:
            return store(station, Watch(tell, stopped))
        except (StoreError, InputError) as error:
            if before.taken + before.held == 0:
                raise
            return Report(broken=not_in(name, error.text))


@contextmanager
def _ctrl_c() -> Iterator[Callable[[], bool]]:
    """Give what tells whether Ctrl+C was pressed; pressed again, it ends the program at once."""
    pressed = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield pressed.is_set
        return
    before = signal.getsignal(signal.SIGINT)

    def press(_number: int, _frame: object) -> None:
        pressed.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, press)
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, before)


def _tell(report: Report, parts: Sequence[Report], typed: argparse.Namespace) -> None:
    left = typed.files[len(parts) :]
    if typed.json:
        print(json_text(report))
    else:
        _print_report(report, parts, typed)
    if report.unlisted:
        print(f"{report.unlisted} more problems are not listed. [import.unlisted]", file=sys.stderr)
    if report.broken:
        rest = f" Not begun: {', '.join(map(str, left))}." if left else ""
        code = "[import.stopped]" if report.stopped else "[import.broken]"
        print(f"{report.broken}{rest} {code}", file=sys.stderr)


def _noun(typed: argparse.Namespace) -> str:
    return "order" if typed.kind == "orders" else "row"


def _print_report(report: Report, parts: Sequence[Report], typed: argparse.Namespace) -> None:
    print(counts(report, _noun(typed)))
    for file, part in zip(typed.files, parts, strict=False):
        told = lines(part)
        if told:
            print(f"{file}:")
        for line in told:
            print(f"  {line}")
    if any(found.problem is ProblemKind.UNKNOWN_SKU for found in report.problems):
        print("`oms-desktop listing --waiting` says how lines find their product.")
