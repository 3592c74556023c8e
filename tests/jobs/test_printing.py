"""Every print once: through kills, on two databases, into folders that cannot be written."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from oms_desktop.db import Database
from oms_desktop.devices.printer import FolderPrinter
from oms_desktop.errors import StateError
from oms_desktop.jobs.printing import Failed, Outcome, Printed, PrintJob, key_of, record, run
from oms_desktop.models import Intake, IntentState, JournalEntry, Label, Role
from oms_desktop.station import SYSTEM, Person, find_person, play
from tests import postgres
from tests.builders import MUG, TORCH, Site, add_system
from tests.conftest import make_database
from tests.jobs.bench import close, code, handed_over, intent, packed, states, verified

DONE, FAILED, WAITING = IntentState.DONE, IntentState.FAILED, IntentState.WAITING


@pytest.fixture
def hub(database: Database, tmp_path: Path) -> Iterator[Database]:
    """A second, empty database of the same kind."""
    folder = tmp_path / "hub"
    folder.mkdir()
    made, url = make_database("sqlite" if database.embedded else "postgresql", folder)
    yield made
    made.close()
    if not made.embedded:
        postgres.drop_database(url)


def job_of(site: Site, folder: Path) -> PrintJob:
    return PrintJob(site.database, site.station.name, FolderPrinter(folder))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def expected(database: Database, parcel: UUID) -> list[str]:
    """The files of the prints that closing parcel 1 of SO-1 asks for."""
    label, slip = (intent(database, document, parcel).id for document in ("label", "packing slip"))
    return [f"label-{code(1)}-{key_of(label)}.pdf", f"slip-SO-1-1-{key_of(slip)}.pdf"]


def test_what_was_asked_for_is_printed_and_recorded(database: Database, tmp_path: Path) -> None:
    site, folder = Site(database), tmp_path / "out"
    parcel = packed(site, {MUG: 1, TORCH: 2})
    job = job_of(site, folder)
    outcomes = run(site.station, job)
    assert names(folder) == expected(database, parcel)
    assert all((folder / name).read_bytes().startswith(b"%PDF") for name in names(folder))
    files = {str(folder / name) for name in names(folder)}
    assert {outcome.where for outcome in outcomes if isinstance(outcome, Printed)} == files
    assert intent(database, "label", parcel).result == str(folder / expected(database, parcel)[0])
    assert (states(database), job.waiting()) == ([DONE, DONE], ())
    assert run(site.station, job) == ()


def test_the_oldest_is_printed_first(database: Database, tmp_path: Path) -> None:
    site = Site(database)
    parcels = tuple(packed(site, {MUG: 1}, number=number) for number in (1, 2))
    manifest = handed_over(site, parcels)
    waiting = job_of(site, tmp_path).waiting()
    asked = [
        {intent(database, document, parcel).id for document in ("label", "packing slip")}
        for parcel in parcels
    ]
    assert [set(waiting[:2]), set(waiting[2:4]), waiting[4:]] == [
        *asked,
        (intent(database, "manifest", manifest).id,),
    ]


def test_a_station_prints_only_its_own(database: Database, tmp_path: Path) -> None:
    site = Site(database)
    parcel = packed(site, {MUG: 1})
    other = replace(job_of(site, tmp_path / "out"), executor="hub")
    assert other.waiting() == ()
    with pytest.raises(StateError) as caught:
        other.print_one(intent(database, "label", parcel).id)
    assert caught.value.code == "print.elsewhere"
    assert not (tmp_path / "out").exists()


def test_the_program_itself_records_whoever_is_signed_in(database: Database, tmp_path: Path) -> None:
    site = Site(database)
    packed(site, {MUG: 1})
    with database.reading() as session:
        system = find_person(session, SYSTEM)
    assert system is not None
    for person in (None, Person(uuid4(), "W-17", "Sasha Example", frozenset({Role.SHIPPER}))):
        site.station.person = person
        run(site.station, job_of(site, tmp_path))
        assert site.station.person is person
    with database.reading() as session:
        entries = session.scalars(select(JournalEntry).where(JournalEntry.verb == "print.done.1")).all()
    assert [(entry.worker_id, entry.station, entry.result) for entry in entries] == [
        (system.id, "PICK-3", "done")
    ] * 2


def test_a_kill_between_file_and_record_prints_nothing_twice(database: Database, tmp_path: Path) -> None:
    site = Site(database)
    parcel = packed(site, {MUG: 1})
    killed = job_of(site, tmp_path / "out")
    before = [killed.print_one(each) for each in killed.waiting()]
    assert states(database) == [WAITING, WAITING]
    assert run(site.station, job_of(site, tmp_path / "out")) == tuple(before)
    assert names(tmp_path / "out") == expected(database, parcel)
    assert states(database) == [DONE, DONE]


def test_a_recorded_print_is_not_made_again_when_its_file_was_taken(
    database: Database, tmp_path: Path
) -> None:
    site = Site(database)
    parcel = packed(site, {MUG: 1})
    job = job_of(site, tmp_path / "out")
    run(site.station, job)
    for path in (tmp_path / "out").iterdir():
        path.unlink()
    label = intent(database, "label", parcel)
    assert job.print_one(label.id) == Printed(label.id, label.result)
    assert names(tmp_path / "out") == []


def played(site: Site, hub: Database) -> None:
    """Play the whole journal of a site's station on another database."""
    add_system(hub)
    with site.database.reading() as session:
        intakes = session.scalars(select(Intake)).all()
        entries = session.scalars(select(JournalEntry).order_by(JournalEntry.sequence)).all()
        with hub.transaction() as other:
            for intake in intakes:
                other.merge(intake)
        for entry in entries:
            hub.change(lambda other, entry=entry: play(other, entry))  # type: ignore[misc]  # a lambda's default


