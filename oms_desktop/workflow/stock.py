"""Move goods between shelves, correct the book with a reason, change their condition.

Free units only: what is promised to an order stays where its pick task says. Every call locks the stock it
touches by its key before it looks, and nothing goes below zero.
"""

from uuid import UUID

from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, verb
from oms_desktop.errors import InputError
from oms_desktop.models import Condition, MoveKind, Role
from oms_desktop.workflow import alerts, ledger, tracking
from oms_desktop.workflow.goods import refuse, text_wrong
from oms_desktop.workflow.locks import lock_stock
from oms_desktop.workflow.shelves import (
    Shelf,
    Why,
    book_difference,
    find_shelf,
    refuse_units,
    take_free,
)


@verb("stock.move.1", role=Role.RECEIVER, kind=Kind.DECISION)
def move(
    session: Session,
    act: Act,
    *,
    product: UUID,
    source: UUID,
    target: UUID,
    quantity: int,
    lot: str = "",
    condition: Condition = Condition.GOOD,
    serials: tuple[str, ...] = (),
    refill: bool = False,
    reference: str = "",
) -> None:
    """Move free units of a product from one shelf to another of the same warehouse.

    Raises InputError for what cannot be moved so, and StateError (`stock.not_free`) when the source has not
    so many free units.
    """
    here = find_shelf(session, source, product, lot, condition)
    there = find_shelf(session, target, product, lot, condition)
    if here.place.id == there.place.id:
        raise InputError("stock.two_ends", f"The goods are at {here.place.code} already.")
    if here.place.warehouse_id != there.place.warehouse_id:
        words = f"{here.place.code} and {there.place.code} stand in two warehouses"
        raise InputError("stock.two_ends", f"{words}; goods move between two shelves of one.")
    refuse_units(here, quantity, serials)
    refuse([("", text_wrong(reference))])
    tracking.lock_serials(session, [here.product])
    lock_stock(session, [source, target], [product])
    kind = MoveKind.REFILL if refill else MoveKind.MOVE
    booked = ledger.Move(kind, here.goods, source, target, quantity, reference=reference)
    take_free(session, here, booked, serials)
    ledger.put_in(session, act, booked)
    tracking.write(session, act, booked, serials)
    alerts.settle(session, act, [here.spot, there.spot])


@verb("stock.adjust.1", role=Role.SUPERVISOR, kind=Kind.DECISION)
def adjust(
    session: Session,
    act: Act,
    *,
    product: UUID,
    location: UUID,
    difference: int,
    reason: str,
    lot: str = "",
    condition: Condition = Condition.GOOD,
    serials: tuple[str, ...] = (),
    reference: str = "",
) -> None:
    """Correct the book of a shelf by so many units, up or down, with the reason in words.

    Raises InputError without a reason and for what cannot be there, StateError (`stock.not_free`) when so
    many units are not free.
    """
    here = find_shelf(session, location, product, lot, condition)
    if not reason.strip():
        raise InputError("stock.reason_wanted", "A correction needs its reason in words.")
    if difference == 0:
        words = "A correction of 0 units changes nothing; name the difference, such as -2."
        raise InputError("stock.quantity", words)
    refuse_units(here, abs(difference), serials)
    refuse([("", text_wrong(reason, reference))])
    tracking.lock_serials(session, [here.product])
    lock_stock(session, [location], [product])
    book_difference(session, act, here, difference, serials, Why(MoveKind.ADJUST, reason.strip(), reference))
    alerts.settle(session, act, [here.spot])


@verb("stock.grade.1", role=Role.RECEIVER, kind=Kind.DECISION)
def grade(
    session: Session,
    act: Act,
    *,
    product: UUID,
    location: UUID,
    quantity: int,
    before: Condition,
    after: Condition,
    reason: str,
    lot: str = "",
    serials: tuple[str, ...] = (),
) -> None:
    """Give free units at a shelf another condition, with the reason in words.

    Two moves: out of the one condition through the adjustment place, into the other. Raises as `adjust`.
    """
    here = find_shelf(session, location, product, lot, before)
    if before is after:
        raise InputError("stock.two_ends", f"These goods are {after.value} already.")
    if not reason.strip():
        raise InputError("stock.reason_wanted", "Another condition needs its reason in words.")
    refuse_units(here, quantity, serials)
    refuse([("", text_wrong(reason))])
    tracking.lock_serials(session, [here.product])
    lock_stock(session, [location], [product])
    why = Why(MoveKind.GRADE, reason.strip())
    book_difference(session, act, here, -quantity, serials, why)
    graded = Shelf(here.place, here.product, ledger.Goods(here.goods.warehouse, product, lot, after))
    book_difference(session, act, graded, quantity, serials, why)
    alerts.settle(session, act, [here.spot])
