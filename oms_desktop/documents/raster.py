"""Pages as pictures: for the preview on the screen and to read printed codes back."""

from io import BytesIO
from threading import Lock

import pypdfium2

# PDFium keeps global state and must never be entered by two threads at once.
_pdfium = Lock()


def page_count(pdf: bytes) -> int:
    """Count the pages of a PDF."""
    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def page_image(pdf: bytes, page: int, dpi: int) -> bytes:
    """Draw a page, counted from 0, as greyscale PNG."""
    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        try:
            picture = document[page].render(scale=dpi / 72, grayscale=True).to_pil().copy()
        finally:
            document.close()
    out = BytesIO()
    picture.save(out, "PNG", dpi=(dpi, dpi))
    return out.getvalue()
