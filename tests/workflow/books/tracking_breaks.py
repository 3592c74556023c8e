"""Breaks of lots, serials, kits and counts."""

from uuid import UUID

from sqlalchemy import insert

from oms_desktop.models import Condition, Count, KitPart, Product, Serial, Stock, StockMove
from tests.builders import MUG, MUG_PLACE, NOON, TORCH, TORCH_PLACE
from tests.workflow.books.breaks import Expected, breaks, expect
from tests.workflow.books.world import Hand

NEW = UUID(int=77)
IN_PLACE = "a serial is where its moves have left it"
NAMED = "goods that are kept by lot name their lot"
SUM = "stock is the sum of its moves"


@breaks("every lot that lies somewhere is known")
def a_lot_nobody_knows(hand: Hand) -> Expected:
    place, torch = hand.world.place(TORCH_PLACE), hand.product(TORCH)
    hand.session.execute(
        insert(Stock).values(
            location_id=place,
            product_id=torch,
            lot="L1",
            condition=Condition.GOOD,
            warehouse_id=hand.world.walk.site.warehouse,
            on_hand=2,
            since=NOON,
        )
    )
    return expect(place, torch, words="2 of TRC-0400-BK at A-03-06-D2 are of lot L1", also=(SUM,))


@breaks(NAMED)
def goods_without_their_lot(hand: Hand) -> Expected:
    place, mug = hand.world.place(MUG_PLACE), hand.product(MUG)
    hand.set(Product, Product.id == mug, lot_tracked=True)
    return expect(place, mug, words="of MUG-0350-GN at A-07-03-B2 name no lot")


@breaks(IN_PLACE)
def a_serial_out_of_nowhere(hand: Hand) -> Expected:
    place, mug = hand.world.place(MUG_PLACE), hand.product(MUG)
    row = {"product_id": mug, "code": "S-1", "location_id": place, "moved_at": NOON}
    hand.session.execute(insert(Serial).values(row))
    return expect(place, mug, words="Serial S-1 of MUG-0350-GN is at A-07-03-B2 1 times by the book, 0 times")


@breaks("a move that names a serial moves one unit")
def two_units_of_one_serial(hand: Hand) -> Expected:
    line = hand.line(hand.world.picking)
    move = hand.one(StockMove.id, StockMove.order_line_id == line)
    hand.set(StockMove, StockMove.id == move, serial="S-1", quantity=2)
    return expect(
        move,
        words="A move of serial S-1 of MUG-0350-GN moves 2 units",
        also=(IN_PLACE, SUM, "picked units lie in totes"),
    )


@breaks("no shelf has more units than serials")
def units_without_serials(hand: Hand) -> Expected:
    place, mug = hand.world.place(MUG_PLACE), hand.product(MUG)
    hand.set(Product, Product.id == mug, serial_tracked=True)
    return expect(place, mug, words="14 of MUG-0350-GN are at A-07-03-B2, but only 0 serials")


@breaks("a kit has no stock")
def a_kit_on_the_shelf(hand: Hand) -> Expected:
    place, mug, torch = hand.world.place(MUG_PLACE), hand.product(MUG), hand.product(TORCH)
    hand.session.execute(insert(KitPart).values(kit_id=mug, part_id=torch, quantity=1))
    return expect(place, mug, words="14 of MUG-0350-GN are at A-07-03-B2, but it is a kit")


@breaks("a count that is closed says what was found")
def a_count_without_numbers(hand: Hand) -> Expected:
    row = {"id": NEW, "location_id": hand.world.place(MUG_PLACE), "product_id": hand.product(MUG)}
    hand.session.execute(insert(Count).values(**row, reason="is it empty?", opened_at=NOON, closed_at=NOON))
    return expect(NEW, words="The count of MUG-0350-GN at A-07-03-B2 (is it empty?) is closed without")
