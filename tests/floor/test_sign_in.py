"""What somebody at the door is told."""

import pytest
from sqlalchemy import update

from oms_desktop.floor.reply import Key, Refusal, Thing
from oms_desktop.floor.views import SignInView
from oms_desktop.floor.workplace import DOOR, places_of
from oms_desktop.models import Role, Worker
from tests.builders import MUG, MUG_PLACE
from tests.floor.desk import PIN, Desk, Said, said

NAME_AND_PIN = Said("pin", "Type your PIN", "Badge of Mara Example was read. Not you? Scan your own badge.")


@pytest.fixture
def door(desk: Desk) -> Desk:
    """A locked workstation and four people."""
    desk.enrol("W-07", "Mara Example", Role.PICKER, Role.PACKER)
    desk.enrol("W-08", "Ole Example", Role.SHIPPER)
    desk.enrol("W-09", "Rita Example")
    desk.enrol("W-10", "Sam Example", Role.SUPERVISOR)
    desk.workplace.lock()
    return desk


def type_pin(desk: Desk, pin: str = PIN) -> str:
    """Type a PIN; returns the place that is in front then."""
    return [desk.workplace.digit(digit) for digit in pin][-1].place


def test_a_badge_and_a_pin(door: Desk) -> None:
    start = door.workplace.start()
    assert start.reply is not None
    assert said(start.reply) == Said("badge", "Scan your badge", "Then type your PIN")

    read = door.scan("W-07")
    assert (said(read).told, said(read).message, said(read).hint) == (
        "Badge read",
        NAME_AND_PIN.message,
        NAME_AND_PIN.hint,
    )
    assert read.data == SignInView("W-07", "Mara Example", "packer, picker", 0, ())
    typed = door.workplace.digit("4").reply
    assert typed is not None
    assert (said(typed), typed.data.digits) == (NAME_AND_PIN, 1)

    assert type_pin(door, PIN[1:]) == "pick"
    person = door.site.station.person
    assert person is not None
    assert person.badge == "W-07"
    assert places_of(person) == ("pick", "pack")


def test_a_digit_is_taken_back(door: Desk) -> None:
    door.scan("W-07")
    for digit in ["4", "7", "9", "", "1"]:
        assert door.workplace.digit(digit).place == DOOR

    assert door.workplace.digit("1").place == "pick"


def test_digits_before_the_badge_are_nothing(door: Desk) -> None:
    assert type_pin(door) == DOOR
    assert door.workplace.current().reply == door.workplace.start().reply


def test_a_wrong_pin(door: Desk) -> None:
    door.scan("W-07")
    for digit in "999":
        door.workplace.digit(digit)

    reply = door.workplace.digit("9").reply

    assert reply is not None
    assert reply.refusal == Refusal(
        "sign_in.wrong_pin",
        "Wrong PIN",
        "That is not the PIN of badge W-07. Type it again.",
        Thing("PIN", "****"),
        Thing("PIN", "", "Mara Example"),
    )
    assert (reply.ok, reply.state.value, reply.data.digits) == (False, "pin", 0)
    assert door.site.station.person is None
    assert type_pin(door) == "pick"


def test_another_badge_takes_the_place_of_the_first(door: Desk) -> None:
    door.scan("W-07")
    door.workplace.digit("4")

    assert door.scan("W-08").data == SignInView("W-08", "Ole Example", "shipper", 0, ())
    assert type_pin(door) == "ship"


@pytest.mark.parametrize(
    ("code", "refused", "title"),
    [
        ("W-99", "sign_in.unknown", "Unknown code"),
        (MUG, "sign_in.not_expected", "Not a product now"),
        (MUG_PLACE, "sign_in.not_expected", "Not a location now"),
        ("CMD-UNDO", "sign_in.key", "Not at this step"),
    ],
)
def test_only_a_badge_opens_the_door(door: Desk, code: str, refused: str, title: str) -> None:
    refusal = door.refuses(lambda: door.scan(code))

    assert (refusal.code, refusal.title, refusal.expected) == (refused, title, Thing("A badge"))
    door.scan("W-07")
    assert door.refuses(lambda: door.scan(code)).expected == Thing("PIN", "", "Mara Example")


def test_a_badge_that_was_taken_back(door: Desk) -> None:
    door.workplace.resolver.load()
    with door.database.transaction() as session:
        session.connection().exec_driver_sql(
            "UPDATE worker SET retired_at = '2026-03-01 00:00:00' WHERE badge = 'W-07'"
        )

    assert door.refuses(lambda: door.scan("W-07")) == Refusal(
        "sign_in.unknown_badge",
        "Unknown badge",
        "Badge W-07 is not known here. Ask a supervisor.",
        Thing("Badge", "W-07"),
        Thing("A badge"),
    )


def test_nobody_enters_without_a_role_for_a_place(door: Desk) -> None:
    door.scan("W-09")
    for digit in PIN[:3]:
        door.workplace.digit(digit)

    answer = door.workplace.digit(PIN[3])

    assert answer.place == DOOR
    assert answer.reply is not None
    assert answer.reply.refusal == Refusal(
        "sign_in.no_place",
        "No work here for you",
        "This badge has no role for a place on the floor. Ask a supervisor.",
        Thing("Badge", "W-09"),
        Thing("A badge"),
    )
    assert door.site.station.person is None
    door.scan("W-07")
    assert type_pin(door) == "pick"


def test_the_program_itself_has_no_pin(door: Desk) -> None:
    door.scan("system")

    assert type_pin(door, "0000") == DOOR
    assert door.site.station.person is None


def test_keys_and_weights_do_nothing(door: Desk) -> None:
    assert door.refuses(lambda: door.press(Key.FINISH)).code == "sign_in.key"
    assert said(door.weigh(400)) == Said("badge", "Scan your badge", "Then type your PIN")
    assert door.workplace.refresh() is None


def test_a_database_without_people_says_so(desk: Desk) -> None:
    with desk.site.database.transaction() as session:
        session.execute(update(Worker).values(pin_hash=""))

    reply = desk.workplace.lock().reply

    assert reply is not None
    assert reply.message == "Nobody can sign in here yet"
