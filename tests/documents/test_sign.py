"""Signs of places that a scanner reads, whatever the code is like."""

import pytest

from oms_desktop.documents.sign import PlaceSign, render_sign
from tests.documents.reading import RESOLUTIONS, code_128, codes, outside, page_texts


@pytest.mark.parametrize("dpi", RESOLUTIONS)
@pytest.mark.parametrize("code", ["A-07-03-B2", "R1"])
def test_a_sign_is_read_by_people_and_scanners(code: str, dpi: int) -> None:
    pdf = render_sign(PlaceSign(code, "Main warehouse"))

    assert codes(pdf, dpi) == [code_128(code)]
    assert code in page_texts(pdf)[0]


def test_a_long_code_stays_on_the_sign() -> None:
    assert outside(render_sign(PlaceSign("COLD-ROOM-A-07-03-B2-LEFT", "Hamburg " * 20)), margin=8) == []
