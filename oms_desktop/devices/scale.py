"""Scales that send their weight all the time (Mettler Toledo continuous output, see `toledo`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from oms_desktop.devices.framing import ToledoFramer
from oms_desktop.devices.listener import RETRY_SECONDS, DeviceState, Listener
from oms_desktop.devices.toledo import Weight, WeightState, decode
from oms_desktop.errors import DeviceError

SILENCE_SECONDS = 2.0
"""A scale sends 7 to 20 times a second: after this time its last weight is worth nothing."""

_AT_REST = frozenset({WeightState.OK, WeightState.NEGATIVE})


@dataclass(frozen=True)
class Reading:
    """What a scale shows."""

    device: str
    """Name of the scale."""
    grams: int
    """Net weight, negative below zero; worth nothing when `state` is OVERLOAD or NOT_ZEROED."""
    steady: bool
    """Whether the weight may be taken: at rest, in range and zeroed."""
    state: WeightState


class Scale(Listener):
    """Reports each change of weight, steadiness or state, in its own thread, and whether the scale is there.

    Ready means that weights come in, not only that the port is open. A scale that falls silent or is
    not understood (another speed or protocol) is gone, and reports its weight anew when it comes back.
    """

    def __init__(
        self,
        name: str,
        url: str,
        on_reading: Callable[[Reading], None],
        on_state: Callable[[DeviceState], None],
        *,
        checksum: bool = False,
        silence: float = SILENCE_SECONDS,
        retry: Sequence[float] = RETRY_SECONDS,
        record: Path | None = None,
    ) -> None:
        super().__init__(name, url, ToledoFramer(checksum=checksum), on_state, retry=retry, record=record)
        self._on_reading = on_reading
        self._silence = silence
        self._weight: Weight | None = None
        self._weighed = 0.0
        self._misread = 0

    @property
    def dropped(self) -> int:
        """Frames that were damaged or showed no weight that can be relied upon."""
        return self._framer.dropped + self._misread

    def _opened(self, at: float) -> None:
        """Forget the weight from before; wait for the first one."""
        self._weight = None
        self._weighed = at

    def _frame(self, frame: bytes, at: float) -> None:
        """Report a weight that differs from the one before."""
        weight = decode(frame)
        if weight is None:
            self._misread += 1
            return
        self._weighed = at
        self._enter(DeviceState.READY)
        if weight != self._weight:
            self._weight = weight
            steady = weight.state in _AT_REST
            self._tell(self._on_reading, Reading(self.name, weight.grams, steady, weight.state))

    def _quiet(self, at: float, silent: float) -> None:
        """Give a scale up that has shown no weight for too long."""
        if at - self._weighed > self._silence:
            raise DeviceError(
                "device.silent",
                f"The scale {self.name} at {self.url} sends no weight. Check that it is on and sends "
                "continuously, at the speed in the settings.",
            )
