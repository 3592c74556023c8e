"""Bytes from outside as text: which encoding they are in, and the place where they are no text.

UTF-8 with and without a byte order mark; UTF-16 by its mark, or by the zero bytes of its first letters;
Windows-1252 when the bytes are not UTF-8 and could have been typed in Western Europe. Nothing is replaced or
guessed away: one wrong byte refuses the file. A file is read in blocks and never held as a whole.
"""

import codecs
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from oms_desktop.errors import InputError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BLOCK = 1 << 17
"""Bytes (or characters) that are read at once."""

UTF8, UTF16, WESTERN = "UTF-8", "UTF-16", "Windows-1252"

_WORDS = {
    "utf-8": UTF8,
    "utf-8-sig": UTF8,
    "utf-16": UTF16,
    "utf-16-le": UTF16,
    "utf-16-be": UTF16,
    "cp1252": WESTERN,
}
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_NO_TEXT = (
    (b"PK\x03\x04", "a workbook (xlsx, ods) or a ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "a workbook (xls)"),
    (b"\x1f\x8b", "a packed file (gzip)"),
    (b"%PDF-", "a PDF document"),
)
"""How files begin that are often taken for tables, and what they are."""

_HEAD = 512

_ZERO, _WRONG = "a zero byte", "a wrong byte"

_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_NOT_WESTERN = re.compile(
    rb"[\x00-\x08\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d]"
    # A sign between two letters, or four accented letters in a row: the text of another code page.
    rb"|(?<=[A-Za-z])[\x82\x84\x86-\x88\x8b\x9b\x98\x99\xa2-\xa6\xac\xae-\xb6\xb8\xb9\xbe](?=[A-Za-z])"
    rb"|[\xc0-\xff]{4}"
)


class OpenText(io.TextIOWrapper):
    """A text that is being read; line ends stay as they are."""

    def __init__(self, file: BinaryIO, codec: str) -> None:
        super().__init__(file, encoding=codec, newline="")
        self._file = file

    @property
    def consumed(self) -> int:
        """How many bytes have been read, those of the block at hand included."""
        return self._file.tell()


@dataclass(frozen=True)
class TextFile:
    """A file or message whose every byte is text: what errors call it, its bytes, its encoding.

    `codec` is Python's name of the encoding, `encoding` the one people know.
    """

    name: str
    size: int
    codec: str
    bytes: Callable[[], BinaryIO]

    @property
    def encoding(self) -> str:
        """UTF-8, UTF-16 or Windows-1252."""
        return _WORDS[self.codec]

    def opened(self) -> OpenText:
        """Open the text from its beginning; the caller closes it."""
        return OpenText(self.bytes(), self.codec)


def text_file(path: Path) -> TextFile:
    """Look through a file; raises InputError when it cannot be read, is empty or is no text."""

    def opened() -> BinaryIO:
        with _readable(path):
            return io.BufferedReader(_File(path))

    return _judged(str(path), opened)


def text_bytes(data: bytes, name: str) -> TextFile:
    """Look through bytes in memory; `name` is what errors call them. Raises as `text_file` does."""
    return _judged(name, lambda: io.BytesIO(data))


class _File(io.FileIO):
    """A file that says in a sentence when it cannot be read any more."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._path = path

    def readinto(self, buffer: "WriteableBuffer", /) -> int | None:
        """Read the next bytes; raises InputError when the disk or the network does not give them."""
        with _readable(self._path):
            return super().readinto(buffer)

    def seek(self, place: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place; raises as `readinto` does, where there is no going back, as in a pipe."""
        with _readable(self._path):
            return super().seek(place, whence)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError("input.unreadable", f"{path} cannot be read: {reason}.") from error


@dataclass
class Place:
    """A place in a text, both counted from 1."""

    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """Name the place in a sentence."""
        return f"line {self.line}, column {self.column}"

    def go_past(self, text: str) -> None:
        """Go on behind this text, which must not end within a line end."""
        last = max(text.rfind("\n"), text.rfind("\r"))
        self.line += text.count("\n") + text.count("\r") - text.count("\r\n")
        self.column = self.column + len(text) if last < 0 else len(text) - last


def _judged(name: str, opened: Callable[[], BinaryIO]) -> TextFile:
    with opened() as file:
        head = file.read(_HEAD)
        kind = next((words for mark, words in _NO_TEXT if head.startswith(mark)), "")
        if kind:
            raise InputError("input.not_text", f"{name} is {kind}, not a text file. Save it as CSV in UTF-8.")
        codec = _codec(head)
        fault = _fault(file, codec, name)
        if fault is not None and codec == "utf-8" and fault[0] == _WRONG:
            codec, fault = "cp1252", _western_fault(file, fault)
        if fault is not None:
            raise InputError("input.not_text", _sentence(name, codec, *fault))
        return TextFile(name, file.seek(0, io.SEEK_END), codec, opened)


def _codec(head: bytes) -> str:
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return codec
    even, odd = head[0::2], head[1::2]
    if len(head) >= 8 and len(head) % 2 == 0:
        # The first letters of every format are ASCII: in UTF-16 each has a zero byte.
        if odd.count(0) * 2 > len(odd) and not even.count(0):
            return "utf-16-le"
        if even.count(0) * 2 > len(even) and not odd.count(0):
            return "utf-16-be"
    return "utf-8"


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    """Give the file's bytes from its beginning, and an empty block as its end."""
    file.seek(0)
    while block := file.read(BLOCK):
        yield block
    yield b""


def _fault(file: BinaryIO, codec: str, name: str) -> tuple[str, Place] | None:
    """Find the first place that is no text in this encoding; raises InputError when there is no text."""
    decoder = codecs.getincrementaldecoder(codec)()
    place, blank, rest = Place(), True, ""
    for block in _blocks(file):
        before = decoder.getstate()
        try:
            text = rest + decoder.decode(block, not block)
        except UnicodeDecodeError:
            decoder.setstate(before)
            place.go_past(rest + _sound_start(decoder, block))
            return _WRONG, place
        if "\0" in text:
            place.go_past(text[: text.index("\0")])
            return _ZERO, place
        blank = blank and not text.strip()
        # A carriage return may be the first half of a line end.
        rest = "\r" if text.endswith("\r") else ""
        place.go_past(text.removesuffix("\r"))
    if blank:
        raise InputError("input.empty", f"{name} is empty.")
    return None


def _sound_start(decoder: codecs.IncrementalDecoder, block: bytes) -> str:
    """Decode a block, byte by byte, up to its first wrong one."""
    letters: list[str] = []
    for at in range(len(block)):
        try:
            letters.append(decoder.decode(block[at : at + 1]))
        except UnicodeDecodeError:
            break
    return "".join(letters)


def _western_fault(file: BinaryIO, fault: tuple[str, Place]) -> tuple[str, Place] | None:
    """Tell why bytes that are not UTF-8 are not Windows-1252 either; None when they are.

    Text with more whole UTF-8 letters than stray bytes is UTF-8 that was damaged: the place stays that of
    the damage.
    """
    whole = stray = 0
    place, carried = Place(), b""
    for block in _blocks(file):
        part = carried + block
        found = _NOT_WESTERN.search(part)
        if found is not None:
            place.go_past(part[: found.start()].decode("cp1252"))
            return _WRONG, place
        # Up to three bytes may be the beginning of something that ends in the next block.
        cut = len(part) - 3 if block else len(part)
        kept, carried = part[: max(cut, 0)], part[max(cut, 0) :]
        if kept.endswith(b"\r"):
            kept, carried = kept[:-1], b"\r" + carried
        whole += len(_SEQUENCE.findall(kept))
        stray += len(_HIGH.findall(_SEQUENCE.sub(b"", kept)))
        place.go_past(kept.decode("cp1252"))
    return fault if whole >= max(stray, 1) else None


def _sentence(name: str, codec: str, what: str, place: Place) -> str:
    if what == _ZERO:
        return f"{name} is not a text file: a zero byte in {place}."
    words = "neither UTF-8 nor Windows-1252" if codec == "cp1252" else f"not {_WORDS[codec]}"
    return f"{name} is {words} text: {what} in {place}. Save it as UTF-8."
