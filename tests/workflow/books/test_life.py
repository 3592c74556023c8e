"""The books are sound at every step of an order's life, whatever turn it takes."""

import pytest
from sqlalchemy import select

from oms_desktop.db import Database
from oms_desktop.errors import OmsError
from oms_desktop.models import Count, Intent, PutBack
from oms_desktop.workflow import holds, packing, picking, printing, promise, shipping
from oms_desktop.workflow.books import RULES, prove
from tests.builders import BOTTLE, MUG, TORCH
from tests.workflow.books.walk import Walk


def test_a_proof_names_its_rules(database: Database) -> None:
    Walk(database)
    with database.reading() as session:
        proof = prove(session)

    assert proof.sound
    assert proof.rules == tuple(rule.name for rule in RULES)
    assert len(set(proof.rules)) == len(RULES)


def test_from_shelf_to_customer_with_second_thoughts(database: Database) -> None:
    walk = Walk(database)
    order = walk.promised({MUG: 2, TORCH: 1})
    tote, tour = walk.site.place("T-101"), walk.claim("T-101")
    mugs, torch = walk.tasks(tour)
    walk.do(picking.confirm, task=mugs.id, quantity=2, tote=tote)
    walk.do(picking.undo, task=mugs.id, quantity=1, tote=tote)
    walk.do(picking.confirm, task=torch.id, quantity=1, tote=tote)
    walk.do(picking.confirm, task=mugs.id, quantity=1, tote=tote)
    walk.do(picking.done, pick_list=tour.pick_list)
    parcel = walk.open_parcel(tour)
    walk.put(parcel, order, "T-101", 2)
    walk.do(packing.take_out, parcel=parcel, line=walk.site.line(order).id, tote=tote, quantity=1)
    walk.put(parcel, order, "T-101", 1, position=2)
    walk.put(parcel, order, "T-101", 1)
    walk.close(parcel)
    walk.do(packing.done, fulfillment=tour.fulfillment)
    walk.load(parcel)
    walk.do(shipping.unload, parcel=parcel)
    walk.load(parcel)
    manifest = walk.do(shipping.close_manifest, lane=walk.site.lane(), number=1)
    with database.reading() as session:
        intents = {intent.document: intent.id for intent in session.scalars(select(Intent))}
        assert session.scalars(select(Intent.subject_id).where(Intent.document == "manifest")).all() == [
            manifest
        ]
    walk.do(printing.print_done, intent=intents["label"], where="spool/1")
    walk.do(printing.print_failed, intent=intents["manifest"], reason="no paper")
    assert walk.site.line(order).shipped == 2


def test_cancelled_before_anybody_walks(database: Database) -> None:
    walk = Walk(database)
    order = walk.promised({MUG: 12, TORCH: 1})
    walk.do(holds.cancel, order=order, reason="changed my mind")

    assert walk.site.line(order).cancelled == 12


def test_cancelled_on_the_way_and_given_up(database: Database) -> None:
    walk = Walk(database)
    order = walk.promised({MUG: 2, TORCH: 3})
    tour = walk.claim("T-101")
    walk.pick(tour, "T-101", stops=1)
    walk.do(holds.cancel, order=order, reason="changed my mind")
    walk.do(picking.yield_work, pick_list=tour.pick_list)
    late = walk.tasks(tour)[1]
    late_pick = walk.do(picking.confirm, task=late.id, quantity=2, tote=walk.site.place("T-101"))

    assert late_pick.unwanted == 2
    assert walk.site.line(order).cancelled == 2
    walk.do(picking.undo, task=late.id, quantity=1, tote=walk.site.place("T-101"))
    walk.do(picking.undo, task=late.id, quantity=1, tote=walk.site.place("T-101"))


def test_confirmed_after_the_cancel_and_before_the_station_knows(database: Database) -> None:
    walk = Walk(database)
    order = walk.promised({MUG: 3})
    tour = walk.claim("T-101")
    task, tote = walk.tasks(tour)[0].id, walk.site.place("T-101")
    walk.do(picking.confirm, task=task, quantity=1, tote=tote)
    walk.do(holds.cancel, order=order, reason="paid twice")
    walk.do(picking.confirm, task=task, quantity=1, tote=tote)
    walk.do(picking.undo, task=task, quantity=1, tote=tote)
    walk.do(picking.yield_work, pick_list=tour.pick_list)

    assert walk.site.line(order).cancelled == 3


def test_a_whole_tour_is_finished_after_the_cancel(database: Database) -> None:
    walk = Walk(database)
    order = walk.promised({MUG: 2})
    tour = walk.claim("T-101")
    walk.do(holds.cancel, order=order, reason="paid twice")
    walk.pick(tour, "T-101")
    walk.do(picking.done, pick_list=tour.pick_list)

    assert walk.site.line(order).cancelled == 2


