"""Due times in words and shapes."""

import pytest

from oms_desktop.ui.due import due_look
from oms_desktop.ui.shapes import Mark
from tests.ui.frame import NOW


@pytest.mark.parametrize(
    ("due", "words", "mark"),
    [
        ("2026-11-23T11:35:00+00:00", "6 min late", Mark.WRONG),
        ("2026-11-23T08:41:00+00:00", "3 h late", Mark.WRONG),
        ("2026-11-20T11:41:00+00:00", "3 days late", Mark.WRONG),
        ("2026-11-23T11:53:00+00:00", "00:12", Mark.LOOK_OUT),
        ("2026-11-23T12:11:00+00:00", "00:30", Mark.LOOK_OUT),
        ("2026-11-23T12:12:00+00:00", "00:31", None),
        ("2026-11-24T10:41:00+00:00", "23:00", None),
        ("2026-11-25T11:41:00+00:00", "in 2 days", None),
        ("2026-11-23T13:53:00+02:00", "00:12", Mark.LOOK_OUT),
        ("", "no date", None),
    ],
)
def test_due_look(due: str, words: str, mark: Mark | None) -> None:
    look = due_look(due, NOW)
    assert (look.words, look.mark) == (words, mark)
