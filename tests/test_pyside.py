"""The installed PySide6 keeps its count of references.

Version 6.12.0 loses one to None at each call that returns None; the interpreter aborts after some thousand
calls. From Python 3.12 on None is immortal and cannot be counted; there the version has to do.
"""

import ctypes
import sys
from collections.abc import Callable
from importlib.metadata import version

import pytest
from PySide6.QtCore import QMutex

CALLS = 500
countable = pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")


def lost_references(call: Callable[[], object]) -> int:
    """How many references to None `CALLS` calls lose; other threads and caches move it by a few."""
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        call()
    return before - sys.getrefcount(None)


def is_affected(release: str) -> bool:
    return tuple(int(part) for part in release.split(".")[:2]) >= (6, 12)


@countable
def test_calls_that_return_none_keep_their_reference() -> None:
    mutex = QMutex()

    def lock_and_unlock() -> None:
        mutex.lock()
        mutex.unlock()

    assert lost_references(lock_and_unlock) < 100


@countable
def test_a_lost_reference_would_be_seen() -> None:
    none = ctypes.py_object(None)
    try:
        assert lost_references(lambda: ctypes.pythonapi.Py_DecRef(none)) > 400
    finally:
        for _ in range(CALLS):
            ctypes.pythonapi.Py_IncRef(none)


def test_installed_release_is_not_an_affected_one() -> None:
    assert not is_affected(version("PySide6-Essentials"))


def test_affected_releases_are_known() -> None:
    assert is_affected("6.12.0")
    assert not is_affected("6.11.3")
