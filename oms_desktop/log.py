"""Where the program writes what happened to it: one rotating file, and standard error in debug."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from oms_desktop.errors import InputError

FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
FILE = "oms.log"


def start(folder: Path | None, *, debug: bool = False) -> None:
    """Log to ``folder/oms.log`` (three files of 1 MB) and, in debug, to standard error.

    Raises InputError when the folder cannot be made.
    """
    root = logging.getLogger("oms_desktop")
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    handlers: list[logging.Handler] = []
    if folder is not None:
        _make(folder)
        handlers.append(
            # A file's name may hold bytes that are no text; they are spelled out.
            RotatingFileHandler(
                folder / FILE,
                maxBytes=1_000_000,
                backupCount=2,
                delay=True,
                encoding="utf-8",
                errors="backslashreplace",
            )
        )
    if debug:
        handlers.append(logging.StreamHandler())
    for handler in handlers:
        handler.setFormatter(logging.Formatter(FORMAT))
    for handler in root.handlers:
        handler.close()
    root.handlers[:] = handlers


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            "data_dir.unusable", f"The data folder {folder} cannot be made: {error.strerror}."
        ) from error
