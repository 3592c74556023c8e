"""Prove the books of a large database: several rules at a time, each in a snapshot of its own.

A rule is one statement and judges one state of the data; that the next rule judges a state a moment later
changes nothing about either verdict.
"""

import os
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import text

from oms_desktop.db import Database
from oms_desktop.workflow import books

WORKERS = 4
"""At most so many rules at a time, and no more than there are processors."""

CACHE_KB = 16_000
"""Memory that SQLite may use for the pages of one rule, and again for what it sorts at a time.

Rows that belong together lie together, so that hardly any page is read again that was not read just now;
and smaller portions are sorted faster.
"""

ON_SERVER = ("SET LOCAL work_mem = '64MB'", "SET LOCAL jit = off")
"""For one rule on PostgreSQL: memory for each of its sums, which would else be added up in files. To compile
its statement takes longer than it saves."""


def prove(database: Database) -> books.Proof:
    """Hold every rule against a database; nothing is changed. See `books.prove`."""
    # Begun last, a dear rule would run alone at the end.
    rules = sorted(books.RULES, key=lambda rule: not rule.dear)
    with ThreadPoolExecutor(min(WORKERS, os.cpu_count() or 1), "proof") as pool:
        found = dict(zip(rules, pool.map(lambda rule: _held(database, rule), rules), strict=True))
    violations = tuple(violation for rule in books.RULES for violation in found[rule])
    return books.Proof(tuple(rule.name for rule in books.RULES), violations)


def _held(database: Database, rule: books.Rule) -> list[books.Violation]:
    with database.reading() as session:
        for setting in [f"PRAGMA cache_size = -{CACHE_KB}"] if database.embedded else ON_SERVER:
            session.execute(text(setting))
        return list(books.violations_of(rule, session))
