"""Finds the codes in a sentence, so that they can be set in the mono face."""

import re
from dataclasses import dataclass

_CODE = re.compile(
    r"(?<![\w-])(?=[\w-]*\d)(?:(?=[\d-]*[A-Z])[A-Z0-9]+(?:-[A-Z0-9]+)+|[A-Z]{1,3}\d+|\d{8,})(?![\w-])"
)


@dataclass(frozen=True)
class Run:
    """A stretch of a sentence: words, or a code."""

    text: str
    code: bool


def runs(text: str) -> tuple[Run, ...]:
    """Split a sentence into words and codes: hyphenated capitals and digits, C4, long numbers."""
    parts: list[Run] = []
    at = 0
    for match in _CODE.finditer(text):
        if match.start() > at:
            parts.append(Run(text[at : match.start()], code=False))
        parts.append(Run(match.group(), code=True))
        at = match.end()
    if at < len(text):
        parts.append(Run(text[at:], code=False))
    return tuple(parts)
