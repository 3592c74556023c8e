"""Hands in a small warehouse: any step that a dialogue would allow just now, and some that come late.

Each step takes a number that chooses what it is done to; a step that has nothing to be done to does
nothing. A refusal by a *wanted* guard is a fine answer, one by a *possible* guard is a failure.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act
from oms_desktop.db import Database
from oms_desktop.errors import StateError
from oms_desktop.models import (
    Fulfillment,
    OrderLine,
    Parcel,
    ParcelItem,
    ParcelStatus,
    PickList,
    PickTask,
    PutBack,
    Status,
    StockMove,
    ToteUse,
)
from oms_desktop.workflow import claims, holds, packing, picking, promise, shipping
from tests.builders import BOTTLE, MUG, TORCH, Site, postage

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

SKUS = (MUG, BOTTLE, TORCH)
TOTES = ("T-101", "T-102", "T-103", "T-104", "T-105")


def chosen(number: int, things: Sequence[T]) -> T | None:
    """Choose one of some things by any number; None when there are none."""
    return things[number % len(things)] if things else None


@dataclass
class Hands:
    """Everybody at work in a warehouse with little stock, so that they get into each other's way."""

    database: Database
    site: Site = field(init=False)
    orders: list[UUID] = field(default_factory=list)
    holds: list[UUID] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    _numbers: Any = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.site = Site(self.database, stock=4)

    def attempt(
        self, verb: Callable[Concatenate[Session, Act, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R | None:
        """Do what may be refused because nobody wants it; None then."""
        try:
            return self.site.station.do(verb, *args, **kwargs)
        except StateError as error:
            self.refused.add(error.code)
            return None

    def capture(self, units: dict[str, int], paid: bool) -> None:
        self.orders.append(self.site.order(units, payment="paid" if paid else "pending"))

    def receive(self, number: int) -> None:
        self.site.receive({SKUS[number % len(SKUS)]: 1 + number % 4})

    def hold(self, number: int) -> None:
        order = chosen(number, self.orders)
        made = order and self.attempt(holds.hold, order=order, kind=f"desk {number}", text="Wait.")
        if made:
            self.holds.append(made)

    def release(self, number: int) -> None:
        found = chosen(number, self.holds)
        if found:
            self.attempt(holds.release, hold=found)

    def cancel(self, number: int) -> None:
        """Cancel an order that is being picked, or any order."""
        walking = [part.order_id for part in self._in_status(Status.STARTED)]
        order = chosen(number, walking if walking and number % 4 else self.orders)
        if order:
            self.attempt(holds.cancel, order=order, reason="wish of the customer")

    def allocate(self, number: int) -> None:
        order = chosen(number, self.orders)
        if order:
            self.attempt(promise.allocate, order=order, warehouse=self.site.warehouse)

    def claim(self, number: int) -> None:
        tote = self.site.place(TOTES[number % len(TOTES)])
        self.attempt(claims.claim_pick, warehouse=self.site.warehouse, tote=tote, number=next(self._numbers))

    def pick(self, number: int) -> None:
        """Take all that is left to take at a stop of a tour, or one unit of it."""
        found = chosen(number, [stop for stop in self._stops() if stop[0].quantity > stop[0].picked])
        if found:
            left = found[0].quantity - found[0].picked
            self._take(found, left if number % 3 else 1)

    def pick_too_much(self, number: int) -> None:
        """Take more than was asked for, sometimes more than the book has."""
        found = chosen(number, self._stops())
        if found:
            self._take(found, found[0].quantity - found[0].picked + 1 + number % 4)

    def pick_late(self, number: int) -> None:
        """Take goods for a tour that is over."""
        found = chosen(number, self._stops(late=True))
        if found:
            self._take(found, 1 + number % 2)

    def _take(self, stop: tuple[PickTask, UUID], units: int) -> None:
        self.site.station.do(picking.confirm, task=stop[0].id, quantity=units, tote=stop[1])

    def undo(self, number: int) -> None:
        """Put one unit back that was taken for a stop of a tour that is under way."""
        found = chosen(number, self._stops())
        # A line may have several stops: only what came from here goes back here.
        if found and self._lies(*found) and self._lies(*found, found[0].location_id):
            self.attempt(picking.undo, task=found[0].id, quantity=1, tote=found[1])

    def short(self, number: int) -> None:
        """Find nothing more at a stop of a tour that is under way."""
        found = chosen(number, self._stops())
        if found:
            task = found[0]
            self.site.station.do(picking.short, task=task.id, counted=task.picked, reason="empty")

    def finish(self, number: int) -> None:
        tour = chosen(number, self._under_way())
        if tour:
            self.site.station.do(picking.done, pick_list=tour)

    def give_up(self, number: int) -> None:
        tour = chosen(number, self._under_way())
        if tour:
            self.attempt(picking.yield_work, pick_list=tour)

    def claim_bench(self, number: int) -> None:
        fulfillment = chosen(number, self._in_status(Status.PICKED))
        if fulfillment and self.attempt(claims.claim_pack, fulfillment=fulfillment.id):
            self.site.station.do(packing.open_parcel, fulfillment=fulfillment.id)

    def put(self, number: int) -> None:
        """Put units that lie in the tote for a line into an open parcel of their order."""
        parcel = chosen(number, self._parcels(ParcelStatus.OPEN))
        if parcel is None:
            return
        found = chosen(number, self._in_tote(parcel))
        if found:
            line, tote, lot, there = found
            units = there if number % 3 else 1
            self.site.station.do(packing.put, parcel=parcel.id, line=line, tote=tote, quantity=units, lot=lot)

    def take_out(self, number: int) -> None:
        with self.database.reading() as session:
            items = session.execute(
                select(ParcelItem.parcel_id, ParcelItem.order_line_id, ParcelItem.lot, ToteUse.tote_id)
                .join(Parcel, Parcel.id == ParcelItem.parcel_id)
                .join(ToteUse, ToteUse.fulfillment_id == Parcel.fulfillment_id)
                .where(Parcel.status == ParcelStatus.OPEN, ParcelItem.quantity > 0)
                .where(ToteUse.closed_at.is_(None))
                .order_by(ParcelItem.parcel_id, ParcelItem.order_line_id, ParcelItem.lot, ToteUse.tote_id)
            ).all()
        item = chosen(number, items)
        if item:
            parcel, line, lot, tote = item
            self.site.station.do(packing.take_out, parcel=parcel, line=line, tote=tote, quantity=1, lot=lot)

    def close(self, number: int) -> None:
        """Close a parcel and end the packing of its order."""
        parcel = chosen(number, self._parcels(ParcelStatus.OPEN))
        if parcel is None:
            return
        self.site.station.do(packing.choose_carton, parcel=parcel.id, carton=self.site.carton())
        sscc = f"0952400000000{next(self._numbers):05d}"
        self.attempt(packing.close, parcel=parcel.id, weight_g=500, expected_g=490, postage=postage(sscc))

    def finish_bench(self, number: int) -> None:
        fulfillment = chosen(number, self._in_status(Status.PICKED))
        if fulfillment:
            self.attempt(packing.done, fulfillment=fulfillment.id)

    def load(self, number: int) -> None:
        parcel = chosen(number, self._parcels(ParcelStatus.CLOSED))
        if parcel:
            self.site.station.do(shipping.load, parcel=parcel.id, lane=self.site.lane())

    def unload(self, number: int) -> None:
        parcel = chosen(number, self._parcels(ParcelStatus.LOADED))
        if parcel:
            self.site.station.do(shipping.unload, parcel=parcel.id)

    def hand_over(self, number: int) -> None:
        """Let the truck leave; every third time without what is not loaded."""
        left = self._parcels(ParcelStatus.CLOSED) if number % 3 == 0 else []
        self.attempt(
            shipping.close_manifest,
            lane=self.site.lane(),
            number=next(self._numbers),
            left_behind=tuple(box.id for box in left),
        )

    def _under_way(self) -> list[UUID]:
        tours = select(PickList.id).where(PickList.done_at.is_(None)).order_by(PickList.number)
        with self.database.reading() as session:
            return list(session.scalars(tours))

    def _in_status(self, status: Status) -> Sequence[Fulfillment]:
        with self.database.reading() as session:
            found = session.scalars(
                select(Fulfillment).where(Fulfillment.status == status).order_by(Fulfillment.created_at)
            ).all()
            session.expunge_all()
        return found

    def _stops(self, *, late: bool = False) -> list[tuple[PickTask, UUID]]:
        """Stops of tours that are under way, or over, each with the tote of its tour."""
        over = PickList.done_at.is_not(None) if late else PickList.done_at.is_(None)
        with self.database.reading() as session:
            stops = session.execute(
                select(PickTask, ToteUse.tote_id)
                .join(PickList, PickList.id == PickTask.pick_list_id)
                .join(ToteUse, ToteUse.id == PickTask.tote_use_id)
                .where(over)
                .order_by(PickTask.id)
            ).all()
            session.expunge_all()
        return [(task, tote) for task, tote in stops]

    def _lies(self, task: PickTask, tote: UUID, place: UUID | None = None) -> int:
        """Units of a task's line and lot that moves have left in a tote, of all or between it and a place."""
        units = case((StockMove.source_id == tote, -StockMove.quantity), else_=StockMove.quantity)
        moved = select(func.sum(units)).where(
            StockMove.order_line_id == task.order_line_id,
            StockMove.lot == task.lot,
            or_(StockMove.source_id == tote, StockMove.target_id == tote),
        )
        if place:
            moved = moved.where(or_(StockMove.source_id == place, StockMove.target_id == place))
        with self.database.reading() as session:
            return int(session.scalar(moved) or 0)

    def _asked_back(self, line: UUID, tote: UUID) -> int:
        with self.database.reading() as session:
            units = session.scalar(
                select(func.sum(PutBack.quantity)).where(
                    PutBack.order_line_id == line, PutBack.location_id == tote, PutBack.closed_at.is_(None)
                )
            )
            return int(units or 0)

    def _parcels(self, *statuses: ParcelStatus) -> Sequence[Parcel]:
        with self.database.reading() as session:
            found = session.scalars(
                select(Parcel).where(Parcel.status.in_(statuses)).order_by(Parcel.id)
            ).all()
            session.expunge_all()
        return found

    def _in_tote(self, parcel: Parcel) -> list[tuple[UUID, UUID, str, int]]:
        """What lies in totes for a parcel's fulfillment: line, tote, lot, and the units the line wants.

        By the moves of the lines themselves: two lines of one product may lie in one tote.
        """
        went = StockMove.source_id == ToteUse.tote_id
        units_there = func.sum(case((went, -StockMove.quantity), else_=StockMove.quantity))
        with self.database.reading() as session:
            rows = session.execute(
                select(OrderLine.id, ToteUse.tote_id, StockMove.lot, units_there, OrderLine.picked)
                .join(StockMove, StockMove.order_line_id == OrderLine.id)
                .join(ToteUse, or_(went, ToteUse.tote_id == StockMove.target_id))
                .join(Fulfillment, Fulfillment.id == ToteUse.fulfillment_id)
                .where(
                    ToteUse.fulfillment_id == parcel.fulfillment_id,
                    ToteUse.closed_at.is_(None),
                    OrderLine.order_id == Fulfillment.order_id,
                )
                .group_by(OrderLine.id, ToteUse.tote_id, StockMove.lot, OrderLine.picked)
                .order_by(OrderLine.id, ToteUse.tote_id, StockMove.lot)
            ).all()
        found = []
        for line, tote, lot, units, picked in rows:
            there = min(int(units) - self._asked_back(line, tote), picked)
            found += [(line, tote, lot, there)] if there > 0 else []
        return found
