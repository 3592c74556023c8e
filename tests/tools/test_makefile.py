"""Make's targets: listed when nothing is asked, and each prepared by the bootstrap first."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
# As typed by a person: not what a make that runs these tests hands down.
INHERITED = {"MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MFLAGS", "ARGS", "PYTHON"}
TARGETS = ("run", "test", "lint", "soak", "bench", "lock", "wheel", "clean")

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here")


def make(*arguments: str) -> list[str]:
    environment = {name: value for name, value in os.environ.items() if name not in INHERITED}
    done = subprocess.run(
        ["make", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def test_make_alone_lists_every_target_with_what_it_does() -> None:
    lines = [line.split(maxsplit=2) for line in make()]

    assert set(TARGETS) <= {name for _, name, _ in lines}
    assert all(word == "make" and description for word, _, description in lines)


def test_run_needs_only_what_the_program_needs_and_passes_its_arguments_on() -> None:
    lines = make("--dry-run", "run", "PYTHON=python3", "ARGS=demo --headless")

    assert lines == ["python3 tools/bootstrap.py run", ".venv/bin/oms-desktop demo --headless"]


@pytest.mark.parametrize("target", [target for target in TARGETS if target not in {"run", "clean"}])
def test_other_work_prepares_for_development_first(target: str) -> None:
    assert make("--dry-run", target, "PYTHON=python3")[0] == "python3 tools/bootstrap.py dev"


def test_cleaning_spares_the_environment() -> None:
    assert ".venv" not in make("--dry-run", "clean")[0].split()
