"""A small file or message as one text."""

from dataclasses import dataclass
from pathlib import Path

from oms_desktop.channels.text import TextFile, text_bytes, text_file


@dataclass(frozen=True)
class Payload:
    """The text of a file or message and the name that errors call it by."""

    name: str
    text: str


def read_payload(path: Path) -> Payload:
    """Read a file; raises InputError when it cannot be read, is empty or is no text."""
    return _whole(text_file(path))


def decode_payload(data: bytes, name: str) -> Payload:
    """Take bytes as text; `name` is what errors call them. Raises as `read_payload` does."""
    return _whole(text_bytes(data, name))


def _whole(file: TextFile) -> Payload:
    with file.opened() as text:
        return Payload(file.name, text.read())
