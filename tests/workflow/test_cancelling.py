"""Cancelling whole orders and units of lines, at every place where the goods can be."""

from uuid import UUID

import pytest
from sqlalchemy import func, select

from oms_desktop.app import desk
from oms_desktop.db import Database
from oms_desktop.errors import InputError, StateError
from oms_desktop.models import Fulfillment, Label, Parcel, ParcelStatus, PutBack, QueueEntry, Stage, Status
from oms_desktop.workflow import catalog, claims, packing, picking, receiving, shipping
from oms_desktop.workflow.books import prove
from oms_desktop.workflow.cancelling import Cut, cancel
from oms_desktop.workflow.splitting import Share
from tests.builders import MUG, MUG_PLACE, TORCH, Site, postage
from tests.replaying import BROUGHT, assert_same_rows, calls_of, copy_rows, play_all, rows_of
from tests.workflow.books.walk import Walk
from tests.workflow.tour import Floor

WISH = "wish of the customer"


def picked(database: Database, units: int) -> Floor:
    floor = Floor(database, units)
    floor.confirm(units)
    floor.do(picking.done, pick_list=floor.tour.pick_list)
    return floor


def refused(floor: Floor, code: str, *cuts: Cut) -> StateError:
    before = rows_of(floor.database)
    with pytest.raises(StateError) as why:
        floor.do(cancel, order=floor.order, reason=WISH, cuts=cuts)
    assert why.value.code == code
    assert rows_of(floor.database) == before
    return why.value


def test_a_picked_order_is_put_back(database: Database) -> None:
    floor = picked(database, 3)
    floor.do(cancel, order=floor.order, reason=WISH)

    assert (floor.status(), floor.counters) == (Status.CANCELLED, {"cancelled": 3})
    assert floor.asked_back == floor.on_hand(floor.tote) == 3
    with database.reading() as session:
        assert session.get_one(QueueEntry, floor.order).stage is Stage.CLOSED
    floor.assert_sound()
    refused(floor, "order.cancelled")


def test_a_packed_order_loses_its_label_and_is_put_back(database: Database) -> None:
    floor = picked(database, 2)
    parcel = floor.pack()
    floor.do(packing.done, fulfillment=floor.tour.fulfillment)
    floor.do(cancel, order=floor.order, reason=WISH)

    with database.reading() as session:
        box = session.get_one(Parcel, parcel)
        assert box.status is ParcelStatus.OPEN
        assert session.scalars(select(Label.voided_at)).one() is not None
        back = session.scalars(select(PutBack)).one()
        assert (back.location_id, back.quantity) == (box.location_id, 2)
    assert floor.counters == {"cancelled": 2}
    floor.assert_sound()
    with pytest.raises(StateError) as why:
        floor.do(packing.close, parcel=parcel, weight_g=640, expected_g=635, postage=postage())
    assert why.value.code == "pack.cancelled"


def test_what_is_on_a_bench_is_not_cancelled(database: Database) -> None:
    floor = picked(database, 2)
    floor.do(claims.claim_pack, fulfillment=floor.tour.fulfillment)

    assert "being packed by system at PICK-3" in refused(floor, "order.being_packed").text


@pytest.mark.parametrize("shipped", [False, True])
def test_what_stands_in_a_lane_or_has_left_is_not_cancelled(database: Database, shipped: bool) -> None:
    floor = picked(database, 2)
    parcel = floor.pack()
    floor.do(packing.done, fulfillment=floor.tour.fulfillment)
    floor.do(shipping.load, parcel=parcel, lane=floor.site.lane())
    if shipped:
        floor.do(shipping.close_manifest, lane=floor.site.lane(), number=1)

    refused(floor, "order.gone" if shipped else "order.too_late")


def test_units_of_a_line_are_cancelled_those_that_wait_first(database: Database) -> None:
    site = Site(database, stock=4)
    order = site.promised({MUG: 6, TORCH: 1})
    line = site.line(order).id
    site.station.do(cancel, order=order, reason=WISH, cuts=(Cut(line, 3),))
    after = site.line(order)

    assert (after.ordered, after.open, after.allocated, after.cancelled) == (6, 0, 3, 3)
    other = site.promised({MUG: 2})
    assert (site.line(other).allocated, site.line(other).open) == (1, 1)
    with database.reading() as session:
        assert prove(session).violations == ()


def test_a_line_that_is_cancelled_whole_ends_its_part(database: Database) -> None:
    site = Site(database, stock=2)
    site.promised({TORCH: 2})
    order = site.promised({MUG: 2, TORCH: 1})
    site.station.do(cancel, order=order, reason=WISH, cuts=(Cut(site.line(order).id, 2),))

    with database.reading() as session:
        part = select(Fulfillment.status).where(Fulfillment.order_id == order)
        assert session.scalars(part).all() == [Status.CANCELLED]
        assert prove(session).violations == ()


