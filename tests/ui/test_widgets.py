"""Each painted widget shows its words, whole, and says them to a screen reader."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from oms_desktop.floor.views import CartonView, LaneView, PlaceView
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.badge_card import BadgeCard
from oms_desktop.ui.widgets.big_code import BigCode
from oms_desktop.ui.widgets.carton_picture import CartonPicture
from oms_desktop.ui.widgets.code_text import CodeText
from oms_desktop.ui.widgets.item_row import ItemRow
from oms_desktop.ui.widgets.lane_card import LaneCard
from oms_desktop.ui.widgets.note_card import Note, NoteCard
from oms_desktop.ui.widgets.notice import Notice
from oms_desktop.ui.widgets.parcel_row import ParcelRow
from oms_desktop.ui.widgets.product_card import ProductCard
from oms_desktop.ui.widgets.progress_card import ProgressCard
from oms_desktop.ui.widgets.quantity_tile import QuantityTile
from oms_desktop.ui.widgets.rack_icon import RackIcon
from oms_desktop.ui.widgets.status_pill import StatusPill
from oms_desktop.ui.widgets.step_bar import Step, StepBar
from oms_desktop.ui.widgets.stop_list import StopList
from oms_desktop.ui.widgets.timeline import Timeline
from oms_desktop.ui.widgets.tote_tile import ToteTile
from oms_desktop.ui.widgets.weight_gauge import WeightGauge
from tests.ui import builders
from tests.ui.frame import cut, texts

Make = Callable[[Theme], QWidget]


def fed(widget: QWidget, feed: Callable[..., None], *values: object, **named: object) -> QWidget:
    feed(*values, **named)
    return widget


def big_code(theme: Theme) -> QWidget:
    made = BigCode(theme)
    return fed(made, made.show_place, builders.place())


def bare_code(theme: Theme) -> QWidget:
    made = BigCode(theme)
    return fed(made, made.show_place, PlaceView("DOCK-1"))


def rack(theme: Theme) -> QWidget:
    made = RackIcon(theme)
    return fed(made, made.show_place, builders.place())


def steps(theme: Theme) -> QWidget:
    made = StepBar(theme)
    made.resize(900, 60)
    return fed(
        made, made.show_steps, (Step("Location", "A-07-03-B2"), Step("Product"), Step("Tote", "T-104")), 1
    )


def quantity(theme: Theme) -> QWidget:
    made = QuantityTile(theme)
    return fed(made, made.show_quantity, 6, 2)


def all_taken(theme: Theme) -> QWidget:
    made = QuantityTile(theme)
    return fed(made, made.show_quantity, 6, 6)


def product(theme: Theme) -> QWidget:
    made = ProductCard(theme)
    return fed(made, made.show_product, builders.MUG, 42)


def progress(theme: Theme) -> QWidget:
    made = ProgressCard(theme)
    return fed(made, made.show_progress, "Tour PW-1", 11, 28, "lines")


def tote(theme: Theme) -> QWidget:
    made = ToteTile(theme)
    return fed(made, made.show_tote, "T-104", "SO-48230", 6, now=True)


def no_tote(theme: Theme) -> QWidget:
    made = ToteTile(theme)
    return fed(made, made.show_tote, "", "SO-48230", 6, now=False)


def stops(theme: Theme) -> QWidget:
    made = StopList(theme)
    return fed(made, made.show_stops, builders.pick_view().following)


def last_stop(theme: Theme) -> QWidget:
    made = StopList(theme)
    return fed(made, made.show_stops, ())


def heavy(theme: Theme) -> QWidget:
    made = WeightGauge(theme)
    return fed(made, made.show_weight, 1490, 1278, 40)


def within(theme: Theme) -> QWidget:
    made = WeightGauge(theme)
    return fed(made, made.show_weight, 1284, 1278, 40)


def unweighed(theme: Theme) -> QWidget:
    made = WeightGauge(theme)
    return fed(made, made.show_weight, None, 1278, 40)


def carton(theme: Theme) -> QWidget:
    made = CartonPicture(theme)
    return fed(made, made.show_carton, CartonView("C4", 400, 280, 205))


def item(theme: Theme) -> QWidget:
    made = ItemRow(theme)
    return fed(made, made.show_item, builders.pack_view().items[2], number=3, following=True)


def parcel(theme: Theme) -> QWidget:
    made = ParcelRow(theme)
    return fed(made, made.show_parcel, builders.parcel(), chosen=True)


def lane(theme: Theme) -> QWidget:
    made = LaneCard(theme)
    return fed(made, made.show_lane, LaneView("2", "Kurio Express", 18, 18, "M-0012"), wanted=False)


def wanted_lane(theme: Theme) -> QWidget:
    made = LaneCard(theme)
    return fed(made, made.show_lane, LaneView("1", "Nordbote", 3, 34), wanted=True)


def badge(theme: Theme) -> QWidget:
    made = BadgeCard(theme)
    return fed(made, made.show_badge, "B-20417", "M. Okafor", "picker")


def no_badge(theme: Theme) -> QWidget:
    made = BadgeCard(theme)
    return fed(made, made.show_badge, "", "", "")


def note(theme: Theme) -> QWidget:
    made = NoteCard(theme, Note.GIFT, "Gift message")
    return fed(made, made.show_text, builders.pack_view().gift)


def notice(theme: Theme) -> QWidget:
    made = Notice(theme, "inbox")
    made.resize(700, 400)
    return fed(made, made.show_words, "No tour for you now", "3 orders wait.")


def test_words_that_stand_outside_of_their_widget_count_as_cut(qtbot: QtBot, theme: Theme) -> None:
    made = notice(theme)
    qtbot.addWidget(made)
    assert isinstance(made, Notice)
    for height, whole in ((400, True), (made.minimumSizeHint().height(), True), (30, False)):
        made.resize(700, height)
        made.grab()
        assert (made.written.cut == []) is whole


def story(theme: Theme) -> QWidget:
    made = Timeline(theme)
    made.resize(420, 10)
    return fed(made, made.show_entries, tuple(builders.timeline()))


def code_text(theme: Theme) -> QWidget:
    made = CodeText(theme)
    return fed(made, made.show_text, "Put 6 into T-104")


def status(theme: Theme) -> QWidget:
    made = StatusPill(theme)
    return fed(made, made.show_status, "started")


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize(
    ("make", "words", "said"),
    [
        (big_code, ["07", "Aisle", "Slot"], "Aisle 07"),
        (bare_code, ["DOCK-1"], "DOCK-1"),
        (rack, ["B", "2", "level 2 of 4"], "Level 2 of 4"),
        (steps, ["Location", "A-07-03-B2", "2", "Product", "Tote"], "Step 2 of 3: Product"),
        (quantity, ["Take", "4", "2 of 6 taken"], "Take 4 more"),
        (all_taken, ["Taken", "6 of 6 taken"], "6 of 6 taken"),
        (product, ["Enamel mug 350 ml", "MUG-0350-GN", "3931", "42 on hand here", "Fragile"], "Moss green"),
        (progress, ["Tour PW-1", "11 of 28 lines"], "11 of 28"),
        (tote, ["T-104", "Put 6", "order SO-48230"], "Tote T-104"),
        (no_tote, ["Put 6 into an empty tote"], "any empty one"),
        (stops, ["A-07-08-C1", "2 ×", "T-118"], "2 of Merino hiking socks"),
        (last_stop, ["This is the last stop of the tour."], "last stop"),
        (heavy, ["1,490", "212 g too heavy", "expected 1,278 g ± 40"], "212 g too heavy"),
        (within, ["1,284", "Within limits"], "Measured 1284 g, expected 1278 g, tolerance 40 g"),
        (unweighed, ["not weighed yet"], "Not weighed"),
        (carton, ["40 cm", "28 cm", "20.5 cm"], "Carton C4, 40 × 28 × 20.5 cm"),
        (item, ["Gas cartridge 230 g", "0 of 1", "Hazard: LQ label", "Stick LQ on"], "0 of 1 in"),
        (parcel, ["SO-48231", "1 of 2, 1.28 kg, lane 1", "Packed"], "parcel 1 of 2"),
        (lane, ["2", "Kurio Express", "18 of 18 loaded", "manifest M-0012"], "18 of 18 loaded"),
        (wanted_lane, ["Nordbote", "the parcel goes here"], "The parcel goes here"),
        (badge, ["M. Okafor", "Picker", "B-20417", "Badge read"], "Badge B-20417 of M. Okafor"),
        (no_badge, ["Scan your badge", "No badge read yet"], "No badge read yet"),
        (note, ["Gift message"], "Happy trails"),
        (notice, ["No tour for you now", "3 orders wait."], "3 orders wait"),
        (story, ["Released", "R. Lind, DESK-1", "4 pieces promised, 1 short"], "2 of 3 lines picked"),
        (code_text, ["Put 6 into T-104"], "Put 6 into T-104"),
        (status, ["Picking"], "Picking"),
    ],
)
def test_words_are_shown_whole(
    qtbot: QtBot, theme: Theme, make: Make, words: list[str], said: str, compact: bool
) -> None:
    theme.set_compact(compact)
    made = make(theme)
    qtbot.addWidget(made)
    made.resize(made.sizeHint().expandedTo(QSize(made.width() if made.width() != 640 else 0, 0)))
    made.show()
    assert set(words) <= set(texts(made))
    assert cut(made) == []
    assert said in made.accessibleName()


def test_a_long_story_goes_on_in_the_next_line(qtbot: QtBot, theme: Theme) -> None:
    made = Timeline(theme)
    qtbot.addWidget(made)
    made.show_entries(tuple(builders.timeline()))
    narrow, wide = 300, 900
    assert made.heightForWidth(narrow) > made.heightForWidth(wide) > 0

    made.resize(narrow, made.heightForWidth(narrow))
    made.show()
    shown = texts(made)

    assert cut(made) == []
    assert "Taken: 3 from A-04-02-C1, lot L2409 (expires first); 1 from A-03-06-D2 (oldest)." in " ".join(
        shown
    )


def test_a_story_tells_the_time_of_the_warehouse(qtbot: QtBot, theme: Theme) -> None:
    theme.zone = ZoneInfo("Asia/Tokyo")
    made = story(theme)
    qtbot.addWidget(made)
    made.show()
    assert {"19:58", "20:02"} <= set(texts(made))
