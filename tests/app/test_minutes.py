"""What is done at the beginning of each minute."""

from datetime import UTC, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from oms_desktop.app import minutes


@pytest.mark.parametrize(
    ("second", "milliseconds"), [(0.0, 60_050), (0.001, 60_049), (59.0, 1_050), (59.999, 51)]
)
def test_a_beat_comes_just_after_the_minute(second: float, milliseconds: int) -> None:
    now = datetime(2026, 3, 2, 12, 0, tzinfo=UTC) + timedelta(seconds=second)

    assert minutes.until_next_minute(now) == milliseconds


def test_the_work_is_done_at_the_start_and_at_each_minute(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(minutes, "until_next_minute", lambda now: 1)
    done: list[int] = []
    beats = minutes.Minutes(lambda: done.append(1))
    beats.start()
    assert done == [1]
    qtbot.waitUntil(lambda: len(done) > 2, timeout=5_000)
    beats.stop()