def test_one_label_on_two_databases(database: Database, hub: Database, tmp_path: Path) -> None:
    site, folder = Site(database), tmp_path / "out"
    parcel = close(site, verified(site, {MUG: 1}))
    played(site, hub)
    for document in ("label", "packing slip"):
        here, there = intent(database, document, parcel), intent(hub, document, parcel)
        assert (there.id, there.executor, there.state) == (here.id, "PICK-3", WAITING)
    assert PrintJob(hub, "hub", FolderPrinter(folder)).waiting() == ()
    run(site.station, job_of(site, folder))
    again = PrintJob(hub, "PICK-3", FolderPrinter(folder))
    assert all(isinstance(again.print_one(each), Printed) for each in again.waiting())
    assert names(folder) == expected(database, parcel)


def test_the_record_is_played_on_the_other_database_too(
    database: Database, hub: Database, tmp_path: Path
) -> None:
    site = Site(database)
    parcel = packed(site, {MUG: 1})
    run(site.station, job_of(site, tmp_path / "out"))
    played(site, hub)
    assert PrintJob(hub, "PICK-3", FolderPrinter(tmp_path / "other")).waiting() == ()
    here, there = intent(database, "label", parcel), intent(hub, "label", parcel)
    assert (there.state, there.result, there.done_at) == (DONE, here.result, here.done_at)


def test_a_folder_that_cannot_be_written_fails_in_words_and_is_kept(
    database: Database, tmp_path: Path
) -> None:
    site = Site(database)
    parcel = packed(site, {MUG: 1})
    (tmp_path / "file").touch()
    job = job_of(site, tmp_path / "file" / "out")
    outcomes = run(site.station, job)
    assert [type(outcome) for outcome in outcomes] == [Failed, Failed]
    label = intent(database, "label", parcel)
    assert label.state is FAILED
    assert f"cannot be put into {tmp_path / 'file' / 'out'}" in label.result
    (tmp_path / "file").unlink()
    assert run(site.station, job) == ()
    assert job.print_one(label.id) == Failed(label.id, label.result)
    assert not (tmp_path / "file").exists()


def test_what_cannot_be_on_paper_fails_alone(database: Database, tmp_path: Path) -> None:
    site = Site(database)
    parcel = packed(site, {MUG: 1})
    with database.transaction() as session:
        session.execute(update(Label).values(voided_at=site.station.clock()))
    outcomes = run(site.station, job_of(site, tmp_path / "out"))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Failed", "Printed"]
    assert "has no label now" in intent(database, "label", parcel).result
    assert names(tmp_path / "out") == expected(database, parcel)[1:]


def test_a_fault_in_drawing_fails_in_words_without_personal_data(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    site = Site(database)
    parcel = packed(site, {MUG: 1})
    with database.transaction() as session:
        session.execute(update(Label).values(sscc="Ida Example"))
    with caplog.at_level(logging.ERROR):
        run(site.station, job_of(site, tmp_path / "out"))
    label = intent(database, "label", parcel)
    assert label.state is FAILED
    assert label.result.startswith("The label cannot be drawn (ValueError).")
    assert "Ida" not in label.result
    assert "Ida Example" in caplog.text
    assert names(tmp_path / "out") == expected(database, parcel)[1:]


@dataclass
class Watching:
    """A paper-only printer that looks whether the database can be changed while it works."""

    site: Site
    keys: list[str] = field(default_factory=list)

    def put(self, name: str, document: bytes, *, key: str = "") -> None:
        self.site.receive({MUG: 1})
        self.keys.append(key)


def test_nothing_is_locked_while_the_printer_works(database: Database) -> None:
    site = Site(database)
    packed(site, {MUG: 1})
    printer = Watching(site)
    job = PrintJob(database, "PICK-3", printer)
    waiting = job.waiting()
    assert run(site.station, job) == tuple(Printed(each, "printer") for each in waiting)
    assert printer.keys == [key_of(each) for each in waiting]


@pytest.mark.parametrize("outcome", [Printed(UUID(int=0), "a.pdf"), Failed(UUID(int=0), "No paper.")])
def test_what_happened_is_recorded_as_it_was(database: Database, outcome: Outcome) -> None:
    site = Site(database)
    label = intent(database, "label", packed(site, {MUG: 1})).id
    record(site.station, replace(outcome, intent=label))
    with database.reading() as session:
        [entry] = session.scalars(select(JournalEntry).where(JournalEntry.verb.startswith("print.")))
    wanted = (
        ("print.done.1", {"intent": label.hex, "where": "a.pdf"})
        if isinstance(outcome, Printed)
        else ("print.failed.1", {"intent": label.hex, "reason": "No paper."})
    )
    assert (entry.verb, entry.arguments) == wanted
