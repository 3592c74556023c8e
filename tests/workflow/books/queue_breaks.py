"""Breaks of what the queue shows beside the orders."""

from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act
from oms_desktop.models import Order, QueueEntry, QueueTally, Stage, Worker
from oms_desktop.workflow import board
from tests.builders import NOON
from tests.workflow.books.breaks import Expected, breaks, expect
from tests.workflow.books.world import Hand

AS_IT_IS = "the queue shows each order as it is"
TALLIED = "the tallies of the queue count its entries"


def follow(session: Session) -> None:
    """Let the queue show what was broken, so that only what was broken is found."""
    worker = session.scalars(select(Worker.id).limit(1)).one()
    act = Act(call=UUID(int=0), worker=worker, station="PICK-3", at=NOON)
    board.settle(session, act, session.scalars(select(Order.id)))


@breaks(AS_IT_IS)
def shown_further_than_it_is(hand: Hand) -> Expected:
    order = hand.world.promised
    hand.set(QueueEntry, QueueEntry.order_id == order, stage=Stage.PACKED)
    return expect(order, words="does not show order SO-1007 as it is", also=(TALLIED,))


@breaks("the queue names who has an order")
def somebody_else_has_it(hand: Hand) -> Expected:
    order = hand.world.picking
    hand.set(QueueEntry, QueueEntry.order_id == order, assignee_id=None)
    return expect(order, words="for order SO-1006")


@breaks("the queue names the zones of an order")
def in_another_zone(hand: Hand) -> Expected:
    order = hand.world.promised
    hand.set(QueueEntry, QueueEntry.order_id == order, zones="Q")
    return expect(order, words='shows the zones "Q" for order SO-1007')


@breaks(TALLIED)
def counted_twice(hand: Hand) -> Expected:
    hand.session.execute(insert(QueueTally).values(bucket="picked", slot=99, orders=1))
    return expect(words='The tally "picked" of the queue says 3 orders, its entries are 2')
