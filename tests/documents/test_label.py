"""Labels, read back as a scanner and a driver would."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from oms_desktop.documents.label import HEIGHT, ParcelLabel, render_label, render_labels
from oms_desktop.documents.raster import page_count
from tests.documents.reading import RESOLUTIONS, Code, codes, outside, page_texts, picture

LABEL = ParcelLabel(
    carrier="NORDBOTE",
    service="Ground, with tracking",
    mark="G1",
    from_lines=("Outdoor Depot", "Dock Road 8", "20457 HAMBURG", "GERMANY"),
    to_lines=("I. Example", "Lakeside Lane 14", "5020 SALZBURG", "AUSTRIA"),
    sscc="395240000000012347",
    tracking="NB 0048 1882 3000 1",
    routing="S-417",
    weight_g=1280,
    number=1,
    count=2,
    order="SO-48230",
    footer="carton C4, bench 3",
)
LETTERS = st.characters(codec="utf-8", categories=["Lu", "Ll", "Nd", "Zs", "Pd", "Po"], max_codepoint=0x52F)
LINE = st.text(LETTERS, max_size=120)


@pytest.mark.parametrize("dpi", RESOLUTIONS)
@pytest.mark.parametrize("printer", RESOLUTIONS)
def test_both_codes_are_read_with_their_symbol_and_content(dpi: int, printer: int) -> None:
    assert codes(render_label(LABEL, dpi=printer), dpi) == [
        Code("Code128", b"00395240000000012347", "]C1"),
        Code("QRCode", b"NB 0048 1882 3000 1", "]Q1"),
    ]


@pytest.mark.parametrize("dpi", RESOLUTIONS)
def test_bars_stand_on_whole_dots_and_have_the_size_gs1_asks_for(dpi: int) -> None:
    page = picture(render_label(LABEL, dpi=dpi), 0, dpi)
    row = round((HEIGHT - 90) * dpi / 72)
    line = page.crop((0, row, page.width, row + 1)).tobytes()
    # One grey level is lost to the raster's own rounding; a bar between dots would be mid-grey.
    assert all(level <= 2 or level >= 253 for level in line)
    dark = [at for at, level in enumerate(line) if level < 128]
    dots = 4 if dpi == 203 else 6
    assert dark[-1] - dark[0] + 1 == 156 * dots
    assert dark[0] >= 10 * dots and page.width - dark[-1] > 10 * dots
    column = page.crop((dark[0], round(292 * dpi / 72), dark[0] + 1, page.height)).tobytes()
    bar = sum(level < 128 for level in column[: round(102 * dpi / 72)])
    assert bar / dpi * 25.4 >= 31.75


def test_people_can_read_what_the_codes_say() -> None:
    [text] = page_texts(render_label(LABEL))
    for words in (
        "(00) 395240000000012347",
        "NB 0048 1882 3000 1",
        "S-417",
        "G1",
        "1.28 kg",
        "1 / 2",
        "AUSTRIA",
    ):
        assert words in text
    assert "SO-48230, carton C4, bench 3" in text


def test_the_same_label_gives_the_same_bytes() -> None:
    render_label(replace(LABEL, order="SO-1"))
    assert render_label(LABEL) == render_label(LABEL)
    assert render_label(LABEL) != render_label(replace(LABEL, number=2))


def test_labels_in_one_file_have_a_page_each() -> None:
    pdf = render_labels((LABEL, replace(LABEL, sscc="395240000000012354")))
    assert page_count(pdf) == 2
    assert codes(pdf, 203, page=1)[0].content == b"00395240000000012354"


def test_no_labels_make_no_paper() -> None:
    with pytest.raises(ValueError, match="no label"):
        render_labels(())


@pytest.mark.parametrize("sscc", ["", "39524000000001234", "39524000000001234X", "٣95240000000012347"])
def test_an_sscc_of_another_form_is_refused(sscc: str) -> None:
    with pytest.raises(ValueError, match="18 digits"):
        replace(LABEL, sscc=sscc)


@settings(max_examples=40, deadline=None)
@given(to=st.lists(LINE, max_size=9), sender=st.lists(LINE, max_size=5), word=LINE)
@example(to=[], sender=[], word="\N{LATIN CAPITAL LETTER A WITH RING ABOVE AND ACUTE}")
def test_however_long_the_words_are_nothing_leaves_the_label(
    to: list[str], sender: list[str], word: str
) -> None:
    label = replace(
        LABEL,
        to_lines=tuple(to),
        from_lines=tuple(sender),
        carrier=word,
        service=word,
        mark=word[:12],
        routing=word[:40],
        footer=word,
    )
    pdf = render_label(label)
    assert outside(pdf, margin=5) == []
    assert page_count(pdf) == 1


def test_a_crowded_label_is_still_read() -> None:
    crowded = replace(
        LABEL,
        tracking="1Z999AA10123456784-" * 4,
        to_lines=("Αλέξανδρος Παπαδημητρακόπουλος " * 4,) * 8,
        weight_g=1_234_567,
        number=998,
        count=999,
    )
    for dpi in RESOLUTIONS:
        assert [code.content for code in codes(render_label(crowded), dpi)] == [
            b"00395240000000012347",
            b"1Z999AA10123456784-" * 4,
        ]
