"""What went over a wire, kept in a text file so that it can be looked at and played again.

One line a chunk: seconds since the port was opened, ``<`` (came in) or ``>`` (went out), bytes in hex.
"""

import logging
import re
import time
from dataclasses import dataclass
from pathlib import Path

from oms_desktop.errors import DeviceError

_LOG = logging.getLogger(__name__)
_LINE = re.compile(r"([0-9]+\.[0-9]+) ([<>]) ((?:[0-9a-f]{2})+)")


@dataclass(frozen=True)
class Chunk:
    """Bytes that came or went at once."""

    seconds: float
    """Since the port was opened."""
    incoming: bool
    data: bytes


class Recorder:
    """Adds the chunks of one connection to a file.

    A recording is a help, the scans are the work: when the file cannot be written the recording ends
    with one warning in the log, and the port goes on.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._start = time.monotonic()
        self._works = True

    def note(self, data: bytes, *, incoming: bool) -> None:
        """Write one chunk down; nothing for an empty one."""
        if not data or not self._works:
            return
        line = f"{time.monotonic() - self._start:.6f} {'<' if incoming else '>'} {data.hex()}\n"
        try:
            with self._path.open("a", encoding="ascii") as file:
                file.write(line)
        except OSError as error:
            self._works = False
            _LOG.warning("The recording %s ends here: %s.", self._path, error.strerror)


def read_recording(path: Path) -> list[Chunk]:
    """Read the chunks of a recording in order.

    Raises DeviceError ``device.recording`` when the file cannot be read or a line is something else.
    """
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DeviceError(
            "device.recording", f"The recording {path} cannot be read: {error}. Choose another file."
        ) from error
    return [_chunk(path, number, line) for number, line in enumerate(lines, start=1)]


def _chunk(path: Path, number: int, line: str) -> Chunk:
    """Read one line of a recording."""
    match = _LINE.fullmatch(line)
    if match is None:
        raise DeviceError(
            "device.recording",
            f"Line {number} of {path} is not a recorded chunk. Choose a file that was recorded here.",
        )
    seconds, way, data = match.groups()
    return Chunk(float(seconds), way == "<", bytes.fromhex(data))
