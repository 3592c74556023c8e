"""Badge sheets a scanner can sign workers in with."""

import pytest

from oms_desktop.documents.badges import Badge, render_badges
from oms_desktop.documents.raster import page_count
from tests.documents.reading import RESOLUTIONS, code_128, codes, outside, page_texts


def badges(count: int) -> tuple[Badge, ...]:
    return tuple(Badge(f"Worker {at}", ("Picker", "Packer"), f"BADGE-{1000 + at}") for at in range(count))


@pytest.mark.parametrize("dpi", RESOLUTIONS)
def test_every_card_of_a_full_sheet_is_read(dpi: int) -> None:
    assert codes(render_badges(badges(10)), dpi) == [code_128(badge.code) for badge in badges(10)]


def test_the_eleventh_card_stands_on_a_second_sheet() -> None:
    pdf = render_badges(badges(11))
    assert page_count(pdf) == 2
    assert "Worker 10" in page_texts(pdf)[1]


def test_names_of_any_length_stay_on_the_sheet() -> None:
    pdf = render_badges(
        (Badge("Αλέξανδρος " * 11, ("Supervisor",) * 9, "BADGE-1"),) * 10, site="Hamburg " * 15
    )
    assert outside(pdf, margin=18) == []


def test_the_same_badges_give_the_same_bytes() -> None:
    assert render_badges(badges(3)) == render_badges(badges(3))
