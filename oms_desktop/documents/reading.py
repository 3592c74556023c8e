"""Read the codes of a printed page back, as a scanner would."""

from dataclasses import dataclass
from io import BytesIO

import zxingcpp
from PIL import Image

from oms_desktop.documents.raster import page_image

DPI = 203
"""Dots per inch of the usual label printer."""


@dataclass(frozen=True)
class PrintedCode:
    """A code as it was read: its symbology, and what a scanner with AIM identifiers sends for it."""

    symbology: str
    sent: str


def codes_on(pdf: bytes, page: int = 0, dpi: int = DPI) -> tuple[PrintedCode, ...]:
    """Return the codes of a page, counted from 0, drawn at `dpi` dots per inch."""
    picture = Image.open(BytesIO(page_image(pdf, page, dpi)))
    return tuple(
        PrintedCode(code.format.name, f"{code.symbology_identifier}{code.bytes.decode()}")
        for code in zxingcpp.read_barcodes(picture)
    )
