"""Ports as addresses: a serial line, a TCP socket or a loop behind one small interface.

    serial:///dev/ttyUSB0?baud=9600&bits=8&parity=N&stop=1     serial://COM3     /dev/ttyACM0     COM3
    socket://192.168.1.40:4001
    loop://

Failures are DeviceErrors that name the port: ``device.address``, ``device.open``, ``device.gone``.
"""

import os
import re
import socket
import sys
import time
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

import serial

from oms_desktop.devices.recording import Recorder
from oms_desktop.errors import DeviceError

if sys.platform == "win32":
    _FAILURES: tuple[type[Exception], ...] = (OSError,)
else:
    import termios

    # A terminal that vanishes while its settings are made fails with an error of its own kind.
    _FAILURES = (OSError, termios.error)

CHUNK = 4096
_SECONDS_TO_CONNECT = 2.0
_SECONDS_TO_WRITE = 2.0
_SLICE = 0.05
_BITS = {"5": serial.FIVEBITS, "6": serial.SIXBITS, "7": serial.SEVENBITS, "8": serial.EIGHTBITS}
_STOPS = {"1": serial.STOPBITS_ONE, "1.5": serial.STOPBITS_ONE_POINT_FIVE, "2": serial.STOPBITS_TWO}
_PARITIES = {
    "N": serial.PARITY_NONE,
    "E": serial.PARITY_EVEN,
    "O": serial.PARITY_ODD,
    "M": serial.PARITY_MARK,
    "S": serial.PARITY_SPACE,
}
_BAUD = re.compile(r"[1-9][0-9]{1,6}")
_OPTIONS = frozenset({"baud", "bits", "parity", "stop"})


class Port(Protocol):
    """An open line to a device; used by one thread."""

    def read(self, timeout: float) -> bytes:
        """Wait up to `timeout` seconds for bytes and give what is there; empty when none came.

        Raises DeviceError ``device.gone`` when the line is no longer there.
        """

    def write(self, data: bytes) -> None:
        """Send all of `data`; raises DeviceError ``device.gone``."""

    def close(self) -> None:
        """Give the line back; never fails, also a second time."""


def open_port(url: str, *, record: Path | None = None) -> Port:
    """Open the port at an address, recording the wire to a file when one is named.

    Raises DeviceError ``device.address`` when the address is not understood, ``device.open`` when the
    port is absent, in use or does not answer.
    """
    try:
        port = _open(url)
    except (*_FAILURES, ValueError) as error:
        raise DeviceError(
            "device.open",
            f"The port {url} cannot be opened: {_reason(error)}. Check the cable and the address.",
        ) from error
    return port if record is None else _Recorded(port, Recorder(record))


def _open(url: str) -> Port:
    """Choose the kind of port by the scheme of its address."""
    if "://" not in url:
        return _Line(url, _serial(url, urlsplit(f"serial://{url}")))
    try:
        parts = urlsplit(url)
        host, number = parts.hostname, parts.port
    except ValueError as error:
        raise _address(url, f"{error}".rstrip(".")) from error
    if parts.scheme == "serial":
        return _Line(url, _serial(url, parts))
    if parts.scheme == "loop":
        return _Line(url, serial.serial_for_url("loop://", timeout=_SLICE))
    if parts.scheme != "socket":
        raise _address(url, f"“{parts.scheme}” is not serial, socket or loop")
    if not host or not number:
        raise _address(url, "a socket needs a host and a port, as in socket://192.168.1.40:4001")
    return _Socket(url, host, number)


