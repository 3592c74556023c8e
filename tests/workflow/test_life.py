"""A whole order's life by its verbs, on both databases."""

from uuid import UUID

from sqlalchemy import func, select

from oms_desktop.db import Database
from oms_desktop.models import (
    Fulfillment,
    Intent,
    JournalEntry,
    Location,
    LocationKind,
    PickTask,
    Status,
    Stock,
    StockMove,
)
from oms_desktop.workflow import claims, packing, picking, promise, shipping
from tests.builders import MUG, TORCH, Site, postage


def test_an_order_goes_from_shelf_to_customer(database: Database) -> None:
    site = Site(database)
    do = site.station.do
    order = site.order({MUG: 2, TORCH: 1})
    promised = do(promise.allocate, order=order, warehouse=site.warehouse)
    assert (promised.allocated, promised.open) == (3, 0)
    tote = site.place("T-101")
    tour = do(claims.claim_pick, warehouse=site.warehouse, tote=tote, number=1)
    with database.reading() as session:
        tasks = session.scalars(
            select(PickTask).where(PickTask.pick_list_id == tour.pick_list).order_by(PickTask.position)
        ).all()
    for task in tasks:
        for _unit in range(task.quantity):
            picked = do(picking.confirm, task=task.id, quantity=1, tote=tote)
        assert picked.left == 0
    do(picking.done, pick_list=tour.pick_list)
    do(claims.claim_pack, fulfillment=tour.fulfillment)
    parcel = do(packing.open_parcel, fulfillment=tour.fulfillment)
    for position, units in ((1, 2), (2, 1)):
        do(packing.put, parcel=parcel, line=site.line(order, position).id, tote=tote, quantity=units)
    do(packing.choose_carton, parcel=parcel, carton=site.carton())
    do(packing.close, parcel=parcel, weight_g=640, expected_g=635, postage=postage())
    do(packing.done, fulfillment=tour.fulfillment)
    do(shipping.load, parcel=parcel, lane=site.lane())
    do(shipping.close_manifest, lane=site.lane(), number=1)
    assert_shipped(database, tour.fulfillment)
    line = site.line(order, 1)
    assert (line.ordered, line.shipped) == (2, 2)


def assert_shipped(database: Database, fulfillment: UUID) -> None:
    with database.reading() as session:
        assert session.get_one(Fulfillment, fulfillment).status is Status.SHIPPED
        outside = session.scalars(select(Location.id).where(Location.kind == LocationKind.CUSTOMER)).one()
        gone = session.scalar(select(func.sum(StockMove.quantity)).where(StockMove.target_id == outside))
        assert gone == 3
        assert session.scalar(select(func.sum(Stock.on_hand))) == 27
        assert session.scalar(select(func.sum(Stock.allocated))) == 0
        assert session.scalars(select(Intent.document).order_by(Intent.document)).all() == [
            "label",
            "manifest",
            "packing slip",
        ]
        assert (
            session.scalar(
                select(func.count()).select_from(JournalEntry).where(JournalEntry.result != "done")
            )
            == 0
        )
