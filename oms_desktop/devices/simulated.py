"""Devices made of pseudo-terminals, for the demonstration and the tests: real ports, no hardware.

Linux and macOS only: Windows has no pseudo-terminals, so only what runs elsewhere imports this file.
"""

import os
import pty
import select
import threading
import time
import tty
from pathlib import Path
from typing import Self

from oms_desktop.errors import DeviceError

_SECONDS_TO_SEND = 10.0
_WEIGHTS_A_SECOND = 20
_LARGEST_WEIGHT = 999_999
_FULL_CAPACITY = 60_000


class PtyPort:
    """A port that the other side opens at `url`, and that can be unplugged and plugged in again.

    With `link`, a symbolic link at that path leads to the terminal, so that the address stays the same
    when it is plugged in again, like a name in ``/dev/serial/by-id``.
    """

    def __init__(self, link: Path | None = None) -> None:
        self._link = link
        self._lock = threading.Lock()
        self._near = self._far = -1
        self._path = ""
        self.plug()

    @property
    def url(self) -> str:
        """The address for `open_port`."""
        return f"serial://{self._link or self._path}"

    def plug(self) -> None:
        """Make the port appear; nothing when it is there."""
        with self._lock:
            if self._near >= 0:
                return
            self._near, self._far = pty.openpty()
            tty.setraw(self._far)
            os.set_blocking(self._near, False)
            self._path = os.ttyname(self._far)
            if self._link is not None:
                self._link.unlink(missing_ok=True)
                self._link.symlink_to(self._path)

    def unplug(self) -> None:
        """Make the port vanish, whoever has it open; nothing when it is not there."""
        with self._lock:
            if self._near < 0:
                return
            if self._link is not None:
                self._link.unlink(missing_ok=True)
            os.close(self._near)
            os.close(self._far)
            self._near = self._far = -1

    def send(self, data: bytes) -> None:
        """Send bytes as they are, as fast as they are read.

        Raises DeviceError ``device.gone`` when the port is unplugged or nobody reads for ten seconds.
        """
        end = time.monotonic() + _SECONDS_TO_SEND
        while data:
            sent = self._send_some(data)
            data = data[sent:]
            if not sent and time.monotonic() > end:
                raise DeviceError("device.gone", f"Nobody reads the simulated port {self.url}.")

    def _send_some(self, data: bytes) -> int:
        """Send what the terminal takes within a moment; 0 when it is full."""
        with self._lock:
            if self._near < 0:
                raise DeviceError(
                    "device.gone", f"The simulated port {self.url} is unplugged. Plug it in first."
                )
            _, ready, _ = select.select([], [self._near], [], 0.05)
            try:
                return os.write(self._near, data) if ready else 0
            except BlockingIOError:
                return 0

    def close(self) -> None:
        """Take the port away for good."""
        self.unplug()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class PtyScanner(PtyPort):
    """A scanner on a pseudo-terminal."""

    def scan(self, text: str) -> None:
        """Send a code the way most scanners do: UTF-8, then carriage return."""
        self.send(text.encode() + b"\r")


class PtyScale(PtyPort):
    """A scale on a pseudo-terminal that sends its weight twenty times a second, starting empty."""

    def __init__(self, link: Path | None = None) -> None:
        self._frame = toledo_frame(0)
        self._closing = threading.Event()
        super().__init__(link)
        self._thread = threading.Thread(target=self._weigh, name="simulated scale", daemon=True)
        self._thread.start()

    def put(self, grams: int) -> None:
        """Show a weight at rest; beyond 60 kg the scale is overloaded."""
        self._frame = toledo_frame(grams, overload=grams > _FULL_CAPACITY)

    def moving(self, grams: int) -> None:
        """Show a weight in motion."""
        self._frame = toledo_frame(grams, motion=True)

    def mute(self) -> None:
        """Send nothing more until the next weight, like a scale that was switched off."""
        self._frame = b""

    def close(self) -> None:
        """Stop weighing and take the port away for good."""
        self._closing.set()
        self._thread.join()
        super().close()

    def _weigh(self) -> None:
        """Send the weight at its rhythm; a port that is full or unplugged misses it, as with a real scale."""
        while not self._closing.wait(1 / _WEIGHTS_A_SECOND):
            try:
                self._send_some(self._frame)
            except DeviceError:
                continue


def toledo_frame(grams: int, *, motion: bool = False, overload: bool = False) -> bytes:
    """Write a weight as a frame of the continuous output: kilograms, three decimals, checksum."""
    size = min(abs(grams), _LARGEST_WEIGHT)
    b = 0x30 | (0x02 if grams < 0 else 0) | (0x04 if overload else 0) | (0x08 if motion else 0)
    frame = bytes([0x02, 0x2D, b, 0x20]) + f"{size:6d}{0:06d}\r".encode()
    return frame + bytes([-sum(frame) % 128])
