"""Jobs that run one behind their caller."""

import sys
from functools import partial
from threading import Event, current_thread, main_thread

import pytest

from oms_desktop.db.behind import one_behind


def test_jobs_run_in_order_and_all_of_them() -> None:
    done: list[int] = []
    with one_behind() as later:
        for number in range(50):
            later(partial(done.append, number))
    assert done == list(range(50))


def test_a_single_job_runs_in_its_caller() -> None:
    threads = []
    with one_behind() as later:
        later(lambda: threads.append(current_thread()))
    assert threads == [main_thread()]


def test_a_job_runs_while_its_caller_goes_on() -> None:
    """The first job waits for what its caller does only after it has handed over the second."""
    gone_on = Event()
    with one_behind() as later:
        later(lambda: gone_on.wait(10))
        later(lambda: None)
        assert not gone_on.is_set()
        gone_on.set()


def test_an_error_of_a_job_is_raised_and_stops_the_jobs_after_it() -> None:
    done: list[int] = []
    before = sys.getswitchinterval()

    def fail() -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"), one_behind() as later:
        later(fail)
        later(lambda: done.append(1))
        later(lambda: done.append(2))
    assert done == []
    assert sys.getswitchinterval() == before


def test_an_error_of_the_caller_is_raised_and_what_waits_is_dropped() -> None:
    done: list[int] = []
    with pytest.raises(KeyError), one_behind() as later:
        later(lambda: done.append(1))
        raise KeyError
    assert done == []
