"""Lines with words from right to left, in the order and the form in which paper shows them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms_desktop.documents.direction import visual

SHALOM, OLAM = "\u05e9\u05dc\u05d5\u05dd", "\u05e2\u05d5\u05dc\u05dd"
MOLAHS, MALO = SHALOM[::-1], OLAM[::-1]


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("Zoë Exemplaire 12", "Zoë Exemplaire 12"),
        (SHALOM, MOLAHS),
        (f"{SHALOM} {OLAM}", f"{MALO} {MOLAHS}"),
        (f"Engraving: {SHALOM} {OLAM}", f"Engraving: {MALO} {MOLAHS}"),
        (f"{SHALOM} 12 abc", f"abc 12 {MOLAHS}"),
        (f"abc {SHALOM} 12.50 {OLAM} def", f"abc {MALO} 12.50 {MOLAHS} def"),
        (f"({SHALOM})", f"({MOLAHS})"),
        (f"a ({SHALOM}) b", f"a ({MOLAHS}) b"),
        (f"{SHALOM}, 5%", f"5% ,{MOLAHS}"),
        (f"{SHALOM[0]}\u05b8{SHALOM[1]}", f"{SHALOM[1]}{SHALOM[0]}\u05b8"),
    ],
)
def test_words_stand_in_their_order(told: str, shown: str) -> None:
    assert visual(told) == shown


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("\u0633\u0644\u0627\u0645", ["MEEM ISOLATED", "LAM WITH ALEF FINAL", "SEEN INITIAL"]),
        ("\u0628\u064e\u064a\u062a", ["TEH FINAL", "YEH MEDIAL", "BEH INITIAL"]),
        ("\u0627\u0628", ["BEH ISOLATED", "ALEF ISOLATED"]),
        ("\u067e\u0686", ["TCHEH FINAL", "PEH INITIAL"]),
    ],
)
def test_arabic_letters_are_joined(told: str, names: list[str]) -> None:
    letters = [unicodedata.name(char) for char in visual(told) if not unicodedata.combining(char)]
    plain = [name.removeprefix("ARABIC ").replace("LIGATURE ", "").replace("LETTER ", "") for name in letters]
    assert [name.removesuffix(" FORM") for name in plain] == names


def test_numbers_in_arabic_keep_their_order() -> None:
    assert visual("\u0628 12,5 \u0628").split()[1] == "12,5"
    assert visual("\u0628 \u0661\u0662 \u0628").split()[1] == "\u0661\u0662"


@given(st.text("ab 1.,()\u05d0\u05d1\u05b8\u0663", max_size=30))
def test_no_letter_is_lost(text: str) -> None:
    assert sorted(visual(text).replace("(", ")")) == sorted(text.replace("(", ")"))
