"""Rules of the journal: it counts without a gap, and everything that happened comes from it."""

from typing import Any

from sqlalchemy import Subquery, and_, exists, func, or_, select

from oms_desktop.models import DONE, Event, Intent, JournalEntry, Order, Product, StockMove
from oms_desktop.workflow.books.proof import Rule, Search, first, rule


@rule("the journal of a station counts without a gap")
def no_gap() -> Search:
    """From 1, by ones, for each incarnation of a station."""
    before = func.lag(JournalEntry.sequence, 1, 0).over(
        partition_by=(JournalEntry.station, JournalEntry.incarnation), order_by=JournalEntry.sequence
    )
    of = (JournalEntry.station, JournalEntry.incarnation)
    # A sequence has each number once, so that counting tells whether one is missing; where it is, is
    # looked for in those journals only.
    gaps = (
        select(*of)
        .group_by(*of)
        .having(or_(func.min(JournalEntry.sequence) != 1, func.max(JournalEntry.sequence) != func.count()))
    ).subquery()
    entries = (
        select(JournalEntry.call_id, *of, JournalEntry.sequence, before.label("before"))
        .join(gaps, and_(gaps.c.station == of[0], gaps.c.incarnation == of[1]))
        .subquery()
    )
    return Search(
        select(entries).where(entries.c.sequence != entries.c.before + 1),
        "In the journal of {station} (incarnation {incarnation}) entry {sequence} comes after {before}.",
    )


@rule("every move comes from a call that was carried out", dear=True)
def moves_called() -> Search:
    """A move names the journal entry of the call that made it."""
    wrong = _uncalled(StockMove)
    return Search(
        select(StockMove.id, StockMove.call_id, StockMove.kind, StockMove.quantity, Product.sku)
        .select_from(wrong)
        .join(StockMove, StockMove.id == wrong.c.id)
        .join(Product, Product.id == StockMove.product_id),
        "A move ({kind.value}) of {quantity} of {sku} comes from no call that the journal says was"
        " carried out.",
    )


@rule("every event comes from a call that was carried out", dear=True)
def events_called() -> Search:
    """An event names the journal entry of the call that told it."""
    wrong = _uncalled(Event)
    return Search(
        select(Event.id, Event.call_id, Event.kind, Order.number)
        .select_from(wrong)
        .join(Event, Event.id == wrong.c.id)
        .join(Order, Order.id == Event.order_id),
        'The event "{kind}" of order {number} comes from no call that the journal says was carried out.',
    )


@rule("every intent comes from a call that was carried out")
def intents_called() -> Search:
    """An intent names the journal entry of the call that asked for it."""
    wrong = _uncalled(Intent)
    return Search(
        select(Intent.id, Intent.call_id, Intent.kind, Intent.document, Intent.executor).join(
            wrong, wrong.c.id == Intent.id
        ),
        "The intent to {kind} a {document} at {executor} comes from no call that the journal says was"
        " carried out.",
    )


def _uncalled(made: Any) -> Subquery:
    """Select what no call has made."""
    carried_out = exists().where(JournalEntry.call_id == made.call_id, JournalEntry.result == DONE)
    return first(select(made.id).where(~carried_out))


RULES: tuple[Rule, ...] = (no_gap, moves_called, events_called, intents_called)
