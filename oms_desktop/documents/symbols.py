"""Code 128, GS1-128 and QR as modules, ready to be drawn; the encoders come from libraries."""

from dataclasses import dataclass
from itertools import groupby

import zxingcpp
from barcode.codex import Code128, Gs1_128

QUIET = 10
"""Modules that must stay white on both sides of a Code 128 (ISO/IEC 15417)."""


@dataclass(frozen=True)
class Span:
    """Neighbouring dark modules: the first one and how many."""

    start: int
    count: int


@dataclass(frozen=True)
class Bars:
    """A linear symbol: its dark spans and its whole width in modules, without quiet zones."""

    spans: tuple[Span, ...]
    modules: int


@dataclass(frozen=True)
class Matrix:
    """A square symbol: the dark spans of each row from the top, without quiet zone."""

    rows: tuple[tuple[Span, ...], ...]

    @property
    def modules(self) -> int:
        """Modules on each side."""
        return len(self.rows)


def _spans(dark: list[bool]) -> tuple[Span, ...]:
    spans: list[Span] = []
    at = 0
    for is_dark, group in groupby(dark):
        count = len(list(group))
        if is_dark:
            spans.append(Span(at, count))
        at += count
    return tuple(spans)


def _bars(modules: str) -> Bars:
    return Bars(_spans([module == "1" for module in modules]), len(modules))


def fits_code_128(text: str) -> bool:
    """Whether a Code 128 can hold the text: printable ASCII, not empty."""
    return text.isascii() and text.isprintable() and text != ""


def code_128(text: str) -> Bars:
    """Encode printable ASCII; ValueError for anything else."""
    if not fits_code_128(text):
        raise ValueError(f"{text!r} cannot be written as Code 128")
    return _bars(Code128(text).build()[0])


def gs1_128(elements: str) -> Bars:
    """Encode a GS1 element string without brackets (``00`` and an SSCC), led by FNC1."""
    if not fits_code_128(elements):
        raise ValueError(f"{elements!r} cannot be written as GS1-128")
    return _bars(Gs1_128(elements).build()[0])


def qr(text: str) -> Matrix:
    """Encode any text as QR code with medium error correction."""
    symbol = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image = symbol.to_image(scale=1, add_quiet_zones=False)
    side = image.shape[0]
    # One byte a module, 0 is dark.
    pixels = bytes(memoryview(image))  # type: ignore[arg-type]  # the stubs miss that it is a buffer
    rows = (pixels[at : at + side] for at in range(0, side * side, side))
    return Matrix(tuple(_spans([pixel == 0 for pixel in row]) for row in rows))