def test_picked_units_of_a_line_are_put_back(database: Database) -> None:
    floor = picked(database, 3)
    line = floor.site.line(floor.order).id
    floor.do(cancel, order=floor.order, reason=WISH, cuts=(Cut(line, 2),))

    assert (floor.status(), floor.counters) == (Status.PICKED, {"picked": 1, "cancelled": 2})
    assert floor.asked_back == 2
    floor.assert_sound()
    floor.pack_and_ship()
    assert floor.counters == {"shipped": 1, "cancelled": 2}
    floor.assert_sound()


def test_units_in_a_pickers_hands_are_not_cancelled(database: Database) -> None:
    floor = Floor(database, 3)
    floor.confirm(1)
    line = floor.site.line(floor.order).id

    why = refused(floor, "order.in_hand", Cut(line, 1))
    assert why.text.endswith("0 units can be taken off, the others are being picked by system at PICK-3.")


def test_a_cut_that_leaves_nothing_is_refused(database: Database) -> None:
    floor = Floor(database, 3)
    refused(floor, "order.nothing_left", Cut(floor.site.line(floor.order).id, 3))


@pytest.mark.parametrize(("line", "units"), [(None, 0), (UUID(int=5), 1)])
def test_a_cut_names_a_line_and_units(database: Database, line: UUID | None, units: int) -> None:
    site = Site(database)
    order = site.promised({MUG: 3})
    before = rows_of(database)
    with pytest.raises(InputError) as why:
        cuts = (Cut(line or site.line(order).id, units),)
        site.station.do(cancel, order=order, reason=WISH, cuts=cuts)

    assert why.value.code == "order.cut"
    assert rows_of(database) == before


def test_cancelling_is_the_same_wherever_it_is_played(sqlite: Database, postgresql: Database) -> None:
    floor = picked(sqlite, 3)
    floor.do(cancel, order=floor.order, reason=WISH, cuts=(Cut(floor.site.line(floor.order).id, 1),))
    floor.do(claims.claim_pack, fulfillment=floor.tour.fulfillment)
    parcel = floor.do(packing.open_parcel, fulfillment=floor.tour.fulfillment)
    line = floor.site.line(floor.order)
    floor.do(packing.put, parcel=parcel, line=line.id, tote=floor.tote, quantity=2)
    floor.do(packing.choose_carton, parcel=parcel, carton=floor.site.carton())
    floor.do(packing.close, parcel=parcel, weight_g=640, expected_g=635, postage=postage())
    floor.do(packing.done, fulfillment=floor.tour.fulfillment)
    floor.do(cancel, order=floor.order, reason=WISH)
    copy_rows(sqlite, postgresql, BROUGHT)
    play_all(calls_of(sqlite), postgresql)

    assert_same_rows(sqlite, postgresql)


def test_each_tote_is_asked_for_what_lies_in_it(database: Database) -> None:
    """Two lines of one product in two totes: a cancel, or a cut before it, asks each tote for its own."""
    walk = Walk(database)
    into, other = walk.promised({MUG: 2}), walk.promised({MUG: 3})
    station = walk.site.station
    assert desk.merge(station, into, [other]).done
    second = walk.site.line(into, 2)
    assert desk.split(station, into, [Share(second.id, 3)]).done
    for tote in ("T-101", "T-102"):
        tour = walk.claim(tote)
        walk.pick(tour, tote)
        walk.do(picking.done, pick_list=tour.pick_list)

    def asked() -> dict[UUID, int]:
        units = select(PutBack.location_id, func.sum(PutBack.quantity)).group_by(PutBack.location_id)
        with database.reading() as session:
            return {tote: int(number) for tote, number in session.execute(units)}

    other_tote = walk.site.place("T-102")
    assert desk.cancel(station, into, "fewer", [Cut(second.id, 1)]).done
    assert asked() == {other_tote: 1}
    walk.prove()
    assert desk.cancel(station, into, "wish of the customer").done

    assert asked() == {walk.site.place("T-101"): 2, other_tote: 3}
    walk.prove()


def test_units_of_several_lots_are_taken_off_beside_some_too_many(database: Database) -> None:
    """A put-back names no lot, so the tasks of all lots in the tote share what is taken off."""
    walk = Walk(database)
    walk.do(catalog.bring_products, rows=(catalog.ProductRow("TEA", "Green tea", lot_tracked=True),))
    lots = tuple(receiving.Receipt("TEA", MUG_PLACE, units, lot=lot) for lot, units in (("L1", 1), ("L2", 4)))
    walk.do(receiving.receive, warehouse=walk.site.warehouse, rows=lots)
    order = walk.promised({"TEA": 2, MUG: 1})
    tour = walk.claim("T-101")
    for task in walk.tasks(tour):
        units = {"": 1, "L1": 1, "L2": 3}[task.lot]
        walk.do(picking.confirm, task=task.id, quantity=units, tote=walk.site.place("T-101"))
    walk.do(picking.done, pick_list=tour.pick_list)

    cut = Cut(walk.site.line(order).id, 2)
    assert desk.cancel(walk.site.station, order, "fewer", [cut]).done

    walk.prove()
