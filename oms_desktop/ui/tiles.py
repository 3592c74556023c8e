"""A tile that stands for a product where there is no picture of it: its initials on a quiet ground."""

from zlib import crc32

from PySide6.QtCore import QRectF

from oms_desktop.ui.canvas import Canvas, Ink, Side


def initials(name: str) -> str:
    """Two letters of a name: of its first two words, else the first two of the only one."""
    words = [word for word in name.split() if word[0].isalpha()]
    if not words:
        return name[:2].upper()
    return (words[0][0] + words[1][0] if len(words) > 1 else words[0][:2]).upper()


def draw_tile(canvas: Canvas, rect: QRectF, name: str, sku: str) -> None:
    """Draw the tile centred in `rect`; products whose SKU begins alike have the same ground.

    Only hues that mean nothing on this screen are used.
    """
    side = min(rect.width(), rect.height())
    box = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
    colours = canvas.colours
    families = (colours.accent, colours.special, colours.idle)
    family = families[crc32(sku.partition("-")[0].encode()) % len(families)]
    canvas.card(box, family.soft, colours.line, side * 0.18)
    pixels = round(side * 0.42)
    canvas.line(box, initials(name), Ink(pixels, family.ink, 700, least=8, side=Side.CENTRE))
