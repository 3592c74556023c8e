"""The benchmark of the queue runs as people run it; what it counts holds on any machine."""

import pytest

from tests.benchmarks.test_promise import measured


def test_the_queue_is_set_against_rows_in_memory() -> None:
    rows = measured("queue", 4_000)

    assert rows["first paint after the query"]["goal"] == 100
    for name, goal in (
        ("a page in the middle, against the first", 1.2),
        ("screens a second, scrolling", 0.8),
    ):
        assert rows[name]["goal"] == goal
        assert rows[name]["ratio"] == pytest.approx(rows[name]["ours"] / rows[name]["reference"], rel=0.02)
    for name in ("filter change, ms", "live change, ms from its notice"):
        assert rows[name]["goal"] is None
        assert rows[name]["ratio"] == pytest.approx(rows[name]["ours"] / rows[name]["reference"], rel=0.02)
    repainted = rows["rows repainted, of rows changed"]
    assert (repainted["ours"], repainted["reference"], repainted["goal"]) == (3, 3, 1)
    assert rows["pages in memory"]["holds"]
    assert rows["megabytes more after scrolling"]["holds"]
