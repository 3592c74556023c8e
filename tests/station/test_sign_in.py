"""Badge and PIN."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import update

from oms_desktop.db import Database
from oms_desktop.errors import SignInError
from oms_desktop.models import Role, Worker
from oms_desktop.station import Incoming, find_person, sign_in
from oms_desktop.station.person import hash_pin
from oms_desktop.workflow import site as setup
from tests.builders import NOON, Site
from tests.replaying import rows_of


@dataclass(frozen=True)
class Enrolled:
    site: Site
    database: Database

    def refusal(self, badge: str, pin: str) -> str:
        with self.database.reading() as session, pytest.raises(SignInError) as caught:
            sign_in(session, badge, pin)
        assert badge in caught.value.text
        return caught.value.code


@pytest.fixture
def enrolled(database: Database) -> Enrolled:
    site = Site(database)
    roles = (Role.PICKER, Role.PACKER)
    staff = setup.Staff((setup.WorkerRow("W-07", "Mara Example", hash_pin("4711"), roles),))
    incoming = Incoming("people", "test", "{}", staff)
    site.station.call().bringing(incoming).do(setup.enrol, intake=UUID(int=0))
    return Enrolled(site, database)


def test_badge_and_pin_make_a_person(enrolled: Enrolled) -> None:
    with enrolled.database.reading() as session:
        person = sign_in(session, "W-07", "4711")

    assert (person.badge, person.name) == ("W-07", "Mara Example")
    assert person.roles == {Role.PICKER, Role.PACKER}
    assert person.may(Role.PICKER)
    assert not person.may(Role.SUPERVISOR)


@pytest.mark.parametrize("pin", ["4712", "", "47111", " 4711"])
def test_a_wrong_pin_is_told(enrolled: Enrolled, pin: str) -> None:
    assert enrolled.refusal("W-07", pin) == "sign_in.wrong_pin"


@pytest.mark.parametrize("badge", ["W-08", "", "w-07"])
def test_an_unknown_badge_is_told(enrolled: Enrolled, badge: str) -> None:
    assert enrolled.refusal(badge, "4711") == "sign_in.unknown_badge"


def test_the_program_itself_cannot_sign_in(enrolled: Enrolled) -> None:
    assert enrolled.refusal("system", "") == "sign_in.unknown_badge"


def test_who_has_left_cannot_sign_in(enrolled: Enrolled) -> None:
    with enrolled.database.transaction() as session:
        session.execute(update(Worker).where(Worker.badge == "W-07").values(retired_at=NOON))

    assert enrolled.refusal("W-07", "4711") == "sign_in.unknown_badge"
    with enrolled.database.reading() as session:
        assert find_person(session, "W-07") is None
        assert find_person(session, "system") is not None


def test_a_broken_hash_lets_nobody_in(enrolled: Enrolled) -> None:
    with enrolled.database.transaction() as session:
        session.execute(update(Worker).where(Worker.badge == "W-07").values(pin_hash="4711"))

    assert enrolled.refusal("W-07", "4711") == "sign_in.wrong_pin"


def test_a_pin_is_salted_and_not_kept(enrolled: Enrolled) -> None:
    assert hash_pin("4711") != hash_pin("4711")
    assert not any("4711'" in str(row) for row in rows_of(enrolled.database)["worker"])
