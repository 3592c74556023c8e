"""The garbage collector rests while a call runs, however the call ends."""

import gc

import pytest
from sqlalchemy import event

from oms_desktop.db import Database
from oms_desktop.errors import StateError
from oms_desktop.station.collector import collected_later
from oms_desktop.workflow import holds
from tests.builders import MUG, Site


def test_it_rests_while_a_call_runs(sqlite: Database) -> None:
    site = Site(sqlite)
    order, at_work = site.order({MUG: 1}), list[bool]()
    event.listen(sqlite.engine, "commit", lambda _connection: at_work.append(gc.isenabled()))

    site.station.do(holds.cancel, order=order, reason="a wish")
    assert at_work == [False] and gc.isenabled()

    with pytest.raises(StateError):
        site.station.do(holds.cancel, order=order, reason="a wish")
    assert gc.isenabled()


def test_calls_that_overlap_end_with_it_at_work() -> None:
    first, second = collected_later(), collected_later()
    with first, second:
        assert not gc.isenabled()
    assert gc.isenabled()
