"""Where the program writes what happened to it: one rotating file, and standard error in debug."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"


def start(folder: Path | None, *, debug: bool = False) -> None:
    """Log to ``folder/oms.log`` (three files of 1 MB) and, in debug, to standard error."""
    root = logging.getLogger("oms_desktop")
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    handlers: list[logging.Handler] = []
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        handlers.append(
            RotatingFileHandler(folder / "oms.log", maxBytes=1_000_000, backupCount=2, delay=True)
        )
    if debug:
        handlers.append(logging.StreamHandler())
    for handler in handlers:
        handler.setFormatter(logging.Formatter(FORMAT))
    root.handlers[:] = handlers
