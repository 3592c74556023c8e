"""A count books what was found, opens reservations again, and takes a place out of doubt."""

import pytest
from sqlalchemy import select

from oms_desktop.db import Database
from oms_desktop.errors import OmsError
from oms_desktop.models import Count, Event, Fulfillment, MoveKind, PickTask, Status
from oms_desktop.workflow import claims, counting, picking, promise, stock
from oms_desktop.workflow.books import prove
from oms_desktop.workflow.counting import Counted, Found
from oms_desktop.workflow.receiving import Receipt
from tests.builders import MUG, MUG_PLACE
from tests.replaying import rows_of
from tests.workflow.yard import DAMAGED, DRILL, GOOD, JUNE, TEA, Yard


def counted(yard: Yard, *found: Found, sku: str = MUG) -> Counted:
    return yard.do(
        counting.count, location=yard.site.place(MUG_PLACE), product=yard.product(sku), found=found
    )


def ask(yard: Yard, sku: str = MUG) -> None:
    yard.do(
        counting.open_count,
        location=yard.site.place(MUG_PLACE),
        product=yard.product(sku),
        reason="is the bin empty?",
    )


def open_counts(yard: Yard) -> list[Count]:
    with yard.database.reading() as session:
        return list(session.scalars(select(Count).where(Count.closed_at.is_(None))))


@pytest.mark.parametrize(("found", "units"), [(10, 0), (13, 3), (7, -3), (0, -10)])
def test_a_difference_is_booked(database: Database, found: int, units: int) -> None:
    yard = Yard(database)
    ask(yard)

    assert counted(yard, Found(found)) == Counted(found, 10, True, 0)

    assert yard.at(MUG_PLACE, MUG) == (found, 0)
    if units:
        (move,) = yard.moves()
        assert (move.kind, move.quantity) == (MoveKind.COUNT, abs(units))
        assert move.reason == f"counted {found}, booked 10"
    with database.reading() as session:
        row = session.scalars(select(Count)).one()
        assert (row.counted, row.booked, row.closed_by) == (found, 10, yard.site.station.person.id)  # type: ignore[union-attr]  # somebody is signed in


def test_a_place_in_doubt_is_promised_from_again_once_it_is_counted(database: Database) -> None:
    yard = Yard(database)
    ask(yard)
    order = yard.site.order({MUG: 2})
    assert yard.do(promise.allocate, order=order, warehouse=yard.site.warehouse).allocated == 0
    ask(yard)
    assert len(open_counts(yard)) == 1
    counted(yard, Found(10))
    assert yard.do(promise.allocate, order=order, warehouse=yard.site.warehouse).allocated == 2


def test_the_least_urgent_reservation_opens_again(database: Database) -> None:
    yard = Yard(database)
    first, second = yard.site.promised({MUG: 4}), yard.site.promised({MUG: 5})

    assert counted(yard, Found(5)) == Counted(5, 10, True, 4)

    assert (yard.site.line(first).allocated, yard.site.line(second).allocated) == (4, 1)
    assert yard.site.line(second).open == 4
    assert yard.at(MUG_PLACE, MUG) == (5, 5)
    counted(yard, Found(4))
    with database.reading() as session:
        part = session.scalars(select(Fulfillment).where(Fulfillment.order_id == second)).one()
        assert part.status is Status.CANCELLED


def test_what_is_being_picked_is_not_counted_away(database: Database) -> None:
    yard = Yard(database)
    order = yard.site.promised({MUG: 4})
    tote = yard.site.place("T-101")
    tour = yard.do(claims.claim_pick, warehouse=yard.site.warehouse, tote=tote, number=1)
    yard.site.promised({MUG: 5})
    before = rows_of(database)

    with pytest.raises(OmsError) as caught:
        counted(yard, Found(3))

    assert caught.value.code == "count.leased"
    assert "4 of MUG-0350-GN at A-07-03-B2 are being picked, but 3 were counted" in caught.value.text
    assert rows_of(database) == before
    assert counted(yard, Found(4)).reopened == 5
    with database.reading() as session:
        task = session.scalars(select(PickTask.id).where(PickTask.pick_list_id == tour.pick_list)).one()
    yard.do(picking.confirm, task=task, quantity=4, tote=tote)
    assert yard.site.line(order).picked == 4


