"""From the sign-in of the demo to a warehouse of one's own, in the real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from oms_desktop.app import opening, screens
from oms_desktop.app.own_desk import OwnDesk
from oms_desktop.app.screens import Screen
from oms_desktop.floor.workplace import DOOR
from oms_desktop.settings import load
from oms_desktop.station import sign_in
from tests.ui import builders


@pytest.fixture
def own(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Screen, OwnDesk]]:
    screen = screens.build_screen(screens.application())
    qtbot.addWidget(screen.window)
    made = OwnDesk(screen, tmp_path)
    screen.window.show()
    screen.window.show_reply(DOOR, builders.sign_in(), "")
    yield screen, made
    made.stop()


def test_a_warehouse_is_made_beside_the_demo(
    qtbot: QtBot, tmp_path: Path, own: tuple[Screen, OwnDesk]
) -> None:
    screen, desk = own
    QTest.mouseClick(screen.door.own, Qt.MouseButton.LeftButton)
    for name, text in {"admin": "Nora Example", "pin": "2580", "aisles": "1", "bays": "2"}.items():
        desk.form.fields[name].setText(text)

    with qtbot.waitSignal(desk.made, timeout=30_000) as caught:
        QTest.mouseClick(desk.form.start, Qt.MouseButton.LeftButton)

    assert caught.args == [desk.address] == [load(tmp_path).database]
    assert (tmp_path / "warehouse.sqlite").exists()
    database = opening.open_existing(desk.address)
    with database.reading() as session:
        assert sign_in(session, "B-1", "2580").name == "Nora Example"
    database.close()


def test_what_cannot_be_is_said_in_the_form_and_makes_no_file(
    qtbot: QtBot, tmp_path: Path, own: tuple[Screen, OwnDesk]
) -> None:
    screen, desk = own
    QTest.mouseClick(screen.door.own, Qt.MouseButton.LeftButton)
    desk.form.fields["admin"].setText("Nora Example")

    QTest.keyClick(desk.form.fields["admin"], Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: desk.form.told.accessibleName() == "The PIN is not four digits.", timeout=10_000)
    assert desk.form.fields["pin"].property("wrong")
    assert list(tmp_path.glob("*.sqlite")) == []
    assert desk.address == ""
