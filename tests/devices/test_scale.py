"""Scales on real pseudo-terminals: weights, states, silence, unplugging."""

from collections.abc import Sequence
from pathlib import Path

from oms_desktop.devices.listener import DeviceState
from oms_desktop.devices.scale import Reading, Scale
from oms_desktop.devices.simulated import PtyPort, PtyScale, toledo_frame
from oms_desktop.devices.toledo import WeightState
from tests.devices.listening import SECONDS, Ears, running

FAST: Sequence[float] = (0.01,)


def scale(url: str, ears: Ears[Reading], *, checksum: bool = True, silence: float = SECONDS) -> Scale:
    put = ears.reports.put
    return Scale("bench 1", url, put, ears.states.put, checksum=checksum, silence=silence, retry=FAST)


def steady(grams: int) -> Reading:
    return Reading("bench 1", grams, True, WeightState.OK)


def device_opened(ears: Ears[Reading], device: PtyPort) -> None:
    """Send a weight until the scale has heard one: what is sent before it listens is not kept."""
    assert ears.state() is DeviceState.CONNECTING
    while ears.states.empty():
        device.send(toledo_frame(0))
    assert ears.state() is DeviceState.READY
    assert ears.next() == steady(0)


def test_weights_are_reported_when_they_change() -> None:
    ears: Ears[Reading] = Ears()
    with PtyScale() as device, running(scale(device.url, ears)):
        ears.ready()
        assert ears.next() == steady(0)
        device.moving(900)
        assert ears.next() == Reading("bench 1", 900, False, WeightState.MOTION)
        device.moving(1250)
        assert ears.next() == Reading("bench 1", 1250, False, WeightState.MOTION)
        device.put(1250)
        assert ears.next() == steady(1250)
        device.put(-3)
        assert ears.next() == Reading("bench 1", -3, True, WeightState.NEGATIVE)
        device.put(61_000)
        assert ears.next() == Reading("bench 1", 61_000, False, WeightState.OVERLOAD)
        device.put(0)
        assert ears.next() == steady(0)
        assert ears.reports.empty()


def test_the_same_weight_many_times_is_one_reading() -> None:
    ears: Ears[Reading] = Ears()
    with PtyPort() as device, running(scale(device.url, ears)):
        device_opened(ears, device)
        device.send(toledo_frame(5) * 500 + toledo_frame(6))
        assert (ears.next(), ears.next()) == (steady(5), steady(6))
        assert ears.reports.empty()


def test_noise_and_damage_never_become_a_weight() -> None:
    ears: Ears[Reading] = Ears()
    good = toledo_frame(1250)
    with PtyPort() as device:
        under_test = scale(device.url, ears)
        with running(under_test):
            device_opened(ears, device)
            device.send(b"\xff\x02\r" * 100_000 + good[:9] + good.replace(b"1250", b"9250"))
            device.send(good.replace(b"1250", b"12 X") + good)
            assert ears.next() == steady(1250)
            assert under_test.dropped == 2


def test_checksums_are_optional() -> None:
    ears: Ears[Reading] = Ears()
    with PtyScale() as device, running(scale(device.url, ears, checksum=False)):
        ears.ready()
        device.put(777)
        ears.until(steady(777))


def test_a_weight_that_cannot_be_understood_is_counted() -> None:
    ears: Ears[Reading] = Ears()
    pennyweight = b"\x02-0\x25001250000000\r"
    with PtyPort() as device:
        under_test = scale(device.url, ears, checksum=False)
        with running(under_test):
            device_opened(ears, device)
            device.send(pennyweight + toledo_frame(1))
            assert ears.next() == steady(1)
            assert under_test.dropped == 1


def test_a_scale_that_falls_silent_is_gone_and_comes_back_with_its_weight() -> None:
    ears: Ears[Reading] = Ears()
    with PtyScale() as device:
        under_test = scale(device.url, ears, silence=1.0)
        with running(under_test):
            ears.ready()
            device.put(500)
            ears.until(steady(500))
            device.mute()
            assert ears.state() is DeviceState.GONE
            assert under_test.problem is not None
            assert under_test.problem.code == "device.silent"
            assert ears.reports.empty()
            device.put(500)
            assert ears.state() is DeviceState.READY
            assert ears.next() == steady(500)


def test_unplugged_and_plugged_in_again(tmp_path: Path) -> None:
    ears: Ears[Reading] = Ears()
    with PtyScale(tmp_path / "scale") as device:
        with running(scale(device.url, ears)):
            ears.ready()
            device.unplug()
            assert ears.state() is DeviceState.GONE
            device.put(42)
            device.plug()
            assert ears.state() is DeviceState.READY
            ears.until(steady(42))
        assert ears.state() is DeviceState.STOPPED
