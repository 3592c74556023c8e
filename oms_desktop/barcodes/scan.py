"""What a scanned code says by itself, before anybody looks it up.

The shop's own codes (``A-07-03-B2``, ``T-104``) stay plain text. A code is taken for GS1 data only on
evidence: the symbology identifier that a scanner may put in front (ISO/IEC 15424, ``]C1`` and the
like), a group separator, brackets, or check digits that fit.
"""

import re
from dataclasses import dataclass
from datetime import date

from biip import ParseError
from biip.gs1_digital_link_uris import GS1DigitalLinkURI
from biip.gs1_element_strings import GS1ElementString, GS1ElementStrings
from biip.gs1_messages import GS1Message

from oms_desktop.barcodes.gs1 import GROUP_SEPARATOR, is_gtin, is_sscc

_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_GS1_SYMBOLOGIES = frozenset({"]C1", "]e0", "]e1", "]e2", "]d2", "]Q3", "]J1"})
_BRACKETS = re.compile(r"\([0-9]{2,4}\)")
_IDENTIFIERS = frozenset({"00", "01", "02"})
_LONGEST_MESSAGE = 8_000
"""More characters than the largest two-dimensional symbol holds."""


@dataclass(frozen=True)
class Symbol:
    """A scanned code and the GS1 facts in it.

    `raw` is what the scanner sent; `text` lacks the symbology identifier and white space and control
    characters at its ends, and is what the shop's own codes are compared with (case is kept).
    """

    raw: str
    text: str
    gtin: str | None = None
    """14 digits; of the goods (01), or of the goods inside (02) when `count` says how many."""
    sscc: str | None = None
    """18 digits."""
    lot: str | None = None
    expiry: date | None = None
    """Expiration date (17), else best-before date (15)."""
    serial: str | None = None
    count: int | None = None
    """Pieces inside (37), or pieces of variable count (30)."""


def parse(text: str) -> Symbol:
    """Read one code; never raises: what is not understood is plain text."""
    code = _trim(text)
    symbology = _SYMBOLOGY.match(code)
    mark = symbology.group() if symbology else ""
    code = _trim(code[len(mark) :])
    declared = mark in _GS1_SYMBOLOGIES
    if not declared and is_gtin(code):
        return Symbol(text, code, gtin=code.zfill(14))
    if not declared and is_sscc(code):
        return Symbol(text, code, sscc=code)
    separated = GROUP_SEPARATOR in text.rstrip()
    elements = _elements(code, declared=declared or separated)
    return Symbol(text, code) if elements is None else _symbol(text, code, elements)


def _elements(code: str, *, declared: bool) -> GS1ElementStrings | None:
    """Find GS1 elements in a code that shows evidence of them, else None.

    `declared`: the symbology is one for GS1 data only, or a group separator came before or inside.
    """
    if len(code) > _LONGEST_MESSAGE:
        return None
    try:
        if code.startswith(("https://", "http://")):
            found = GS1DigitalLinkURI.parse(code).element_strings
        elif _BRACKETS.match(code):
            found = GS1Message.parse_hri(code).element_strings
        elif declared or _opens_with_identifier(code):
            found = GS1Message.parse(code).element_strings
        else:
            return None
    except (ParseError, ValueError):
        return None
    return found if all(map(_is_sound, found)) else None


def _opens_with_identifier(code: str) -> bool:
    """Say whether a code from a scanner without symbology identifiers starts with a checked number."""
    if code.startswith("00"):
        return is_sscc(code[2:20])
    return code.startswith(("01", "02")) and is_gtin(code[2:16])


def _is_sound(element: GS1ElementString) -> bool:
    """Refuse a GTIN or SSCC with a wrong check digit: the whole symbol is then not to be trusted."""
    if element.ai.ai not in _IDENTIFIERS:
        return True
    return is_sscc(element.value) or is_gtin(element.value)


def _symbol(raw: str, text: str, elements: GS1ElementStrings) -> Symbol:
    """Pick the facts that the shop uses out of the elements."""
    found = {element.ai.ai: element for element in reversed(elements)}
    values = {ai: element.value for ai, element in found.items()}
    expiry = found.get("17") or found.get("15")
    count = values.get("37") or values.get("30")
    return Symbol(
        raw,
        text,
        gtin=values.get("01") or values.get("02"),
        sscc=values.get("00"),
        lot=values.get("10"),
        expiry=expiry.date if expiry else None,
        serial=values.get("21"),
        count=int(count) if count else None,
    )


def _trim(text: str) -> str:
    """Take white space and control characters off both ends."""
    start, end = 0, len(text)
    while start < end and _is_blank(text[start]):
        start += 1
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_blank(character: str) -> bool:
    """Say whether a character shows nothing at the end of a code."""
    return character.isspace() or not character.isprintable()
