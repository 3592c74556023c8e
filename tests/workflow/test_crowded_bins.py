"""Eight connections at a few bins: nothing is oversold, nobody waits for ever, the books are sound.

Schedule 20 with more of everybody: allocators, waves, pickers, goods that come, cancels and shorts, hands
that take more than they should, all at once. A count that a short has asked for is closed by hand, so that
its place is promised again.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, func, select, update

from oms_desktop.db import Database
from oms_desktop.errors import StateError
from oms_desktop.models import Count, Location, LocationKind, Order, PickTask, Stock
from oms_desktop.station import Station
from oms_desktop.workflow import catalog, claims, holds, picking, promise
from oms_desktop.workflow.books import prove
from oms_desktop.workflow.worklists.waiting import waiting_orders
from tests.builders import BOTTLE, BOTTLE_PLACE, MUG, MUG_PLACE, NOON, TORCH, TORCH_PLACE, Site
from tests.crowd import together

STATIONS = 8
SKUS = (MUG, BOTTLE, TORCH)
PLACES = {MUG: MUG_PLACE, BOTTLE: BOTTLE_PLACE, TORCH: TORCH_PLACE}
DEADLOCK = "40P01"

R = TypeVar("R")


@dataclass
class Hand:
    """Somebody at one station who does anything, with a tote of their own."""

    site: Site
    own: Station
    number: int
    chance: Random
    tour: claims.Tour | None = None
    deadlocks: int = 0
    most: int = 0
    done: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.tote = self.site.place(f"C-{self.number}")
        event.listen(self.own.store.engine, "handle_error", self._note)

    def _note(self, context: Any) -> None:
        self.deadlocks += getattr(context.original_exception, "sqlstate", "") == DEADLOCK

    def step(self) -> None:
        """Do one thing; what nobody wants just now is refused, which is fine."""
        steps: list[Callable[[], object]] = [
            self.allocate,
            self.allocate,
            self.wave,
            self.pick,
            self.pick,
            self.pick,
            self.snatch,
            self.short,
            self.finish,
            self.cancel,
            self.receive,
            self.count,
        ]
        chosen = self.chance.choice(steps)
        try:
            chosen()
            self.done[chosen.__name__] += 1
        except StateError as error:
            self.done[error.code] += 1

    def _do(self, verb: Callable[..., R], **arguments: Any) -> R:
        """Call a verb, and keep how many deadlocks a single call has met at most."""
        self.deadlocks = 0
        try:
            return self.own.do(verb, **arguments)
        finally:
            self.most = max(self.most, self.deadlocks)

    def allocate(self) -> None:
        self._do(promise.allocate, order=self._order())

    def wave(self) -> None:
        with self.own.store.reading() as session:
            orders = waiting_orders(session)
        self._do(promise.wave, orders=orders)

    def pick(self) -> None:
        if self.tour is None:
            number = self.own.number("tour")
            self.tour = self._do(
                claims.claim_pick, warehouse=self.site.warehouse, tote=self.tote, number=number
            )
        for task in self._stops():
            units = self.chance.randint(1, task.quantity - task.picked)
            self._do(picking.confirm, task=task.id, quantity=units, tote=self.tote)

    def snatch(self) -> None:
        """Take one more than a stop asks for, and put it back."""
        for task in self._stops()[:1]:
            units = task.quantity - task.picked + 1
            self._do(picking.confirm, task=task.id, quantity=units, tote=self.tote)
            self._do(picking.undo, task=task.id, quantity=1, tote=self.tote)

    def short(self) -> None:
        for task in self._stops()[:1]:
            self._do(picking.short, task=task.id, counted=task.picked, reason="empty")

    def finish(self) -> None:
        """End the tour; what it took goes back to the shelf by hand, so that the tote is free again."""
        if self.tour is None:
            return
        for task in self._stops(taken=True):
            self._do(picking.undo, task=task.id, quantity=task.picked, tote=self.tote)
        self._do(picking.done, pick_list=self.tour.pick_list)
        self._do(promise.allocate_rest, fulfillment=self.tour.fulfillment)
        self.tour = None

    def cancel(self) -> None:
        if self.chance.random() < 0.3:
            self._do(holds.cancel, order=self._order(), reason="wish of the customer")

    def receive(self) -> None:
        sku = self.chance.choice(SKUS)
        rows = (catalog.ReceiptRow(sku, PLACES[sku], 1 + self.chance.randrange(4)),)
        self._do(catalog.receive, warehouse=self.site.warehouse, rows=rows)

    def count(self) -> None:
        """Close what is to be counted: it is as the book says."""
        self.own.store.change(
            lambda session: session.execute(
                update(Count)
                .where(Count.closed_at.is_(None))
                .values(closed_at=NOON, counted=0, booked=0, closed_by=UUID(int=1))
            )
        )

    def _order(self) -> UUID:
        with self.own.store.reading() as session:
            return self.chance.choice(session.scalars(select(Order.id).order_by(Order.id)).all())

    def _stops(self, *, taken: bool = False) -> list[PickTask]:
        if self.tour is None:
            return []
        wanted = PickTask.picked > 0 if taken else PickTask.quantity > PickTask.picked
        with self.own.store.reading() as session:
            tasks = session.scalars(
                select(PickTask)
                .where(PickTask.pick_list_id == self.tour.pick_list, wanted)
                .order_by(PickTask.position)
            ).all()
            session.expunge_all()
        return list(tasks)


def working(site: Site, number: int, steps: int) -> Callable[[Station], Hand]:
    def work(own: Station) -> Hand:
        own.new_call = uuid4
        hand = Hand(site, own, number, Random(number))
        for _step in range(steps):
            hand.step()
        return hand

    return work


@pytest.mark.parametrize("steps", [40, pytest.param(12_500, marks=[pytest.mark.soak])])
def test_nothing_is_oversold_however_many_are_at_it(database: Database, steps: int) -> None:
    site = Site(database, stock=12)
    bring_totes(site)
    for number in range(30 if steps < 1000 else 300):
        chance = Random(number)
        site.order({sku: chance.randint(1, 3) for sku in chance.sample(SKUS, 2)})
    hands = together(
        database, site.station.person, [working(site, number, steps) for number in range(STATIONS)]
    )
    done: Counter[str] = Counter()
    for hand in hands:
        assert isinstance(hand, Hand), hand
        assert hand.most <= 1, "a deadlock beyond a retry"
        done += hand.done
    with database.reading() as session:
        assert prove(session).violations == ()
        oversold = select(func.count()).where(Stock.allocated > Stock.on_hand)
        assert session.scalars(oversold).one() == 0
    assert all(done[name] for name in ("allocate", "wave", "pick", "receive", "finish")), done


def bring_totes(site: Site) -> None:
    kind = LocationKind.TOTE
    with site.database.transaction() as session:
        session.add_all(
            Location(id=UUID(int=50_000 + n), warehouse_id=site.warehouse, code=f"C-{n}", kind=kind)
            for n in range(STATIONS)
        )
