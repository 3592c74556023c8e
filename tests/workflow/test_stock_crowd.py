"""Many hands at few shelves at the same moment: nothing goes below zero, and the books are sound after it."""

from collections.abc import Callable
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import func, select

from oms_desktop.db import Database
from oms_desktop.errors import StateError
from oms_desktop.models import JournalEntry, LocationKind, PickTask, Stock
from oms_desktop.station import Station
from oms_desktop.workflow import books, claims, counting, picking, promise, receiving, site, stock, thresholds
from oms_desktop.workflow.counting import Found
from oms_desktop.workflow.receiving import Receipt
from oms_desktop.workflow.thresholds import ThresholdRow
from tests.builders import BOTTLE, BOTTLE_PLACE, MUG, MUG_PLACE, Site
from tests.crowd import together

PLACES = (MUG_PLACE, BOTTLE_PLACE, "R-01-01-A1")
SKUS = (MUG, BOTTLE)
HANDS = 8


class Crowd:
    """A site with three places for two products, and what a hand may do there."""

    def __init__(self, database: Database) -> None:
        self.site = Site(database, stock=12)
        do, warehouse = self.site.station.do, self.site.warehouse
        rows = tuple(site.LocationRow(code, LocationKind.RESERVE) for code in PLACES[2:])
        do(site.bring_locations, warehouse=warehouse, rows=rows)
        levels = tuple(ThresholdRow(sku, code, 3, 6, 12) for sku in SKUS for code in PLACES)
        do(thresholds.bring_thresholds, warehouse=warehouse, rows=levels)
        self.places = {code: self.site.place(code) for code in (*PLACES, *(f"T-10{n}" for n in range(1, 6)))}
        with database.reading() as session:
            found = session.execute(select(Stock.location_id, Stock.product_id)).all()
        at = {row.location_id: row.product_id for row in found}
        self.products = {MUG: at[self.places[MUG_PLACE]], BOTTLE: at[self.places[BOTTLE_PLACE]]}

    def hand(self, number: int, steps: int, seed: int) -> Callable[[Station], int]:
        chance = Random(f"{seed} {number}")
        orders = [self.site.order({MUG: 2, BOTTLE: 1}) for _order in range(steps // 4)]

        def work(own: Station) -> int:
            refused = 0
            for _step in range(steps):
                try:
                    self._step(own, chance, orders, number)
                except StateError:
                    refused += 1
            return refused

        return work

    def _step(self, own: Station, chance: Random, orders: list[UUID], number: int) -> None:
        sku, place, other = chance.choice(SKUS), chance.choice(PLACES), chance.choice(PLACES)
        product, here = self.products[sku], self.places[place]
        match chance.randrange(7):
            case 0:
                row = Receipt(sku, place, chance.randint(1, 3))
                own.do(receiving.receive, warehouse=self.site.warehouse, rows=(row,))
            case 1 | 2 if other != place:
                there, units = self.places[other], chance.randint(1, 5)
                own.do(stock.move, product=product, source=here, target=there, quantity=units)
            case 3:
                units = chance.choice((-3, -2, -1, 1))
                own.do(stock.adjust, product=product, location=here, difference=units, reason="random")
            case 4:
                found = (Found(chance.randint(4, 14)),)
                own.do(counting.count, location=here, product=product, found=found)
            case 5 if orders:
                own.do(promise.allocate, order=orders.pop(), warehouse=self.site.warehouse)
            case 6 if number < 5:
                self._pick(own, number)

    def _pick(self, own: Station, number: int) -> None:
        """Take a tour into the tote of this hand, if it is empty, and all that the tour asks for."""
        tote = self.places[f"T-10{number + 1}"]
        tour = own.do(claims.claim_pick, warehouse=self.site.warehouse, tote=tote, number=number * 1000 + 1)
        with own.store.reading() as session:
            stops = session.execute(
                select(PickTask.id, PickTask.quantity)
                .where(PickTask.pick_list_id == tour.pick_list)
                .order_by(PickTask.position)
            ).all()
        for task, units in stops:
            own.do(picking.confirm, task=task, quantity=units, tote=tote)


def at_random(database: Database, steps: int, seed: int = 1) -> None:
    crowd = Crowd(database)
    hands = [crowd.hand(number, steps, seed) for number in range(HANDS)]

    given = together(database, crowd.site.station.person, hands)

    assert all(isinstance(each, int) for each in given)
    with database.reading() as session:
        assert books.prove(session).violations == ()
        done = session.scalars(
            select(func.count()).where(JournalEntry.result == "done", JournalEntry.verb.like("stock.%"))
        ).one()
    assert done > HANDS * steps // 4


def test_hands_at_the_same_shelves_leave_sound_books(database: Database) -> None:
    at_random(database, steps=25)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1, 6))
def test_many_hands_for_long(database: Database, seed: int) -> None:
    at_random(database, steps=1_500, seed=seed)


def test_the_last_units_are_moved_once(database: Database) -> None:
    crowd = Crowd(database)
    mug, here, there = crowd.products[MUG], crowd.places[MUG_PLACE], crowd.places[PLACES[2]]

    def work(own: Station) -> int:
        own.do(stock.move, product=mug, source=here, target=there, quantity=5)
        return 5

    given = together(database, crowd.site.station.person, [work] * HANDS)

    assert sorted(given, key=str) == [5, 5, *["stock.not_free"] * (HANDS - 2)]
    with database.reading() as session:
        assert books.prove(session).violations == ()


def test_two_lots_of_a_place_at_once_raise_one_alert(database: Database) -> None:
    crowd = Crowd(database)
    rows = tuple(Receipt(MUG, PLACES[2], 4, lot=lot) for lot in ("L1", "L2"))
    crowd.site.station.do(receiving.receive, warehouse=crowd.site.warehouse, rows=rows)
    mug, here, there = crowd.products[MUG], crowd.places[PLACES[2]], crowd.places[BOTTLE_PLACE]

    def taking(lot: str) -> Callable[[Station], None]:
        def work(own: Station) -> None:
            own.do(stock.move, product=mug, source=here, target=there, quantity=2, lot=lot)

        return work

    assert together(database, crowd.site.station.person, [taking("L1"), taking("L2")]) == [None, None]
    with database.reading() as session:
        assert books.prove(session).violations == ()
