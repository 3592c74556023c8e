"""GS1 identifiers: check digits, GTIN, SSCC and element strings.

Lengths, check digit and element strings follow the GS1 General Specifications, sections 3 and 7.9;
the arithmetic and the table of application identifiers are those of biip.
"""

import re
from dataclasses import dataclass

from biip import ParseError
from biip.checksums import gs1_standard_check_digit
from biip.gs1_application_identifiers import GS1ApplicationIdentifier

from oms_desktop.errors import InputError

GROUP_SEPARATOR = "\x1d"
"""What a scanner sends for the FNC1 between two elements."""

GTIN_LENGTHS = frozenset({8, 12, 13, 14})
SSCC_LENGTH = 18
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True)
class Element:
    """One application identifier with its value, such as ``00`` with an SSCC."""

    ai: str
    value: str


def check_digit(digits: str) -> int:
    """Give the modulo 10 digit that belongs behind `digits` (a number without its check digit).

    Raises InputError ``barcode.digits`` when something other than 0-9 is among them.
    """
    if not _DIGITS.fullmatch(digits):
        raise InputError("barcode.digits", f"“{digits}” is not a number. Enter the digits 0 to 9 only.")
    return gs1_standard_check_digit(digits)


def is_gtin(text: str) -> bool:
    """Say whether `text` is a GTIN of 8, 12, 13 or 14 digits with the right check digit."""
    return len(text) in GTIN_LENGTHS and _is_checked(text)


def is_sscc(text: str) -> bool:
    """Say whether `text` is an SSCC: 18 digits with the right check digit."""
    return len(text) == SSCC_LENGTH and _is_checked(text)


def gtin14(text: str) -> str:
    """Write a GTIN of any length with 14 digits, the form in which two GTINs can be compared.

    Raises InputError ``barcode.digits``, ``barcode.length`` or ``barcode.check_digit``.
    """
    if not _DIGITS.fullmatch(text):
        raise InputError("barcode.digits", f"“{text}” is not a GTIN. Enter the digits 0 to 9 only.")
    if len(text) not in GTIN_LENGTHS or not int(text):
        raise InputError(
            "barcode.length",
            f"{text} is not a GTIN: it has {len(text)} digits. A GTIN has 8, 12, 13 or 14 and is not zero.",
        )
    wanted = gs1_standard_check_digit(text[:-1])
    if wanted != int(text[-1]):
        raise InputError(
            "barcode.check_digit",
            f"{text} is not a GTIN: its last digit should be {wanted}. Scan it again or correct the number.",
        )
    return text.zfill(14)


def sscc(extension: int, prefix: str, serial: int) -> str:
    """Build the 18 digits of an SSCC.

    `extension` is 0-9, `prefix` the GS1 company prefix of 4 to 12 digits, and `serial` fills the rest
    of the 17 digits before the check digit. Raises InputError ``barcode.sscc`` when one does not fit.
    """
    room = SSCC_LENGTH - 2 - len(prefix)
    fits = 0 <= extension <= 9 and 4 <= len(prefix) <= 12 and _DIGITS.fullmatch(prefix)
    if not fits or not 0 <= serial < 10**room:
        raise InputError(
            "barcode.sscc",
            f"No SSCC can be made of extension {extension}, company prefix “{prefix}” and serial {serial}. "
            "The extension is one digit, the prefix 4 to 12 digits, and prefix and serial have 16 together.",
        )
    body = f"{extension}{prefix}{serial:0{room}d}"
    return f"{body}{gs1_standard_check_digit(body)}"


def element_text(*elements: Element) -> str:
    """Write elements as people read them under the bars: ``(00)340123450000000017``."""
    return "".join(f"({element.ai}){element.value}" for element in elements)


def element_data(*elements: Element) -> str:
    """Write elements as a scanner sends them: no brackets, a group separator where GS1 wants one.

    Raises InputError ``barcode.identifier`` for an application identifier that GS1 does not know.
    """
    parts = [f"{element.ai}{element.value}{_separator(element.ai)}" for element in elements]
    return "".join(parts).removesuffix(GROUP_SEPARATOR)


def _separator(ai: str) -> str:
    """Give what must stand between an element and the next one."""
    try:
        identifier = GS1ApplicationIdentifier.extract(ai)
    except ParseError as error:
        raise InputError(
            "barcode.identifier", f"GS1 knows no application identifier “{ai}”. Correct the label's elements."
        ) from error
    return GROUP_SEPARATOR if identifier.separator_required else ""


def _is_checked(text: str) -> bool:
    """Say whether the last digit of a number other than zero is its check digit."""
    if not _DIGITS.fullmatch(text) or not int(text):
        return False
    return gs1_standard_check_digit(text[:-1]) == int(text[-1])
