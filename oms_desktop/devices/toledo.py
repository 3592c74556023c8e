"""The continuous output of Mettler Toledo scales, which many other makers send too.

    STX  A B C  six digits of weight  six digits of tare  CR  [checksum]

Source: Mettler-Toledo, *WILDCAT Scale Technical Manual* E15609900A (12/00), appendix 2 "Continuous
Mode Output", tables 6-8 to 6-11; units beyond grams as in later terminals of that maker.

    A  bits 0-2  where the decimal point is: 0 = XXXX00, 2 = XXXXXX, 3 = XXXXX.X ... 7 = X.XXXXX
    B  bit 0 net, 1 negative, 2 out of range, 3 in motion, 4 kg (else lb), 6 not zeroed since power-up
    C  bits 0-2  0 = kg or lb (see B), 1 = g, 2 = t, 3 = oz;  bit 4 weight shown ten times finer
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

_FRAME = re.compile(rb"\x02([\x20-\x7f])([\x20-\x7f])([\x20-\x7f])([ 0-9]{6})[ 0-9]{6}\r")
_NEGATIVE, _OUT_OF_RANGE, _MOTION, _KILOGRAMS, _NOT_ZEROED = 0x02, 0x04, 0x08, 0x10, 0x40
_EXPANDED = 0x10
_POUND = Decimal("453.59237")
_KILOGRAM = Decimal(1000)
_OTHER_UNITS = {1: Decimal(1), 2: Decimal(1_000_000), 3: Decimal("28.349523125")}


class WeightState(Enum):
    """What a weight is worth; the value is what a person reads."""

    OK = "ok"
    MOTION = "in motion"
    NEGATIVE = "below zero"
    OVERLOAD = "out of range"
    NOT_ZEROED = "not zeroed since it was switched on"


@dataclass(frozen=True)
class Weight:
    """A weight as the scale shows it, net of the tare that is set on the scale."""

    grams: int
    state: WeightState


def decode(frame: bytes) -> Weight | None:
    """Read a frame from STX to CR; None when it shows no weight that can be relied upon.

    That is so for other characters than digits, a unit that is not known, and the display at ten times
    the resolution, whose decimal point makers place differently.
    """
    match = _FRAME.fullmatch(frame)
    if match is None:
        return None
    a, b, c = (group[0] for group in match.group(1, 2, 3))
    unit = _unit(b, c)
    if unit is None or c & _EXPANDED:
        return None
    state = _state(b)
    digits = match.group(4).decode("ascii").strip().replace(" ", "0")
    if not digits:
        return Weight(0, state) if state is WeightState.OVERLOAD else None
    amount = Decimal(digits).scaleb(2 - (a & 0x07)) * unit
    grams = int(amount.to_integral_value(ROUND_HALF_UP))
    return Weight(-grams if b & _NEGATIVE else grams, state)


def _unit(b: int, c: int) -> Decimal | None:
    """Give the grams in the unit of a frame, None when it is another one."""
    if c & 0x07:
        return _OTHER_UNITS.get(c & 0x07)
    return _KILOGRAM if b & _KILOGRAMS else _POUND


def _state(b: int) -> WeightState:
    """Say what the weight is worth, the gravest first."""
    if b & _OUT_OF_RANGE:
        return WeightState.OVERLOAD
    if b & _NOT_ZEROED:
        return WeightState.NOT_ZEROED
    if b & _MOTION:
        return WeightState.MOTION
    return WeightState.NEGATIVE if b & _NEGATIVE else WeightState.OK
