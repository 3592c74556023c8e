"""Breaks of stock, reservations, order lines and cancelled orders."""

from sqlalchemy import insert, select

from oms_desktop.models import (
    Condition,
    Fulfillment,
    Location,
    LocationKind,
    Order,
    OrderLine,
    Parcel,
    ParcelItem,
    ParcelStatus,
    PickTask,
    Status,
    Stock,
    StockMove,
    Threshold,
    Warehouse,
)
from tests.builders import BOTTLE, BOTTLE_PLACE, MUG, MUG_PLACE, NOON, TORCH, TORCH_PLACE
from tests.workflow.books.breaks import Expected, breaks, expect
from tests.workflow.books.world import Hand

RESERVED = "reserved stock is what pick tasks still ask for"
ALLOCATED = "allocated units are what pick tasks still ask for"
TAKEN = "pick tasks have taken what went on from the shelf"
IN_TOTES = "picked units lie in totes"
ADDS_UP = "the units of an order line add up"
LISTED = "a parcel lists what was put into it"
INSIDE = "stock in a parcel is what it lists"
SUM = "stock is the sum of its moves"


@breaks(SUM)
def stock_appears(hand: Hand) -> Expected:
    place, mug = hand.world.place(MUG_PLACE), hand.product(MUG)
    hand.set(Stock, Stock.location_id == place, Stock.product_id == mug, on_hand=Stock.on_hand + 5)
    return expect(place, mug, words="A-07-03-B2 holds 19 of MUG-0350-GN (good) by its stock row, 14 by its")


@breaks("no stock is negative")
def stock_below_zero(hand: Hand) -> Expected:
    place = hand.world.place(BOTTLE_PLACE)
    hand.set(Stock, Stock.location_id == place, on_hand=-1, allocated=-1)
    return expect(
        place, hand.product(BOTTLE), words="A-07-08-C1 holds -1 of BTL-0750-ST", also=(SUM, RESERVED)
    )


@breaks("only physical places have stock")
def stock_at_the_customer(hand: Hand) -> Expected:
    customer = hand.one(Location.id, Location.kind == LocationKind.CUSTOMER)
    row = {
        "location_id": customer,
        "product_id": hand.product(MUG),
        "warehouse_id": hand.world.walk.site.warehouse,
        "condition": Condition.GOOD,
        "since": NOON,
    }
    hand.session.execute(insert(Stock).values(row))
    return expect(customer, words="cannot lie at a place of the kind customer")


@breaks("no more is reserved than is there")
def too_much_reserved(hand: Hand) -> Expected:
    place = hand.world.place(TORCH_PLACE)
    hand.set(Stock, Stock.location_id == place, allocated=100)
    return expect(place, words="100 of TRC-0400-BK (good) are reserved at A-03-06-D2", also=(RESERVED,))


@breaks("stock stands in the warehouse of its place")
def stock_of_another_warehouse(hand: Hand) -> Expected:
    place, other = hand.world.place(MUG_PLACE), hand.world.place(TORCH_PLACE)
    hand.session.execute(
        insert(Warehouse).values(id=other, code="EAST", name="Annex", time_zone="Europe/Berlin")
    )
    hand.set(Stock, Stock.location_id == place, warehouse_id=other)
    return expect(place, words="MUG-0350-GN (good) at A-07-03-B2 is booked to another warehouse")


@breaks("every move moves something")
def a_move_of_nothing(hand: Hand) -> Expected:
    move = hand.session.scalars(select(StockMove)).first()
    assert move is not None
    row = {column.key: getattr(move, column.key) for column in StockMove.__table__.columns}
    row |= {"id": hand.product(MUG), "quantity": 0}
    hand.session.execute(insert(StockMove).values(row))
    return expect(hand.product(MUG), words=f"A move ({move.kind.value}) of 0 of")


@breaks(RESERVED)
def a_reservation_is_lost(hand: Hand) -> Expected:
    place, torch = hand.world.place(TORCH_PLACE), hand.product(TORCH)
    hand.set(Stock, Stock.location_id == place, allocated=0)
    return expect(place, torch, words="0 of TRC-0400-BK (good) are reserved at A-03-06-D2, while pick tasks")


@breaks("no pick task has more than it asks for")
def more_taken_than_asked(hand: Hand) -> Expected:
    task = hand.task(hand.world.picking)
    hand.set(PickTask, PickTask.id == task, picked=4)
    return expect(task, words="SO-1006: 4 of 3 units of MUG-0350-GN", also=(RESERVED, ALLOCATED, TAKEN))


