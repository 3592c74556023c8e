"""Change the lines of an order: other quantities, and lines that come to it."""

from collections import Counter
from uuid import UUID

from sqlalchemy.orm import Session

from oms_desktop.acts import Act, encode
from oms_desktop.drafts import (
    MAX_AMOUNT,
    MAX_QUANTITY,
    MAX_UNITS,
    LineDraft,
    LineEdit,
    NotPicked,
    OrderDraft,
    OrderEdit,
)
from oms_desktop.errors import InputError, StateError
from oms_desktop.models import Order, OrderLine, Status
from oms_desktop.workflow import alerts, lines
from oms_desktop.workflow.cancelling import refuse_nothing_left
from oms_desktop.workflow.desk import OVER, UNBEGUN, Desk
from oms_desktop.workflow.finding import Found, find
from oms_desktop.workflow.freeing import free_parts
from oms_desktop.workflow.locks import lock_reserving
from oms_desktop.workflow.taking_off import read_lines, take_off


def change_lines(
    session: Session, act: Act, desk: Desk, order: Order, change: OrderEdit
) -> list[alerts.Place]:
    """Change and add lines as an edit wants; returns the places where something is free now.

    Units that are wanted no more count as cancelled, those that come to a line are ordered and open. An
    order that ships complete gives back what is promised to it when units come, so that it is promised
    anew as a whole.
    """
    # Before any line: whoever picks takes stock first and then its line.
    lock_reserving(session, [part.id for part in desk.parts(order.id, *UNBEGUN)])
    places = _change(session, act, desk, order, change)
    _add(session, act, order, change.new_lines)
    session.flush()
    return places + _keep_whole(session, act, desk, order, change)


def _change(session: Session, act: Act, desk: Desk, order: Order, change: OrderEdit) -> list[alerts.Place]:
    rows = read_lines(session, order.id)
    fewer: Counter[UUID] = Counter()
    more: Counter[UUID] = Counter()
    twice = [place for place, times in Counter(edit.position for edit in change.lines).items() if times > 1]
    if twice:
        raise InputError(
            "order.line_twice", f"Order {order.number}: line {twice[0]} is named more than once."
        )
    for edit in change.lines:
        line = _line_at(order, rows, edit)
        difference = edit.quantity - (line.ordered - line.cancelled)
        (more if difference > 0 else fewer)[line.id] = abs(difference)
    if not more and not change.new_lines and fewer:
        refuse_nothing_left(order, rows, fewer)
    places = []
    for line in sorted(rows, key=lambda row: row.id):
        if more[line.id]:
            lines.order(session, line.id, more[line.id])
        if fewer[line.id]:
            places += take_off(session, act, desk, line, fewer[line.id], picked=False)
    return places


def _line_at(order: Order, rows: list[OrderLine], edit: LineEdit) -> OrderLine:
    found = next((line for line in rows if line.position == edit.position), None)
    if found is None:
        raise InputError("order.no_line", f"Order {order.number} has no line {edit.position}.")
    # Units that were cancelled before stay in what was ordered, which is an integer of the database.
    most = min(MAX_UNITS, MAX_QUANTITY - found.cancelled)
    if not 0 <= edit.quantity <= most:
        raise _bad_quantity(order, edit.quantity, most)
    if found.not_picked:
        raise StateError(
            "order.not_picked_here",
            f"Order {order.number}, line {found.position} ({found.sku}) is not picked here:"
            f" {found.not_picked}. Change the lines of its parts, or add a line.",
        )
    return found


def _bad_quantity(order: Order, quantity: int, most: int) -> InputError:
    return InputError(
        "order.quantity", f"Order {order.number}: {quantity} is no number of units, 0 to {most} is."
    )


def _add(session: Session, act: Act, order: Order, drafts: tuple[LineDraft, ...]) -> None:
    for draft in drafts:
        if not 0 < draft.quantity <= MAX_UNITS:
            raise _bad_quantity(order, draft.quantity, MAX_UNITS)
        if not draft.price.is_finite() or not 0 <= draft.price <= MAX_AMOUNT:
            raise InputError(
                "order.price",
                f"Order {order.number}: {draft.price} is no price, zero or more and below 10000000000 is.",
            )
    wanted = OrderDraft(order.channel, order.number, drafts, order.total)
    [found] = find(session, [wanted])
    position = max((line.position for line in read_lines(session, order.id)), default=0)
    for draft, product in zip(drafts, found, strict=True):
        if product.product is None:
            raise InputError(
                "order.unknown_sku", f"Order {order.number}: no product has the SKU {draft.sku}."
            )
        made = _new_lines(act, order, position, draft, product)
        position += len(made)
        session.add(made[0])
        session.flush()
        session.add_all(made[1:])
    session.flush()


def _new_lines(act: Act, order: Order, last: int, draft: LineDraft, found: Found) -> list[OrderLine]:
    """Make the lines of a draft; a kit stands before its parts, which name it."""
    products = (found.product, *(piece.product for piece in found.pieces))
    made: list[OrderLine] = []
    for position, (line, product) in enumerate(zip(found.spread(draft), products, strict=False), last + 1):
        kit = line.not_picked is NotPicked.KIT
        made.append(
            OrderLine(
                id=act.id("line", position),
                order_id=order.id,
                position=position,
                parent_id=made[0].id if made else None,
                product_id=product,
                sku=line.sku,
                title=line.title,
                variant=line.variant,
                price=line.price,
                properties=encode(line.properties),
                not_picked=line.not_picked.value if line.not_picked else "",
                one_lot=line.one_lot,
                min_life_days=line.min_life_days,
                ordered=line.quantity,
                open=0 if kit else line.quantity,
                cancelled=line.quantity if kit else 0,
            )
        )
    return made


def _keep_whole(
    session: Session, act: Act, desk: Desk, order: Order, change: OrderEdit
) -> list[alerts.Place]:
    """Free what is promised to an order that ships complete and has open units, or is to and is parted."""
    living = [part for part in desk.parts(order.id) if part.status is not Status.CANCELLED]
    parted = bool(change.ship_complete) and len(living) > 1
    is_open = any(line.open for line in read_lines(session, order.id))
    if not order.ship_complete or not (parted or is_open):
        return []
    begun = [part for part in desk.parts(order.id) if part.status not in (*UNBEGUN, *OVER)]
    gone = [part for part in living if part.status not in UNBEGUN]
    if change.ship_complete and gone:
        raise StateError(
            "order.begun_apart",
            f"A part of order {order.number} is {gone[0].status.value} already;"
            " the order cannot ship complete any more.",
        )
    if begun:
        raise StateError(
            "order.begun",
            f"Order {order.number} ships complete and is {begun[0].status.value} already;"
            " nothing can be added to it.",
        )
    return free_parts(session, act, desk.parts(order.id, *UNBEGUN), lines.OPEN).places
