"""Jobs that run one behind their caller."""

import sys
from functools import partial
from threading import Event, Thread, current_thread

import pytest

from oms_desktop.db.behind import one_behind


def test_jobs_run_in_order_and_all_of_them() -> None:
    done: list[int] = []
    with one_behind() as behind:
        for number in range(50):
            behind.run(partial(done.append, number), last=number == 49)
    assert done == list(range(50))


def test_the_last_job_runs_in_its_caller() -> None:
    threads: list[Thread] = []
    with one_behind() as behind:
        behind.run(lambda: threads.append(current_thread()))
        behind.run(lambda: threads.append(current_thread()), last=True)
    assert [each is current_thread() for each in threads] == [False, True]


def test_a_job_runs_while_its_caller_goes_on() -> None:
    """The job waits for what its caller does after it."""
    gone_on = Event()
    met: list[bool] = []
    with one_behind() as behind:
        behind.run(lambda: met.append(gone_on.wait(10)))
        gone_on.set()
    assert met == [True]


def test_an_error_of_a_job_is_raised_and_stops_the_jobs_after_it() -> None:
    done: list[int] = []
    before = sys.getswitchinterval()

    def fail() -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"), one_behind() as behind:
        behind.run(fail)
        behind.run(partial(done.append, 1))
    assert done == []
    assert sys.getswitchinterval() == before


def test_an_error_of_the_last_job_but_for_the_end_is_raised_at_the_end() -> None:
    def fail() -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"), one_behind() as behind:
        behind.run(fail)


def test_an_error_of_the_caller_is_raised_when_the_job_is_done() -> None:
    done: list[int] = []
    with pytest.raises(KeyError), one_behind() as behind:
        behind.run(partial(done.append, 1))
        raise KeyError
    assert done == [1]
