"""Scanners on real pseudo-terminals: scans, noise, unplugging, stopping."""

import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from oms_desktop.devices.listener import DeviceState
from oms_desktop.devices.recording import read_recording
from oms_desktop.devices.scanner import Scanned, Scanner
from oms_desktop.devices.simulated import PtyScanner
from oms_desktop.errors import DeviceError
from tests.devices.listening import SECONDS, Ears, running

FAST: Sequence[float] = (0.01,)


def scanner(
    url: str, ears: Ears[Scanned], *, silence: float = SECONDS, record: Path | None = None
) -> Scanner:
    put = ears.reports.put
    return Scanner("bench 1", url, put, ears.states.put, silence=silence, retry=FAST, record=record)


def texts(ears: Ears[Scanned], count: int) -> list[str]:
    return [ears.next().symbol.text for _ in range(count)]


def test_scans_come_with_their_meaning_and_the_scanners_name() -> None:
    ears: Ears[Scanned] = Ears()
    with PtyScanner() as device, running(scanner(device.url, ears)):
        ears.ready()
        for code in ("A-07-03-B2", "4006381333931", "]C1010400638133393110L7", "Kä-1"):
            device.scan(code)
        first, second, third, fourth = (ears.next() for _ in range(4))
    assert (first.device, first.symbol.raw, first.symbol.gtin) == ("bench 1", "A-07-03-B2", None)
    assert second.symbol.gtin == "04006381333931"
    assert (third.symbol.gtin, third.symbol.lot) == ("04006381333931", "L7")
    assert fourth.symbol.text == "Kä-1"
    assert first.at <= second.at <= third.at <= fourth.at


def test_noise_blank_frames_and_latin_1() -> None:
    ears: Ears[Scanned] = Ears()
    with PtyScanner() as device, running(scanner(device.url, ears)):
        ears.ready()
        device.send(b"\r\n \t\r\x00\x01\n\xffG\xfc\r" + "Gü\r\n".encode())
        assert texts(ears, 2) == ["ÿGü", "Gü"]
        assert ears.reports.empty()


def test_a_flood_of_a_megabyte_loses_only_itself() -> None:
    ears: Ears[Scanned] = Ears()
    with PtyScanner() as device:
        under_test = scanner(device.url, ears)
        with running(under_test):
            ears.ready()
            device.scan("A-1")
            device.send(b"\x00\xff" * 500_000)
            device.send(b"\r")
            device.scan("T-104")
            assert texts(ears, 2) == ["A-1", "T-104"]
            assert under_test.dropped == 1


def test_a_code_in_two_halves_is_one_code() -> None:
    ears: Ears[Scanned] = Ears()
    with PtyScanner() as device, running(scanner(device.url, ears)):
        ears.ready()
        device.send(b"40063813")
        device.send(b"33931\r")
        assert texts(ears, 1) == ["4006381333931"]


def test_a_half_code_does_not_become_the_head_of_the_next() -> None:
    ears: Ears[Scanned] = Ears()
    with PtyScanner() as device:
        under_test = scanner(device.url, ears, silence=0.0)
        with running(under_test):
            ears.ready()
            device.send(b"40063")
            end = time.monotonic() + SECONDS
            while not under_test.dropped:
                assert time.monotonic() < end
                time.sleep(0.01)
            device.scan("T-104")
            assert texts(ears, 1) == ["T-104"]


def test_unplugged_and_plugged_in_again(tmp_path: Path) -> None:
    ears: Ears[Scanned] = Ears()
    with PtyScanner(tmp_path / "scanner") as device, running(scanner(device.url, ears)) as under_test:
        ears.ready()
        for turn in range(3):
            device.send(b"half")
            device.unplug()
            assert ears.state() is DeviceState.GONE
            with pytest.raises(DeviceError):
                device.scan("lost")
            device.plug()
            assert ears.state() is DeviceState.READY
            assert under_test.problem is None
            device.scan(f"T-{turn}")
            assert texts(ears, 1) == [f"T-{turn}"]
    assert ears.state() is DeviceState.STOPPED


def test_a_scanner_that_comes_later_and_why_it_was_not_there(tmp_path: Path) -> None:
    ears: Ears[Scanned] = Ears()
    under_test = scanner(f"serial://{tmp_path}/scanner", ears)
    with running(under_test):
        assert (ears.state(), ears.state()) == (DeviceState.CONNECTING, DeviceState.GONE)
        assert under_test.problem is not None
        assert under_test.problem.code == "device.open"
        with PtyScanner(tmp_path / "scanner") as device:
            assert ears.state() is DeviceState.READY
            device.scan("T-104")
            assert texts(ears, 1) == ["T-104"]
    assert under_test.state is DeviceState.STOPPED


@pytest.mark.parametrize("turn", range(10))
def test_nothing_that_was_scanned_before_stop_is_lost(turn: int) -> None:
    ears: Ears[Scanned] = Ears()
    with PtyScanner() as device:
        under_test = scanner(device.url, ears)
        under_test.start()
        ears.ready()
        codes = [f"T-{turn}-{number}" for number in range(100)]
        for code in codes:
            device.scan(code)
        under_test.stop()
    assert [scan.symbol.text for scan in ears.reports.queue] == codes
    assert not [thread for thread in threading.enumerate() if thread.name == "device bench 1"]


def test_stop_and_start_again_and_again() -> None:
    ears: Ears[Scanned] = Ears()
    with PtyScanner() as device:
        under_test = scanner(device.url, ears)
        under_test.stop()
        for turn in range(3):
            under_test.start()
            under_test.start()
            ears.ready()
            device.scan(f"T-{turn}")
            assert texts(ears, 1) == [f"T-{turn}"]
            under_test.stop()
            under_test.stop()
            assert ears.state() is DeviceState.STOPPED
    assert ears.states.empty()


def test_a_callback_may_stop_its_own_scanner() -> None:
    ears: Ears[Scanned] = Ears()
    with PtyScanner() as device:

        def stop(_: Scanned) -> None:
            under_test.stop()

        under_test = Scanner("bench 1", device.url, stop, ears.states.put, retry=FAST)
        under_test.start()
        ears.ready()
        device.scan("T-104")
        assert ears.state() is DeviceState.STOPPED
        under_test.stop()


def test_a_callback_that_fails_is_logged_and_the_next_scan_comes(caplog: pytest.LogCaptureFixture) -> None:
    ears: Ears[Scanned] = Ears()

    def fail_once(scan: Scanned) -> None:
        ears.reports.put(scan)
        if scan.symbol.text == "bad":
            raise RuntimeError("in the dialogue")

    with PtyScanner() as device:
        under_test = Scanner("bench 1", device.url, fail_once, ears.states.put, retry=FAST)
        with running(under_test):
            ears.ready()
            device.scan("bad")
            device.scan("good")
            assert texts(ears, 2) == ["bad", "good"]
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "bench 1" in caplog.text


def test_the_wire_is_recorded_and_plays_again(tmp_path: Path) -> None:
    path = tmp_path / "wire.txt"
    ears: Ears[Scanned] = Ears()
    with PtyScanner() as device, running(scanner(device.url, ears, record=path)):
        ears.ready()
        device.send(b"A-07\r\nT-")
        device.send(b"104\r")
        before = texts(ears, 2)
    again: Ears[Scanned] = Ears()
    with PtyScanner() as device, running(scanner(device.url, again)):
        again.ready()
        for chunk in read_recording(path):
            device.send(chunk.data)
        assert texts(again, 2) == before == ["A-07", "T-104"]
