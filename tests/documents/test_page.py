"""Text fits its box whatever it is; symbols say when they have no room."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oms_desktop.documents.fonts import Face, text_width
from oms_desktop.documents.page import Box, Line, Paper, fitted, kilograms
from oms_desktop.documents.symbols import code_128, gs1_128
from tests.documents.reading import RESOLUTIONS, codes, outside
from tests.documents.reading import code_128 as read_as

WORDS = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"], max_codepoint=0x2FF), max_size=120
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=8), st.floats(60, 300), st.floats(12, 120))
def test_a_block_never_leaves_its_box(texts: list[str], width: float, height: float) -> None:
    lines = tuple(Line(text, Face.BOLD) for text in texts)
    block = fitted(lines, width, height, largest=20, legible=8)
    assert block.height <= height + 0.001
    assert all(text_width(line.text, line.face, block.size) <= width + 0.001 for line in block.lines)
    assert block.size <= 20


def test_a_line_shrinks_before_it_wraps() -> None:
    line = (Line("Lakeside Lane 14, second floor"),)
    assert len(fitted(line, 150, 60, largest=20, legible=8).lines) == 1
    assert len(fitted(line, 90, 60, largest=20, legible=8).lines) == 2


@pytest.mark.parametrize(
    ("grams", "words"),
    [(1280, "1.28 kg"), (5, "0.005 kg"), (4100, "4.10 kg"), (12855, "12.855 kg"), (0, "0.00 kg")],
)
def test_weights_keep_every_gram(grams: int, words: str) -> None:
    assert kilograms(grams) == words


def test_a_text_that_leaves_its_page_is_noticed() -> None:
    paper = Paper(100, 50, "edge")
    paper.text(10, 10, "inside", 10)
    paper.text(90, 30, "AB", 10)
    assert outside(paper.finish(), margin=1) == ["B"]


def test_bars_without_room_are_not_drawn() -> None:
    paper = Paper(200, 100, "bars")
    assert not paper.bars(gs1_128("00395240000000012347"), Box(0, 10, 100, 50), widest=1.4)
    assert paper.bars(gs1_128("00395240000000012347"), Box(0, 10, 200, 50), widest=1.4)


@pytest.mark.parametrize("dpi", RESOLUTIONS)
@pytest.mark.parametrize("text", ["#1001", "SO-48230", "0000123456", "AB/12.3 x", "~{}|"])
def test_code_128_is_read_as_written(dpi: int, text: str) -> None:
    paper = Paper(250, 100, "code")
    paper.code(text, Box(10, 20, 230, 50))
    assert codes(paper.finish(), dpi) == [read_as(text)]


@pytest.mark.parametrize("dpi", RESOLUTIONS)
@pytest.mark.parametrize("text", ["Bestellung-ñ-7", "SO-" + "48230-" * 12])
def test_what_code_128_cannot_hold_becomes_a_qr_code(dpi: int, text: str) -> None:
    paper = Paper(250, 100, "code")
    paper.code(text, Box(10, 20, 230, 60))
    [code] = codes(paper.finish(), dpi)
    assert (code.symbol, code.content.decode("latin-1")) == ("QRCode", text)


@pytest.mark.parametrize("text", ["", "ñ", "a\tb"])
def test_text_beyond_ascii_is_no_code_128(text: str) -> None:
    with pytest.raises(ValueError, match="cannot be written"):
        code_128(text)
    with pytest.raises(ValueError, match="cannot be written"):
        gs1_128(text)
