"""Fonts for paper: which one has a character, how wide a text is, where a line may be broken.

Every face is a chain of TrueType fonts. A character is taken from the first font of the chain that has
it; one that none has is printed as a box, so that a gap in a name is seen before a parcel leaves.
"""

import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from itertools import groupby

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from oms_desktop.settings import resource

_FILES = {
    "OMS-Inter": "fonts/paper/Inter-Regular.ttf",
    "OMS-InterBold": "fonts/paper/Inter-Bold.ttf",
    "OMS-Mono": "fonts/JetBrainsMono-Medium.ttf",
    "OMS-MonoBold": "fonts/JetBrainsMono-Bold.ttf",
    "OMS-DejaVu": "fonts/DejaVuSans.ttf",
    "OMS-DejaVuBold": "fonts/DejaVuSans-Bold.ttf",
}
_BOX = "\u25a1"


class Face(Enum):
    """A kind of lettering: its fonts, best first. The last of each has the box."""

    REGULAR = ("OMS-Inter", "OMS-DejaVu")
    BOLD = ("OMS-InterBold", "OMS-DejaVuBold")
    MONO = ("OMS-Mono", "OMS-DejaVu")
    MONO_BOLD = ("OMS-MonoBold", "OMS-DejaVuBold")


@dataclass(frozen=True)
class Run:
    """Neighbouring characters that one font draws; `width` in parts of the type size."""

    font: str
    text: str
    width: float


@dataclass(frozen=True)
class _Glyph:
    font: str
    char: str
    width: float
    boxed: bool = False


@cache
def _font(name: str) -> TTFont:
    font = TTFont(name, resource(_FILES[name]))
    pdfmetrics.registerFont(font)
    return font


@lru_cache(maxsize=16384)
def _glyph(char: str, face: Face) -> _Glyph:
    # Without shaping and reordering, letters that run from right to left would come out as another
    # word; a box is honest.
    if unicodedata.bidirectional(char) not in ("R", "AL"):
        for name in face.value:
            width = _font(name).face.charWidths.get(ord(char))
            if width is not None:
                return _Glyph(name, char, width / 1000)
    box = _glyph(_BOX, face)
    return _Glyph(box.font, _BOX, box.width, boxed=True)


def _plain(text: str) -> str:
    """Composed letters, single-line: every white space is a space, invisible marks are left out."""
    composed = unicodedata.normalize("NFC", text)
    spaced = (" " if char.isspace() else char for char in composed)
    return "".join(char for char in spaced if unicodedata.category(char) not in ("Cc", "Cf", "Cs"))


def _glyphs(text: str, face: Face) -> list[_Glyph]:
    return [_glyph(char, face) for char in _plain(text)]


def runs(text: str, face: Face) -> tuple[Run, ...]:
    """Cut a text by the fonts that draw it; drawn one after the other they are the whole line."""
    return tuple(
        Run(font, "".join(glyph.char for glyph in same), sum(glyph.width for glyph in same))
        for font, group in groupby(_glyphs(text, face), key=lambda glyph: glyph.font)
        for same in [list(group)]
    )


def text_width(text: str, face: Face, size: float) -> float:
    """Width of a text on one line, in points."""
    return size * sum(glyph.width for glyph in _glyphs(text, face))


def unprintable(text: str) -> tuple[str, ...]:
    """Characters of a text that paper can only show as a box, each once, in order of appearance."""
    boxed = (char for char in _plain(text) if _glyph(char, Face.REGULAR).boxed)
    return tuple(dict.fromkeys(boxed))


def wrapped(text: str, face: Face, size: float, room: float) -> tuple[str, ...]:
    """Break a text into lines of at most `room` points, between words.

    A longer word is cut, behind one of its hyphens if that does not waste half of the line. The lines
    hold every printable character of the text. An empty text is one empty line.
    """
    lines: list[str] = []
    line, used = "", 0.0
    gap = text_width(" ", face, size)
    for word in _pieces(text, face, size, room):
        width = text_width(word, face, size)
        if line and used + gap + width > room:
            lines.append(line)
            line, used = "", 0.0
        used += width + (gap if line else 0)
        line = f"{line} {word}" if line else word
    return (*lines, line)


def _pieces(text: str, face: Face, size: float, room: float) -> list[str]:
    pieces: list[str] = []
    for word in _plain(text).split():
        if text_width(word, face, size) <= room:
            pieces.append(word)
        else:
            pieces += _cut(word, face, size, room)
    return pieces


def _cut(word: str, face: Face, size: float, room: float) -> list[str]:
    pieces = [""]
    used = 0.0
    for char in word:
        width = size * _glyph(char, face).width
        if pieces[-1] and used + width > room and not unicodedata.combining(char):
            kept = _behind_hyphen(pieces[-1])
            pieces.append(pieces[-1][kept:])
            pieces[-2] = pieces[-2][:kept]
            used = text_width(pieces[-1], face, size)
        pieces[-1] += char
        used += width
    return pieces


def _behind_hyphen(text: str) -> int:
    at = max(text.rfind(mark) for mark in "-/_.") + 1
    return at if at * 2 > len(text) else len(text)
