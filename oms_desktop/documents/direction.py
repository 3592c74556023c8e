"""Text from right to left as paper needs it: Arabic letters joined, all letters in the order they stand in.

The rules are those of Unicode's bidirectional algorithm (UAX 9) for one line without embedding marks; the
joined forms come from Unicode's own table of presentation forms.
"""

import unicodedata
from functools import cache

_RIGHT = frozenset({"R", "AL"})
_NUMBERS = frozenset({"EN", "AN"})
_MIRRORED = dict(zip("()[]{}<>«»‹›", ")(][}{><»«›‹", strict=True))
_LAM = "\u0644"


def visual(text: str) -> str:
    """Write a line in the order in which its letters stand from left to right, Arabic ones joined."""
    if text.isascii() or all(unicodedata.bidirectional(char) not in _RIGHT for char in text):
        return text
    units = _units(_joined(text))
    kinds = [unicodedata.bidirectional(unit[0]) for unit in units]
    base = next((int(kind in _RIGHT) for kind in kinds if kind == "L" or kind in _RIGHT), 0)
    levels = _levels(_neutrals(_weak(kinds, base), base), base)
    placed = [
        _MIRRORED.get(unit, unit) if level % 2 else unit for unit, level in zip(units, levels, strict=True)
    ]
    return "".join(_reversed(placed, levels))


def _units(text: str) -> list[str]:
    """Cut a text into letters, each with the marks on it."""
    units: list[str] = []
    for char in text:
        if units and unicodedata.combining(char):
            units[-1] += char
        else:
            units.append(char)
    return units


def _weak(kinds: list[str], base: int) -> list[str]:
    """Settle what numbers and the signs in them are (rules W2 to W7)."""
    found, strong = [], "R" if base else "L"
    for kind in kinds:
        strong = kind if kind == "L" or kind in _RIGHT else strong
        found.append("AN" if kind == "EN" and strong == "AL" else kind)
    found = ["R" if kind == "AL" else kind for kind in found]
    for at in range(1, len(found) - 1):
        around = {found[at - 1], found[at + 1]}
        if (found[at] in ("ES", "CS") and around == {"EN"}) or (found[at] == "CS" and around == {"AN"}):
            found[at] = found[at - 1]
    for order in (range(len(found)), range(len(found) - 1, -1, -1)):
        before = ""
        for at in order:
            found[at] = "EN" if found[at] == "ET" and before == "EN" else found[at]
            before = found[at]
    strong = "R" if base else "L"
    for at, kind in enumerate(found):
        strong = kind if kind in ("L", "R") else strong
        found[at] = "L" if kind == "EN" and strong == "L" else kind
    return [kind if kind in ("L", "R", "EN", "AN") else "ON" for kind in found]


def _neutrals(kinds: list[str], base: int) -> list[str]:
    """Let what has no direction follow its neighbours where both go one way, else the line (N1, N2)."""
    own = "R" if base else "L"
    found, at = list(kinds), 0
    while at < len(kinds):
        end = at
        while end < len(kinds) and kinds[end] == "ON":
            end += 1
        if end > at:
            before = _direction(found[at - 1]) if at else own
            after = _direction(kinds[end]) if end < len(kinds) else own
            found[at:end] = [before if before == after else own] * (end - at)
        at = end + 1
    return found


def _direction(kind: str) -> str:
    return "R" if kind in _NUMBERS else kind


def _levels(kinds: list[str], base: int) -> list[int]:
    """Tell how deep each letter is nested; odd levels run from right to left (I1, I2)."""
    deeper = {"L": base * 2, "R": 1, "EN": 2, "AN": 2}
    return [deeper[kind] for kind in kinds]


def _reversed(units: list[str], levels: list[int]) -> list[str]:
    """Turn around every stretch of a level and above, the deepest first (L2)."""
    placed, nested = list(units), list(levels)
    for level in range(max(nested), 0, -1):
        at = 0
        while at < len(placed):
            end = at
            while end < len(placed) and nested[end] >= level:
                end += 1
            placed[at:end], nested[at:end] = placed[at:end][::-1], nested[at:end][::-1]
            at = end + 1
    return placed


@cache
def _forms() -> dict[tuple[str, str], str]:
    """The forms of Arabic letters, and of lam with an alef, by the letters and where they stand."""
    found: dict[tuple[str, str], str] = {}
    for code in (*range(0xFB50, 0xFDFC), *range(0xFE70, 0xFEFD)):
        kind, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        told = "".join(chr(int(letter, 16)) for letter in letters.split())
        if len(told) == 1 or (len(told) == 2 and told[0] == _LAM and code >= 0xFEF5):
            found.setdefault((told, kind), chr(code))
    return found


def _joined(text: str) -> str:
    """Give Arabic letters the form that their neighbours ask for."""
    forms, units = _forms(), _units(text)
    found: list[str] = []
    at, linked = 0, False
    while at < len(units):
        letters, marks = units[at][0], units[at][1:]
        if letters == _LAM and at + 1 < len(units) and (_LAM + units[at + 1][0], "<isolated>") in forms:
            letters, marks = letters + units[at + 1][0], marks + units[at + 1][1:]
        following = units[at + len(letters)][0] if at + len(letters) < len(units) else ""
        links = (letters, "<initial>") in forms and (following, "<final>") in forms
        kind = ("<medial>" if links else "<final>") if linked else ("<initial>" if links else "<isolated>")
        found.append(forms.get((letters, kind), letters) + marks)
        linked, at = links, at + len(letters)
    return "".join(found)
