"""The books: proof that the data of any database, at any time, is sound.

A rule is one statement that looks for what breaks it; a sound database gives no rows. The rules only
read, know both databases, and leave all adding up to them.
"""

from collections.abc import Iterator
from itertools import islice

from sqlalchemy.orm import Session

from oms_desktop.workflow.books import (
    journal,
    leases,
    lines,
    orders,
    parcels,
    queue,
    reservations,
    shelves,
    statuses,
    stock,
    tracking,
    wishes,
)
from oms_desktop.workflow.books.proof import LIMIT, Proof, Rule, Violation

RULES: tuple[Rule, ...] = (
    *stock.RULES,
    *tracking.RULES,
    *shelves.RULES,
    *reservations.RULES,
    *lines.RULES,
    *orders.RULES,
    *wishes.RULES,
    *parcels.RULES,
    *statuses.RULES,
    *leases.RULES,
    *queue.RULES,
    *journal.RULES,
)
"""All rules, in the order in which they are reported."""


def prove(session: Session) -> Proof:
    """Hold every rule against the database, in the transaction of `session`; nothing is changed.

    A rule names at most `LIMIT` violations; one more then says that there are others.
    """
    found = tuple(violation for rule in RULES for violation in violations_of(rule, session))
    return Proof(tuple(rule.name for rule in RULES), found)


def violations_of(rule: Rule, session: Session) -> Iterator[Violation]:
    """Hold one rule against the database; its violations in the order in which they are reported."""
    violations = list(islice(rule(session), LIMIT + 1))
    yield from sorted(violations[:LIMIT], key=lambda violation: (violation.text, violation.ids))
    if len(violations) > LIMIT:
        yield Violation(rule.name, f"There are more than these {LIMIT}; the others are not listed.", ())


__all__ = ["LIMIT", "RULES", "Proof", "Rule", "Violation", "prove", "violations_of"]
