"""Changing an order that is there already, as long as the floor permits it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from oms_desktop.app import desk
from oms_desktop.db import Database
from oms_desktop.drafts import AddressDraft, Dated, LineDraft, LineEdit, OrderEdit
from oms_desktop.errors import InputError
from oms_desktop.models import (
    Address,
    Customer,
    Event,
    Fulfillment,
    Hold,
    JournalEntry,
    Order,
    OrderLine,
    Status,
)
from oms_desktop.workflow import holds, picking
from oms_desktop.workflow.books import prove
from oms_desktop.workflow.splitting import Share
from tests.builders import BOTTLE, MUG, NOON, TORCH, Site, draft_order
from tests.replaying import BROUGHT, assert_same_rows, calls_of, copy_rows, play_all, rows_of
from tests.workflow.tour import Floor

NEW = AddressDraft(
    name="Ida Example", address1="Harbour Row 3", city="Hamburg", postal_code="20457", country_code="DE"
)


def new_line(sku: str, units: int) -> LineDraft:
    return LineDraft(sku, units, Decimal("4.00"), title=sku)


def order_now(site: Site, order: object) -> Order:
    with site.database.reading() as session:
        found = session.get_one(Order, order)
        session.expunge(found)
        return found


def assert_sound(database: Database) -> None:
    with database.reading() as session:
        assert prove(session).violations == ()


def refused(site: Site, order: object, change: OrderEdit, code: str) -> str:
    before = rows_of(site.database)
    verdict = desk.edit(site.station, order, change)  # type: ignore[arg-type]  # an order's id
    assert verdict.code == code
    assert rows_of(site.database) == before
    return verdict.text


def test_an_address_is_changed_and_its_hold_ends(database: Database) -> None:
    site = Site(database)
    order = site.promised({MUG: 1})
    with database.transaction() as session:
        row = session.get_one(Order, order)
        session.get_one(Address, row.ship_to_id).city = ""
    site.station.do(holds.hold, order=order, kind="address incomplete", text="The city is missing.")
    verdict = desk.edit(site.station, order, OrderEdit(address=NEW))

    assert verdict.done
    with database.reading() as session:
        row = session.get_one(Order, order)
        assert session.get_one(Address, row.ship_to_id).address1 == "Harbour Row 3"
        assert session.scalars(select(Hold.released_at)).one() is not None
        told = session.scalars(select(Event.facts).where(Event.kind == "edited")).one()
        calls = session.scalars(select(JournalEntry.arguments)).all()
    assert told == {"changed": "address"}
    assert "Harbour" not in str(calls)
    assert_sound(database)


def test_an_e_mail_address_is_changed_for_the_customer_and_mends_the_hold(database: Database) -> None:
    site = Site(database)
    order = site.promised({MUG: 1})
    assert desk.edit(site.station, order, OrderEdit(email="not one")).done
    with database.reading() as session:
        assert session.scalars(select(Hold.kind)).all() == ["contact malformed"]

    assert desk.edit(site.station, order, OrderEdit(email="ida@harbour.test")).done

    with database.reading() as session:
        assert session.scalars(select(Hold.released_at)).one() is not None
        owner = session.get_one(Customer, session.get_one(Order, order).customer_id)
        assert owner.email == "ida@harbour.test"
        assert "harbour" not in str(session.scalars(select(JournalEntry.arguments)).all())
    assert_sound(database)


def test_a_worse_address_holds_the_order(database: Database) -> None:
    site = Site(database)
    order = site.promised({MUG: 1})
    desk.edit(site.station, order, OrderEdit(address=replace(NEW, city="")))

    with database.reading() as session:
        kinds = session.scalars(select(Hold.kind).where(Hold.released_at.is_(None))).all()
    assert "address incomplete" in kinds
    assert_sound(database)


def test_another_bad_place_holds_though_the_old_one_was_let_go(database: Database) -> None:
    site = Site(database)
    order = site.promised({MUG: 1})
    bad = replace(NEW, postal_code="XYZ")
    for address, held in (
        (bad, True),
        (replace(bad, name="Bo Example"), False),
        (replace(bad, city="Kiel"), True),
    ):
        assert desk.edit(site.station, order, OrderEdit(address=address)).done
        with database.reading() as session:
            kinds = session.scalars(select(Hold.kind).where(Hold.released_at.is_(None))).all()
        assert kinds == (["address impossible"] if held else [])
        desk.release(site.station, [order])


def test_the_address_of_a_labelled_parcel_stays(database: Database) -> None:
    floor = Floor(database, 1)
    floor.confirm(1)
    floor.do(picking.done, pick_list=floor.tour.pick_list)
    assert desk.edit(floor.site.station, floor.order, OrderEdit(address=NEW)).done
    floor.pack()

    refused(floor.site, floor.order, OrderEdit(address=NEW), "order.labelled")
    assert desk.edit(floor.site.station, floor.order, OrderEdit(note="Ring twice.")).done


def test_lines_get_more_units_fewer_units_and_company(database: Database) -> None:
    site = Site(database)
    order = site.promised({MUG: 4, TORCH: 2})
    change = OrderEdit(lines=(LineEdit(1, 6), LineEdit(2, 0)), new_lines=(new_line(BOTTLE, 3),))
    assert desk.edit(site.station, order, change).done

    with database.reading() as session:
        rows = session.scalars(
            select(OrderLine).where(OrderLine.order_id == order).order_by(OrderLine.position)
        ).all()
        found = [(row.sku, row.ordered, row.allocated, row.cancelled) for row in rows]
    assert found == [(MUG, 6, 6, 0), (TORCH, 2, 0, 2), (BOTTLE, 3, 3, 0)]
    assert_sound(database)
    other = site.promised({TORCH: 10})
    assert site.line(other).allocated == 10


def test_units_in_a_pickers_hands_stay(database: Database) -> None:
    floor = Floor(database, 3)
    text = refused(floor.site, floor.order, OrderEdit(lines=(LineEdit(1, 2),)), "order.in_hand")
    assert "being picked by system at PICK-3" in text

    assert desk.edit(floor.site.station, floor.order, OrderEdit(lines=(LineEdit(1, 5),))).done
    assert floor.counters == {"allocated": 5}
    assert desk.edit(floor.site.station, floor.order, OrderEdit(lines=(LineEdit(1, 3),))).done
    assert floor.counters == {"allocated": 3, "cancelled": 2}
    floor.assert_sound()


def test_picked_units_are_not_edited_away(database: Database) -> None:
    floor = Floor(database, 3)
    floor.confirm(3)
    floor.do(picking.done, pick_list=floor.tour.pick_list)
    refused(floor.site, floor.order, OrderEdit(lines=(LineEdit(1, 1),)), "order.picked")


def test_an_edit_leaves_something(database: Database) -> None:
    site = Site(database)
    order = site.promised({MUG: 4})
    refused(site, order, OrderEdit(lines=(LineEdit(1, 0),)), "order.nothing_left")


def test_a_cancelled_order_is_not_edited(database: Database) -> None:
    site = Site(database)
    order = site.promised({MUG: 4})
    site.station.do(holds.cancel, order=order, reason="wish of the customer")
    refused(site, order, OrderEdit(note="Ring twice."), "order.cancelled")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (OrderEdit(lines=(LineEdit(7, 1),)), "order.no_line"),
        (OrderEdit(lines=(LineEdit(1, -1),)), "order.quantity"),
        (OrderEdit(new_lines=(new_line("NO-SUCH", 1),)), "order.unknown_sku"),
        (OrderEdit(new_lines=(new_line(MUG, 0),)), "order.quantity"),
        (OrderEdit(lines=(LineEdit(1, 1_000_001),)), "order.quantity"),
        (OrderEdit(lines=(LineEdit(1, 5), LineEdit(1, 1))), "order.line_twice"),
        (OrderEdit(new_lines=(new_line(MUG, 1_000_001),)), "order.quantity"),
        (OrderEdit(new_lines=(replace(new_line(MUG, 1), price=Decimal("1e15")),)), "order.price"),
        (OrderEdit(note="a\0b"), "order.letters"),
        (OrderEdit(address=replace(NEW, name="\ud800")), "order.letters"),
    ],
)
def test_what_cannot_be_is_refused(database: Database, change: OrderEdit, code: str) -> None:
    site = Site(database)
    order = site.promised({MUG: 4})
    before = rows_of(database)
    with pytest.raises(InputError) as why:
        desk.edit(site.station, order, change)

    assert why.value.code == code
    assert rows_of(database) == before


def test_dates_and_wishes(database: Database) -> None:
    site = Site(database)
    order = site.promised({MUG: 1})
    day = NOON + timedelta(days=2)
    change = OrderEdit(
        service="Express", note="Ring twice.", gift_message="Congratulations", ship_by=day, deliver_by=day
    )
    assert desk.edit(site.station, order, change).done
    row = order_now(site, order)
    assert (row.service, row.note, row.gift_message) == ("Express", "Ring twice.", "Congratulations")
    with database.reading() as session:
        assert session.scalars(select(Fulfillment.ship_by)).one() == row.ship_by == row.deliver_by == day

    assert desk.edit(site.station, order, OrderEdit(clears=(Dated.SHIP_BY,))).done
    assert (order_now(site, order).ship_by, order_now(site, order).deliver_by) == (None, day)


def test_an_order_that_is_to_ship_complete_gives_back_a_part(database: Database) -> None:
    site = Site(database, stock=2)
    order = site.promised({MUG: 2, TORCH: 3})
    assert desk.edit(site.station, order, OrderEdit(ship_complete=True)).done
    with database.reading() as session:
        assert session.scalars(select(Fulfillment.status)).all() == [Status.CANCELLED]
        assert session.scalar(select(func.sum(OrderLine.open))) == 5
    assert_sound(database)


def test_nothing_comes_to_what_ships_complete_and_has_begun(database: Database) -> None:
    floor = Floor(database, 2)
    assert desk.edit(floor.site.station, floor.order, OrderEdit(ship_complete=True)).done
    refused(floor.site, floor.order, OrderEdit(new_lines=(new_line(TORCH, 1),)), "order.begun")


def test_what_an_edit_frees_goes_to_who_waits(database: Database) -> None:
    site = Site(database)
    first, waiting = site.promised({TORCH: 10}), site.promised({TORCH: 4})
    change = OrderEdit(ship_complete=True, new_lines=(new_line(BOTTLE, 50),))
    assert desk.edit(site.station, first, change).done

    assert (site.line(first).allocated, site.line(waiting).allocated) == (0, 4)
    assert_sound(database)


def test_parts_become_one_or_the_order_is_not_to_ship_complete(database: Database) -> None:
    floor = Floor(database, 2)
    site = floor.site
    whole = OrderEdit(ship_complete=True)
    parted = site.promised({MUG: 4})
    assert desk.split(site.station, parted, [Share(site.line(parted).id, 3)]).done
    assert desk.edit(site.station, parted, whole).done
    with database.reading() as session:
        parts = session.scalars(
            select(Fulfillment.status).where(
                Fulfillment.order_id == parted, Fulfillment.status != Status.CANCELLED
            )
        ).all()
    assert parts == [Status.PROMISED]
    assert site.line(parted).allocated == 4
    assert desk.edit(site.station, floor.order, OrderEdit(new_lines=(new_line(BOTTLE, 1),))).done
    refused(site, floor.order, whole, "order.begun_apart")
    assert_sound(database)


def test_an_edit_is_the_same_wherever_it_is_played(sqlite: Database, postgresql: Database) -> None:
    site = Site(sqlite)
    order = site.promised({MUG: 4, TORCH: 2})
    change = OrderEdit(
        address=NEW,
        lines=(LineEdit(1, 6), LineEdit(2, 1)),
        new_lines=(new_line(BOTTLE, 3),),
        clears=(Dated.SHIP_BY,),
    )
    assert desk.edit(site.station, order, change).done
    copy_rows(sqlite, postgresql, BROUGHT)
    play_all(calls_of(sqlite), postgresql)

    assert_same_rows(sqlite, postgresql)
    assert draft_order({MUG: 1}).ship_to != NEW
