"""Manifests: every parcel listed, counted and weighed."""

from dataclasses import replace

import pytest

from oms_desktop.documents.manifest import ManifestPaper, ManifestRow, render_manifest
from oms_desktop.documents.page import kilograms
from tests.documents.reading import RESOLUTIONS, code_128, codes, outside, page_texts


def manifest(parcels: int) -> ManifestPaper:
    rows = tuple(
        ManifestRow(f"3952400000000{at:05}", f"SO-{at:05}", "Żyrardów, Poland", 500 + at)
        for at in range(parcels)
    )
    return ManifestPaper("MF-20261122-02", "Nordbote", "Lane 2", "Hamburg", "22 Nov 2026, 12:04", rows)


@pytest.mark.parametrize("dpi", RESOLUTIONS)
def test_its_number_is_read(dpi: int) -> None:
    assert codes(render_manifest(manifest(3)), dpi) == [code_128("MF-20261122-02")]


@pytest.mark.parametrize("parcels", [0, 1, 34, 35, 36, 37, 38, 200])
def test_every_parcel_stands_on_it_once_and_the_signature_follows(parcels: int) -> None:
    pdf = render_manifest(manifest(parcels))
    texts = page_texts(pdf)
    whole = "".join(texts)
    assert [whole.count(f"SO-{at:05}") for at in range(parcels)] == [1] * parcels
    assert [f"Page {at} of {len(texts)}" in text for at, text in enumerate(texts, start=1)] == [True] * len(
        texts
    )
    assert ["Signature" in text for text in texts] == [False] * (len(texts) - 1) + [True]
    grams = sum(500 + at for at in range(parcels))
    assert f"Parcels: {parcels}, weight: {kilograms(grams)}" in texts[-1]
    assert outside(pdf, margin=20) == []


def test_long_words_stay_on_the_page() -> None:
    word = "Ünbelievåble" * 10
    row = ManifestRow("3" * 18, word, word, 10**9)
    pdf = render_manifest(replace(manifest(0), carrier=word, lane=word, closed_at=word, rows=(row,) * 30))
    assert outside(pdf, margin=20) == []


def test_the_same_manifest_gives_the_same_bytes() -> None:
    assert render_manifest(manifest(5)) == render_manifest(manifest(5))
