"""What the queue shows of an order follows every call that changes it."""

from uuid import UUID

from sqlalchemy import delete, func, select

from oms_desktop.db import Database
from oms_desktop.models import Location, LocationKind, Order, QueueEntry, QueueTally, Stage
from oms_desktop.workflow import board, catalog, holds, packing, picking, promise, shipping, site
from oms_desktop.workflow.books import prove
from tests.builders import BOTTLE, MUG, TORCH, Site
from tests.workflow.books.walk import Walk


def entry(database: Database, order: UUID) -> QueueEntry:
    with database.reading() as session:
        found = session.get_one(QueueEntry, order)
        session.expunge(found)
    return found


def tallies(database: Database) -> dict[str, int]:
    with database.reading() as session:
        sums = session.execute(select(QueueTally.bucket, func.sum(QueueTally.orders)).group_by("bucket"))
        return {bucket: int(orders) for bucket, orders in sums if orders}


def test_an_order_from_its_capture_to_the_truck(database: Database) -> None:
    walk = Walk(database)
    order = walk.site.order({MUG: 2, TORCH: 1})
    stages = [entry(database, order).stage]

    def look() -> None:
        stages.append(entry(database, order).stage)

    walk.do(promise.allocate, order=order, warehouse=walk.site.warehouse)
    look()
    tour = walk.claim("T-101")
    look()
    assert entry(database, order).assignee_id == UUID(int=1)
    walk.pick(tour, "T-101")
    walk.do(picking.done, pick_list=tour.pick_list)
    look()
    assert entry(database, order).assignee_id is None
    parcel = walk.open_parcel(tour)
    assert entry(database, order).assignee_id == UUID(int=1)
    walk.put(parcel, order, "T-101", 2)
    walk.put(parcel, order, "T-101", 1, position=2)
    walk.close(parcel)
    walk.do(packing.done, fulfillment=tour.fulfillment)
    look()
    walk.load(parcel)
    walk.do(shipping.close_manifest, lane=walk.site.lane(), number=1)
    look()

    wanted = (Stage.NEW, Stage.PROMISED, Stage.STARTED, Stage.PICKED, Stage.PACKED, Stage.CLOSED)
    assert tuple(stages) == wanted
    shown = entry(database, order)
    assert (shown.number, shown.digits, shown.lines, shown.pieces) == ("SO-1001", "1001", 2, 3)
    assert tallies(database) == {"closed": 1}


def test_held_and_short_orders_are_flagged_since_then(database: Database) -> None:
    walk = Walk(database)
    order = walk.promised({MUG: 12})
    short = entry(database, order)
    assert (short.short, short.held) == (2, False)
    assert short.flagged_at is not None
    assert tallies(database) == {"promised": 1, "open": 1, "short": 1}

    hold = walk.do(holds.hold, order=order, kind="desk", text="Wait.")
    held = entry(database, order)
    assert held.held
    assert held.flagged_at == short.flagged_at
    assert tallies(database) == {"promised": 1, "open": 1, "held": 1}

    walk.do(holds.release, hold=hold)
    walk.do(holds.cancel, order=order, reason="no")
    closed = entry(database, order)
    assert (closed.stage, closed.short, closed.flagged_at) == (Stage.CLOSED, 0, None)
    assert tallies(database) == {"closed": 1}


def test_only_what_differs_counts_as_changed(database: Database) -> None:
    depot = Site(database)
    order = depot.promised({MUG: 1})
    before = entry(database, order)
    depot.station.do(promise.allocate, order=order, warehouse=depot.warehouse)
    assert entry(database, order).changed_at == before.changed_at
    depot.station.do(holds.hold, order=order, kind="desk", text="Wait.")
    assert entry(database, order).changed_at > before.changed_at


def test_the_zones_are_those_of_its_places(database: Database) -> None:
    walk = Walk(database, stock=0)
    rows = tuple(site.LocationRow(code, LocationKind.PICK_FACE, zone=code[0]) for code in ("C-01", "A-01"))
    walk.do(site.bring_locations, warehouse=walk.site.warehouse, rows=rows)
    receipts = (catalog.ReceiptRow(BOTTLE, "C-01", 4), catalog.ReceiptRow(TORCH, "A-01", 4))
    walk.do(catalog.receive, warehouse=walk.site.warehouse, rows=receipts)
    order = walk.promised({BOTTLE: 1, TORCH: 1})
    assert entry(database, order).zones == "A,C"


def test_a_shelf_of_which_only_the_code_was_known_is_laid_out(database: Database) -> None:
    walk = Walk(database, stock=0)
    walk.do(catalog.receive, warehouse=walk.site.warehouse, rows=(catalog.ReceiptRow(MUG, "N-01", 4),))
    order = walk.promised({MUG: 1})
    for zone, done in (("N", 1), ("O", 0)):
        row = site.LocationRow("N-01", LocationKind.PICK_FACE, zone, x_mm=1200, y_mm=0, z_mm=0, sequence=3)
        assert walk.do(site.bring_locations, warehouse=walk.site.warehouse, rows=(row,)) == done
        assert entry(database, order).zones == "N"
    with database.reading() as session:
        place = session.get_one(Location, walk.site.place("N-01"))
        assert (place.x_mm, place.sequence) == (1200, 3)


def test_an_order_whose_goods_somebody_took_comes_to_be_short(database: Database) -> None:
    walk = Walk(database)
    walk.promised({MUG: 2})
    tour = walk.claim("T-101")
    other = walk.promised({MUG: 8})
    task = walk.tasks(tour)[0].id
    walk.do(picking.confirm, task=task, quantity=5, tote=walk.site.place("T-101"))
    assert entry(database, other).short == 3
    assert tallies(database)["short"] == 1


def test_what_was_there_before_the_queue_is_shown(database: Database) -> None:
    walk = Walk(database)
    walk.promised({MUG: 2})
    walk.do(holds.hold, order=walk.promised({MUG: 12}), kind="desk", text="Wait.")
    walk.picked({TORCH: 1}, "T-101")
    with database.reading() as session:
        before = [row.stage for row in session.scalars(select(QueueEntry).order_by(QueueEntry.order_id))]
    counted = tallies(database)
    with database.transaction() as session:
        session.execute(delete(QueueEntry))
        session.execute(delete(QueueTally))

    with database.transaction() as session:
        assert board.rebuild(session) == 3
        assert board.rebuild(session) == 0

    assert tallies(database) == counted
    with database.reading() as session:
        assert prove(session).sound
        after = session.execute(
            select(QueueEntry.stage, QueueEntry.changed_at, Order.captured_at)
            .join(Order, Order.id == QueueEntry.order_id)
            .order_by(QueueEntry.order_id)
        ).all()
    assert [row.stage for row in after] == before
    assert all(row.changed_at == row.captured_at for row in after)
