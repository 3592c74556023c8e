"""A thread that keeps a device's port open and hands over its frames.

connecting --opened--> ready --port vanished--> gone --opened again--> ready
any state  --stop()--> stopped
"""

import logging
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path
from typing import TypeVar

from oms_desktop.devices.framing import Framer
from oms_desktop.devices.transport import Port, open_port
from oms_desktop.errors import DeviceError

T = TypeVar("T")

RETRY_SECONDS = (0.25, 0.5, 1.0, 2.0)
"""Waits before the port is tried again; the last one repeats."""

_LOG = logging.getLogger(__name__)
_POLL_SECONDS = 0.1
_DRAIN_SECONDS = 0.5


class DeviceState(Enum):
    """How it stands with a device; the value is what a person reads."""

    CONNECTING = "connecting"
    READY = "ready"
    GONE = "not there, trying again"
    STOPPED = "stopped"


class Listener(ABC):
    """A device that talks by itself; scanner and scale say what its frames mean.

    Callbacks run in the listener's thread and must not wait for the thread that calls `stop`. A
    callback that raises is logged, and the device goes on.
    """

    def __init__(
        self,
        name: str,
        url: str,
        framer: Framer,
        on_state: Callable[[DeviceState], None],
        *,
        retry: Sequence[float] = RETRY_SECONDS,
        record: Path | None = None,
    ) -> None:
        self.name = name
        self.url = url
        self._framer = framer
        self._on_state = on_state
        self._retry = retry
        self._record = record
        self._heard = 0.0
        self._state = DeviceState.STOPPED
        self._problem: DeviceError | None = None
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def state(self) -> DeviceState:
        """How it stands now."""
        return self._state

    @property
    def problem(self) -> DeviceError | None:
        """Why the device is not there, None while it is."""
        return self._problem

    @property
    def dropped(self) -> int:
        """Frames that were given up because they were damaged."""
        return self._framer.dropped

    def start(self) -> None:
        """Begin to listen; nothing while the thread of an earlier start still runs."""
        if self._thread is not None and self._thread.is_alive():
            return
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name=f"device {self.name}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Hand over what has already arrived, close the port and end the thread.

        Returns when the thread has ended (at once when called from a callback).
        """
        self._stopping.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()

    @abstractmethod
    def _frame(self, frame: bytes, at: float) -> None:
        """Understand one frame that was complete at monotonic time `at`."""

    @abstractmethod
    def _opened(self, at: float) -> None:
        """Begin anew with a port that was opened at monotonic time `at`."""

    @abstractmethod
    def _quiet(self, at: float, silent: float) -> None:
        """Act on the time that has passed, `silent` seconds since the last bytes; called after each read."""

    def _tell(self, callback: Callable[[T], None], value: T) -> None:
        """Call back; what goes wrong there is not the device's failure."""
        try:
            callback(value)
        except Exception:
            _LOG.exception("What %s reported could not be handled.", self.name)

    def _enter(self, state: DeviceState, problem: DeviceError | None = None) -> None:
        """Change the state and report it when it is another one."""
        self._problem = problem
        if state is not self._state:
            self._state = state
            self._tell(self._on_state, state)

    def _run(self) -> None:
        """Serve the device from start to stop."""
        self._enter(DeviceState.CONNECTING)
        tries = 0
        try:
            while not self._stopping.is_set():
                try:
                    self._connect()
                except DeviceError as problem:
                    tries = 0 if self._state is DeviceState.READY else tries
                    self._enter(DeviceState.GONE, problem)
                    self._stopping.wait(self._retry[min(tries, len(self._retry) - 1)])
                    tries += 1
        finally:
            self._enter(DeviceState.STOPPED)

    def _connect(self) -> None:
        """Open the port and listen until stop; raises DeviceError when the port fails."""
        port = open_port(self.url, record=self._record)
        try:
            self._framer.reset()
            self._heard = time.monotonic()
            self._opened(self._heard)
            while not self._stopping.is_set():
                self._take(port, _POLL_SECONDS)
            self._drain(port)
        finally:
            port.close()

    def _take(self, port: Port, timeout: float) -> bool:
        """Hand over the frames of one read; say whether there was anything to read."""
        data = port.read(timeout)
        at = time.monotonic()
        if data:
            self._heard = at
        for frame in self._framer.feed(data):
            self._frame(frame, at)
        self._quiet(at, at - self._heard)
        return bool(data)

    def _drain(self, port: Port) -> None:
        """Take what was sent before stop, until a pause; bytes need a moment through driver and system.

        A device that never pauses is followed for half a second only.
        """
        end = time.monotonic() + _DRAIN_SECONDS
        while self._take(port, _POLL_SECONDS) and time.monotonic() < end:
            continue
