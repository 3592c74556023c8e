"""F8: the papers of a parcel once more, after a printer that failed, and nothing but the papers."""

from pathlib import Path

import pytest
from sqlalchemy import select

from oms_desktop.devices.printer import FolderPrinter
from oms_desktop.floor.reply import Key
from oms_desktop.jobs.printing import Failed, Printed, PrintJob, run
from oms_desktop.models import Intent, JournalEntry, Role, Worker
from oms_desktop.station import Person, Station
from oms_desktop.workflow.books import prove
from tests.builders import BOTTLE, MUG
from tests.floor.desk import Desk, Said, everything, said
from tests.floor.scenes import at_the_scale

SSCC = "009524000000000015"
PAPERS = {"intent", "journal"}
"""The tables that a print changes."""


def job_of(desk: Desk, folder: Path) -> PrintJob:
    return PrintJob(desk.database, "PICK-3", FolderPrinter(folder))


def print_all(desk: Desk, folder: Path) -> list[type]:
    """Print what waits, as the printer's thread and the station's do; returns what became of each."""
    return [type(outcome) for outcome in run(desk.site.station, job_of(desk, folder))]


def broken(tmp_path: Path) -> Path:
    """The folder of a printer that does not work: it is a file."""
    folder = tmp_path / "printer"
    folder.write_text("not a folder")
    return folder


def mend(folder: Path) -> None:
    folder.unlink()
    folder.mkdir()


def documents(desk: Desk) -> list[str]:
    """The documents asked for."""
    with desk.database.reading() as session:
        return sorted(session.scalars(select(Intent.document)))


def changed(before: dict[str, list[object]], after: dict[str, list[object]]) -> set[str]:
    return {table for table, rows in before.items() if rows != after[table]}


def assert_sound(desk: Desk) -> None:
    with desk.database.reading() as session:
        assert prove(session).violations == ()


def test_a_failed_label_and_slip_are_printed_at_the_bench(desk: Desk, tmp_path: Path) -> None:
    folder = broken(tmp_path)
    assert at_the_scale(desk).weigh(860).state.value == "label"
    assert print_all(desk, folder) == [Failed, Failed]
    mend(folder)
    assert print_all(desk, folder) == []
    before = everything(desk.database)

    reply = desk.press(Key.PRINT)

    assert said(reply) == Said(
        "label",
        "Stick the label on, then scan it",
        f"Parcel {SSCC} is closed",
        "Label and packing slip print again",
        "done",
    )
    assert print_all(desk, folder) == [Printed, Printed]
    assert [path.name.split("-")[0] for path in sorted(folder.iterdir())] == ["label", "slip"]
    assert changed(before, everything(desk.database)) == PAPERS
    assert_sound(desk)
    assert desk.scan(SSCC).told == "Order SO-1001 is packed"


def test_a_failed_label_is_printed_at_the_dock(desk: Desk, tmp_path: Path) -> None:
    folder = broken(tmp_path)
    assert desk.packed({MUG: 1}) == SSCC
    assert print_all(desk, folder) == [Failed, Failed]
    mend(folder)
    desk.scan(SSCC)
    before = everything(desk.database)

    reply = desk.press(Key.PRINT)

    assert (reply.state.value, reply.told, reply.sound.value) == ("lane", "The label prints again", "done")
    assert print_all(desk, folder) == [Printed]
    [label] = folder.iterdir()
    assert label.name.startswith(f"label-{SSCC}-")
    assert changed(before, everything(desk.database)) == PAPERS
    assert_sound(desk)
    assert desk.scan("LANE-1").told == "Loaded into LANE-1"


def test_each_print_is_a_file_of_its_own(desk: Desk, tmp_path: Path) -> None:
    desk.packed({MUG: 1})
    desk.scan(SSCC)
    assert print_all(desk, tmp_path) == [Printed, Printed]
    for _time in range(2):
        desk.press(Key.PRINT)

    assert print_all(desk, tmp_path) == [Printed, Printed]
    assert len(list(tmp_path.glob(f"label-{SSCC}-*.pdf"))) == 3
    assert len(list(tmp_path.glob("slip-*.pdf"))) == 1


def test_the_journal_names_the_shipper_who_asked(desk: Desk) -> None:
    desk.packed({BOTTLE: 1})
    desk.enrol("W-08", "Ole Example", Role.SHIPPER)
    with desk.database.reading() as session:
        ole = session.scalars(select(Worker.id).where(Worker.badge == "W-08")).one()
    desk.site.station.person = Person(ole, "W-08", "Ole Example", frozenset({Role.SHIPPER}))
    desk.scan(SSCC)

    assert desk.press(Key.PRINT).ok

    with desk.database.reading() as session:
        last = session.scalars(select(JournalEntry).order_by(JournalEntry.ordinal.desc()).limit(1)).one()
    assert (last.verb, last.worker_id, last.result) == ("print.again.1", ole, "done")
    assert desk.site.station.person.roles == {Role.SHIPPER}


def test_the_station_that_asks_prints(desk: Desk, tmp_path: Path) -> None:
    desk.packed({MUG: 1})
    assert print_all(desk, tmp_path) == [Printed, Printed]
    other = desk.other("DOCK-1")
    other.go("ship")
    other.scan(SSCC)
    other.press(Key.PRINT)

    assert documents(desk) == ["label", "label", "packing slip"]
    assert print_all(desk, tmp_path) == []
    station: Station = other.site.station
    dock = PrintJob(desk.database, "DOCK-1", FolderPrinter(tmp_path / "dock"))
    assert [type(outcome) for outcome in run(station, dock)] == [Printed]


def test_somebody_of_another_trade_is_refused(desk: Desk) -> None:
    desk.packed({MUG: 1})
    desk.scan(SSCC)
    desk.become(Role.PICKER)

    assert desk.refuses(lambda: desk.press(Key.PRINT), journal="station.role").code == "station.role"


@pytest.mark.parametrize("place", ["pack", "ship"])
def test_without_a_parcel_nothing_is_printed(desk: Desk, place: str) -> None:
    desk.packed({MUG: 1})
    desk.go(place)

    assert desk.refuses(lambda: desk.press(Key.PRINT)).code == f"{place}.key"
    assert documents(desk) == ["label", "packing slip"]


def test_an_open_parcel_has_no_papers(desk: Desk) -> None:
    at_the_scale(desk)

    assert desk.refuses(lambda: desk.press(Key.PRINT)).code == "pack.key"
