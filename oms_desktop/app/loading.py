"""What needs Qt is loaded by name when it is asked for: the command line must not wait for it."""

import os
import socket
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from oms_desktop.app.wishes import Played, Wish
from oms_desktop.errors import InputError
from oms_desktop.settings import Settings


def open_window(address: str, folder: Path, settings: Settings) -> int:
    """Open the window on a database and work until it is closed; returns the exit code."""
    start: Callable[..., int] = import_module("oms_desktop.app.desktop").open_window
    return start(address, folder, settings)


def play_demo(wish: Wish, settings: Settings, tell: Callable[[str], None]) -> Played:
    """Let virtual hands work orders; `tell` is told how far they are. See `oms_desktop.app.demo`.

    Raises InputError on Windows, which has no pseudo-terminals for the simulated scanner and scale.
    """
    if sys.platform == "win32":
        raise InputError("demo.platform", "The demo needs simulated serial ports, which Windows has not.")
    play: Callable[..., Any] = import_module("oms_desktop.app.demo").play
    played: Played = play(wish, settings, tell)
    return played


def has_display() -> bool:
    """Tell whether a window could be shown to anybody here."""
    if os.environ.get("QT_QPA_PLATFORM") or sys.platform in ("win32", "darwin"):
        return True
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    display = os.environ.get("DISPLAY", "")
    return bool(display) and _answers(display)


def _answers(display: str) -> bool:
    """Tell whether an X server listens: Qt aborts the program when none does."""
    host, _, number = display.rpartition(":")
    port = number.split(".")[0]
    if not port.isdecimal():
        return False
    if host not in ("", "unix"):
        return True
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        for name in (f"\0/tmp/.X11-unix/X{port}", f"/tmp/.X11-unix/X{port}"):
            if server.connect_ex(name) == 0:
                return True
    return False
