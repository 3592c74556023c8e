"""Ports of every kind, opened, used and lost."""

import os
import pty
import socket
import tty
from pathlib import Path

import pytest

from oms_desktop.devices.simulated import PtyPort
from oms_desktop.devices.transport import Port, open_port
from oms_desktop.errors import DeviceError


def read_all(port: Port, size: int) -> bytes:
    data = b""
    while len(data) < size:
        piece = port.read(5)
        assert piece, f"only {len(data)} of {size} bytes came"
        data += piece
    return data


@pytest.mark.parametrize("form", ["{}", "serial://{}", "serial://{}?baud=19200&bits=7&parity=e&stop=2"])
def test_a_serial_line_both_ways(form: str) -> None:
    near, far = pty.openpty()
    tty.setraw(far)
    port = open_port(form.format(os.ttyname(far)))
    assert port.read(0) == b""
    assert port.read(0.01) == b""
    os.write(near, b"A-07\r")
    assert read_all(port, 5) == b"A-07\r"
    port.write(b"W\r")
    assert os.read(near, 10) == b"W\r"
    port.close()
    port.close()
    os.close(near)
    os.close(far)


def test_a_line_in_use_is_refused_and_a_closed_one_can_be_opened_again() -> None:
    with PtyPort() as device:
        port = open_port(device.url)
        with pytest.raises(DeviceError) as refusal:
            open_port(device.url)
        assert refusal.value.code == "device.open"
        port.close()
        open_port(device.url).close()


def test_a_line_that_vanishes_is_gone_for_reading_and_writing(tmp_path: Path) -> None:
    device = PtyPort(tmp_path / "scanner")
    port = open_port(device.url)
    device.unplug()
    for act in (lambda: port.read(5), lambda: port.write(b"x")):
        with pytest.raises(DeviceError) as lost:
            act()
        assert lost.value.code == "device.gone"
        assert device.url in lost.value.text
    port.close()


def test_a_socket_both_ways_until_the_other_side_hangs_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"socket://127.0.0.1:{server.getsockname()[1]}"
        port = open_port(url)
        peer, _ = server.accept()
        assert port.read(0) == b""
        assert port.read(0.01) == b""
        peer.sendall(b"T-104\r")
        assert read_all(port, 6) == b"T-104\r"
        port.write(b"W")
        assert peer.recv(10) == b"W"
        peer.close()
        with pytest.raises(DeviceError) as lost:
            port.read(5)
        assert lost.value.code == "device.gone"
        port.close()
    with pytest.raises(DeviceError) as refusal:
        open_port(url)
    assert refusal.value.code == "device.open"
    assert "refused" in refusal.value.text


def test_a_loop_gives_back_what_it_gets() -> None:
    port = open_port("loop://")
    port.write(b"abc")
    assert read_all(port, 3) == b"abc"
    port.close()


@pytest.mark.parametrize(
    "url",
    [
        "serial://",
        "serial:///dev/ttyUSB0?baud=fast",
        "serial:///dev/ttyUSB0?baud=0",
        "serial:///dev/ttyUSB0?baud=99999999",
        "serial:///dev/ttyUSB0?bits=9",
        "serial:///dev/ttyUSB0?parity=X",
        "serial:///dev/ttyUSB0?stop=3",
        "serial:///dev/ttyUSB0?speed=9600",
        "socket://host",
        "socket://:4001",
        "socket://host:notanumber",
        "socket://host:99999999",
        "socket://[::1:4001",
        "ftp://host:21",
        "",
    ],
)
def test_an_address_that_is_not_understood(url: str) -> None:
    with pytest.raises(DeviceError) as refusal:
        open_port(url)
    assert refusal.value.code == "device.address"
    assert url in refusal.value.text


@pytest.mark.parametrize("url", ["/dev/oms-none", "serial:///dev/oms-none?baud=9600", "/dev/null", "COM\x00"])
def test_a_port_that_cannot_be_opened(url: str) -> None:
    with pytest.raises(DeviceError) as refusal:
        open_port(url)
    assert refusal.value.code == "device.open"
    assert url in refusal.value.text
