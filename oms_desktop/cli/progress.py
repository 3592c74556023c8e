"""How far a command is, in a line of standard error; nothing where that is no terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Line:
    """A line of a terminal that is written over and over."""

    width: int = 0

    def show(self, text: str) -> None:
        """Write over what stands there."""
        if sys.stderr.isatty():
            print(f"\r{text.ljust(self.width)}", end="", file=sys.stderr, flush=True)
            self.width = len(text)

    def clear(self) -> None:
        """Leave the line as if nothing had been written."""
        if self.width:
            print(f"\r{' ' * self.width}\r", end="", file=sys.stderr, flush=True)
            self.width = 0


@contextmanager
def shown() -> Iterator[Line]:
    """Give a line that is cleared at the end, however it comes."""
    line = Line()
    try:
        yield line
    finally:
        line.clear()
