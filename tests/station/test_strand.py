"""One thread, one thing after the other."""

import logging
from threading import Event, current_thread

import pytest

from oms_desktop.station import Strand


def ignore(_error: Exception) -> None:
    raise AssertionError("nothing should have failed")


def test_work_is_done_in_order_on_the_strand() -> None:
    strand, done = Strand("store", ignore), list[tuple[int, str]]()
    for number in range(200):
        strand.put(lambda number=number: done.append((number, current_thread().name)))  # type: ignore[misc]  # a lambda's default
    strand.stop()

    assert done == [(number, "store") for number in range(200)]


def test_putting_work_does_not_wait_for_it() -> None:
    strand, go = Strand("store", ignore), Event()
    strand.put(lambda: _wait(go))
    strand.put(lambda: _wait(go))
    go.set()
    strand.stop()


def _wait(go: Event) -> None:
    assert go.wait(5)


def test_a_failure_is_told_and_the_next_work_is_done(caplog: pytest.LogCaptureFixture) -> None:
    errors, done = list[Exception](), list[int]()
    strand = Strand("store", errors.append)
    with caplog.at_level(logging.ERROR):
        strand.put(lambda: done.append(1 // 0))
        strand.put(lambda: done.append(2))
        strand.stop()

    assert [type(error) for error in errors] == [ZeroDivisionError]
    assert done == [2]
    assert "store failed" in caplog.text


def test_work_may_bring_more_work() -> None:
    done, inner = list[int](), Event()
    strand = Strand("store", ignore)

    def first() -> None:
        strand.put(second)
        done.append(1)

    def second() -> None:
        done.append(2)
        inner.set()

    strand.put(first)
    assert inner.wait(5)
    strand.stop()

    assert done == [1, 2]
