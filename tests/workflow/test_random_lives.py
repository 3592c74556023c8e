"""Random lives of a small warehouse: the books are sound after every step, and the journal plays again."""

from collections.abc import Callable
from pathlib import Path
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
from tests import postgres
from tests.conftest import make_database
from tests.replaying import BROUGHT, assert_same_rows, calls_of, copy_rows, play_all
from tests.workflow.hands import SKUS, Hands

NUMBERS = st.integers(0, 11)
UNITS = st.integers(1, 3)


class Life(RuleBasedStateMachine):
    """Any sequence of steps on SQLite; at the end all its calls are played on PostgreSQL."""

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

    @rule(
        units=st.dictionaries(st.sampled_from(SKUS), UNITS, min_size=1, max_size=3),
        paid=st.sampled_from([True, True, True, False]),
        at_once=st.sampled_from([True, True, False]),
    )
    def capture(self, units: dict[str, int], paid: bool, at_once: bool) -> None:
        self.hands.capture(units, paid)
        if at_once:
            self.hands.allocate(len(self.hands.orders) - 1)

    @precondition(lambda self: self.hands.orders)
    @rule(number=NUMBERS, first=st.integers(0, 7), steps=st.integers(2, 12))
    def a_quiet_hour(self, number: int, first: int, steps: int) -> None:
        """Somebody does one thing after the other as it should be done, from anywhere to anywhere."""
        hands = self.hands
        day: list[Callable[[], None]] = [
            lambda: hands.claim(number),
            *(lambda stop=stop: hands.confirm(number + stop, 2, late=False) for stop in range(4)),
            lambda: hands.finish(number),
            lambda: hands.claim_bench(number),
            *(lambda line=line: hands.put(number + line, 3) for line in range(3)),
            lambda: hands.close(number),
            lambda: hands.finish_bench(number),
            lambda: hands.load(number),
        ]
        for step in day[first : first + steps]:
            step()

    @rule(sku=st.sampled_from(SKUS), units=UNITS)
    def receive(self, sku: str, units: int) -> None:
        self.hands.receive(sku, units)

    @precondition(lambda self: self.hands.orders)
    @rule(number=NUMBERS, release=st.booleans())
    def hold_or_release(self, number: int, release: bool) -> None:
        if release:
            self.hands.release(number)
        else:
            self.hands.hold(number)

    @precondition(lambda self: self.hands.orders)
    @rule(number=NUMBERS)
    def cancel(self, number: int) -> None:
        self.hands.cancel(number)

    @precondition(lambda self: self.hands.orders)
    @rule(number=NUMBERS)
    def allocate(self, number: int) -> None:
        self.hands.allocate(number)

    @precondition(lambda self: self.hands.orders)
    @rule(number=NUMBERS)
    def claim(self, number: int) -> None:
        self.hands.claim(number)

    @precondition(lambda self: self.hands.tours)
    @rule(number=NUMBERS, units=st.integers(1, 6), late=st.sampled_from([False, False, False, True]))
    def confirm(self, number: int, units: int, late: bool) -> None:
        self.hands.confirm(number, units, late)

    @precondition(lambda self: self.hands.tours)
    @rule(number=NUMBERS)
    def undo(self, number: int) -> None:
        self.hands.undo(number)

    @precondition(lambda self: self.hands.tours)
    @rule(number=NUMBERS)
    def short(self, number: int) -> None:
        self.hands.short(number)

    @precondition(lambda self: self.hands.tours)
    @rule(number=NUMBERS, give_up=st.booleans())
    def end_tour(self, number: int, give_up: bool) -> None:
        if give_up:
            self.hands.give_up(number)
        else:
            self.hands.finish(number)

    @precondition(lambda self: self.hands.tours)
    @rule(number=NUMBERS)
    def claim_bench(self, number: int) -> None:
        self.hands.claim_bench(number)

    @precondition(lambda self: self.hands.tours)
    @rule(number=NUMBERS, units=UNITS)
    def put(self, number: int, units: int) -> None:
        self.hands.put(number, units)

    @precondition(lambda self: self.hands.tours)
    @rule(number=NUMBERS)
    def take_out(self, number: int) -> None:
        self.hands.take_out(number)

    @precondition(lambda self: self.hands.tours)
    @rule(number=NUMBERS, finish=st.booleans())
    def close(self, number: int, finish: bool) -> None:
        self.hands.close(number)
        if finish:
            self.hands.finish_bench(number)

    @precondition(lambda self: self.hands.tours)
    @rule(number=NUMBERS)
    def finish_bench(self, number: int) -> None:
        self.hands.finish_bench(number)

    @precondition(lambda self: self.hands.tours)
    @rule(number=NUMBERS, out=st.sampled_from([False, False, True]))
    def load_or_unload(self, number: int, out: bool) -> None:
        if out:
            self.hands.unload(number)
        else:
            self.hands.load(number)

    @precondition(lambda self: self.hands.tours)
    @rule()
    def hand_over(self) -> None:
        self.hands.hand_over()


CHECKS = [HealthCheck.too_slow, HealthCheck.filter_too_much]

TestLives = Life.TestCase
TestLives.settings = settings(
    max_examples=12, stateful_step_count=30, deadline=None, derandomize=True, suppress_health_check=CHECKS
)


@pytest.mark.soak
def test_many_lives() -> None:
    many = settings(max_examples=400, stateful_step_count=60, deadline=None, suppress_health_check=CHECKS)
    run_state_machine_as_test(Life, settings=many)
