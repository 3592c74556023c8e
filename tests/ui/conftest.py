"""Widgets are real and drawn off the screen; a warning of Qt fails the test that caused it."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from oms_desktop.ui.theme import Theme


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Collect what Qt says and fail if it said anything."""
    said: list[str] = []

    def hear(kind: QtMsgType, context: QMessageLogContext, text: str | None) -> None:
        if "propagateSizeHints" not in (text or ""):
            said.append(f"{kind.name}: {text}")

    before = qInstallMessageHandler(hear)
    yield
    qInstallMessageHandler(before)
    assert said == []


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application in its style, once: setting a style is slow."""
    Theme().dress(qapp)
    return qapp


@pytest.fixture
def theme(dressed: QApplication) -> Theme:
    return Theme()
