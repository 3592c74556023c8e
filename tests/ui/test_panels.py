"""Every state of every panel fits the window, cuts no text, keeps its targets large."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from oms_desktop.floor.reply import Reply
from oms_desktop.floor.views import LaneView, PackView, ShipView
from oms_desktop.ui.panels.picking import PickingPanel
from oms_desktop.ui.panels.sign_in import SignInPanel
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Pressed
from oms_desktop.ui.widgets.rows import Rows
from tests.ui import builders
from tests.ui.frame import SIZES, at, cut, painted, panel, texts, window


def warned() -> Reply[Any]:
    view = replace(builders.pick_view(), warning="Order SO-48230 was cancelled")
    return replace(builders.pick_location(), data=view)


def tour_done() -> Reply[Any]:
    return replace(
        builders.no_tour(), data=replace(builders.pick_view(), stop=None), message="Go to the pack lane"
    )


def nobody_waits() -> Reply[Any]:
    return builders.no_tour(0)


def bench_free() -> Reply[Any]:
    return builders.packing(PackView(waiting=1))


def too_light() -> Reply[Any]:
    return builders.packing(builders.pack_view(weight=1066))


def no_carton() -> Reply[Any]:
    return builders.packing(
        replace(builders.pack_view(weight=None), carton=None, parcel="", service="", price="")
    )


def dock_empty() -> Reply[Any]:
    return builders.shipping(ShipView(lanes=(LaneView("1", "Nordbote", 0, 0),)))


def closed() -> Reply[Any]:
    view = replace(builders.ship_view(None), closed="Lane 2 is closed: 18 parcels on manifest M-0012.")
    return builders.shipping(view)


def pin() -> Reply[Any]:
    return builders.sign_in(2)


def no_badge() -> Reply[Any]:
    return builders.sign_in(read=False, demo=False)


STATES: list[tuple[str, Callable[[], Reply[Any]], list[str]]] = [
    ("pick", builders.pick_location, ["A", "03", "Bay", "go here", "Take", "6", "pieces", "11 of 28 lines"]),
    ("pick", builders.pick_product, ["scanned", "Enamel mug 350 ml", "3931", "42 on hand here"]),
    ("pick", builders.pick_tote, ["Taken", "6 of 6 taken", "T-104", "Put 6", "A-07-08-C1"]),
    ("pick", warned, ["Look out", "Order SO-48230 was cancelled"]),
    ("pick", builders.no_tour, ["No tour yet", "3 orders wait. No scanner? Press F2 and type the code."]),
    (
        "pick",
        nobody_waits,
        ["No tour for you now", "No order waits. No scanner? Press F2 and type the code."],
    ),
    ("pick", tour_done, ["Tour PW-2231 is picked"]),
    ("pack", builders.packing, ["SO-48230", "tote T-104", "2 of 2", "C4", "Within limits", "Gift message"]),
    ("pack", too_light, ["212 g too light"]),
    (
        "pack",
        no_carton,
        ["No carton yet", "Scan the carton you take", "not weighed yet", "Rate is chosen at the end"],
    ),
    (
        "pack",
        bench_free,
        ["Scan a tote or an order", "1 tote waits to be packed. No scanner? Press F2 and type the code."],
    ),
    ("ship", builders.shipping, ["SO-48233", "Lane 1, packed", "the parcel goes here", "manifest M-0012"]),
    ("ship", dock_empty, ["Scan a parcel", "No parcel waits. Packed parcels appear here."]),
    ("ship", closed, ["Lane 2 is closed: 18 parcels on manifest M-0012."]),
    (
        "sign_in",
        pin,
        ["M. Okafor", "Badge read", "R. Lind", "PIN 2419", "The last of the four digits signs you in"],
    ),
    ("sign_in", no_badge, ["No badge read yet", "Scan your badge first", "Your badge, your work"]),
]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("place", "reply", "words"), STATES, ids=lambda value: getattr(value, "__name__", "")
)
def test_state_is_shown_whole(
    qtbot: QtBot,
    theme: Theme,
    place: str,
    reply: Callable[[], Reply[Any]],
    words: list[str],
    size: tuple[int, int],
) -> None:
    made = at(qtbot, theme, place, size)
    made.show_reply(place, reply(), "A-07-03-B2")
    qtbot.wait(1)
    least = made.minimumSizeHint()
    assert (least.width() <= size[0], least.height() <= size[1]) == (True, True)
    assert set(words) <= set(texts(panel(made)))
    assert cut(made) == []
    for child in painted(made):
        if isinstance(child, Pressed):
            assert min(child.width(), child.height()) >= 48, child.accessibleName()


@pytest.mark.parametrize("size", SIZES)
def test_nothing_moves_between_the_steps_of_a_stop(qtbot: QtBot, theme: Theme, size: tuple[int, int]) -> None:
    made = at(qtbot, theme, "pick", size)
    places: list[dict[QWidget, QPoint]] = []
    for reply in (builders.pick_location(), builders.pick_product(), builders.pick_tote()):
        made.show_reply("pick", reply, "")
        places.append({child: child.mapTo(made, QPoint()) for child in painted(made)})
    assert places[0] == places[1] == places[2]


def test_steps_follow_the_state(qtbot: QtBot, theme: Theme) -> None:
    made = PickingPanel(theme)
    qtbot.addWidget(made)
    for number, reply in enumerate(
        (builders.pick_location(), builders.pick_product(), builders.pick_tote()), 1
    ):
        made.show_reply(reply)
        assert made.steps.accessibleName().startswith(f"Step {number} of 3")


def test_many_items_and_parcels_scroll_to_the_current_one(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "ship")
    made.show_reply("ship", builders.shipping(builders.ship_view(35, 40)), "")
    rows = next(child for child in panel(made).findChildren(QWidget) if isinstance(child, Rows))
    current = next(row for row in rows.shown() if row.accessibleName().startswith("SO-48265"))
    qtbot.waitUntil(lambda: not current.visibleRegion().isEmpty())
    made.show_reply("ship", builders.shipping(builders.ship_view(1, 3)), "")
    assert len(rows.shown()) == 3


@pytest.mark.parametrize("reply", [pin, no_badge])
def test_signing_in_is_whole_on_a_screen_smaller_than_asked_for(
    qtbot: QtBot, theme: Theme, reply: Callable[[], Reply[Any]]
) -> None:
    made = window(qtbot, theme)
    made.show_reply("sign_in", reply(), "")
    made.setMinimumSize(1, 1)
    made.resize(796, 796)
    qtbot.waitUntil(lambda: panel(made).width() < 796)

    assert cut(made) == []
    for button in (child for child in painted(panel(made)) if isinstance(child, Pressed)):
        assert button.visibleRegion().boundingRect() == button.rect(), button.accessibleName()


def test_a_badge_of_the_demo_stands_for_a_scan(qtbot: QtBot, theme: Theme) -> None:
    made = window(qtbot, theme)
    typed, digits = list[str](), list[str]()
    made.code_typed.connect(typed.append)
    made.digit_pressed.connect(digits.append)
    made.show_reply("sign_in", builders.sign_in(), "")
    open_panel = panel(made)
    assert isinstance(open_panel, SignInPanel)
    QTest.mouseClick(open_panel.rows[1], Qt.MouseButton.LeftButton)
    keys = [key for key in open_panel.pad.findChildren(Pressed) if key.accessibleName() == "7"]
    QTest.mouseClick(keys[0], Qt.MouseButton.LeftButton)
    assert (typed, digits) == (["B-20418"], ["7"])


def test_only_the_queue_has_a_field_that_takes_letters(qtbot: QtBot, theme: Theme) -> None:
    made = at(qtbot, theme, "pick")
    for place in ("pick", "pack", "ship", "sign_in"):
        made.set_place(place)
        assert panel(made).findChildren(QLineEdit) == []
