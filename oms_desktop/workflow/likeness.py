"""Possible duplicates: the same person wants the same lines twice, not far apart in time.

The likeness of an order is a digest: it tells whether two orders are alike, and nothing of who or what.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.db.sets import among
from oms_desktop.drafts import AddressDraft, OrderDraft
from oms_desktop.models import Order
from oms_desktop.workflow.finding import Found

_ALIKE = (
    select(Order.likeness, Order.placed_at, Order.captured_at, Order.number)
    .where(Order.cancelled_at.is_(None), among(Order.likeness, "digests"))
    .order_by(Order.captured_at, Order.id)
)


@dataclass(frozen=True)
class Like:
    """An order that comes in, as it is compared: `at` is when it was placed, `hours` what counts as near."""

    number: str
    likeness: str
    at: datetime
    hours: int


def likeness(draft: OrderDraft, found: Sequence[Found]) -> str:
    """Digest who wants what, whatever the channel; '' when nobody is named or nothing is to be picked.

    A person is an e-mail address, else name, street and postal code. What is wanted is told by the products
    of the lines (by what the channel calls it, where it is unknown) and their units.
    """
    wanted = sorted(
        f"{each.product.hex if each.product else line.keys[0]}*{line.quantity}"
        for line, each in zip(draft.lines, found, strict=True)
        if line.pickable
    )
    who = _person(draft)
    if not who or not wanted:
        return ""
    return sha256("\n".join([who, *wanted]).encode("utf-8", "surrogatepass")).hexdigest()


def _person(draft: OrderDraft) -> str:
    if draft.customer.email:
        return _plain(draft.customer.email)
    to = draft.ship_to or draft.bill_to or AddressDraft()
    told = [_plain(part) for part in (to.name, to.address1, to.postal_code)]
    return " ".join(told) if told[0] and told[1] else ""


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


def earlier(session: Session, arrivals: Sequence[Like]) -> list[str]:
    """Name for each order that comes in the order that it may be a duplicate of, '' for none.

    Looked at are all orders that are stored and not cancelled, and those that come before it here.
    """
    seen = _stored(session, sorted({each.likeness for each in arrivals if each.likeness and each.hours}))
    named: list[str] = []
    for each in arrivals:
        near = timedelta(hours=each.hours)
        others = seen.setdefault(each.likeness, []) if each.likeness and each.hours else []
        alike = (number for at, number in others if abs(at - each.at) <= near)
        named.append(next(alike, ""))
        others.append((each.at, each.number))
    return named


def _stored(session: Session, alike: Sequence[str]) -> dict[str, list[tuple[datetime, str]]]:
    found: dict[str, list[tuple[datetime, str]]] = {}
    rows = session.connection().execute(_ALIKE, {"digests": alike}) if alike else ()
    for digest, placed, captured, number in rows:
        found.setdefault(digest, []).append((placed or captured, number))
    return found
