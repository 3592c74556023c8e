"""Random lives of a small warehouse: the books are sound after every step, and the journal plays again."""

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from oms_desktop.workflow.books import prove
from oms_desktop.workflow.worklists import story
from tests import postgres
from tests.conftest import make_database
from tests.replaying import BROUGHT, assert_same_rows, calls_of, copy_rows, play_all
from tests.workflow import desk_hands, shelf_hands
from tests.workflow.hands import SKUS, Hands

UNITS = st.integers(1, 3)

USUAL: list[Callable[[Hands, int], None]] = [
    Hands.claim,
    Hands.pick,
    Hands.pick,
    Hands.pick,
    Hands.finish,
    Hands.claim_bench,
    Hands.put,
    Hands.put,
    Hands.put,
    Hands.close,
    Hands.finish_bench,
    Hands.load,
]
TROUBLE: list[Callable[[Hands, int], None]] = [
    Hands.receive,
    shelf_hands.move,
    shelf_hands.adjust,
    shelf_hands.grade,
    shelf_hands.count,
    shelf_hands.watch,
    Hands.hold,
    Hands.release,
    Hands.release,
    Hands.cancel,
    Hands.allocate,
    Hands.pick_too_much,
    Hands.pick_late,
    Hands.undo,
    Hands.short,
    Hands.give_up,
    Hands.take_out,
    Hands.unload,
    Hands.hand_over,
]


class Life(RuleBasedStateMachine):
    """Any sequence of steps on SQLite; at the end all its calls are played on PostgreSQL."""

    usual, trouble = USUAL, TROUBLE
    skus: Sequence[str] = SKUS

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.database, _url = make_database("sqlite", Path(self.folder.name))
        self.hands = Hands(self.database)

    def teardown(self) -> None:
        hub, url = make_database("postgresql", Path(self.folder.name))
        try:
            copy_rows(self.database, hub, BROUGHT)
            play_all(calls_of(self.database), hub)
            assert_same_rows(self.database, hub)
        finally:
            hub.close()
            postgres.drop_database(url)
            self.database.close()
            self.folder.cleanup()

    @invariant()
    def the_books_are_sound(self) -> None:
        with self.database.reading() as session:
            assert prove(session).violations == ()

    @precondition(lambda self: len(self.hands.orders) < 6)
    @rule(
        choices=st.dictionaries(st.integers(0, 41), UNITS, min_size=1, max_size=3),
        paid=st.sampled_from([True, True, True, True, True, False]),
    )
    def capture(self, choices: dict[int, int], paid: bool) -> None:
        units = {self.skus[number % len(self.skus)]: count for number, count in choices.items()}
        self.hands.capture(units, paid)
        self.hands.allocate(len(self.hands.orders) - 1)

    @precondition(lambda self: self.hands.orders)
    @rule(seed=st.integers(0, 1_000_000))
    def an_hour(self, seed: int) -> None:
        """Six steps of anybody: as it should go four times of five, else anything."""
        # Choices drawn one by one keep to a few favourites; a drawn seed spreads them over all steps.
        chance = Random(seed)
        for _turn in range(6):
            step = chance.choice(self.usual if chance.random() < 0.8 else self.trouble)
            step(self.hands, chance.randrange(100))


class DeskLife(Life):
    """A life in which the desk changes its mind all the time, with goods of every kind."""

    usual, trouble = [*USUAL, *desk_hands.DESK], [*TROUBLE, *desk_hands.DESK]
    skus = desk_hands.SOLD

    def __init__(self) -> None:
        super().__init__()
        desk_hands.stock_up(self.hands)

    def teardown(self) -> None:
        with self.database.reading() as session:
            assert all(story.timeline(session, order) for order in self.hands.orders)
        super().teardown()


CHECKS = [HealthCheck.too_slow, HealthCheck.filter_too_much]

TestLives = Life.TestCase
TestLives.settings = settings(
    max_examples=5, stateful_step_count=20, deadline=None, derandomize=True, suppress_health_check=CHECKS
)

TestDeskLives = DeskLife.TestCase
TestDeskLives.settings = settings(TestLives.settings, max_examples=3, stateful_step_count=10)


@pytest.mark.soak
@pytest.mark.parametrize("life", [Life, DeskLife])
def test_many_lives(life: type[Life]) -> None:
    many = settings(max_examples=400, stateful_step_count=60, deadline=None, suppress_health_check=CHECKS)
    run_state_machine_as_test(life, settings=many)
