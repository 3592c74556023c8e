"""Send jobs to a process that forks a child for each of them, and read what they told before they ended."""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from tests.app.floor_child import Job


@dataclass(frozen=True)
class Told:
    """How a child ended, and the lines it told before."""

    status: int
    lines: list[dict[str, Any]]

    def all(self, name: str) -> list[Any]:
        """The values told under a name, in order."""
        return [line[name] for line in self.lines if name in line]


class Children:
    """The process that forks; ends with the test."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.app.floor_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def begin(self, job: Job) -> int:
        """Start a child; returns its process id."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asdict(job)) + "\n")
        self._process.stdin.flush()
        return int(self._line())

    def end(self, job: Job) -> Told:
        """Wait for the child."""
        status = int(self._line())
        return Told(status, [json.loads(line) for line in Path(job.trace).read_text().splitlines()])

    def do(self, job: Job) -> Told:
        """Let a child do a job."""
        Path(job.trace).touch()
        self.begin(job)
        return self.end(job)

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the forking process has ended"
        return line

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()
