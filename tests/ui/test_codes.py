"""Codes are found in sentences."""

import pytest

from oms_desktop.ui.codes import Run, runs


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("Go to A-07-03-B2 now", ["A-07-03-B2"]),
        ("Then put it into carton C4", ["C4"]),
        ("Tote T-104, order SO-48230.", ["T-104", "SO-48230"]),
        ("SSCC 095240000000000017", ["095240000000000017"]),
        ("Merino hiking socks 42-44", []),
        ("Well-known words, 6 of 28 lines", []),
        ("A-B", []),
    ],
)
def test_codes_in_a_sentence(sentence: str, codes: list[str]) -> None:
    found = runs(sentence)
    assert [run.text for run in found if run.code] == codes
    assert "".join(run.text for run in found) == sentence


def test_a_code_alone_is_one_run() -> None:
    assert runs("MUG-0350-GN") == (Run("MUG-0350-GN", code=True),)
