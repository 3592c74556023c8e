"""Where documents go: a folder that somebody or something prints from; printers come behind the same door."""

import os
import re
import sys
import unicodedata
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from oms_desktop.errors import DeviceError

_LONGEST_STEM = 50
_LONGEST_SUFFIX = 10
_UNSAFE = re.compile(r"[^\w.-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)


class Printer(Protocol):
    """Something that brings documents to paper."""

    def put(self, name: str, document: bytes, *, key: str = "") -> Path | None:
        """Hand over a document; gives the file where it lies, None when it is on paper only.

        With a `key` it is handed over once: a document of the same name and key is not taken again.
        Raises DeviceError when it cannot be printed now.
        """


class FolderPrinter:
    """Puts documents into a folder as whole files that nothing overwrites.

    A program that watches the folder never sees a half-written document: names that begin with a dot
    and end with ``.part`` are not for it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, document: bytes, *, key: str = "") -> Path:
        """Write `document` under `name`, made safe for every system; ``-2``, ``-3`` ... when it is taken.

        A `key` (letters and digits, at most 20) becomes part of the file name, and what lies there
        already stays: the file of an earlier try is the answer. Makes the folder when it is missing.
        Raises DeviceError ``printer.folder`` when the folder cannot be written or is full; nothing is
        left behind then.
        """
        part = self._folder / f".{uuid4().hex}.part"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                write_whole(part, document)
                return self._settle_once(part, name, key) if key else self._settle(part, safe_name(name))
            finally:
                part.unlink(missing_ok=True)
        except OSError as error:
            raise DeviceError(
                "printer.folder",
                f"“{name}” cannot be put into {self._folder}: {error.strerror}. "
                "Check that the folder is there, may be written and has room, then print again.",
            ) from error

    def _settle_once(self, part: Path, name: str, key: str) -> Path:
        """Give a written file the name of its key, unless a file has it."""
        first = Path(safe_name(name))
        target = self._folder / f"{first.stem[: _LONGEST_STEM - len(key) - 1]}-{key}{first.suffix}"
        try:
            move(part, target)
        except FileExistsError:
            # An empty file is a name that was taken by a try that was killed before it had its document.
            if target.stat().st_size == 0:
                part.replace(target)
        return target

    def _settle(self, part: Path, name: str) -> Path:
        """Give a written file the first free name."""
        first = Path(name)
        target = self._folder / first
        number = 1
        while True:
            try:
                move(part, target)
                return target
            except FileExistsError:
                number += 1
                target = self._folder / f"{first.stem}-{number}{first.suffix}"


def safe_name(name: str) -> str:
    """Make a file name that Linux, macOS and Windows take: letters, digits, dots and dashes.

    Folders in it become part of the name; at most 60 characters and a number fit on every file system.
    """
    plain = _UNSAFE.sub("-", unicodedata.normalize("NFC", name)).strip("-. ")
    path = Path(plain or "document")
    stem = path.stem[:_LONGEST_STEM].rstrip("-. ")
    if _RESERVED.fullmatch(stem.split(".")[0]):
        stem = f"{stem}-document"
    return f"{stem}{path.suffix[:_LONGEST_SUFFIX]}".rstrip("-. ")


def write_whole(path: Path, document: bytes) -> None:
    """Write a file so that it is on the disk before it gets its name, also when the power fails."""
    with path.open("wb") as file:
        file.write(document)
        file.flush()
        os.fsync(file.fileno())


def move(part: Path, target: Path) -> None:
    """Rename within a folder without replacing anything; raises FileExistsError when the name is taken."""
    if sys.platform == "win32":
        part.rename(target)
        return
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:
        claim(part, target)


def claim(part: Path, target: Path) -> None:
    """Rename where the file system has no hard links: take the name with an empty file, then replace it."""
    target.open("xb").close()
    part.replace(target)
