"""Store the orders that came in, with the holds they need.

The drafts stand in the intake rows of the same transaction, so that the journal, which keeps this call's
arguments, holds no name and no address.

1. Read the drafts, and which of them are known already.
2. Find the products of all lines, and the orders that are like these.
3. Judge: what was wrong with the draft, and what nobody knew before its lines were looked up.
4. Write customers, addresses, orders, lines, holds and events.

Every step is the same number of statements for one order and for hundreds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, brought, decode, verb
from oms_desktop.db.sets import among
from oms_desktop.drafts import CheckedOrder, OrderDraft, Outcome, Problem, ProblemKind, problem
from oms_desktop.errors import InputError
from oms_desktop.models import Intake, Order, Role
from oms_desktop.workflow import board, captured, timeline
from oms_desktop.workflow.captured import Arrival
from oms_desktop.workflow.demand import Demand
from oms_desktop.workflow.finding import Found, find
from oms_desktop.workflow.likeness import Like, earlier, likeness

_INTAKES = select(Intake.id, Intake.draft).where(among(Intake.id, "intakes"))
_KNOWN = select(Order.channel, Order.number, Order.id).where(among(Order.number, "numbers"))


class Taken(Enum):
    """What became of an order that came in."""

    TAKEN = "taken"
    HELD = "held"
    DUPLICATE = "duplicate"


@dataclass(frozen=True)
class Captured:
    """The stored order, or the one that was known already, with what is wrong with it."""

    order: UUID
    taken: Taken
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Stored:
    """What became of orders that came in, and what those of them want that nobody knew."""

    results: tuple[Captured, ...]
    demands: list[Demand]

    @property
    def orders(self) -> list[UUID]:
        """The orders that are new."""
        return [each.wish.order for each in self.demands]


@verb("order.capture.1", role=Role.ORDER_DESK, kind=Kind.DECISION)
def capture(session: Session, act: Act, *, intake: UUID) -> Captured:
    """Store the order of an intake row (a `CheckedOrder`); one that is known stays as it is.

    Raises InputError for a draft that cannot be represented.
    """
    [made] = capture_all(session, act, intakes=(intake,))
    return made


@verb("orders.capture.1", role=Role.ORDER_DESK, kind=Kind.DECISION)
def capture_all(session: Session, act: Act, *, intakes: tuple[UUID, ...]) -> tuple[Captured, ...]:
    """Store the orders of many intake rows as `order.capture.1` stores each; the results in their order.

    Of two with the same channel and number the first is taken. Raises InputError, and stores none, when one
    cannot be represented.
    """
    stored = store(session, act, intakes)
    board.settle(session, act, stored.orders, new=True)
    return stored.results


def store(session: Session, act: Act, intakes: Sequence[UUID]) -> Stored:
    """Store orders as `orders.capture.1` does, but for `board.settle`, which is left to the caller."""
    drafts = _drafts(session, intakes)
    known = _known(session, [checked.draft for checked in drafts])
    fresh: list[tuple[UUID, CheckedOrder]] = []
    results: list[Captured | None] = []
    for intake, checked in zip(intakes, drafts, strict=True):
        key = (checked.draft.channel, checked.draft.number)
        results.append(Captured(known[key], Taken.DUPLICATE) if key in known else None)
        if key not in known:
            known[key] = act.id("order", intake)
            fresh.append((intake, checked))
    arrivals = _judged(session, act, fresh)
    demands = _take(session, act, arrivals)
    taken = (
        Captured(each.order, Taken.HELD if each.problems else Taken.TAKEN, each.problems) for each in arrivals
    )
    return Stored(tuple(result or next(taken) for result in results), demands)


def _drafts(session: Session, intakes: Sequence[UUID]) -> list[CheckedOrder]:
    at_hand = brought(session)
    drafts = [each for each in map(at_hand.get, intakes) if isinstance(each, CheckedOrder)]
    if len(drafts) < len(intakes):
        rows = session.connection().execute(_INTAKES, {"intakes": intakes})
        found: dict[UUID, CheckedOrder] = {row.id: decode(CheckedOrder, row.draft) for row in rows}
        drafts = [found[intake] for intake in intakes]
    for checked in drafts:
        if checked.outcome is Outcome.REFUSED:
            first = next(each for each in checked.problems if each.outcome is Outcome.REFUSED)
            raise InputError("capture.refused", f"{first.where}: {first.problem.sentence}")
    return drafts


def _known(session: Session, drafts: Sequence[OrderDraft]) -> dict[tuple[str, str], UUID]:
    """Find the orders that are stored already, by channel and number."""
    numbers = list({draft.number for draft in drafts})
    rows = session.connection().execute(_KNOWN, {"numbers": numbers})
    return {(row.channel, row.number): row.id for row in rows}


def _take(session: Session, act: Act, arrivals: Sequence[Arrival]) -> list[Demand]:
    """Store orders that nobody knows yet; returns what they want."""
    demands = captured.write(session, act, arrivals)
    timeline.tell_all(
        session,
        act,
        "captured",
        [
            timeline.Telling(each.order, facts={"channel": each.draft.channel, "held": len(each.problems)})
            for each in arrivals
        ],
    )
    notes = [
        timeline.Telling(each.order, facts={"contacts": ", ".join(each.doubtful)})
        for each in arrivals
        if each.doubtful
    ]
    timeline.tell_all(session, act, "contact unusable", notes)
    return demands


def _judged(session: Session, act: Act, fresh: Sequence[tuple[UUID, CheckedOrder]]) -> list[Arrival]:
    """Look up the products and the possible duplicates of orders, and add what is wrong with them by that."""
    drafts = [checked.draft for _intake, checked in fresh]
    products = find(session, drafts)
    digests = [likeness(draft, found) for draft, found in zip(drafts, products, strict=True)]
    likes = [
        Like(checked.draft.number, digest, checked.draft.placed_at or act.at, checked.duplicate_hours)
        for (_intake, checked), digest in zip(fresh, digests, strict=True)
    ]
    doubles = earlier(session, likes)
    arrivals = []
    rows = zip(fresh, products, digests, doubles, strict=True)
    for place, ((intake, checked), found, digest, double) in enumerate(rows):
        draft = checked.draft
        problems = (*checked.problems, *_unknown(draft, found), *_double(draft, double))
        arrivals.append(
            Arrival(
                act.id("order", intake),
                intake,
                # One after the other, so that they are served in the order of their file.
                act.at + timedelta(microseconds=place),
                draft,
                found,
                problems,
                digest,
                checked.doubtful,
            )
        )
    return arrivals


def _unknown(draft: OrderDraft, products: Sequence[Found]) -> Iterator[Problem]:
    for line, found in zip(draft.lines, products, strict=True):
        if found.product is None and line.pickable:
            yield problem(
                ProblemKind.UNKNOWN_SKU,
                order=draft.number,
                where=line.where,
                field="sku" if line.sku else "listing",
                value=line.sku or line.keys[0],
            )


def _double(draft: OrderDraft, other: str) -> Iterator[Problem]:
    if other:
        yield problem(
            ProblemKind.DUPLICATE, order=draft.number, where=draft.where, field="number", value=other
        )
