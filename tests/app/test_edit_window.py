"""Orders edited in the real window: by the card of what is stuck, by the key, and what is refused."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from functools import partial
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from oms_desktop.app import desk, order_form
from oms_desktop.drafts import AddressDraft, OrderEdit
from oms_desktop.errors import StoreError
from oms_desktop.models import Address, Customer, Hold, Order, Role
from oms_desktop.station import Person
from oms_desktop.ui.widgets.edit_sheet import EditSheet
from tests.app.floor_window import Floor
from tests.app.test_queue_window import entry, office, open_queue
from tests.builders import MUG

HOME = AddressDraft(
    name="Ida Example", address1="Lakeside Lane 14", city="Salzburg", postal_code="5020", country_code="AT"
)


def stuck_order(floor: Floor, address: AddressDraft, email: str | None = None) -> UUID:
    """An order to an address that holds it."""
    site = office(floor)
    order = site.order({MUG: 1})
    assert desk.edit(site.station, order, OrderEdit(address=address, email=email)).done
    assert entry(floor, order).held
    return order


def opened(floor: Floor) -> EditSheet:
    sheet = floor.station.edits.sheet
    floor.bot.waitUntil(lambda: sheet.form is not None and not sheet.is_busy, timeout=15_000)
    return sheet


def open_by_card(floor: Floor) -> EditSheet:
    lane = floor.screen.queue.exceptions
    floor.bot.waitUntil(lambda: len(lane.cards) == 1, timeout=15_000)
    [card] = lane.cards
    assert card.stuck is not None
    QTest.mouseClick(card.buttons[card.stuck.remedy], Qt.MouseButton.LeftButton)
    return opened(floor)


def type_into(sheet: EditSheet, field: str, text: str) -> None:
    edit = sheet.address.fields[field].edit
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)


def address_of(floor: Floor, order: UUID) -> Address:
    with floor.desk.site.database.reading() as session:
        found = session.get_one(Address, session.get_one(Order, order).ship_to_id)
        session.expunge(found)
        return found


def test_an_impossible_address_is_corrected_from_its_card_and_the_order_goes_on(floor: Floor) -> None:
    order = stuck_order(floor, replace(HOME, postal_code="502000"))
    open_queue(floor, 2)

    sheet = open_by_card(floor)
    field = sheet.address.fields["postal_code"]
    assert field.fault == "Austria has no such code; 1010 is one."
    type_into(sheet, "postal_code", "5020")
    floor.bot.waitUntil(lambda: not field.fault, timeout=15_000)
    QTest.keyClick(field.edit, Qt.Key.Key_Return)

    floor.bot.waitUntil(sheet.isHidden, timeout=15_000)
    floor.says("is saved. Nothing of it is missing")
    assert not entry(floor, order).held
    assert office(floor).line(order).allocated == 1, "what is free to go is promised"
    assert address_of(floor, order).postal_code == "5020"
    floor.bot.waitUntil(floor.screen.queue.exceptions.isHidden, timeout=15_000)


@pytest.mark.parametrize(
    ("address", "field", "sentence"),
    [
        (replace(HOME, city=""), "city", "City is missing."),
        (replace(HOME, country_code="XX"), "country_code", "There is no such country."),
        (replace(HOME, name="井上例子"), "name", "A label needs Latin, Cyrillic or Greek letters."),
        (replace(HOME, name="I" * 121), "name", "A name has at most 120 characters on a label."),
        (replace(HOME, phone="call me"), "phone", "This is no phone number."),
    ],
)
def test_each_hold_of_an_address_says_what_is_wrong_in_its_field(
    floor: Floor, address: AddressDraft, field: str, sentence: str
) -> None:
    stuck_order(floor, address, "not one" if address.phone else None)
    open_queue(floor, 2)

    sheet = open_by_card(floor)

    assert sheet.address.fields[field].fault == sentence


def test_what_still_holds_an_order_is_said(floor: Floor) -> None:
    order = stuck_order(floor, replace(HOME, postal_code="502000"))
    site = office(floor)
    desk.hold(site.station, [order], kind="desk", text="wait for the call")
    open_queue(floor, 2)
    sheet = open_by_card(floor)
    type_into(sheet, "postal_code", "5020")
    sheet.submit()

    floor.says("is saved. It is still on hold: desk")
    with floor.desk.site.database.reading() as session:
        kinds = session.scalars(select(Hold.kind).where(Hold.released_at.is_(None))).all()
    assert list(kinds) == ["desk"]


def test_a_contact_that_cannot_be_used_is_mended_by_an_e_mail_address(floor: Floor) -> None:
    order = stuck_order(floor, replace(HOME, phone="call me"), "not one")
    open_queue(floor, 2)
    sheet = open_by_card(floor)
    assert sheet.address.fields["email"].fault == "This is no e-mail address."
    type_into(sheet, "email", "ida@harbour.test")
    sheet.submit()

    floor.says("is saved. Nothing of it is missing")
    with floor.desk.site.database.reading() as session:
        owner = session.get_one(Customer, session.get_one(Order, order).customer_id)
        assert owner.email == "ida@harbour.test"


def test_f3_edits_the_chosen_order_and_only_one(floor: Floor) -> None:
    office(floor).promised({MUG: 1})
    open_queue(floor, 2)
    queue = floor.screen.queue
    queue.model.toggle(0)
    queue.model.toggle(1)
    floor.key(Qt.Key.Key_F3)
    floor.says("One order is edited at a time")
    assert floor.station.edits.sheet.isHidden()

    queue.model.toggle(1)
    floor.key(Qt.Key.Key_F3)
    sheet = opened(floor)
    row = queue.model.row(0)
    assert row is not None and sheet.form is not None
    assert sheet.form.order == row.id
    QTest.keyClick(sheet.address.fields["city"].edit, Qt.Key.Key_Escape)
    assert sheet.isHidden()
    assert queue.model.ticks == (row.id,), "Esc has closed the sheet and nothing else"


def test_who_may_not_edit_is_told_and_loses_nothing(floor: Floor) -> None:
    order = stuck_order(floor, replace(HOME, postal_code="502000"))
    open_queue(floor, 2)
    sheet = open_by_card(floor)
    type_into(sheet, "postal_code", "5020")
    person = floor.desk.workplace.station.person
    assert person is not None
    floor.desk.workplace.station.person = Person(
        person.id, person.badge, person.name, frozenset({Role.PACKER})
    )
    sheet.submit()

    floor.bot.waitUntil(lambda: not sheet.is_busy, timeout=15_000)
    assert not sheet.refused.isHidden()
    assert sheet.address.fields["postal_code"].text == "5020"
    assert entry(floor, order).held


def test_signing_out_closes_the_sheet(floor: Floor) -> None:
    stuck_order(floor, replace(HOME, postal_code="502000"))
    open_queue(floor, 2)
    sheet = open_by_card(floor)

    floor.answered(partial(floor.key, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier))

    floor.bot.waitUntil(sheet.isHidden, timeout=15_000)


def test_a_database_that_does_not_answer_loses_nothing(floor: Floor) -> None:
    order = stuck_order(floor, replace(HOME, postal_code="502000"))
    open_queue(floor, 2)
    sheet = open_by_card(floor)
    type_into(sheet, "postal_code", "5020")
    with closing(sqlite3.connect(floor.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        sheet.submit()
        floor.bot.waitUntil(lambda: not sheet.is_busy, timeout=15_000)
        assert not sheet.refused.isHidden()
        assert sheet.address.fields["postal_code"].text == "5020"
        other.execute("ROLLBACK")

    QTest.keyClick(sheet.address.fields["postal_code"].edit, Qt.Key.Key_Return)

    floor.says("is saved. Nothing of it is missing")
    assert not entry(floor, order).held


@pytest.mark.parametrize("change", [OrderEdit(address=HOME), OrderEdit(note="Ring twice")])
def test_what_somebody_else_has_edited_meanwhile_is_not_saved_over(floor: Floor, change: OrderEdit) -> None:
    order = stuck_order(floor, replace(HOME, postal_code="502000"))
    open_queue(floor, 2)
    sheet = open_by_card(floor)
    type_into(sheet, "address2", "Back door")
    assert desk.edit(office(floor).station, order, change).done
    sheet.submit()

    floor.bot.waitUntil(lambda: not sheet.is_busy, timeout=15_000)
    assert not sheet.refused.isHidden()
    assert sheet.address.fields["address2"].text == "Back door"
    assert address_of(floor, order).address2 == ""


def test_an_order_that_is_saved_is_told_so_when_it_cannot_be_read_after_it(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody told that it was not would save it twice."""
    order = stuck_order(floor, replace(HOME, postal_code="502000"))
    open_queue(floor, 2)
    sheet = open_by_card(floor)
    type_into(sheet, "postal_code", "5020")

    def gone(*_given: object) -> str:
        raise StoreError("database.failed", "The database is gone.")

    monkeypatch.setattr(order_form, "how_it_stands", gone)
    sheet.submit()

    floor.says("is saved.")
    assert sheet.isHidden()
    assert address_of(floor, order).postal_code == "5020"
