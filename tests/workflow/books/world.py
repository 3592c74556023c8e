"""A warehouse in the middle of its day, in a database that has no constraint left to stop a break."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import event, select, text, update
from sqlalchemy.orm import Session

from oms_desktop.db import Database
from oms_desktop.models import Fulfillment, OrderLine, Parcel, PickTask, Product
from oms_desktop.workflow import holds, picking, shipping
from tests.builders import BOTTLE, MUG, TORCH
from tests.workflow.books.walk import Walk

OPEN_KEYS = ("uq_alert_open", "uq_label_live", "uq_lease_work_open", "uq_tote_use_open")


@dataclass(frozen=True)
class World:
    """The day's orders by their stage, as SO-1001 and on in this order."""

    walk: Walk
    shipped: UUID
    loaded: UUID
    packing: UUID
    picked: UUID
    cancelled: UUID
    picking: UUID
    promised: UUID

    def place(self, code: str) -> UUID:
        return self.walk.site.place(code)


@dataclass(frozen=True)
class Hand:
    """Reaches into the rows of the day, past all verbs."""

    session: Session
    world: World

    def line(self, order: UUID, position: int = 1) -> UUID:
        return self.id(OrderLine, OrderLine.order_id == order, OrderLine.position == position)

    def part(self, order: UUID) -> UUID:
        return self.id(Fulfillment, Fulfillment.order_id == order)

    def task(self, order: UUID) -> UUID:
        return self.id(PickTask, PickTask.fulfillment_id == self.part(order), PickTask.position <= 1)

    def parcel(self, order: UUID) -> UUID:
        return self.id(Parcel, Parcel.fulfillment_id == self.part(order))

    def product(self, sku: str) -> UUID:
        return self.id(Product, Product.sku == sku)

    def id(self, model: Any, *where: Any) -> UUID:
        found: UUID = self.one(model.id, *where)
        return found

    def one(self, column: Any, *where: Any) -> Any:
        return self.session.scalars(select(column).where(*where)).one()

    def set(self, model: Any, *where: Any, **values: Any) -> None:
        done = self.session.connection().execute(update(model).where(*where).values(**values))
        assert done.rowcount > 0


def live_a_day(database: Database) -> World:
    walk = Walk(database, stock=20, proving=False)
    shipped, _tour, parcel = walk.packed({MUG: 2, TORCH: 1}, "T-101")
    walk.load(parcel)
    walk.do(shipping.close_manifest, lane=walk.site.lane(), number=1)
    loaded, _tour, parcel = walk.packed({MUG: 1}, "T-101")
    walk.load(parcel)
    packing, tour = walk.picked({MUG: 2}, "T-101")
    walk.put(walk.open_parcel(tour), packing, "T-101", 1)
    picked, _tour = walk.picked({BOTTLE: 1}, "T-102")
    cancelled = walk.promised({TORCH: 2})
    tour = walk.claim("T-103")
    walk.do(picking.confirm, task=walk.tasks(tour)[0].id, quantity=1, tote=walk.site.place("T-103"))
    walk.do(holds.cancel, order=cancelled, reason="changed my mind")
    walk.do(picking.yield_work, pick_list=tour.pick_list)
    started = walk.promised({MUG: 3})
    tour = walk.claim("T-104")
    walk.do(picking.confirm, task=walk.tasks(tour)[0].id, quantity=1, tote=walk.site.place("T-104"))
    promised = walk.promised({TORCH: 1})
    walk.proving = True
    walk.prove()
    return World(walk, shipped, loaded, packing, picked, cancelled, started, promised)


def loosen(database: Database) -> None:
    """Take away what would refuse a break: checks, and the unique keys of open rows."""
    with database.transaction() as session:
        for key in OPEN_KEYS:
            session.execute(text(f"DROP INDEX {key}"))
        if not database.embedded:
            checks = "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'c'"
            for table, name in session.execute(
                text(checks + " AND connamespace = 'public'::regnamespace")
            ).all():
                session.execute(text(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"'))
    if database.embedded:
        event.listen(
            database.engine, "connect", lambda raw, _: raw.execute("PRAGMA ignore_check_constraints=ON")
        )
        database.close()
