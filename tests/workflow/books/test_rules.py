"""Each rule finds what breaks it, names the rows, and says it in words; on both databases."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from oms_desktop.db import Database
from oms_desktop.models import OrderLine
from oms_desktop.workflow import books
from oms_desktop.workflow.books import RULES, prove, queue
from tests import postgres
from tests.conftest import make_database
from tests.workflow.books import goods_breaks, queue_breaks, tracking_breaks, wish_breaks, work_breaks
from tests.workflow.books.breaks import BREAKS
from tests.workflow.books.world import Hand, World, live_a_day, loosen

assert goods_breaks and queue_breaks and tracking_breaks, "importing them fills the register"
assert wish_breaks and work_breaks, "these as well"


OF_QUEUE = {rule.name for rule in queue.RULES}


@dataclass(frozen=True)
class Day:
    """A day's database and its world."""

    database: Database
    world: World


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def day(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """One day for all breaks of a database: each break is rolled back."""
    database, url = make_database(request.param, tmp_path_factory.mktemp("day"))
    world = live_a_day(database)
    loosen(database)
    yield Day(database, world)
    database.close()
    if request.param == "postgresql":
        postgres.drop_database(url)


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_a_break_is_found(day: Day, rule: str) -> None:
    with Session(day.database.engine, autoflush=False) as session:
        expected = BREAKS[rule](Hand(session, day.world))
        if rule not in OF_QUEUE:
            queue_breaks.follow(session)
        proof = prove(session)

    assert not proof.sound
    assert {violation.rule for violation in proof.violations} == {rule} | expected.also
    (found,) = (violation for violation in proof.violations if violation.rule == rule)
    assert expected.words in found.text
    assert {each.hex for each in expected.ids} <= set(found.ids)


def test_there_is_a_break_for_every_rule() -> None:
    assert set(BREAKS) == {rule.name for rule in RULES}


def test_a_rule_names_only_so_many(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(books, "LIMIT", 2)
    with Session(day.database.engine, autoflush=False) as session:
        Hand(session, day.world).set(OrderLine, OrderLine.ordered > 0, ordered=OrderLine.ordered + 1)
        queue_breaks.follow(session)
        found = prove(session).violations

    assert len(found) == 3
    assert found[-1].text == "There are more than these 2; the others are not listed."


def test_the_document_names_every_rule_in_order() -> None:
    rows = (Path(__file__).parents[3] / "docs" / "books.md").read_text("utf-8").splitlines()
    first = [row.split("|")[1].strip() for row in rows if row.startswith("|")][2:]

    assert [name for name in first if not name.startswith("**")] == [rule.name for rule in RULES]
