"""What the desk asks for, together with what follows from it: the same for the window and the command line.

A supervisor may do whatever the order desk may.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from oms_desktop.app import mending, serving
from oms_desktop.app.desk_edits import checked_edit, refuse_letters
from oms_desktop.app.mending import Name
from oms_desktop.drafts import USUAL, OrderEdit, Policy, ProblemKind
from oms_desktop.errors import InputError, StateError
from oms_desktop.models import Order, OrderLine, Role
from oms_desktop.station import SYSTEM, Incoming, Station, find_person
from oms_desktop.workflow import cancelling, editing, holds, merging, promise, sending, splitting, steering
from oms_desktop.workflow.cancelling import Cut
from oms_desktop.workflow.desk import Verdict, chunks
from oms_desktop.workflow.listings import Listed
from oms_desktop.workflow.splitting import Share
from oms_desktop.workflow.worklists.unknown import nameless


def hold(
    station: Station,
    orders: Sequence[UUID],
    *,
    kind: str,
    text: str,
    until: datetime | None = None,
    frees_stock: bool = False,
) -> tuple[Verdict, ...]:
    """Make orders wait; `frees_stock` lets others have what is reserved for them and not begun.

    Raises InputError for texts that cannot be stored, and for an `until` that is over or has no time zone.
    """
    refuse_letters(kind, text)
    if until is not None and until.tzinfo is None:
        words = f"A hold ends at a time of a time zone; {until:%Y-%m-%d %H:%M} has none."
        raise InputError("hold.zone", words)
    desk = at_desk(station)
    verdicts = desk.do(
        holds.hold_orders, orders=tuple(orders), kind=kind, text=text, until=until, frees_stock=frees_stock
    )
    if frees_stock:
        _serve_others(desk, [verdict.order for verdict in verdicts if verdict.done])
    return verdicts


def release(station: Station, orders: Sequence[UUID], kind: str = "") -> tuple[Verdict, ...]:
    """End the holds of orders, or those of one kind, and promise stock to the orders that are free then.

    As with `send`, an order that would get nothing, because nobody knows a product of it, keeps its holds.
    """
    refuse_letters(kind)
    desk = at_desk(station)
    named = tuple(dict.fromkeys(orders))
    kept = _nameless(station, named) if kind in ("", ProblemKind.UNKNOWN_SKU.value) else {}
    asked = tuple(order for order in named if order not in kept)
    given = desk.do(holds.release_orders, orders=asked, kind=kind) if asked else ()
    with serving.afterwards():
        serving.serve(desk, [verdict.order for verdict in given if verdict.done])
    verdicts = kept | {verdict.order: verdict for verdict in given}
    return tuple(verdicts[order] for order in named)


def _nameless(station: Station, orders: Sequence[UUID]) -> dict[UUID, Verdict]:
    with station.store.reading() as session:
        found = nameless(session, orders)
    whys = {order: steering.unpromised(number) for order, number in found.items()}
    return {order: Verdict(order, found[order], why.code, why.text) for order, why in whys.items()}


def end_holds(station: Station) -> tuple[UUID, ...]:
    """End the holds whose time has come, as the program itself; returns the orders that are free now."""
    now = station.clock()
    with station.store.reading() as session:
        if not holds.some_end(session, now):
            return ()
        program = replace(station, person=find_person(session, SYSTEM))
    free = program.do(holds.end_holds, until=now)
    with serving.afterwards():
        serving.serve(program, free)
    return free


def send(station: Station, orders: Sequence[UUID]) -> tuple[Verdict, ...]:
    """Let orders go: end their holds, promise stock to them, and give the floor what is promised.

    An order that is refused stays as it was, with its holds.
    """
    desk = at_desk(station)
    named = list(dict.fromkeys(orders))
    turns = serving.in_turns(named, lambda some: desk.do(sending.let_go, orders=some))
    return tuple(verdict for verdicts in turns for verdict in verdicts)


def promise_again(station: Station, orders: Sequence[UUID]) -> promise.Wave:
    """Promise what is free to orders that are short of something."""
    desk = at_desk(station)
    return serving.total(serving.in_turns(orders, lambda some: desk.do(promise.wave, orders=some)))


def name(station: Station, named: Name, sku: str) -> Listed:
    """Say once which product a channel means by a name."""
    return mending.mend(at_desk(station), named, sku)


def prioritize(station: Station, orders: Sequence[UUID], priority: int) -> tuple[Verdict, ...]:
    """Give orders a priority, 0 to 2."""
    return at_desk(station).do(steering.prioritize, orders=tuple(orders), priority=priority)


def assign(station: Station, orders: Sequence[UUID], worker: UUID | None) -> tuple[Verdict, ...]:
    """Say who is to pick orders; None lets anybody."""
    return station.do(steering.assign, orders=tuple(orders), worker=worker)


def edit(station: Station, order: UUID, change: OrderEdit, policy: Policy = USUAL) -> Verdict:
    """Change an order, judge it again, promise stock to what it wants then, and give others what is free."""
    desk = at_desk(station)
    with station.store.reading() as session:
        checked = checked_edit(session, order, change, policy)
    incoming = Incoming("desk", "edit", "", checked)

    def work() -> None:
        desk.call().bringing(incoming).do(editing.edit, order=order, intake=UUID(int=0))
        with serving.afterwards():
            serving.serve(desk, [order])
        if change.lines or change.new_lines or change.ship_complete:
            _serve_others(desk, [order])

    return _one(desk, order, work)


def cancel(station: Station, order: UUID, reason: str, cuts: Sequence[Cut] = ()) -> Verdict:
    """Cancel an order, or units of its lines, and let the orders that wait have what is free then."""
    refuse_letters(reason)
    desk = at_desk(station)

    def work() -> None:
        desk.do(cancelling.cancel, order=order, reason=reason, cuts=tuple(cuts))
        _serve_others(desk, [order])

    return _one(desk, order, work)


def cancel_each(station: Station, orders: Sequence[UUID], reason: str) -> tuple[Verdict, ...]:
    """Cancel orders one after the other, then let the orders that wait have what is free."""
    refuse_letters(reason)
    desk = at_desk(station)
    named = list(dict.fromkeys(orders))

    def each(one: tuple[UUID, ...]) -> Verdict:
        [order] = one
        return _one(desk, order, lambda: desk.do(cancelling.cancel, order=order, reason=reason))

    verdicts = tuple(serving.in_turns(named, each, at_once=1))
    if any(verdict.done for verdict in verdicts):
        _serve_others(desk, named)
    return verdicts


def split(station: Station, order: UUID, shares: Sequence[Share]) -> Verdict:
    """Let units of an order ship apart from its others."""
    desk = at_desk(station)
    return _one(desk, order, lambda: desk.do(splitting.split, order=order, shares=tuple(shares)))


def merge(station: Station, into: UUID, orders: Sequence[UUID]) -> Verdict:
    """Let an order take over others, and promise stock to what it wants then; the verdict is on that one."""
    desk = at_desk(station)

    def work() -> None:
        desk.do(merging.merge, into=into, orders=tuple(orders))
        with serving.afterwards():
            serving.serve(desk, [into])

    return _one(desk, into, work)


def _serve_others(station: Station, orders: Sequence[UUID]) -> None:
    """Let the orders that wait have what these have given back."""
    products = set[UUID]()
    with station.store.reading() as session:
        for chunk in chunks(sorted(orders)):
            lines = session.scalars(select(OrderLine.product_id).where(OrderLine.order_id.in_(chunk)))
            products |= {product for product in lines if product is not None}
    if products:
        with serving.afterwards():
            serving.serve_waiting(station, sorted(products))


def _one(station: Station, order: UUID, work: Callable[[], object]) -> Verdict:
    """Do what concerns one order; a refusal becomes the verdict, as it is for many."""
    with station.store.reading() as session:
        number = session.scalar(select(Order.number).where(Order.id == order)) or ""
    try:
        work()
    except StateError as error:
        return Verdict(order, number, error.code, error.text)
    return Verdict(order, number)


def at_desk(station: Station) -> Station:
    """Return the station as it is for the order desk, which a supervisor may stand in for."""
    person = station.person
    if person is None or not person.may(Role.SUPERVISOR):
        return station
    return replace(station, person=replace(person, roles=person.roles | {Role.ORDER_DESK}))
