"""Turns that a verb may refuse or book: the books are sound in either case."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from oms_desktop.db import Database
from oms_desktop.errors import OmsError
from oms_desktop.workflow import holds, packing, picking, promise, shipping
from tests.builders import MUG, TORCH
from tests.workflow.books.walk import Walk, violations


def attempt(walk: Walk, verb: Callable[..., Any], **arguments: Any) -> None:
    """Call a verb without a proof; a refusal is as good as a booking."""
    walk.proving = False
    with suppress(OmsError):
        walk.do(verb, **arguments)


def broken(walk: Walk) -> set[str]:
    return {violation.rule for violation in violations(walk.database)}


def test_a_tour_is_done_after_the_cancel(sqlite: Database) -> None:
    walk = Walk(sqlite)
    order = walk.promised({MUG: 2, TORCH: 1})
    tour = walk.claim("T-101")
    walk.pick(tour, "T-101", stops=1)
    walk.do(holds.cancel, order=order, reason="changed my mind")
    attempt(walk, picking.done, pick_list=tour.pick_list)
    assert broken(walk) == set()


def test_a_pick_is_undone_after_the_cancel(sqlite: Database) -> None:
    walk = Walk(sqlite)
    order = walk.promised({MUG: 2})
    tour = walk.claim("T-101")
    walk.pick(tour, "T-101")
    walk.do(holds.cancel, order=order, reason="changed my mind")
    attempt(walk, picking.undo, task=walk.tasks(tour)[0].id, quantity=1, tote=walk.site.place("T-101"))
    assert broken(walk) == set()
    walk.do(picking.yield_work, pick_list=tour.pick_list)
    assert broken(walk) == set()


def test_a_cancelled_order_loses_its_reservation_to_another(sqlite: Database) -> None:
    walk = Walk(sqlite, stock=3)
    cancelled = walk.promised({MUG: 1})
    walk.claim("T-101")
    walk.promised({MUG: 2})
    tour = walk.claim("T-102")
    walk.do(holds.cancel, order=cancelled, reason="changed my mind")
    attempt(walk, picking.confirm, task=walk.tasks(tour)[0].id, quantity=3, tote=walk.site.place("T-102"))
    assert broken(walk) == set()


def test_the_truck_leaves_before_the_packer_is_done(sqlite: Database) -> None:
    walk = Walk(sqlite)
    order, tour = walk.picked({MUG: 1}, "T-101")
    parcel = walk.open_parcel(tour)
    walk.put(parcel, order, "T-101", 1)
    walk.close(parcel)
    walk.load(parcel)
    attempt(walk, shipping.close_manifest, lane=walk.site.lane(), number=1)
    before = broken(walk)
    attempt(walk, packing.done, fulfillment=tour.fulfillment)
    assert (before, broken(walk)) == (set(), set())


def test_a_tour_is_done_twice(sqlite: Database) -> None:
    walk = Walk(sqlite)
    _order, tour = walk.picked({MUG: 2}, "T-101")
    attempt(walk, picking.done, pick_list=tour.pick_list)
    assert broken(walk) == set()


def test_packing_is_done_again_after_the_truck_left(sqlite: Database) -> None:
    walk = Walk(sqlite)
    _order, tour, parcel = walk.packed({MUG: 2}, "T-101")
    walk.load(parcel)
    walk.do(shipping.close_manifest, lane=walk.site.lane(), number=1)
    attempt(walk, packing.done, fulfillment=tour.fulfillment)
    assert broken(walk) == set()


def test_a_pick_is_undone_after_the_tour(sqlite: Database) -> None:
    walk = Walk(sqlite)
    _order, tour = walk.picked({MUG: 2}, "T-101")
    attempt(walk, picking.undo, task=walk.tasks(tour)[0].id, quantity=1, tote=walk.site.place("T-101"))
    assert broken(walk) == set()


def test_goods_go_into_a_tote_that_is_not_in_use(sqlite: Database) -> None:
    walk = Walk(sqlite)
    walk.promised({MUG: 2})
    tour = walk.claim("T-101")
    attempt(walk, picking.confirm, task=walk.tasks(tour)[0].id, quantity=2, tote=walk.site.place("T-102"))
    assert broken(walk) == set()


def test_a_parcel_is_opened_for_packed_work(sqlite: Database) -> None:
    walk = Walk(sqlite)
    _order, tour, _parcel = walk.packed({MUG: 2}, "T-101")
    attempt(walk, packing.open_parcel, fulfillment=tour.fulfillment)
    assert broken(walk) == set()


def test_a_tour_finds_nothing_and_the_order_is_promised_anew(sqlite: Database) -> None:
    walk = Walk(sqlite)
    order = walk.promised({MUG: 2})
    tour = walk.claim("T-101")
    (task,) = walk.tasks(tour)
    attempt(walk, picking.short, task=task.id, counted=0, reason="empty")
    attempt(walk, picking.done, pick_list=tour.pick_list)
    attempt(walk, promise.allocate, order=order, warehouse=walk.site.warehouse)
    assert broken(walk) == set()
    # The place is in doubt until somebody has counted it: nothing is promised from there.
    assert (walk.site.line(order).allocated, walk.site.line(order).open) == (0, 2)


def test_the_tote_of_another_order_counts_for_neither(sqlite: Database) -> None:
    walk = Walk(sqlite)
    first, _second = walk.promised({MUG: 2}), walk.promised({TORCH: 1})
    tour = walk.claim("T-101")
    walk.claim("T-102")
    walk.do(picking.confirm, task=walk.tasks(tour)[0].id, quantity=1, tote=walk.site.place("T-102"))
    assert broken(walk) == set()
    assert (walk.site.line(first).picked, walk.site.line(first).allocated) == (0, 2)


def test_undo_of_a_task_from_the_tote_of_a_later_part(sqlite: Database) -> None:
    walk = Walk(sqlite)
    order = walk.promised({MUG: 2})
    empty = walk.claim("T-101")
    (task,) = walk.tasks(empty)
    attempt(walk, picking.done, pick_list=empty.pick_list)
    attempt(walk, promise.allocate, order=order, warehouse=walk.site.warehouse)
    walk.pick(walk.claim("T-102"), "T-102")
    attempt(walk, picking.undo, task=task.id, quantity=1, tote=walk.site.place("T-101"))
    assert broken(walk) == set()
