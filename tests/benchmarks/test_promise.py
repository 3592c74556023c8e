"""The benchmarks of the promise run as people run them; what they count must hold on any machine."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def measured(name: str, limit: int) -> dict[str, dict[str, Any]]:
    command = [sys.executable, "-m", f"benchmarks.{name}", "--limit", str(limit), "--json"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    value = json.loads(run.stdout)
    assert value["name"] == name
    assert run.returncode == (0 if all(row["holds"] for row in value["rows"]) else 1), run.stderr
    return {row["name"]: row for row in value["rows"]}


@pytest.mark.parametrize(("name", "limit", "figure"), [("reserve", 10, "orders"), ("wave", 400, "lines")])
def test_a_promise_is_set_against_its_reference(name: str, limit: int, figure: str) -> None:
    rows = measured(name, limit)
    timed = rows.pop(f"{figure} a second")

    assert timed["goal"] == 0.5
    assert timed["ratio"] == pytest.approx(timed["ours"] / timed["reference"], rel=0.02)
    assert all(row["holds"] for row in rows.values()), rows
    if name == "wave":
        assert rows["violations of the books"]["ours"] == 0
        assert rows["lines left as backorders"]["ours"] > 0
