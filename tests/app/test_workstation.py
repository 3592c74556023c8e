"""A workstation in a real window: scans, keys, typing, and what it says when something fails."""

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QLockFile, Qt
from PySide6.QtWidgets import QTableView

from oms_desktop.drafts import CheckedOrder
from oms_desktop.models import Role
from oms_desktop.station import Incoming, Person
from oms_desktop.workflow import capture
from tests.app.floor_window import Floor
from tests.builders import BOTTLE, GTINS, MUG, MUG_PLACE, draft_order
from tests.cli.shell import program
from tests.crowd import station


def test_scans_lead_through_a_pick_and_a_wrong_one_is_refused(floor: Floor) -> None:
    floor.pick_up()

    floor.answered(lambda: floor.scanner.scan(MUG_PLACE))
    floor.says("product")
    floor.scanner.scan(GTINS[BOTTLE][1:])
    floor.says("Wrong product")
    assert not floor.screen.window.sheet.isHidden()
    floor.scanner.scan(GTINS[MUG][1:])
    floor.bot.waitUntil(floor.screen.window.sheet.isHidden, timeout=15_000)


def test_a_code_is_typed_into_the_big_field(floor: Floor) -> None:
    floor.pick_up()

    floor.answered(lambda: floor.type_code(MUG_PLACE))

    floor.says("product")


def test_another_badge_takes_over_at_the_same_place(floor: Floor) -> None:
    floor.pick_up()

    floor.sign_in("B-2")

    floor.bot.waitUntil(lambda: floor.place == "pick", timeout=15_000)
    assert floor.desk.site.station.person is not None
    assert floor.desk.site.station.person.badge == "B-2"
    floor.says("07")


def test_a_badge_that_may_not_work_here_comes_to_its_own_place(floor: Floor) -> None:
    floor.pick_up()

    floor.sign_in("B-3")

    floor.bot.waitUntil(lambda: floor.place == "pack", timeout=15_000)


def test_locking_leaves_the_work_where_it_is(floor: Floor) -> None:
    floor.pick_up()

    floor.answered(lambda: floor.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier))
    assert (floor.place, floor.desk.site.station.person) == ("sign_in", None)
    floor.scanner.scan(MUG_PLACE)
    floor.says("badge")
    floor.sign_in()
    floor.answered(lambda: floor.screen.window.place_asked.emit("pick"))

    floor.says("07")


def test_the_keys_of_the_rail_change_the_place(floor: Floor) -> None:
    floor.sign_in()

    floor.answered(lambda: floor.key(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier))

    assert floor.place == floor.screen.window.rail.place_at(3)


def test_f8_prints_label_and_slip_again(floor: Floor) -> None:
    floor.pick_up()
    for code in (MUG_PLACE, MUG, MUG, "T-101"):
        floor.answered(lambda code=code: floor.station.type_code(code))  # type: ignore[misc]  # a lambda's default
    floor.answered(lambda: floor.screen.window.place_asked.emit("pack"))
    for code in ("T-101", MUG, MUG, "C4", str(floor.desk.weight({MUG: 2}))):
        floor.answered(lambda code=code: floor.station.type_code(code))  # type: ignore[misc]  # a lambda's default
    papers = floor.file.parent / "documents"
    floor.bot.waitUntil(lambda: len(list(papers.glob("*.pdf"))) == 2, timeout=15_000)

    floor.key(Qt.Key.Key_F8)

    floor.says("print again")
    floor.bot.waitUntil(lambda: len(list(papers.glob("*.pdf"))) == 4, timeout=15_000)
    assert sorted(path.name.split("-")[0] for path in papers.glob("*.pdf")) == ["label"] * 2 + ["slip"] * 2


def test_the_queue_shows_what_another_program_has_changed(floor: Floor) -> None:
    floor.sign_in()
    floor.bot.waitUntil(lambda: floor.place == "queue" and floor.station.queue_is_read, timeout=15_000)
    table = floor.screen.queue.findChild(QTableView)
    assert table is not None
    floor.bot.waitUntil(lambda: table.model().rowCount() == 1, timeout=15_000)

    # A database of its own, as another program has it: the change is noticed, nobody tells of it.
    with station(
        floor.desk.database, "DESK-9", Person(UUID(int=1), "system", "System", frozenset(Role))
    ) as own:
        draft = draft_order({BOTTLE: 1}, number="SO-9999")
        incoming = Incoming("test", "test", "{}", CheckedOrder(draft, (), duplicate_hours=0))
        own.call().bringing(incoming).do(capture.capture, intake=UUID(int=0))

    floor.bot.waitUntil(lambda: table.model().rowCount() == 2, timeout=15_000)


def test_an_unplugged_scanner_is_told_and_typing_goes_on(floor: Floor) -> None:
    floor.pick_up()
    floor.bot.waitUntil(lambda: "Scanner ready" in device(floor), timeout=15_000)

    floor.scanner.unplug()
    floor.bot.waitUntil(lambda: "Scanner ready" not in device(floor), timeout=15_000)
    floor.answered(lambda: floor.type_code(MUG_PLACE))
    floor.says("product")

    floor.scanner.plug()
    floor.bot.waitUntil(lambda: "Scanner ready" in device(floor), timeout=15_000)
    floor.scanner.scan(GTINS[BOTTLE][1:])
    floor.says("Wrong product")


def device(floor: Floor) -> str:
    """What the top bar says about the scanner."""
    return floor.screen.window.top.accessibleName()


def test_a_locked_database_is_told_and_the_next_scan_works(floor: Floor) -> None:
    floor.pick_up()
    floor.answered(lambda: floor.scanner.scan(MUG_PLACE))

    with closing(sqlite3.connect(floor.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        floor.scanner.scan(GTINS[MUG][1:])
        floor.says("stayed locked")
        other.execute("ROLLBACK")
    floor.answered(lambda: floor.scanner.scan(GTINS[MUG][1:]))

    floor.says("1")
    assert "locked" not in floor.bar


def test_a_second_window_of_a_station_is_refused(tmp_path: Path) -> None:
    lock = QLockFile(str(tmp_path / "STATION-1.lock"))
    assert lock.tryLock(0)

    ran = subprocess.run(program("--data-dir", tmp_path), capture_output=True, text=True, timeout=120)

    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == (
        "Station STATION-1 runs already on this machine. Use its window. [station.running]\n"
    )
    assert not (tmp_path / "oms.sqlite").exists()
    lock.unlock()
