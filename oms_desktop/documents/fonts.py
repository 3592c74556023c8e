"""Fonts for paper: which one has a character, how wide a text is, where a line may be broken.

Every face is a chain of TrueType fonts. A character is taken from the first font of the chain that has
it; one that none has is printed as a box, so that a gap in a name is seen before a parcel leaves. Carriers
read the first two fonts only: what those lack is printed, but no address may be written in it.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from itertools import groupby

from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfbase.ttfonts import TTFont

from oms_desktop.documents.direction import visual
from oms_desktop.settings import resource

_FILES = {
    "OMS-Inter": "fonts/paper/Inter-Regular.ttf",
    "OMS-InterBold": "fonts/paper/Inter-Bold.ttf",
    "OMS-Mono": "fonts/JetBrainsMono-Medium.ttf",
    "OMS-MonoBold": "fonts/JetBrainsMono-Bold.ttf",
    "OMS-DejaVu": "fonts/DejaVuSans.ttf",
    "OMS-DejaVuBold": "fonts/DejaVuSans-Bold.ttf",
    "OMS-Thai": "fonts/paper/NotoSansThai-Regular.ttf",
    "OMS-ThaiBold": "fonts/paper/NotoSansThai-Bold.ttf",
    "OMS-Chinese": "fonts/paper/DroidSansFallbackFull.ttf",
    "OMS-Korean": "fonts/paper/NanumSquareR.ttf",
    "OMS-Signs": "fonts/paper/Symbola_hint.ttf",
}
_BOX = "\u25a1"
_FAR = ("OMS-Chinese", "OMS-Korean", "OMS-Signs")
_OF_CARRIERS = 2
_JOINED = re.compile("[\u0590-\u06ff\ufb1d-\ufdff\ufe70-\ufefc]")
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_CHOOSERS = frozenset(map(chr, range(0xFE00, 0xFE10)))
"""Marks that choose between two pictures of a sign; paper has one."""


class Face(Enum):
    """A kind of lettering: its fonts, best first. The second of each has the box."""

    REGULAR = ("OMS-Inter", "OMS-DejaVu", "OMS-Thai", *_FAR)
    BOLD = ("OMS-InterBold", "OMS-DejaVuBold", "OMS-ThaiBold", *_FAR)
    MONO = ("OMS-Mono", "OMS-DejaVu", "OMS-Thai", *_FAR)
    MONO_BOLD = ("OMS-MonoBold", "OMS-DejaVuBold", "OMS-ThaiBold", *_FAR)


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


def _map_to_unicode(name: str, subset: Sequence[int]) -> str:
    """Tell readers of the file which characters its glyphs are, emoji and the like as UTF-16 has them."""
    return re.sub(r"(?<=> <)[0-9A-F]{5,6}(?=>)", _surrogates, _plain_map(name, subset))


def _surrogates(match: re.Match[str]) -> str:
    return chr(int(match[0], 16)).encode("utf-16-be").hex().upper()


# ReportLab writes five digits there, and whoever copies an emoji out of the file gets other letters.
_plain_map = ttfonts.makeToUnicodeCMap
ttfonts.makeToUnicodeCMap = _map_to_unicode


@cache
def _font(name: str) -> TTFont:
    font = TTFont(name, resource(_FILES[name]))
    pdfmetrics.registerFont(font)
    return font


@lru_cache(maxsize=16384)
def _glyph(char: str, face: Face) -> _Glyph:
    # Letters that would have to be joined and are not would come out as another word; a box is honest.
    if unicodedata.bidirectional(char) not in ("R", "AL") or _JOINED.match(char):
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
    return "".join(
        char for char in spaced if unicodedata.category(char) not in _UNSEEN and char not in _CHOOSERS
    )


def _glyphs(text: str, face: Face) -> list[_Glyph]:
    """The glyphs of a line from left to right."""
    return [_glyph(char, face) for char in visual(_plain(text))]


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
    """Characters of a text that no carrier reads on a label, each once, in order of appearance."""
    return tuple(dict.fromkeys(char for char in _plain(text) if not _is_read(char)))


@lru_cache(maxsize=16384)
def _is_read(char: str) -> bool:
    if unicodedata.bidirectional(char) in ("R", "AL"):
        return False
    glyph = _glyph(char, Face.REGULAR)
    return not glyph.boxed and glyph.font in Face.REGULAR.value[:_OF_CARRIERS]


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
    # What is joined is not as wide as its letters: it has to be measured as a whole.
    joined = visual(word) != word
    for char in word:
        width = size * _glyph(char, face).width
        total = text_width(pieces[-1] + char, face, size) if joined else used + width
        if pieces[-1] and total > room and not unicodedata.combining(char):
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
