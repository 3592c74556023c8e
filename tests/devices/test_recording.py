"""What a port recorded can be read, and played to a framer."""

from pathlib import Path

import pytest

from oms_desktop.devices.framing import LineFramer
from oms_desktop.devices.recording import Chunk, Recorder, read_recording
from oms_desktop.devices.transport import open_port
from oms_desktop.errors import DeviceError


def test_a_recorded_wire_plays_the_same_frames_again(tmp_path: Path) -> None:
    path = tmp_path / "wire.txt"
    port = open_port("loop://", record=path)
    framer = LineFramer()
    frames: list[bytes] = []
    for piece in (b"A-07-", b"03-B2\rT-1", b"04\r\n\x00\xff\r"):
        port.write(piece)
        frames += framer.feed(port.read(5))
    assert port.read(0) == b""
    port.close()
    chunks = read_recording(path)
    again = LineFramer()
    assert [f for c in chunks if c.incoming for f in again.feed(c.data)] == frames
    assert frames == [b"A-07-03-B2", b"T-104", b"\x00\xff"]
    sent = b"".join(c.data for c in chunks if not c.incoming)
    assert sent == b"A-07-03-B2\rT-104\r\n\x00\xff\r"
    assert [c.seconds for c in chunks] == sorted(c.seconds for c in chunks)


def test_a_recording_goes_on_in_the_same_file(tmp_path: Path) -> None:
    path = tmp_path / "wire.txt"
    Recorder(path).note(b"a", incoming=True)
    Recorder(path).note(b"", incoming=True)
    Recorder(path).note(b"b", incoming=False)
    assert [(c.incoming, c.data) for c in read_recording(path)] == [(True, b"a"), (False, b"b")]


def test_a_recording_that_cannot_be_written_warns_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    recorder = Recorder(tmp_path / "missing" / "wire.txt")
    recorder.note(b"a", incoming=True)
    recorder.note(b"b", incoming=True)
    assert [record.levelname for record in caplog.records] == ["WARNING"]


@pytest.mark.parametrize("line", ["0.5 < 4", "0.5 ? 41", "x", "", "0.5 < é"])
def test_a_file_that_is_no_recording_is_refused_by_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "wire.txt"
    path.write_text(f"0.100000 < 41\n{line}\n", encoding="utf-8")
    with pytest.raises(DeviceError) as refusal:
        read_recording(path)
    assert refusal.value.code == "device.recording"
    assert str(path) in refusal.value.text


def test_a_recording_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "wire.txt"
    path.write_text("1.25 < 0d0a\n", encoding="ascii")
    assert read_recording(path) == [Chunk(1.25, True, b"\r\n")]
    with pytest.raises(DeviceError):
        read_recording(tmp_path / "none")