@breaks("a pick task serves a line of its own order")
def a_task_for_another_line(hand: Hand) -> Expected:
    task, line = hand.task(hand.world.picking), hand.line(hand.world.packing)
    hand.set(PickTask, PickTask.id == task, order_line_id=line)
    return expect(
        task,
        line,
        words="The pick task for MUG-0350-GN at A-07-03-B2 belongs to order SO-1006",
        also=(ALLOCATED, TAKEN),
    )


@breaks(ADDS_UP)
def a_unit_too_many(hand: Hand) -> Expected:
    line = hand.line(hand.world.promised)
    hand.set(OrderLine, OrderLine.id == line, ordered=2)
    return expect(line, words="SO-1007, line 1 (TRC-0400-BK): 2 were ordered, but 1 are accounted for")


@breaks("no order line counts below zero")
def a_counter_below_zero(hand: Hand) -> Expected:
    line = hand.line(hand.world.promised)
    hand.set(OrderLine, OrderLine.id == line, open=-1, cancelled=1)
    return expect(line, words="SO-1007, line 1 (TRC-0400-BK): a counter is below zero")


@breaks("no more is returned than was shipped")
def more_came_back(hand: Hand) -> Expected:
    line = hand.line(hand.world.shipped)
    hand.set(OrderLine, OrderLine.id == line, returned=3)
    return expect(line, words="3 units came back, but only 2 were shipped")


@breaks(ALLOCATED)
def allocated_without_a_task(hand: Hand) -> Expected:
    line = hand.line(hand.world.promised)
    hand.set(OrderLine, OrderLine.id == line, allocated=0, open=1)
    return expect(line, words="0 units are allocated, while its pick tasks ask for 1")


@breaks(TAKEN)
def taken_by_nobody(hand: Hand) -> Expected:
    task, line = hand.task(hand.world.packing), hand.line(hand.world.packing)
    hand.set(PickTask, PickTask.id == task, picked=1, quantity=1)
    return expect(line, words="2 units are picked, packed or shipped, while its pick tasks have taken 1")


@breaks(IN_TOTES)
def picked_for_no_line(hand: Hand) -> Expected:
    line = hand.line(hand.world.picked)
    hand.set(StockMove, StockMove.order_line_id == line, order_line_id=None)
    return expect(line, words="SO-1004, line 1 (BTL-0750-ST): 1 units are picked or to be put back, while 0")


@breaks("packed units are in parcels")
def packed_nowhere(hand: Hand) -> Expected:
    line = hand.line(hand.world.loaded)
    hand.set(OrderLine, OrderLine.id == line, packed=0, open=1)
    return expect(line, words="0 units are packed, while parcels that are here list 1", also=(TAKEN,))


@breaks("shipped units are in shipped parcels")
def shipped_without_parcel(hand: Hand) -> Expected:
    line = hand.line(hand.world.shipped)
    hand.set(OrderLine, OrderLine.id == line, shipped=1, cancelled=1)
    return expect(line, words="1 units are shipped, while shipped parcels list 2", also=(TAKEN,))


@breaks("a cancelled order has no open units")
def cancelled_and_open(hand: Hand) -> Expected:
    line = hand.line(hand.world.cancelled)
    hand.set(OrderLine, OrderLine.id == line, open=1, cancelled=1)
    return expect(line, words="SO-1005 is cancelled, but its line 1 (TRC-0400-BK) has 1 open units")


@breaks("an order is cancelled in all its fulfillments")
def cancelled_by_half(hand: Hand) -> Expected:
    hand.set(Order, Order.id == hand.world.promised, cancelled_at=NOON)
    part = hand.part(hand.world.promised)
    return expect(part, words="Fulfillment 1 of order SO-1007 is promised; about being cancelled")


@breaks("a cancelled fulfillment reserves only while it is leased")
def reserved_for_nobody(hand: Hand) -> Expected:
    part = hand.part(hand.world.promised)
    hand.set(Order, Order.id == hand.world.promised, cancelled_at=NOON)
    hand.set(Fulfillment, Fulfillment.id == part, status=Status.CANCELLED)
    return expect(part, words="SO-1007 is cancelled and in nobody's hands, but still reserves 1 units")


