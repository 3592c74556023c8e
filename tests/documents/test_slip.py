"""Packing slips of short and long orders."""

import unicodedata
from dataclasses import replace

import pytest

from oms_desktop.documents.raster import page_count
from oms_desktop.documents.slip import PackingSlip, SlipLine, render_slip
from tests.documents.reading import RESOLUTIONS, code_128, codes, outside, page_texts

SLIP = PackingSlip(
    order="SO-48230",
    channel="Web shop",
    date="22 Nov 2026",
    shop="Outdoor Depot",
    ship_to=("Юлия Щербакова", "Lakeside Lane 14", "5020 SALZBURG", "AUSTRIA"),
    lines=(
        SlipLine("TENT-2P", "Tent for two", 1, "Green"),
        SlipLine("MUG-350", "Mug", 2, "", ("Engraving: Ω",)),
    ),
    number=1,
    count=2,
    sscc="395240000000012347",
)
LONG = replace(
    SLIP,
    lines=tuple(SlipLine(f"SKU-{at:03}", f"Product {at:03} " + "words " * (at % 17), 1) for at in range(200)),
)


def test_the_slip_says_what_is_inside() -> None:
    [text] = page_texts(render_slip(SLIP))
    for words in (
        "SO-48230",
        "Юлия Щербакова",
        "Tent for two",
        "Green",
        "Engraving: Ω",
        "1 of 2",
        "Page 1 of 1",
    ):
        assert words in text
    assert "(00) 395240000000012347" in text


@pytest.mark.parametrize("dpi", RESOLUTIONS)
def test_the_order_number_is_read_from_every_page(dpi: int) -> None:
    pdf = render_slip(replace(LONG, lines=LONG.lines[:40]))
    assert page_count(pdf) > 1
    for page in range(page_count(pdf)):
        assert codes(pdf, dpi, page) == [code_128("SO-48230")]


def test_two_hundred_lines_are_all_there_once_under_a_repeated_head() -> None:
    pdf = render_slip(LONG)
    texts = page_texts(pdf)
    assert [text.count(f"Page {at} of {len(texts)}") for at, text in enumerate(texts, start=1)] == [1] * len(
        texts
    )
    assert all("Quantity" in text and "SO-48230" in text for text in texts)
    whole = "".join(texts)
    assert [whole.count(f"SKU-{at:03}") for at in range(200)] == [1] * 200
    assert outside(pdf, margin=18) == []


def test_a_gift_is_called_one_and_carries_its_message() -> None:
    [text] = page_texts(render_slip(replace(SLIP, gift=True, message="Happy birthday!\nС днём рождения!")))
    assert "Gift packing slip" in text
    assert "Happy birthday!\nС днём рождения!" in text
    assert "Message" not in page_texts(render_slip(SLIP))[0]


FAR = (
    "陶器のマグカップ",
    "生日快乐！",
    "생일 축하합니다",
    "ชาสมุนไพร 100 กรัม",
    "Viel Glück 🎁🎉",
    "\u05db\u05d5\u05e1 \u05e7\u05e8\u05de\u05d9\u05e7\u05d4",
    "\u0639\u064a\u062f \u0645\u064a\u0644\u0627\u062f \u0633\u0639\u064a\u062f",
    "Ngữ \u0111\u00e1 Zoe\u0308",
)
"""Japanese, Chinese, Korean, Thai, emoji, Hebrew, Arabic, and letters with marks of their own."""


def test_words_of_any_script_can_be_read_back_from_the_page() -> None:
    lines = tuple(
        SlipLine(f"SKU-{at}", text, 1, text, (f"Engraving: {text}",)) for at, text in enumerate(FAR)
    )
    pdf = render_slip(replace(SLIP, lines=lines, gift=True, message="\n".join(FAR)))
    text = "".join(page_texts(pdf))

    # Name, variant, engraving and message of each.
    assert [text.count(unicodedata.normalize("NFC", words)) for words in FAR] == [4] * len(FAR)
    assert "\u25a1" not in text
    assert outside(pdf, margin=18) == []


def test_a_note_longer_than_a_page_goes_on_over_the_next() -> None:
    note = " ".join(f"word{at}" for at in range(1500))
    pdf = render_slip(replace(SLIP, lines=(SlipLine("X", "Thing", 1, "", (note,)),), message=note))
    assert page_count(pdf) > 2
    assert outside(pdf, margin=18) == []
    whole = " ".join("".join(page_texts(pdf)).split())
    assert all(whole.count(f"word{at} ") == 2 for at in (0, 700, 1400))


def test_long_words_stay_on_the_page() -> None:
    word = "Ünbelievåble" * 10
    pdf = render_slip(
        replace(
            SLIP,
            shop=word,
            channel=word,
            date=word,
            ship_to=(word,) * 8,
            lines=(SlipLine(word, word, 10**9, word),),
        )
    )
    assert outside(pdf, margin=18) == []


def test_the_same_slip_gives_the_same_bytes() -> None:
    assert render_slip(SLIP) == render_slip(SLIP)
