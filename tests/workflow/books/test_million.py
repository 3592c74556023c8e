"""The proof of a large database: every rule within a minute, in bounded memory."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from benchmarks.multiply import multiply
from oms_desktop.db import Database
from oms_desktop.models import OrderLine
from oms_desktop.workflow import holds, picking, shipping
from tests.builders import BOTTLE, MUG, TORCH
from tests.conftest import make_database
from tests.workflow.books.walk import Walk, violations

LINES = {MUG: 2, BOTTLE: 1, TORCH: 3}
SHIPPED, PROMISED = 85, 10

SECONDS = 60
MEGABYTES = 500

CHECK = """
import resource, sys, time
from oms_desktop.app import opening, proving
database = opening.open_existing(sys.argv[1])
begun = time.perf_counter()
assert proving.prove(database).sound
print(time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def a_day(database: Database, shipped: int) -> None:
    """Orders of three lines: `shipped` have left, fifteen more stand at every step."""
    walk = Walk(database, stock=10_000, proving=False)
    for _ in range(shipped):
        _order, _tour, parcel = walk.packed(LINES, "T-101")
        walk.load(parcel)
    walk.do(shipping.close_manifest, lane=walk.site.lane(), number=1)
    walk.packed(LINES, "T-101")
    walk.picked(LINES, "T-102")
    walk.promised(LINES)
    walk.pick(walk.claim("T-103"), "T-103", stops=2)
    walk.promised(LINES)
    short = walk.tasks(walk.claim("T-104"))[0]
    walk.do(picking.short, task=short.id, counted=0, reason="empty")
    walk.do(holds.cancel, order=walk.promised(LINES), reason="a wish")
    for _ in range(PROMISED):
        walk.promised(LINES)


def test_copies_of_a_sound_database_are_sound(database: Database) -> None:
    a_day(database, 5)
    with database.reading() as session:
        before = session.scalars(select(func.count()).select_from(OrderLine)).one()

    multiply(database, 3)

    with database.reading() as session:
        after = session.scalars(select(func.count()).select_from(OrderLine)).one()
    assert after == 4 * before == 4 * 3 * 20
    assert violations(database) == ()


@pytest.mark.soak
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_million_lines_are_proved_within_a_minute(kind: str, tmp_path: Path) -> None:
    database, url = make_database(kind, tmp_path)
    a_day(database, SHIPPED)
    multiply(database, 3333)
    database.close()

    done = subprocess.run([sys.executable, "-c", CHECK, url], capture_output=True, text=True, check=True)

    seconds, megabytes = map(float, done.stdout.split())
    assert seconds < SECONDS
    assert megabytes < MEGABYTES
