"""Barcode scanners on a serial line or socket that send each code with CR, LF or both behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from oms_desktop.barcodes.scan import Symbol, parse
from oms_desktop.devices.framing import LineFramer
from oms_desktop.devices.listener import RETRY_SECONDS, DeviceState, Listener

SILENCE_SECONDS = 1.0
"""A code is sent in one go: the rest of a half that is older than this will not come."""


@dataclass(frozen=True)
class Scanned:
    """A code that a scanner read."""

    device: str
    """Name of the scanner."""
    symbol: Symbol
    at: float
    """Seconds of the monotonic clock when the code was complete."""


class Scanner(Listener):
    """Reports each code that a scanner sends, in its own thread, and whether the scanner is there.

    A half code that is followed by silence is dropped, so that it never becomes the head of the next.
    """

    def __init__(
        self,
        name: str,
        url: str,
        on_scan: Callable[[Scanned], None],
        on_state: Callable[[DeviceState], None],
        *,
        silence: float = SILENCE_SECONDS,
        retry: Sequence[float] = RETRY_SECONDS,
        record: Path | None = None,
    ) -> None:
        super().__init__(name, url, LineFramer(), on_state, retry=retry, record=record)
        self._on_scan = on_scan
        self._silence = silence

    def _opened(self, at: float) -> None:
        """A scanner says nothing until it scans: an open port is all there is to see."""
        self._enter(DeviceState.READY)

    def _frame(self, frame: bytes, at: float) -> None:
        """Report a code; one without anything to see is none."""
        symbol = parse(_text(frame))
        if symbol.text:
            self._tell(self._on_scan, Scanned(self.name, symbol, at))

    def _quiet(self, at: float, silent: float) -> None:
        """Drop a half code whose rest does not come."""
        if silent > self._silence and self._framer.pending:
            self._framer.reset()


def _text(frame: bytes) -> str:
    """Read UTF-8, or Latin-1 from a scanner that knows nothing newer."""
    try:
        return frame.decode("utf-8")
    except UnicodeDecodeError:
        return frame.decode("latin-1")