def test_lots_that_are_not_named_stay_in_doubt(database: Database) -> None:
    yard = Yard(database)
    yard.bring(Receipt(TEA, MUG_PLACE, 5, lot="L1", expires_on=JUNE), Receipt(TEA, MUG_PLACE, 3, lot="L2"))
    ask(yard, TEA)

    assert not counted(yard, Found(4, "L1"), sku=TEA).closed
    assert (yard.at(MUG_PLACE, TEA, "L1"), yard.at(MUG_PLACE, TEA, "L2")) == ((4, 0), (3, 0))
    assert len(open_counts(yard)) == 1
    assert counted(yard, Found(4, "L1"), Found(3, "L2"), sku=TEA) == Counted(7, 7, True, 0)
    assert open_counts(yard) == []


def test_lots_may_be_counted_one_after_the_other(database: Database) -> None:
    yard = Yard(database)
    yard.bring(Receipt(TEA, MUG_PLACE, 5, lot="L1", expires_on=JUNE), Receipt(TEA, MUG_PLACE, 3, lot="L2"))
    ask(yard, TEA)

    assert not counted(yard, Found(5, "L1"), sku=TEA).closed
    assert counted(yard, Found(3, "L2"), sku=TEA) == Counted(8, 8, True, 0)
    assert open_counts(yard) == []


def test_an_order_that_loses_several_lots_is_told_so_once(database: Database) -> None:
    yard = Yard(database)
    yard.bring(Receipt(TEA, MUG_PLACE, 2, lot="L1", expires_on=JUNE), Receipt(TEA, MUG_PLACE, 2, lot="L2"))
    order = yard.site.promised({TEA: 4})

    assert counted(yard, Found(0, "L1"), Found(0, "L2"), sku=TEA).reopened == 4

    assert yard.site.line(order).allocated == 0
    with database.reading() as session:
        told = select(Event.order_id).where(Event.kind == "stock missing")
        assert session.scalars(told).all() == [order]
        part = session.scalars(select(Fulfillment).where(Fulfillment.order_id == order)).one()
        assert part.status is Status.CANCELLED
        assert prove(session).violations == ()


def test_a_doubt_that_comes_again_asks_for_all_lots_again(database: Database) -> None:
    yard = Yard(database)
    yard.bring(Receipt(TEA, MUG_PLACE, 5, lot="L1", expires_on=JUNE), Receipt(TEA, MUG_PLACE, 3, lot="L2"))
    ask(yard, TEA)
    counted(yard, Found(5, "L1"), sku=TEA)
    ask(yard, TEA)

    assert not counted(yard, Found(3, "L2"), sku=TEA).closed
    assert counted(yard, Found(5, "L1"), sku=TEA).closed


def test_damaged_goods_are_counted_apart(database: Database) -> None:
    yard = Yard(database)
    mug, here = yard.product(MUG), yard.site.place(MUG_PLACE)
    yard.do(stock.grade, product=mug, location=here, quantity=2, before=GOOD, after=DAMAGED, reason="dented")
    assert counted(yard, Found(8), Found(1, condition=DAMAGED)) == Counted(9, 10, True, 0)


def test_serials_say_which_unit_is_lost_and_which_was_found(database: Database) -> None:
    yard = Yard(database)
    yard.bring(Receipt(DRILL, MUG_PLACE, 3, serials=("S-1", "S-2", "S-3")))
    counted(yard, Found(3, serials=("S-1", "S-3", "S-4")), sku=DRILL)
    here = sorted(code for code, place in yard.serials().items() if place == MUG_PLACE)
    assert here == ["S-1", "S-3", "S-4"]
    counted(yard, Found(2), sku=DRILL)
    assert yard.at(MUG_PLACE, DRILL) == (2, 0)


@pytest.mark.parametrize(
    ("code", "sku", "found"),
    [
        ("stock.quantity", MUG, ()),
        ("stock.quantity", MUG, (Found(-1),)),
        ("stock.quantity", MUG, (Found(1_000_000_000),)),
        ("stock.counted_twice", MUG, (Found(1), Found(2))),
        ("stock.unknown_lot", TEA, (Found(1, "L9"),)),
        ("stock.lot_wanted", TEA, (Found(1),)),
        ("stock.serial_wanted", DRILL, (Found(2),)),
    ],
)
def test_what_cannot_have_been_counted(
    database: Database, code: str, sku: str, found: tuple[Found, ...]
) -> None:
    yard = Yard(database)
    before = rows_of(database)
    with pytest.raises(OmsError) as caught:
        counted(yard, *found, sku=sku)
    assert caught.value.code == code
    assert rows_of(database) == before
