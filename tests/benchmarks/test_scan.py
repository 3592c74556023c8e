"""The scan benchmark runs as people run it; what it counts must hold on any machine, its times need not."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
KEYS = {"name", "ours", "reference", "ratio", "goal", "holds"}


def measured(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.scan", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)


@pytest.fixture(scope="module")
def run() -> subprocess.CompletedProcess[str]:
    return measured("--limit", "40", "--json")


@pytest.fixture(scope="module")
def rows(run: subprocess.CompletedProcess[str]) -> dict[str, dict[str, Any]]:
    value = json.loads(run.stdout)
    assert value["name"] == "scan"
    assert all(row.keys() == KEYS for row in value["rows"])
    return {row["name"]: row for row in value["rows"]}


def test_the_exit_code_tells_whether_all_goals_hold(
    run: subprocess.CompletedProcess[str], rows: dict[str, dict[str, Any]]
) -> None:
    assert run.returncode == (0 if all(row["holds"] for row in rows.values()) else 1), run.stderr


def test_only_the_median_of_the_whole_has_a_goal(rows: dict[str, dict[str, Any]]) -> None:
    times = {name: row for name, row in rows.items() if row["reference"] is not None}
    assert [name for name, row in times.items() if row["goal"] is not None] == ["scan p50"]
    assert rows["scan p50"]["goal"] == 2.5
    for row in times.values():
        assert row["ours"] > 0
        assert row["ratio"] == pytest.approx(row["ours"] / row["reference"], rel=0.02)
    assert rows["scan p99"]["ours"] >= rows["scan p50"]["ours"]


def test_what_a_scan_asks_of_the_database(rows: dict[str, dict[str, Any]]) -> None:
    counts = {name: row for name, row in rows.items() if name.startswith(("statements", "commits"))}
    assert {row["goal"] for row in counts.values()} == {8, 10, 1}
    assert all(row["holds"] for row in counts.values()), counts
    # A scan that ends a task tells the timeline of the order too.
    unit, last = (row["ours"] for name, row in counts.items() if name.startswith("statements"))
    assert 0 < unit < last


def test_the_disk_is_named(run: subprocess.CompletedProcess[str], rows: dict[str, dict[str, Any]]) -> None:
    [synced] = [row for name, row in rows.items() if name.startswith("fsync")]
    assert synced["ours"] > 0
    assert "tmpfs" not in synced["name"]
    assert "Disk: " in run.stderr


def test_an_empty_sample_is_refused() -> None:
    refused = measured("--limit", "0")
    assert refused.returncode == 2
    assert "--limit" in refused.stderr
