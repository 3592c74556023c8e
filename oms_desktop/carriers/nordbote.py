"""Nordbote, a carrier made up for the demo warehouse: one service, a card of its own, no connection."""

from decimal import Decimal
from zlib import crc32

from oms_desktop.barcodes.gs1 import is_sscc
from oms_desktop.carriers.carrier import Carrier
from oms_desktop.errors import InputError
from oms_desktop.planning.rates import Band, RateCard, Zone

NAME = "Nordbote"

GROUND = RateCard(
    carrier=NAME,
    service="Ground",
    code="NB-GROUND",
    mark="G",
    currency="EUR",
    home="DE",
    home_zone=Zone(
        (
            Band(1_000, Decimal("4.40")),
            Band(2_000, Decimal("5.20")),
            Band(5_000, Decimal("6.50")),
            Band(10_000, Decimal("8.90")),
            Band(20_000, Decimal("13.40")),
            Band(31_500, Decimal("17.90")),
        ),
        transit_days=2,
    ),
    abroad_zone=Zone(
        (
            Band(1_000, Decimal("9.80")),
            Band(2_000, Decimal("12.60")),
            Band(5_000, Decimal("16.40")),
            Band(10_000, Decimal("23.90")),
            Band(20_000, Decimal("38.50")),
            Band(31_500, Decimal("52.00")),
        ),
        transit_days=5,
    ),
    max_mm=(1200, 600, 600),
)
"""The only service; its bands hold for one parcel."""

_DEPOTS = "NESW"
_GATES = 900


def routing_code(country: str, postal_code: str) -> str:
    """Name the depot and gate of a destination, such as ``S-417``; spaces, dashes and case do not count."""
    place = "".join(letter for letter in f"{country}{postal_code}".upper() if letter.isalnum())
    number = crc32(place.encode())
    return f"{_DEPOTS[number % len(_DEPOTS)]}-{100 + number // len(_DEPOTS) % _GATES}"


def tracking_number(sscc: str) -> str:
    """Make a parcel's tracking number from its SSCC: ``NB`` and the 17 digits before the check digit.

    Raises InputError ``carrier.sscc`` when the SSCC is none.
    """
    if not is_sscc(sscc):
        raise InputError("carrier.sscc", f"“{sscc}” is not an SSCC. The parcel needs one before its label.")
    return f"NB{sscc[:-1]}"


CARRIER = Carrier(NAME, (GROUND,), routing_code, tracking_number)
"""Nordbote as the registry lists it."""
