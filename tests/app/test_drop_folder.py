"""The drop folder: whole files are taken once, unfinished ones left, and each is moved with its report."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from oms_desktop.app import bringing, drop_folder
from oms_desktop.app.drop_folder import DropFolder, Watcher
from oms_desktop.app.house import PLAIN
from oms_desktop.app.report import Report
from oms_desktop.db import Database
from oms_desktop.errors import StoreError
from oms_desktop.log import start
from oms_desktop.models import Intake, Order
from oms_desktop.station import Station
from tests.builders import MUG, Site
from tests.cli.shell import order, write_orders

LINE = {"id": 1, "sku": MUG, "title": "Mug", "quantity": 1, "price": "14.90"}


@pytest.fixture
def drop(sqlite: Database, tmp_path: Path) -> DropFolder:
    folder = tmp_path / "drop"
    folder.mkdir()
    return DropFolder(folder, Site(sqlite).station, PLAIN)


def stored(drop: DropFolder) -> int:
    with drop.station.store.reading() as session:
        return session.scalars(select(func.count()).select_from(Order)).one()


def report_of(file: Path) -> dict[str, object]:
    told: dict[str, object] = json.loads(file.with_name(f"{file.name}.report.json").read_text())
    return told


def test_a_whole_file_is_taken_once_and_moved_with_its_report(drop: DropFolder) -> None:
    file = write_orders(
        drop.folder / "o.json", order("#1", line_items=[LINE]), order("#2", financial_status="pending")
    )

    assert drop.look() == []
    [moved] = drop.look()

    assert moved.parent == drop.folder / "taken"
    assert moved.name.startswith("o-20260302-12")
    assert not file.exists()
    told = report_of(moved)
    assert [told[name] for name in ("read", "taken", "held", "refused")] == [2, 1, 1, 0]
    assert (drop.look(), drop.look(), stored(drop)) == ([], [], 2)


def test_a_file_that_still_grows_is_left(drop: DropFolder) -> None:
    file = drop.folder / "o.json"
    text = json.dumps({"orders": [order("#1", line_items=[LINE])]})
    file.write_text(text[:100])
    drop.look()
    file.write_text(text)

    assert (drop.look(), stored(drop)) == ([], 0)
    assert len(drop.look()) == 1
    assert stored(drop) == 1


def test_a_file_put_in_the_place_of_one_that_is_being_read_is_taken_next(
    drop: DropFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_orders(drop.folder / "o.json", order("#1", line_items=[LINE]))
    take = bringing.bring_orders

    def replaced(*given: Any, **named: Any) -> Report:
        report = take(*given, **named)
        monkeypatch.undo()
        write_orders(drop.folder / ".next", order("#2", line_items=[LINE])).replace(file)
        return report

    monkeypatch.setattr(drop_folder, "bring_orders", replaced)
    drop.look()
    [back] = drop.look()

    assert (back.parent, file.exists(), stored(drop)) == (drop.folder, False, 1)
    drop.look()
    [moved] = drop.look()
    assert (moved.parent.name, stored(drop)) == ("taken", 2)


def test_what_is_no_file_of_orders_is_refused_with_the_reason(drop: DropFolder) -> None:
    (drop.folder / "half.json").write_text('{"orders": [{"id": 1,')
    (drop.folder / ".unfinished.json").write_text("{")
    drop.look()

    [moved] = drop.look()

    assert moved.parent == drop.folder / "refused"
    assert report_of(moved)["code"] == "input.not_json"
    assert (stored(drop), (drop.folder / ".unfinished.json").exists()) == (0, True)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            StoreError("database.locked", "It is in use elsewhere."),
            "It is in use elsewhere. [database.locked]",
        ),
        (OSError(5, "Input/output error"), "Input/output error."),
        (IntegrityError("INSERT", ("Ola Example",), Exception()), "could not be stored: IntegrityError."),
        (ValueError("Ola Example"), "could not be stored: ValueError."),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_a_file_that_fails_stays_is_told_once_and_keeps_no_other_waiting(
    drop: DropFolder,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    told: str,
) -> None:
    bring = bringing.bring_orders

    def fail(station: Station, file: Path, **more: Any) -> Report:
        if file.name == "a.json":
            raise error
        return bring(station, file, **more)

    file = write_orders(drop.folder / "a.json", order("#1", line_items=[LINE]))
    other = write_orders(drop.folder / "b.json", order("#2", line_items=[LINE]))
    drop.look()
    with monkeypatch.context() as patch:
        patch.setattr(drop_folder, "bring_orders", fail)
        assert [moved.name[0] for moved in drop.look()] == ["b"]
        assert drop.look() == []

    [warning] = [each.getMessage() for each in caplog.records if each.levelname == "WARNING"]
    assert warning.startswith("a.json waits: ")
    assert told in warning
    assert "Ola" not in warning
    assert (file.exists(), other.exists(), stored(drop)) == (True, False, 1)
    assert len(drop.look()) == 1
    assert stored(drop) == 2


def test_a_program_that_ends_before_the_move_takes_nothing_twice(
    drop: DropFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_power(_file: Path, _target: Path) -> Path:
        raise OSError("the power went")

    write_orders(drop.folder / "o.json", order("#1", line_items=[LINE]))
    drop.look()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", no_power)
        assert drop.look() == []

    again = DropFolder(drop.folder, drop.station, PLAIN)
    again.look()
    [moved] = again.look()

    assert report_of(moved)["duplicate"] == 1
    assert stored(drop) == 1


def test_two_files_of_one_name_are_both_kept(drop: DropFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    at = drop.station.clock()
    monkeypatch.setattr(drop.station, "clock", lambda: at)
    moved = []
    for number in ("#1", "#2"):
        write_orders(drop.folder / "o.json", order(number, line_items=[LINE]))
        drop.look()
        moved += drop.look()

    first, second = (file.stem for file in moved)
    assert second == f"{first}-1"


@pytest.mark.parametrize("name", ["x" * 251 + ".csv", "ö" * 125 + ".csv", "o." + "x" * 253, "ö" * 127])
def test_a_long_name_is_cut_and_its_file_is_taken_once(drop: DropFolder, name: str) -> None:
    moved = []
    for number in ("#1", "#2"):
        write_orders(drop.folder / name, order(number, line_items=[LINE]))
        drop.look()
        moved += drop.look()

    assert [file.name[0] for file in moved] == [name[0], name[0]]
    assert [report_of(file)["taken"] for file in moved] == [1, 1]
    assert (drop.look(), stored(drop)) == ([], 2)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems make no such names")
def test_the_orders_of_a_file_whose_name_is_no_text_are_taken(
    drop: DropFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start(tmp_path)
    write_orders(drop.folder / os.fsdecode(b"bad\xff.json"), order("#1", line_items=[LINE]))
    (drop.folder / os.fsdecode(b"half\xff.json")).write_text("[{")
    drop.look()
    moved = drop.look()
    start(None)

    assert [file.parent.name for file in moved] == ["taken", "refused"]
    assert report_of(moved[0])["taken"] == 1
    assert report_of(moved[1])["code"] == "input.not_json"
    with drop.station.store.reading() as session:
        assert session.scalars(select(Intake.source)).all() == [r"bad\udcff.json"]
    assert r"bad\udcff.json was moved" in (tmp_path / "oms.log").read_text("utf-8")
    assert capsys.readouterr().err == ""


def test_the_watcher_takes_files_until_it_is_stopped(
    drop: DropFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drop_folder, "INTERVAL", 0.01)
    write_orders(drop.folder / "o.json", order("#1", line_items=[LINE]))
    watcher = Watcher(drop.folder, drop.station, PLAIN)
    watcher.start()
    while not (drop.folder / "taken").exists() or not list((drop.folder / "taken").glob("o-*[0-9].json")):
        os.sched_yield()
    watcher.stop()

    assert stored(drop) == 1


def test_the_watcher_outlives_a_folder_that_is_away(
    drop: DropFolder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(drop_folder, "INTERVAL", 0.01)
    drop.folder.rmdir()
    watcher = Watcher(drop.folder, drop.station, PLAIN)
    watcher.start()
    while "cannot be used" not in caplog.text:
        os.sched_yield()
    drop.folder.mkdir()
    write_orders(drop.folder / "o.json", order("#1", line_items=[LINE]))
    while not list(drop.folder.glob("taken/o-*[0-9].json")):
        os.sched_yield()
    watcher.stop()

    assert stored(drop) == 1
    assert caplog.text.count("cannot be used") == 1
