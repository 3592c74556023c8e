"""Every character is printed: by the first font that has it, or as a box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms_desktop.documents.fonts import Face, runs, text_width, unprintable, wrapped

SINGLE = st.characters(codec="utf-8", exclude_categories=["M"])
"""Characters that may be parted from their neighbours."""


@pytest.mark.parametrize(
    "name",
    [
        "Zoë Ångström-Łukaszewicz",
        "Đặng Thị Hồng",
        "Юлия Щербакова",
        "Їжакевич",
        "Ελευθέριος Ώριμος",
        "Ğülşah İnönü",
    ],
)
@pytest.mark.parametrize("face", Face)
def test_european_names_are_printed_as_they_are(name: str, face: Face) -> None:
    assert "".join(run.text for run in runs(name, face)) == name
    assert unprintable(name) == ()


def test_a_letter_written_in_two_marks_is_printed_as_one() -> None:
    assert [run.text for run in runs("Zoe\u0308", Face.REGULAR)] == ["Zoë"]


def test_a_second_font_steps_in_for_what_the_first_lacks() -> None:
    georgian = runs("Tbilisi თბილისი", Face.REGULAR)
    assert [(run.font, run.text) for run in georgian] == [
        ("OMS-Inter", "Tbilisi "),
        ("OMS-DejaVu", "თბილისი"),
    ]


def test_what_no_font_prints_becomes_a_box_and_is_named() -> None:
    assert "".join(run.text for run in runs("नमस्ते Tower", Face.BOLD)) == "□□□□□□ Tower"
    assert unprintable("नमस्ते") == ("न", "म", "स", "्", "त", "े")


@pytest.mark.parametrize(
    ("text", "font"),
    [
        ("สวัสดีครับ", "OMS-Thai"),
        ("你好，東京タワー", "OMS-Chinese"),
        ("안녕하세요", "OMS-Korean"),
        ("🎁🔧", "OMS-Signs"),
    ],
)
@pytest.mark.parametrize("face", Face)
def test_far_scripts_are_printed_but_no_carrier_reads_them(text: str, font: str, face: Face) -> None:
    assert [(run.font.removesuffix("Bold"), run.text) for run in runs(text, face)] == [(font, text)]
    assert set(unprintable(text)) == set(text)


@pytest.mark.parametrize("text", ["שלום", "سلام", "پنجره"])
@pytest.mark.parametrize("face", Face)
def test_hebrew_and_arabic_have_no_boxes(text: str, face: Face) -> None:
    assert "□" not in "".join(run.text for run in runs(text, face))
    assert set(unprintable(text)) == set(text)


def test_an_emoji_is_printed_without_the_marks_that_choose_its_picture() -> None:
    assert (
        "".join(run.text for run in runs("\u2764\ufe0f\U0001f469\u200d\U0001f527", Face.REGULAR)) == "❤👩🔧"
    )


def test_line_breaks_and_invisible_marks_do_not_reach_the_page() -> None:
    assert [run.text for run in runs("a\nb\u200b\u00adc\u0000", Face.REGULAR)] == ["a bc"]


@given(st.text(SINGLE, max_size=120), st.sampled_from(Face), st.floats(30, 300))
def test_wrapped_lines_fit_and_hold_the_whole_text(text: str, face: Face, room: float) -> None:
    lines = wrapped(text, face, 9, room)
    assert all(text_width(line, face, 9) <= room + 0.001 for line in lines)
    assert "".join(lines).replace(" ", "") == wrapped(text, face, 9, 10**9)[0].replace(" ", "")


def test_a_code_is_cut_behind_its_hyphens() -> None:
    assert wrapped("MUG-ENAMEL-350-BLUE-SPECIAL", Face.MONO, 9, 102) == ("MUG-ENAMEL-350-", "BLUE-SPECIAL")


def test_an_accent_stays_with_its_letter() -> None:
    lines = wrapped("q\u0303" * 40, Face.REGULAR, 9, 50)
    assert len(lines) > 1
    assert all(line.startswith("q") for line in lines)
