"""Reads printed pages back: the codes a scanner sees, the words and where they stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pypdfium2
import zxingcpp
from PIL import Image

from oms_desktop.documents.raster import page_image

RESOLUTIONS = (203, 300)
"""Dots per inch of the usual thermal printers."""


@dataclass(frozen=True, order=True)
class Code:
    symbol: str
    content: bytes
    identifier: str


def picture(pdf: bytes, page: int, dpi: int) -> Image.Image:
    return Image.open(BytesIO(page_image(pdf, page, dpi)))


def codes(pdf: bytes, dpi: int, page: int = 0) -> list[Code]:
    found = zxingcpp.read_barcodes(picture(pdf, page, dpi))
    return sorted(Code(code.format.name, code.bytes, code.symbology_identifier) for code in found)


def code_128(text: str) -> Code:
    return Code("Code128", text.encode(), "]C0")


def page_texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    finally:
        document.close()


def outside(pdf: bytes, margin: float) -> list[str]:
    """Characters that come nearer to an edge of their page than `margin` points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [char for page in document for char in _outside(page, margin)]
    finally:
        document.close()


def _outside(page: pypdfium2.PdfPage, margin: float) -> Iterator[str]:
    width, height = page.get_size()
    text = page.get_textpage()
    for index in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(index)
        inside = margin <= left and right <= width - margin and margin <= bottom and top <= height - margin
        if not inside and right > left:
            yield text.get_text_range(index, 1)
