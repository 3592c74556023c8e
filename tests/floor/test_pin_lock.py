"""PINs cannot be guessed: a badge is locked after five wrong ones, longer each time."""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from oms_desktop.floor.reply import Refusal, Thing
from oms_desktop.floor.workplace import DOOR, Answer
from oms_desktop.models import Role
from tests.builders import NOON
from tests.floor.desk import PIN, Desk

WRONG = "9998"


@dataclass
class Hand:
    """A clock that stands still until it is moved."""

    now: datetime = field(default=NOON)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def door(desk: Desk, clock: Hand) -> Desk:
    """A locked workstation and two people, at the time of `clock`."""
    desk.enrol("W-07", "Mara Example", Role.PICKER)
    desk.enrol("W-08", "Ole Example", Role.SHIPPER)
    desk.site.station.clock = clock
    desk.workplace.lock()
    desk.scan("W-07")
    return desk


def type_pin(desk: Desk, pin: str) -> Answer:
    return [desk.workplace.digit(digit) for digit in pin][-1]


def code(answer: Answer) -> str:
    """The code of a refusal, the place that is open else."""
    refusal = answer.reply.refusal if answer.reply is not None else None
    return answer.place if refusal is None else refusal.code


def text(answer: Answer) -> str:
    assert answer.reply is not None
    assert answer.reply.refusal is not None
    return answer.reply.refusal.text


def locked(seconds: int) -> str:
    return f"Too many wrong PINs: badge W-07 is locked for {seconds} s. Wait, then type the PIN."


def guess(desk: Desk, times: int) -> list[str]:
    return [code(type_pin(desk, WRONG)) for _time in range(times)]


def test_the_fifth_wrong_pin_locks_the_badge_for_a_minute(door: Desk, clock: Hand) -> None:
    assert guess(door, 4) == ["sign_in.wrong_pin"] * 4
    answer = type_pin(door, WRONG)
    assert answer.reply is not None
    assert answer.reply.refusal == Refusal(
        "sign_in.locked",
        "This badge is locked",
        locked(60),
        Thing("PIN", "****"),
        Thing("PIN", "", "Mara Example"),
    )

    clock.wait(59.5)
    assert text(type_pin(door, PIN)) == locked(1)
    assert door.site.station.person is None
    clock.wait(0.5)
    assert code(type_pin(door, PIN)) == "pick"


def test_what_is_typed_while_it_is_locked_does_not_lock_it_longer(door: Desk, clock: Hand) -> None:
    guess(door, 5)
    clock.wait(20)
    assert guess(door, 9) == ["sign_in.locked"] * 9

    assert text(type_pin(door, WRONG)) == locked(40)


def test_each_further_wrong_pin_locks_twice_as_long(door: Desk, clock: Hand) -> None:
    guess(door, 4)
    for seconds in (60, 120, 240, 480, 900, 900):
        assert text(type_pin(door, WRONG)) == locked(seconds)
        clock.wait(seconds)

    assert code(type_pin(door, PIN)) == "pick"


def test_a_right_pin_ends_the_count(door: Desk, clock: Hand) -> None:
    guess(door, 5)
    clock.wait(60)
    assert code(type_pin(door, PIN)) == "pick"
    door.workplace.lock()
    door.scan("W-07")

    assert guess(door, 5) == ["sign_in.wrong_pin"] * 4 + ["sign_in.locked"]
    assert text(type_pin(door, WRONG)) == locked(60)


def test_another_badge_is_not_locked_and_does_not_open_the_first(door: Desk) -> None:
    guess(door, 5)
    door.scan("W-08")
    assert code(type_pin(door, PIN)) == "ship"
    door.scan("W-07")

    assert text(type_pin(door, PIN)) == locked(60)
    assert door.workplace.place == DOOR


def test_scanning_the_badge_again_does_not_begin_anew(door: Desk) -> None:
    for _time in range(4):
        guess(door, 1)
        door.workplace.lock()
        door.scan("W-07")

    assert guess(door, 1) == ["sign_in.locked"]


def test_the_log_names_the_badge_and_never_the_pin(door: Desk, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        guess(door, 2)

    assert [record.getMessage() for record in caplog.records] == ["wrong PIN for badge W-07"] * 2
    assert {record.levelno for record in caplog.records} == {logging.WARNING}
    assert WRONG not in caplog.text