@breaks("no parcel of a cancelled fulfillment is closed")
def cancelled_and_loaded(hand: Hand) -> Expected:
    hand.set(Order, Order.id == hand.world.loaded, cancelled_at=NOON)
    hand.set(Fulfillment, Fulfillment.order_id == hand.world.loaded, status=Status.CANCELLED)
    return expect(
        hand.parcel(hand.world.loaded),
        words="SO-1002 is cancelled, but its parcel 1 is loaded",
        also=("packed units are in parcels",),
    )


@breaks(LISTED)
def listed_without_a_scan(hand: Hand) -> Expected:
    parcel, line = hand.parcel(hand.world.packing), hand.line(hand.world.packing)
    hand.set(ParcelItem, ParcelItem.parcel_id == parcel, quantity=2)
    return expect(
        parcel,
        line,
        words="Parcel 1 of order SO-1003 lists 2 of MUG-0350-GN, while 1 were put in",
        also=(INSIDE, "packed units are in parcels"),
    )


@breaks("shipped goods are with the customer")
def handed_over_to_nobody(hand: Hand) -> Expected:
    parcel = hand.parcel(hand.world.shipped)
    customer = hand.one(Location.id, Location.kind == LocationKind.CUSTOMER)
    scrap = hand.one(Location.id, Location.kind == LocationKind.SCRAP)
    line = hand.line(hand.world.shipped)
    hand.set(StockMove, StockMove.target_id == customer, StockMove.order_line_id == line, target_id=scrap)
    return expect(
        parcel,
        words="SO-1001 should have brought 2 of MUG-0350-GN to the customer; 0 went there",
        also=(LISTED,),
    )


@breaks(INSIDE)
def stock_in_a_parcel(hand: Hand) -> Expected:
    parcel = hand.parcel(hand.world.loaded)
    place = hand.one(Parcel.location_id, Parcel.id == parcel)
    hand.set(Stock, Stock.location_id == place, on_hand=4)
    return expect(parcel, words="should hold 1 of MUG-0350-GN, while its stock is 4", also=(SUM,))


@breaks("no parcel lists less than nothing")
def less_than_nothing(hand: Hand) -> Expected:
    parcel = hand.parcel(hand.world.packing)
    hand.set(ParcelItem, ParcelItem.parcel_id == parcel, quantity=-1)
    return expect(
        parcel,
        words="Parcel 1 of order SO-1003 lists -1 of MUG-0350-GN",
        also=(LISTED, INSIDE, "packed units are in parcels"),
    )


@breaks("a parcel lists only lines of its own order")
def foreign_line(hand: Hand) -> Expected:
    parcel, line = hand.parcel(hand.world.packing), hand.line(hand.world.loaded)
    row = {
        "parcel_id": parcel,
        "order_line_id": line,
        "condition": Condition.GOOD,
        "product_id": hand.product(MUG),
        "quantity": 0,
    }
    hand.session.execute(insert(ParcelItem).values(row))
    return expect(parcel, line, words="Parcel 1 of order SO-1003 lists 0 of MUG-0350-GN, which is another")


@breaks("a closed parcel is not empty")
def empty_and_closed(hand: Hand) -> Expected:
    parcel = hand.parcel(hand.world.loaded)
    hand.set(ParcelItem, ParcelItem.parcel_id == parcel, quantity=0)
    assert hand.one(Parcel.status, Parcel.id == parcel) is ParcelStatus.LOADED
    return expect(
        parcel,
        words="Parcel 1 of order SO-1002 is loaded, but lists nothing",
        also=(LISTED, INSIDE, "packed units are in parcels"),
    )


@breaks("the numbers of a threshold rise")
def a_threshold_falls(hand: Hand) -> Expected:
    place, mug = hand.world.place(MUG_PLACE), hand.product(MUG)
    row = {"location_id": place, "product_id": mug, "minimum": 2, "reorder_at": 3, "fill_to": 3}
    hand.session.execute(insert(Threshold).values(row))
    return expect(place, mug, words="MUG-0350-GN at A-07-03-B2 does not rise: minimum 2, reorder at 3, fill")


@breaks("an alert stands where little is free, and nowhere else")
def an_alert_is_missing(hand: Hand) -> Expected:
    place, mug = hand.world.place(MUG_PLACE), hand.product(MUG)
    row = {"location_id": place, "product_id": mug, "minimum": 0, "reorder_at": 90, "fill_to": 99}
    hand.session.execute(insert(Threshold).values(row))
    return expect(place, mug, words="no alert stands, while what is free there asks for a reorder alert")
