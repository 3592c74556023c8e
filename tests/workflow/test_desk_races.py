"""The desk against the floor, the promise and itself at the same moment: one is done, the other sees it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act
from oms_desktop.app import desk
from oms_desktop.db import Database
from oms_desktop.drafts import LineEdit, OrderEdit
from oms_desktop.models import DONE, JournalEntry, OrderLine, PickTask, Stock
from oms_desktop.station import Station
from oms_desktop.workflow import (
    cancelling,
    claims,
    holds,
    line_edits,
    merging,
    picking,
    promise,
    receiving,
)
from oms_desktop.workflow.books import prove
from oms_desktop.workflow.cancelling import Cut
from oms_desktop.workflow.desk import Verdict
from oms_desktop.workflow.splitting import Share
from tests.builders import MUG, MUG_PLACE, NOON, TORCH_PLACE, Site
from tests.crowd import Waiting, station, together


@dataclass(frozen=True)
class Race:
    """Two orders of one customer: `order` waits for a picker and for one more piece, `other` as well."""

    site: Site
    order: UUID
    other: UUID
    line: UUID

    def assert_sound(self) -> None:
        with self.site.database.reading() as session:
            assert prove(session).violations == ()


def race(database: Database) -> Race:
    site = Site(database, stock=5)
    order, other = site.promised({MUG: 3}), site.promised({MUG: 3})
    site.receive({MUG: 1})
    return Race(site, order, other, site.line(order).id)


Wish = Callable[[Station, Race], object]

WISHES: dict[str, Wish] = {
    "edit": lambda own, of: desk.edit(own, of.order, OrderEdit(lines=(LineEdit(1, 1),))),
    "edit up": lambda own, of: desk.edit(own, of.order, OrderEdit(lines=(LineEdit(1, 4),))),
    "split": lambda own, of: desk.split(own, of.order, [Share(of.line, 1)]),
    "merge": lambda own, of: desk.merge(own, of.other, [of.order]),
    "merge back": lambda own, of: desk.merge(own, of.order, [of.other]),
    "cancel": lambda own, of: desk.cancel(own, of.order, "wish of the customer"),
    "cut": lambda own, of: desk.cancel(own, of.order, "fewer", [Cut(of.line, 2)]),
    "hold": lambda own, of: desk.hold(own, [of.other, of.order], kind="desk", text="Wait.", frees_stock=True),
    "claim": lambda own, of: own.do(
        claims.claim_pick, warehouse=of.site.warehouse, tote=of.site.place("T-101"), number=1
    ),
    "promise": lambda own, of: own.do(promise.wave, orders=(of.order, of.other)),
    "allocate": lambda own, of: own.do(promise.allocate, order=of.order),
}

IN_HAND = {"order.in_hand", "order.not_promised", "order.begun_already"}
NO_MORE = {"order.merged", "order.cancelled", "order.on_hold", "order.held", "order.not_promised"}


def code_of(result: object) -> str:
    """The refusal of a wish, '' when it was done."""
    if isinstance(result, tuple):
        return next((verdict.code for verdict in result if verdict.code), "")
    if isinstance(result, Verdict):
        return result.code
    return result if isinstance(result, str) else ""


@pytest.mark.parametrize(
    ("first", "second", "refusals"),
    [
        # A claim passes by what a merge has locked, and may find nothing else.
        ("merge", "claim", {*IN_HAND, "claim.no_work"}),
        ("cancel", "claim", set()),
        ("hold", "claim", {"claim.no_work"}),
        ("edit up", "promise", set()),
        ("cancel", "allocate", NO_MORE),
        ("merge", "merge back", NO_MORE),
        ("split", "cut", {*NO_MORE, "order.nothing_stays"}),
        ("edit", "hold", NO_MORE),
    ],
)
def test_of_two_at_once_one_is_done_and_the_other_is_told(
    database: Database, first: str, second: str, refusals: set[str]
) -> None:
    of = race(database)
    works = [lambda own, name=name: WISHES[name](own, of) for name in (first, second)]
    codes = [code_of(result) for result in together(database, of.site.station.person, works)]

    assert "" in codes
    assert set(codes) - {""} <= refusals
    of.assert_sound()


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ("edit", "order.in_hand"),
        ("split", "order.not_promised"),
        ("merge", "order.begun_already"),
        ("cut", "order.in_hand"),
        ("cancel", ""),
        ("hold", ""),
    ],
)
def test_a_wish_that_waited_for_a_claim_sees_it(postgresql: Database, wish: str, code: str) -> None:
    """Schedule 15 for every verb of the desk: the guard looks again after the lock."""
    of = race(postgresql)

    def claim(session: Session, act: Act) -> None:
        tote = of.site.place("T-101")
        claims.claim_pick(session, act, warehouse=of.site.warehouse, tote=tote, number=1)

    assert code_of(after(of, claim, WISHES[wish])) == code
    with postgresql.reading() as session:
        left = session.scalars(select(PickTask.quantity).where(PickTask.pick_list_id.is_not(None))).all()
    assert left == [3], "what a picker walks for stays reserved"
    of.assert_sound()


def held(session: Session, act: Act, of: Race) -> None:
    holds.hold_order(session, act, order=of.order, kind="desk", text="Wait.", frees_stock=True)


def cancelled(session: Session, act: Act, of: Race) -> None:
    cancelling.cancel(session, act, order=of.order, reason="wish of the customer")


def merged(session: Session, act: Act, of: Race) -> None:
    merging.merge(session, act, into=of.other, orders=(of.order,))


@pytest.mark.parametrize(
    ("first", "code"), [(held, "order.held"), (cancelled, "order.cancelled"), (merged, "order.cancelled")]
)
def test_a_promise_that_waited_for_the_desk_sees_it(
    postgresql: Database, first: Callable[[Session, Act, Race], None], code: str
) -> None:
    of = race(postgresql)

    assert code_of(after(of, lambda session, act: first(session, act, of), WISHES["allocate"])) == code
    with postgresql.reading() as session:
        assert session.get_one(OrderLine, of.line).allocated == 0
    of.assert_sound()


def test_an_edit_keeps_what_a_picker_displaces_meanwhile(
    postgresql: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(postgresql, stock=6)
    one, other = site.promised({MUG: 3}), site.promised({MUG: 3})
    for number in (1, 2):
        tote = site.place(f"T-10{number}")
        site.station.do(claims.claim_pick, warehouse=site.warehouse, tote=tote, number=number)
    with postgresql.reading() as session:
        task = session.scalars(select(PickTask.id).where(PickTask.order_line_id == site.line(other).id)).one()
    find_line = line_edits._line_at

    def picked_too_much(*given: Any) -> OrderLine:
        with station(postgresql, "PICK-2", site.station.person) as picker:
            picker.do(picking.confirm, task=task, quantity=5, tote=site.place("T-102"))
        return find_line(*given)

    monkeypatch.setattr(line_edits, "_line_at", picked_too_much)

    desk.edit(site.station, one, OrderEdit(lines=(LineEdit(1, 5),)))

    line = site.line(one)
    assert (line.ordered, line.open, line.allocated) == (5, 4, 1)
    with postgresql.reading() as session:
        assert prove(session).violations == ()


def test_the_expiry_of_a_lot_that_comes_twice_at_once_is_not_lost(postgresql: Database) -> None:
    of = race(postgresql)

    def receiving_at(place: str, expires_on: date) -> dict[str, Any]:
        row = receiving.Receipt(MUG, place, 1, lot="N1", expires_on=expires_on)
        return {"warehouse": of.site.warehouse, "rows": (row,)}

    def first(session: Session, act: Act) -> None:
        receiving.receive(session, act, **receiving_at(MUG_PLACE, date(2026, 6, 30)))

    def second(own: Station, _of: Race) -> object:
        return own.do(receiving.receive, **receiving_at(TORCH_PLACE, date(2026, 3, 10)))

    assert after(of, first, second) == "stock.expiry"

    of.assert_sound()
    with postgresql.reading() as session:
        assert session.scalars(select(Stock.on_hand).where(Stock.lot == "N1")).all() == [1]


def after(of: Race, first: Callable[[Session, Act], None], second: Wish) -> object:
    """Do something, let a wish of another station wait for it, and commit; returns what the wish gave."""
    station, results = of.site.station, list[object]()
    assert station.person is not None
    act = Act(call=uuid4(), worker=station.person.id, station="FIRST-1", at=NOON)
    other = replace(station, name="SECOND-1", new_call=uuid4, _numbers={})
    with of.site.database.transaction() as session:
        first(session, act)
        session.add(_entry(act))
        wish = Waiting(of.site.database, lambda: results.append(second(other, of)))
        wish.until_it_waits()
    wish.join()
    return results[0] if wish.error is None else getattr(wish.error, "code", "")


def _entry(act: Act) -> JournalEntry:
    """What the station would have written down of the call."""
    return JournalEntry(
        call_id=act.call,
        station=act.station,
        incarnation=1,
        sequence=1,
        verb="test",
        arguments={},
        worker_id=act.worker,
        device="",
        at=act.at,
        result=DONE,
        hub_at=act.at,
        ordinal=0,
    )