def _serial(url: str, parts: SplitResult) -> serial.Serial:
    """Open a serial line for this program alone."""
    path = unquote(parts.netloc + parts.path)
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if not path or not options.keys() <= _OPTIONS:
        raise _address(url, "write a device, then if need be baud, bits, parity and stop")
    baud = options.get("baud", "9600")
    bits = _BITS.get(options.get("bits", "8"))
    parity = _PARITIES.get(options.get("parity", "N").upper())
    stop = _STOPS.get(options.get("stop", "1"))
    if not _BAUD.fullmatch(baud) or None in (bits, parity, stop):
        raise _address(url, "baud is a number, bits 5 to 8, parity N, E, O, M or S, stop 1, 1.5 or 2")
    return serial.Serial(
        path, int(baud), bits, parity, stop, write_timeout=_SECONDS_TO_WRITE, timeout=_SLICE, exclusive=True
    )


class _Line:
    """A line that pyserial drives.

    pyserial sets the whole line up again when its time limit is changed, which some drivers refuse; so
    the limit is a short one that stays.
    """

    def __init__(self, url: str, line: serial.SerialBase) -> None:
        self._url = url
        self._line = line

    def read(self, timeout: float) -> bytes:
        """Wait for the first byte, in slices of a twentieth of a second, then take what came with it."""
        end = time.monotonic() + timeout
        try:
            while not self._line.in_waiting:
                if time.monotonic() >= end:
                    return b""
                if first := bytes(self._line.read(1)):
                    return first + self._take()
            return self._take()
        except _FAILURES as error:
            raise _gone(self._url, error) from error

    def _take(self) -> bytes:
        """Give the bytes that have arrived."""
        return bytes(self._line.read(min(CHUNK, self._line.in_waiting)))

    def write(self, data: bytes) -> None:
        """Send, waiting at most two seconds for a device that holds the line up."""
        try:
            self._line.write(data)
        except _FAILURES as error:
            raise _gone(self._url, error) from error

    def close(self) -> None:
        """Close; a line that has vanished is closed enough."""
        try:
            self._line.close()
        except _FAILURES:
            return


class _Socket:
    """A device behind a TCP port, such as a serial device server."""

    def __init__(self, url: str, host: str, number: int) -> None:
        self._url = url
        self._socket = socket.create_connection((host, number), timeout=_SECONDS_TO_CONNECT)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)

    def read(self, timeout: float) -> bytes:
        """Wait for bytes; a peer that hung up is gone."""
        self._socket.settimeout(timeout)
        try:
            data = self._socket.recv(CHUNK)
        except (TimeoutError, BlockingIOError):
            return b""
        except OSError as error:
            raise _gone(self._url, error) from error
        if not data:
            raise _gone(self._url, ConnectionError("the other side hung up"))
        return data

    def write(self, data: bytes) -> None:
        """Send, waiting at most two seconds for a device that holds the line up."""
        self._socket.settimeout(_SECONDS_TO_WRITE)
        try:
            self._socket.sendall(data)
        except OSError as error:
            raise _gone(self._url, error) from error

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()


class _Recorded:
    """A port whose traffic is written down."""

    def __init__(self, port: Port, recorder: Recorder) -> None:
        self._port = port
        self._recorder = recorder

    def read(self, timeout: float) -> bytes:
        """Read and note."""
        data = self._port.read(timeout)
        self._recorder.note(data, incoming=True)
        return data

    def write(self, data: bytes) -> None:
        """Write and note."""
        self._port.write(data)
        self._recorder.note(data, incoming=False)

    def close(self) -> None:
        """Close the port beneath."""
        self._port.close()


def _address(url: str, advice: str) -> DeviceError:
    """Say what is wrong with an address."""
    return DeviceError("device.address", f"The port address {url} is not understood: {advice}.")


def _gone(url: str, error: Exception) -> DeviceError:
    """Say that a port which was open is no longer there."""
    return DeviceError(
        "device.gone",
        f"The port {url} no longer answers: {_reason(error)}. Check the cable and the device's power.",
    )


def _reason(error: Exception) -> str:
    """Give the system's words for a failure, without the layers of wrapping around them."""
    if isinstance(error, serial.SerialException) and error.errno:
        return os.strerror(error.errno)
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return f"{error.args[-1] if error.args else error}".rstrip(".")
