"""A device under test with queues for what it reports."""

from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue
from time import monotonic
from typing import Generic, TypeVar

from oms_desktop.devices.listener import DeviceState, Listener

T = TypeVar("T")
L = TypeVar("L", bound=Listener)
SECONDS = 20


class Ears(Generic[T]):
    """Waits for what a device reports; a report that does not come fails the test with queue.Empty."""

    def __init__(self) -> None:
        self.reports: Queue[T] = Queue()
        self.states: Queue[DeviceState] = Queue()

    def next(self) -> T:
        return self.reports.get(timeout=SECONDS)

    def until(self, wanted: T) -> None:
        end = monotonic() + SECONDS
        while (report := self.next()) != wanted:
            assert monotonic() < end, f"{report} came, {wanted} did not"

    def state(self) -> DeviceState:
        return self.states.get(timeout=SECONDS)

    def ready(self) -> None:
        assert (self.state(), self.state()) == (DeviceState.CONNECTING, DeviceState.READY)


@contextmanager
def running(device: L) -> Iterator[L]:
    device.start()
    try:
        yield device
    finally:
        device.stop()
