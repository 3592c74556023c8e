"""From bytes to frames, however the bytes were cut on their way. Pure: no port, no clock."""

import re
from typing import Protocol

LIMIT = 4096
"""Bytes; more without an end is noise, no code is that long."""


class Framer(Protocol):
    """Cuts a stream of bytes into frames.

    The frames do not depend on where the stream was cut into chunks.
    """

    @property
    def dropped(self) -> int:
        """Frames given up since the start: too long, incomplete or with a wrong checksum."""

    @property
    def pending(self) -> bool:
        """Whether a frame has begun that has not ended."""

    def feed(self, data: bytes) -> list[bytes]:
        """Take the next bytes and give the frames that they complete."""

    def reset(self) -> None:
        """Give up a frame that has begun, for the rest of it will not come."""


class LineFramer:
    """Frames that end with a terminator, which is not part of them; empty frames are left out.

    Any byte of `ends` ends a frame, so CR, LF and CRLF devices need no setting. A frame of more than
    `limit` bytes is dropped as a whole, up to its terminator.
    """

    def __init__(self, ends: bytes = b"\r\n", limit: int = LIMIT) -> None:
        self._end = re.compile(b"[" + re.escape(ends) + b"]")
        self._limit = limit
        self._frame = bytearray()
        self._skipping = False
        self._dropped = 0

    @property
    def dropped(self) -> int:
        """Frames given up since the start."""
        return self._dropped

    @property
    def pending(self) -> bool:
        """Whether bytes wait for their terminator."""
        return self._skipping or bool(self._frame)

    def feed(self, data: bytes) -> list[bytes]:
        """Take the next bytes and give the frames that they complete."""
        frames: list[bytes] = []
        *ended, rest = self._end.split(data)
        for piece in ended:
            self._add(piece)
            if self._frame:
                frames.append(bytes(self._frame))
            self._frame.clear()
            self._skipping = False
        self._add(rest)
        return frames

    def reset(self) -> None:
        """Give up a frame that has begun."""
        self._dropped += bool(self._frame)
        self._frame.clear()
        self._skipping = False

    def _add(self, piece: bytes) -> None:
        """Lengthen the frame, unless it has become too long to be one."""
        if self._skipping:
            return
        if len(self._frame) + len(piece) <= self._limit:
            self._frame += piece
            return
        self._frame.clear()
        self._skipping = True
        self._dropped += 1


class ToledoFramer:
    """Frames of the Mettler Toledo continuous output: STX, 15 characters, CR.

    Bit 7 is masked: scales with 7 data bits and parity are often read with 8. With `checksum` the
    character behind CR must make the sum of all 18 zero, modulo 128, else the frame is dropped; without,
    whatever stands between CR and the next STX is passed over.
    """

    _PLAIN = re.compile(rb"\x02[\x20-\x7f]{15}\r")
    _CHECKED = re.compile(rb"\x02[\x20-\x7f]{15}\r[\x00-\x7f]")
    _LOW_BITS = bytes(byte & 0x7F for byte in range(256))
    _LENGTH = 17

    def __init__(self, *, checksum: bool = False) -> None:
        self._pattern = self._CHECKED if checksum else self._PLAIN
        self._checksum = checksum
        self._bytes = b""
        self._dropped = 0

    @property
    def dropped(self) -> int:
        """Frames with a wrong checksum since the start."""
        return self._dropped

    @property
    def pending(self) -> bool:
        """Whether a frame has begun that has not ended."""
        return b"\x02" in self._bytes

    def feed(self, data: bytes) -> list[bytes]:
        """Take the next bytes and give the frames that they complete, each 17 bytes without checksum."""
        self._bytes += data.translate(self._LOW_BITS)
        frames: list[bytes] = []
        end = 0
        while match := self._pattern.search(self._bytes, end):
            # The character behind CR is looked at but not used up: after lost bytes it may be an STX.
            end = match.start() + self._LENGTH
            if self._checksum and sum(match.group()) % 128:
                self._dropped += 1
                continue
            frames.append(match.group()[: self._LENGTH])
        self._bytes = self._bytes[max(end, len(self._bytes) - self._LENGTH) :]
        return frames

    def reset(self) -> None:
        """Give up a frame that has begun."""
        self._bytes = b""
