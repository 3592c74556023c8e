"""Judge an edit before it is made: which problems of its order it mends, and which it brings."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from oms_desktop.acts import decode, encode
from oms_desktop.documents.fonts import unprintable
from oms_desktop.drafts import (
    AddressDraft,
    CheckedEdit,
    CheckedOrder,
    OrderDraft,
    OrderEdit,
    Policy,
    Problem,
    ProblemKind,
    order_problems,
    problem,
    storable,
)
from oms_desktop.errors import InputError
from oms_desktop.models import Address, Customer, Intake, Order

_PRINTED = ("name", "company", "address1", "address2", "city", "province", "postal_code")

_PLACE = ("address1", "city", "province", "province_code", "postal_code", "country_code")

_OF_PLACE = {
    ProblemKind.ADDRESS_INCOMPLETE,
    ProblemKind.ADDRESS_IMPOSSIBLE,
    ProblemKind.COUNTRY_UNKNOWN,
}
"""What is wrong with a place; that somebody let the old place go says nothing of a new one."""


def checked_edit(session: Session, order: UUID, change: OrderEdit, policy: Policy) -> CheckedEdit:
    """Compare the problems of an order with those it would have with another address or e-mail address.

    What an edit brings holds the order and never refuses it: what is refused of an order that comes in is its
    number, its lines and its amounts, which stay. Raises InputError for texts that cannot be stored, and for
    an order that is not known.
    """
    refuse_letters(*_texts(encode(change)))
    row = session.get(Order, order)
    if row is None:
        raise InputError("order.unknown", "There is no such order here.")
    if change.address is None and change.email is None:
        return CheckedEdit(change)
    draft, old, email = draft_of(session, row), address_of(session, row), email_of(session, row)
    new = change.address or old
    before = problems_with(draft, old, email, policy)
    after = problems_with(draft, new, email if change.email is None else change.email, policy)
    had = {found.problem for found in before}
    has = {found.problem for found in after}
    known = {_fault(found) for found in before}
    moved = any(getattr(old, part) != getattr(new, part) for part in _PLACE)
    fresh = tuple(
        found for found in after if _fault(found) not in known or (moved and found.problem in _OF_PLACE)
    )
    mended = tuple(sorted(had - has, key=lambda kind: kind.value))
    return CheckedEdit(change, fresh, mended)


def _fault(found: Problem) -> tuple[ProblemKind, str, str]:
    return found.problem, found.field, found.value


def refuse_letters(*texts: str) -> None:
    """Raise InputError for texts that not every database can hold."""
    if not all(map(storable, texts)):
        raise InputError(
            "order.letters",
            "A text has a character that cannot be stored, a NUL or half of one. Type it anew.",
        )


def _texts(value: Any) -> Iterator[str]:
    """Give all texts in a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def address_of(session: Session, order: Order) -> AddressDraft:
    """Return where an order goes now, as a draft."""
    row = session.get_one(Address, order.ship_to_id)
    return AddressDraft(
        name=row.name,
        company=row.company,
        address1=row.address1,
        address2=row.address2,
        city=row.city,
        province=row.province,
        province_code=row.province_code,
        postal_code=row.postal_code,
        country_code=row.country_code,
        phone=row.phone,
    )


def email_of(session: Session, order: Order) -> str:
    """Return the e-mail address of an order's customer, "" if none is known."""
    return session.get_one(Customer, order.customer_id).email


def draft_of(session: Session, order: Order) -> OrderDraft:
    """Return an order as its channel told it."""
    checked: CheckedOrder = decode(CheckedOrder, session.get_one(Intake, order.intake_id).draft)
    return checked.draft


def problems_with(draft: OrderDraft, to: AddressDraft, email: str, policy: Policy) -> tuple[Problem, ...]:
    """Judge an order as if it went to an address, and its customer had an e-mail address."""
    draft = replace(draft, ship_to=to, customer=replace(draft.customer, email=email))
    letters = tuple(
        problem(
            ProblemKind.ADDRESS_UNPRINTABLE,
            order=draft.number,
            where=to.where,
            field=part,
            value=getattr(to, part),
        )
        for part in _PRINTED
        if unprintable(getattr(to, part))
    )
    return (*order_problems(draft, policy), *letters)
