"""Orders that cannot go on by themselves, the oldest first, each with what is wrong and what solves it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from enum import Enum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.drafts import ProblemKind, listing_keys
from oms_desktop.models import Hold, OrderLine, QueueEntry

SHOWN = 12
"""How many of them are read."""

_TITLES = {"desk": "On hold", ProblemKind.UNKNOWN_SKU.value: "Unknown SKU"}

_FACTS = {
    ProblemKind.ADDRESS_INCOMPLETE: "a part is missing",
    ProblemKind.COUNTRY_UNKNOWN: "no such country",
    ProblemKind.ADDRESS_IMPOSSIBLE: "no such place or code",
    ProblemKind.ADDRESS_UNPRINTABLE: "letters no label can print",
    ProblemKind.NAME_TOO_LONG: "over 120 characters",
    ProblemKind.UNPAID: "not paid, not authorized",
    ProblemKind.BLOCKED: "nothing goes to this country",
    ProblemKind.OVER_LIMIT: "somebody has to agree",
    ProblemKind.DUPLICATE: "same person, same lines",
    ProblemKind.CANCELLED: "the shop has cancelled it",
    ProblemKind.TEST_ORDER: "marked so by the shop",
    ProblemKind.PICKUP: "the customer fetches it",
    ProblemKind.QUANTITY_UNSURE: "a part was sent before",
    ProblemKind.NOTHING_TO_PICK: "no line is left",
    ProblemKind.CONTACT_MALFORMED: "no e-mail or phone to use",
    ProblemKind.AMBIGUOUS_DATE: "day or month first",
    ProblemKind.UNKNOWN_CURRENCY: "no such currency",
}
"""What a card says of a problem, in a few words; the hold has the whole sentence."""

_OF_ADDRESS = frozenset(
    kind.value
    for kind in (
        ProblemKind.ADDRESS_INCOMPLETE,
        ProblemKind.ADDRESS_IMPOSSIBLE,
        ProblemKind.ADDRESS_UNPRINTABLE,
        ProblemKind.COUNTRY_UNKNOWN,
        ProblemKind.NAME_TOO_LONG,
        ProblemKind.CONTACT_MALFORMED,
    )
)
"""The holds that end when somebody corrects the address, or how the customer is reached."""


class Remedy(Enum):
    """What solves it: end the holds, correct the address, say which product is meant, or promise again."""

    RELEASE = "release"
    ADDRESS = "address"
    NAME = "name"
    PROMISE = "promise"


@dataclass(frozen=True)
class Stuck:
    """An order that needs somebody.

    `order` is its hex id, `since` an ISO time in UTC. `title` says in two words what is wrong, `text` the
    fact. Where a product has to be named, `channel` and `key` are what the listing is made for, and `asked`
    is how people call it.
    """

    order: str
    number: str
    since: str
    title: str
    text: str
    remedy: Remedy
    channel: str = ""
    key: str = ""
    asked: str = ""


def stuck_orders(session: Session, limit: int = SHOWN) -> tuple[Stuck, ...]:
    """Read the orders that have been held or short for longest, by an index."""
    entries = session.scalars(
        select(QueueEntry)
        .where(QueueEntry.flagged_at.is_not(None))
        .order_by(QueueEntry.flagged_at, QueueEntry.order_id)
        .limit(limit)
    ).all()
    ids = [entry.order_id for entry in entries]
    holds, lines = _holds(session, ids), _open_lines(session, ids)
    return tuple(_stuck(entry, holds, lines[entry.order_id]) for entry in entries)


def _holds(session: Session, orders: Sequence[UUID]) -> Mapping[UUID, Hold]:
    """Return of each order the hold to look at first: that of an unknown product, else the oldest."""
    rows = session.scalars(
        select(Hold)
        .where(Hold.order_id.in_(orders), Hold.released_at.is_(None))
        .order_by(Hold.kind == ProblemKind.UNKNOWN_SKU.value, Hold.set_at.desc(), Hold.id.desc())
    )
    return {hold.order_id: hold for hold in rows}


def _open_lines(session: Session, orders: Sequence[UUID]) -> Mapping[UUID, list[OrderLine]]:
    found = defaultdict[UUID, list[OrderLine]](list)
    rows = session.scalars(
        select(OrderLine)
        .where(OrderLine.order_id.in_(orders), OrderLine.open > 0)
        .order_by(OrderLine.order_id, OrderLine.position)
    )
    for line in rows:
        found[line.order_id].append(line)
    return found


def _stuck(entry: QueueEntry, holds: Mapping[UUID, Hold], lines: Sequence[OrderLine]) -> Stuck:
    since = entry.flagged_at.astimezone(UTC).isoformat() if entry.flagged_at else ""
    hold = holds.get(entry.order_id)
    unknown = next((line for line in lines if line.product_id is None), None)
    if unknown is not None and (hold is None or hold.kind == ProblemKind.UNKNOWN_SKU.value):
        return _nameless(entry, since, unknown)
    if hold is None:
        first = lines[0] if lines else None
        text = f"{entry.short} short" if first is None else f"{first.open} of {first.sku} missing"
        more = f", {len(lines) - 1} more lines" if len(lines) > 1 else ""
        return Stuck(
            entry.order_id.hex, entry.number, since, "Stock missing", f"{text}{more}", Remedy.PROMISE
        )
    title = _TITLES.get(hold.kind, hold.kind.capitalize())
    fact = next((words for kind, words in _FACTS.items() if kind.value == hold.kind), hold.text)
    remedy = Remedy.ADDRESS if hold.kind in _OF_ADDRESS else Remedy.RELEASE
    return Stuck(entry.order_id.hex, entry.number, since, title, fact, remedy)


def _nameless(entry: QueueEntry, since: str, unknown: OrderLine) -> Stuck:
    """Ask for the product of a line, also when somebody has released the hold that asked for it."""
    called = f"{unknown.title} {unknown.variant}".strip() or unknown.sku or unknown.listing
    keys = listing_keys(unknown.listing, unknown.sku, unknown.title, unknown.variant)
    return Stuck(
        entry.order_id.hex,
        entry.number,
        since,
        _TITLES[ProblemKind.UNKNOWN_SKU.value],
        unknown.sku or called,
        Remedy.NAME,
        entry.channel,
        keys[0],
        called,
    )
