"""Walk orders through a small warehouse and prove the books after every step."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act
from oms_desktop.db import Database
from oms_desktop.models import PickTask
from oms_desktop.workflow import claims, packing, picking, shipping
from oms_desktop.workflow.books import Violation, prove
from oms_desktop.workflow.claims import Tour
from tests.builders import Site, postage

P = ParamSpec("P")
R = TypeVar("R")


def violations(database: Database) -> tuple[Violation, ...]:
    """What is not sound in a database."""
    with database.reading() as session:
        return prove(session).violations


@dataclass
class Walk:
    """A site whose every call is followed by a proof (unless `proving` is off)."""

    database: Database
    stock: int = 10
    proving: bool = True
    site: Site = field(init=False)
    _tours: Any = field(init=False, default_factory=lambda: count(1))
    _parcels: Any = field(init=False, default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.site = Site(self.database, stock=self.stock)
        self.prove()

    def prove(self) -> None:
        assert not self.proving or violations(self.database) == ()

    def do(self, verb: Callable[Concatenate[Session, Act, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        result = self.site.station.do(verb, *args, **kwargs)
        self.prove()
        return result

    def promised(self, lines: dict[str, int]) -> UUID:
        order = self.site.promised(lines)
        self.prove()
        return order

    def claim(self, tote: str) -> Tour:
        place = self.site.place(tote)
        return self.do(claims.claim_pick, warehouse=self.site.warehouse, tote=place, number=next(self._tours))

    def tasks(self, tour: Tour) -> list[PickTask]:
        with self.database.reading() as session:
            found = session.scalars(
                select(PickTask).where(PickTask.pick_list_id == tour.pick_list).order_by(PickTask.position)
            ).all()
            session.expunge_all()
        return list(found)

    def pick(self, tour: Tour, tote: str, *, stops: int | None = None) -> None:
        """Take everything of the first stops of a tour (of all without `stops`), and no more."""
        place = self.site.place(tote)
        for task in self.tasks(tour)[:stops]:
            self.do(picking.confirm, task=task.id, quantity=task.quantity - task.picked, tote=place)

    def picked(self, lines: dict[str, int], tote: str) -> tuple[UUID, Tour]:
        """An order in a tote, its tour done."""
        order = self.promised(lines)
        tour = self.claim(tote)
        self.pick(tour, tote)
        self.do(picking.done, pick_list=tour.pick_list)
        return order, tour

    def open_parcel(self, tour: Tour) -> UUID:
        self.do(claims.claim_pack, fulfillment=tour.fulfillment)
        return self.do(packing.open_parcel, fulfillment=tour.fulfillment)

    def put(self, parcel: UUID, order: UUID, tote: str, quantity: int, position: int = 1) -> None:
        line, place = self.site.line(order, position).id, self.site.place(tote)
        self.do(packing.put, parcel=parcel, line=line, tote=place, quantity=quantity)

    def close(self, parcel: UUID) -> None:
        self.do(packing.choose_carton, parcel=parcel, carton=self.site.carton())
        sscc = f"0952400000000{next(self._parcels):05d}"
        self.do(packing.close, parcel=parcel, weight_g=640, expected_g=635, postage=postage(sscc))

    def packed(self, lines: dict[str, int], tote: str) -> tuple[UUID, Tour, UUID]:
        """An order in one closed parcel, its packing done."""
        order, tour = self.picked(lines, tote)
        parcel = self.open_parcel(tour)
        for position, units in enumerate(lines.values(), start=1):
            self.put(parcel, order, tote, units, position)
        self.close(parcel)
        self.do(packing.done, fulfillment=tour.fulfillment)
        return order, tour, parcel

    def load(self, parcel: UUID) -> None:
        self.do(shipping.load, parcel=parcel, lane=self.site.lane())
