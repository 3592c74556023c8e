"""The life of an order at one workstation: what each step commits, and going on after a kill."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from oms_desktop.db import Database
from oms_desktop.floor.reply import Key, Reply
from tests.builders import BOTTLE, BOTTLE_PLACE, GTINS, MUG, MUG_PLACE, TORCH, TORCH_PLACE
from tests.floor.desk import Desk, commits, everything

Step = Callable[[Desk], Reply[Any]]

SSCC = "009524000000000015"


def scan(code: str) -> Step:
    """Scan a code."""
    return lambda desk: desk.scan(code)


def key(key: Key, text: str = "") -> Step:
    """Press a key."""
    return lambda desk: desk.press(key, text)


def go(place: str) -> Step:
    """Go to another place."""
    return lambda desk: desk.go(place)


LIFE: list[tuple[str, Step, int]] = [
    ("pick", go("pick"), 0),
    ("a tote, and a block of numbers", scan("T-101"), 2),
    ("a location", scan(MUG_PLACE), 1),
    ("a product", scan(GTINS[MUG]), 1),
    ("undo", key(Key.UNDO), 1),
    ("the product again", scan(MUG), 1),
    ("all of the product", scan(MUG), 1),
    ("the tote", scan("T-101"), 1),
    ("skip", key(Key.SKIP), 1),
    ("a third place", scan(TORCH_PLACE), 1),
    ("one of two", scan(TORCH), 1),
    ("short", key(Key.SHORT, "1"), 1),
    ("the tote with the short", scan("T-101"), 1),
    ("the skipped place", scan(BOTTLE_PLACE), 1),
    ("the skipped product", scan(BOTTLE), 1),
    ("the end of the tour, the short one is promised again", scan("T-101"), 2),
    ("pack", go("pack"), 0),
    ("a tote is claimed, its parcel begun", scan("T-101"), 2),
    ("an item", scan(MUG), 1),
    ("out again", key(Key.UNDO), 1),
    ("the item again", scan(MUG), 1),
    ("a second item", scan(MUG), 1),
    ("the carton, early", scan("C4"), 1),
    ("a third item", scan(TORCH), 1),
    ("the last item", scan(BOTTLE), 1),
    ("the weight, and a block of numbers", lambda desk: desk.weigh(955), 2),
    ("the label", scan(SSCC), 1),
    ("ship", go("ship"), 0),
    ("a parcel", scan(SSCC), 1),
    ("let go", key(Key.UNDO), 1),
    ("the parcel again", scan(SSCC), 1),
    ("its lane", scan("LANE-1"), 1),
    ("out of the lane", key(Key.UNDO), 1),
    ("the parcel a third time", scan(SSCC), 1),
    ("its lane again", scan("LANE-1"), 1),
    ("the lane is shown", scan("LANE-1"), 1),
    ("the manifest, and a block of numbers", key(Key.FINISH), 2),
]
"""The life of an order at one workstation, with what each step commits."""


def lived(desk: Desk, until: int) -> Reply[Any] | None:
    """Live the life of an order up to a step; returns what the last step was answered."""
    desk.site.promised({MUG: 2, BOTTLE: 1, TORCH: 2})
    reply = None
    for _name, step, _commits in LIFE[:until]:
        reply = step(desk)
        assert reply.ok, reply.refusal
    return reply


def test_each_right_input_is_one_commit(desk: Desk) -> None:
    desk.site.promised({MUG: 2, BOTTLE: 1, TORCH: 2})
    made = []
    for name, step, _wanted in LIFE:
        with commits(desk.database) as seen:
            assert step(desk).ok, name
        made.append((name, len(seen)))

    assert made == [(name, wanted) for name, _step, wanted in LIFE]
    assert desk.parcels() == ["shipped"]


@pytest.mark.parametrize("until", range(1, len(LIFE) + 1), ids=[name for name, *_rest in LIFE])
def test_a_killed_program_goes_on_at_the_same_step(desk: Desk, until: int) -> None:
    before = lived(desk, until)
    assert before is not None
    place, rows = desk.workplace.place, everything(desk.database)

    desk.restart()
    after = desk.go(place)

    assert (after.state, after.message, after.hint) == (before.state, before.message, before.hint)
    assert after.data == before.data
    assert everything(desk.database) == rows
    for name, step, _commits in LIFE[until:]:
        assert step(desk).ok, name
    assert desk.parcels() == ["shipped"]


def test_a_life_with_a_kill_after_every_input(database: Database) -> None:
    desk = Desk(database)
    desk.site.promised({MUG: 2, BOTTLE: 1, TORCH: 2})
    for name, step, _commits in LIFE:
        reply = step(desk)
        assert reply.ok, (name, reply.refusal)
        place = desk.workplace.place
        desk.restart()
        desk.go(place)
    assert desk.parcels() == ["shipped"]


def test_what_is_read_is_not_written(desk: Desk) -> None:
    lived(desk, 20)
    before = everything(desk.database)
    wrote: list[str] = []
    event.listen(desk.database.engine, "commit", lambda _connection: wrote.append("commit"))

    for place in ["pick", "pack", "ship"]:
        desk.go(place)
        desk.workplace.current()
        desk.workplace.refresh()

    assert wrote == []
    assert everything(desk.database) == before