def test_picked_beyond_the_book_and_confirmed_late(database: Database) -> None:
    walk = Walk(database, stock=2)
    walk.promised({MUG: 2})
    tour, tote = walk.claim("T-101"), walk.site.place("T-101")
    (task,) = walk.tasks(tour)
    walk.do(picking.confirm, task=task.id, quantity=3, tote=tote)
    walk.do(picking.done, pick_list=tour.pick_list)
    walk.do(picking.confirm, task=task.id, quantity=1, tote=tote)
    with database.reading() as session:
        assert len(session.scalars(select(Count)).all()) == 2
        assert sum(session.scalars(select(PutBack.quantity))) == 2


def test_over_picked_units_stay_behind_when_the_rest_is_packed(database: Database) -> None:
    walk = Walk(database)
    order = walk.promised({MUG: 2})
    tour, tote = walk.claim("T-101"), walk.site.place("T-101")
    walk.do(picking.confirm, task=walk.tasks(tour)[0].id, quantity=3, tote=tote)
    walk.do(picking.done, pick_list=tour.pick_list)
    parcel = walk.open_parcel(tour)
    walk.put(parcel, order, "T-101", 2)
    walk.close(parcel)
    walk.do(packing.done, fulfillment=tour.fulfillment)

    assert walk.site.line(order).packed == 2


def test_two_orders_share_stock_and_one_takes_what_the_other_was_promised(database: Database) -> None:
    walk = Walk(database, stock=3)
    first, second = walk.promised({MUG: 2}), walk.promised({MUG: 1})
    tour = walk.claim("T-101")
    walk.do(picking.confirm, task=walk.tasks(tour)[0].id, quantity=3, tote=walk.site.place("T-101"))

    assert walk.site.line(first).picked == 2
    assert walk.site.line(second).open == 1
    walk.site.receive({MUG: 4})
    walk.do(promise.allocate, order=second, warehouse=walk.site.warehouse)
    other = walk.claim("T-102")
    assert other.fulfillment != tour.fulfillment


def test_held_and_released(database: Database) -> None:
    walk = Walk(database)
    order = walk.promised({MUG: 2})
    hold = walk.do(holds.hold, order=order, kind="address", text="The house number is missing.")
    with pytest.raises(OmsError):
        walk.claim("T-101")
    walk.prove()
    walk.do(holds.release, hold=hold)
    walk.claim("T-101")


def test_a_shortage_and_a_short_tour_ship_in_two_parts(database: Database) -> None:
    walk = Walk(database, stock=3)
    order = walk.promised({MUG: 5, BOTTLE: 1})
    tour, tote = walk.claim("T-101"), walk.site.place("T-101")
    walk.do(picking.confirm, task=walk.tasks(tour)[0].id, quantity=2, tote=tote)
    walk.do(picking.done, pick_list=tour.pick_list)
    assert walk.site.line(order).open == 3
    walk.site.receive({MUG: 2})
    walk.prove()
    walk.do(promise.allocate, order=order, warehouse=walk.site.warehouse)
    rest = walk.claim("T-102")
    walk.pick(rest, "T-102")
    walk.do(picking.done, pick_list=rest.pick_list)
    parcel = walk.open_parcel(tour)
    walk.put(parcel, order, "T-101", 2)
    walk.close(parcel)
    walk.do(packing.done, fulfillment=tour.fulfillment)
    walk.load(parcel)
    walk.do(shipping.close_manifest, lane=walk.site.lane(), number=1)
    line = walk.site.line(order)
    assert (line.shipped, line.picked, line.open) == (2, 3, 0)


def test_two_parcels_leave_on_two_manifests(database: Database) -> None:
    walk = Walk(database)
    order, tour = walk.picked({MUG: 2}, "T-101")
    first = walk.open_parcel(tour)
    second = walk.do(packing.open_parcel, fulfillment=tour.fulfillment)
    walk.put(first, order, "T-101", 1)
    walk.put(second, order, "T-101", 1)
    walk.close(first)
    walk.close(second)
    walk.do(packing.done, fulfillment=tour.fulfillment)
    walk.load(first)
    walk.do(shipping.close_manifest, lane=walk.site.lane(), number=1, left_behind=(second,))
    walk.load(second)
    walk.do(shipping.close_manifest, lane=walk.site.lane(), number=2)
    assert walk.site.line(order).shipped == 2


def test_a_packed_order_goes_beside_others(database: Database) -> None:
    walk = Walk(database)
    walk.packed({MUG: 1, TORCH: 2}, "T-101")
    walk.picked({MUG: 1}, "T-101")
