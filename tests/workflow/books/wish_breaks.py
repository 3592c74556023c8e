"""Breaks of what the desk has wanted: holds, merged orders, parts, kits, urgency, pickers."""

from uuid import UUID

from sqlalchemy import insert

from oms_desktop.models import Fulfillment, Hold, Location, Order, OrderLine, PickTask, PutBack, Worker
from tests.builders import NOON
from tests.workflow.books.breaks import Expected, breaks, expect
from tests.workflow.books.goods_breaks import TAKEN
from tests.workflow.books.world import Hand

NEW = UUID(int=7)


def held(hand: Hand, **more: object) -> None:
    row = {"id": NEW, "order_id": hand.world.promised, "kind": "desk", "text": "Wait.", "set_at": NOON}
    hand.session.execute(insert(Hold).values(**row, set_by=hand.one(Worker.id), **more))


@breaks("a hold that has ended says who ended it")
def ended_by_nobody(hand: Hand) -> Expected:
    held(hand, released_at=NOON)
    return expect(NEW, words='The hold "desk" of order SO-1007 is half ended')


@breaks("an order that gave back its stock has none promised")
def kept_what_was_freed(hand: Hand) -> Expected:
    held(hand, frees_stock=True)
    part = hand.part(hand.world.promised)
    return expect(part, words="of order SO-1007 is promised, though a hold has given back")


@breaks("a merged order has given all away")
def merged_in_words_only(hand: Hand) -> Expected:
    order, into = hand.world.picked, hand.world.promised
    hand.set(Order, Order.id == order, merged_into_id=into)
    return expect(order, into, words="Order SO-1004 is merged into SO-1007")


@breaks("the parts of an order are numbered from 1 without a gap")
def a_part_is_missing(hand: Hand) -> Expected:
    order = hand.world.promised
    hand.set(Fulfillment, Fulfillment.order_id == order, number=2)
    return expect(order, words="SO-1007 has 1 fulfillments, but the last one has the number 2")


@breaks("picked work has taken something")
def nothing_in_the_tote(hand: Hand) -> Expected:
    part = hand.part(hand.world.picked)
    hand.set(PickTask, PickTask.fulfillment_id == part, quantity=0, picked=0)
    return expect(part, words="SO-1004 is picked, but nothing was taken", also=(TAKEN,))


@breaks("work under way is as urgent as its order")
def nobody_told_the_picker(hand: Hand) -> Expected:
    part = hand.part(hand.world.promised)
    hand.set(Fulfillment, Fulfillment.id == part, priority=2)
    return expect(part, words="SO-1007 is promised, with another priority")


@breaks("assigned work is picked by nobody else")
def taken_by_another(hand: Hand) -> Expected:
    part = hand.part(hand.world.picking)
    hand.session.execute(insert(Worker).values(id=NEW, badge="B-9", name="Nele Other", pin_hash=""))
    hand.set(Fulfillment, Fulfillment.id == part, assigned_to=NEW)
    return expect(part, words="SO-1006 is started, assigned to B-9, but somebody else has it at PICK-3")


@breaks("a line that is not picked here asks for nothing")
def a_card_that_is_picked(hand: Hand) -> Expected:
    line = hand.line(hand.world.promised)
    hand.set(OrderLine, OrderLine.id == line, not_picked="gift card")
    return expect(line, words="line 1 (TRC-0400-BK) is not picked here (gift card)")


@breaks("a kit is picked by its parts")
def a_part_of_no_kit(hand: Hand) -> Expected:
    kit, part = hand.line(hand.world.shipped, 1), hand.line(hand.world.shipped, 2)
    hand.set(OrderLine, OrderLine.id == part, parent_id=kit)
    return expect(part, words="Order SO-1001, line 2 (TRC-0400-BK) is a kit without parts")


@breaks("goods to be put back lie where they are asked from")
def asked_from_elsewhere(hand: Hand) -> Expected:
    line = hand.line(hand.world.cancelled)
    other = hand.id(Location, Location.code == "T-105")
    hand.set(PutBack, PutBack.order_line_id == line, location_id=other)
    return expect(line, other, words="1 to be put back from T-105, where by the moves 0 are")
