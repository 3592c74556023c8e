"""The form for a warehouse of one's own: what it shows while numbers are typed, and what it hands over."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from oms_desktop.planning.layout import Layout
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.own_form import OwnForm
from oms_desktop.ui.widgets.painted import Pressed
from tests.ui.frame import SIZES, cut, painted, window


@pytest.fixture(params=[*SIZES, (1536, 864)], ids=["1366", "1920", "1920 at 125 %"])
def form(request: pytest.FixtureRequest, qtbot: QtBot) -> OwnForm:
    made = window(qtbot, Theme(), request.param)
    opened = OwnForm(made.theme, made.content)
    opened.open_form()
    return opened


def test_it_fits_its_texts_and_targets(form: OwnForm) -> None:
    assert cut(form) == []
    sizes = [child.height() for child in painted(form) if isinstance(child, Pressed)]
    assert min(*sizes, *(field.height() for field in form.fields.values())) >= 48
    assert form.rect().contains(form.childrenRect())


def test_it_hands_over_what_was_typed(form: OwnForm) -> None:
    started = QSignalSpy(form.started)
    form.fields["admin"].setText(" Nora Example ")
    form.fields["blocks"].setText("2")

    QTest.mouseClick(form.start, Qt.MouseButton.LeftButton)

    (asked,) = started.at(0)
    assert asked.layout == Layout(aisles=6, bays=10, levels=3, reserve_levels=1, blocks=2)
    assert (asked.texts["admin"], asked.texts["time_zone"]) == ("Nora Example", "Europe/Berlin")
    assert not form.start.isEnabled()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("aisles", "many", "Aisles: many is no whole number."),
        ("aisles", "0", "aisles is 0; a number from 1 to 99 is expected."),
        ("blocks", "9", "5 bays cannot be parted into 9 blocks."),
    ],
)
def test_numbers_that_make_nothing_are_named_while_typing(
    form: OwnForm, field: str, typed: str, sentence: str
) -> None:
    form.fields["bays"].setText("5")
    form.fields[field].setText(typed)

    assert form.told.accessibleName() == sentence
    assert not form.start.isEnabled()
    assert cut(form) == []


def test_enter_starts_it_where_the_numbers_can_be_and_escape_closes_it(form: OwnForm) -> None:
    started, closed = QSignalSpy(form.started), QSignalSpy(form.closed)

    for blocks, starts in (("99", 0), ("1", 1)):
        form.fields["blocks"].setText(blocks)
        QTest.keyClick(form.fields["name"], Qt.Key.Key_Return)
        assert started.count() == starts
    QTest.keyClick(form, Qt.Key.Key_Escape)

    assert (closed.count(), form.isHidden()) == (1, True)


def test_a_refusal_is_said_and_can_be_mended(form: OwnForm) -> None:
    QTest.mouseClick(form.start, Qt.MouseButton.LeftButton)
    form.refuse({"pin": "The PIN is not four digits.", "country_code": "The country 'X' is none."})

    assert form.told.accessibleName() == "The PIN is not four digits. The country 'X' is none."
    assert form.start.isEnabled() and form.fields["pin"].isEnabled()
    assert wrong(form) == {"pin", "country_code"}
    assert form.window().focusWidget() is form.fields["pin"]
    QTest.keyClicks(form.fields["pin"], "2")
    assert wrong(form) == {"country_code"}


def wrong(form: OwnForm) -> set[str]:
    """The fields that are marked."""
    return {name for name, field in form.fields.items() if field.property("wrong")}
