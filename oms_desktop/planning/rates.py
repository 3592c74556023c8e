"""What a carrier's service costs for a parcel, from its printed card.

A card has weight bands for the carrier's home country and for abroad. A parcel costs the price of the first
band that is not below its weight. Weights are grams, sizes millimetres.
"""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from oms_desktop.errors import StateError


@dataclass(frozen=True)
class Band:
    """The price of all parcels up to and including `max_g` that no band before takes."""

    max_g: int
    price: Decimal


@dataclass(frozen=True)
class Zone:
    """Weight bands, lightest first, and how many working days a parcel takes; not empty."""

    bands: tuple[Band, ...]
    transit_days: int

    def __post_init__(self) -> None:
        """Raise ValueError when the bands are none or not in ascending order."""
        if not self.bands or any(low.max_g >= high.max_g for low, high in pairwise(self.bands)):
            raise ValueError("weight bands have to ascend")


@dataclass(frozen=True)
class RateCard:
    """One service of one carrier.

    `code` is what the carrier calls the service in data, `mark` the letter that its labels show. `home` is an
    ISO 3166-1 alpha-2 country; every other country is abroad. `max_mm` are the longest, the middle and the
    shortest side that are taken.
    """

    carrier: str
    service: str
    code: str
    mark: str
    currency: str
    home: str
    home_zone: Zone
    abroad_zone: Zone
    max_mm: tuple[int, int, int]


@dataclass(frozen=True)
class Quote:
    """What one parcel costs with a service; `reason` is the sentence that a packer reads."""

    carrier: str
    service: str
    price: Decimal
    currency: str
    transit_days: int
    reason: str


def quote(card: RateCard, weight_g: int, country: str, size_mm: tuple[int, int, int] | None = None) -> Quote:
    """Price a parcel of this weight to this country; its three sides, in any order, if they are known.

    Raises StateError: ``rate.no_weight``, ``rate.too_heavy`` or ``rate.too_large``.
    """
    if weight_g <= 0:
        raise StateError("rate.no_weight", "The parcel has no weight yet. Weigh it first.")
    zone = card.home_zone if country == card.home else card.abroad_zone
    if size_mm is not None:
        _check_size(card, size_mm)
    for band in zone.bands:
        if weight_g <= band.max_g:
            return _quote(card, zone, band, country)
    raise StateError(
        "rate.too_heavy",
        f"{card.carrier} {card.service} takes up to {_kg(zone.bands[-1].max_g)} to {country}, "
        f"the parcel weighs {_kg(weight_g)}. Pack it in two parcels.",
    )


def _check_size(card: RateCard, size_mm: tuple[int, int, int]) -> None:
    sides = sorted(size_mm, reverse=True)
    if any(side > limit for side, limit in zip(sides, card.max_mm, strict=True)):
        wanted, got = (" x ".join(map(str, three)) for three in (card.max_mm, sides))
        raise StateError(
            "rate.too_large",
            f"{card.carrier} {card.service} takes parcels up to {wanted} mm, this one has {got} mm.",
        )


def _quote(card: RateCard, zone: Zone, band: Band, country: str) -> Quote:
    where = "within" if country == card.home else "to"
    reason = f"{card.service} {where} {country} up to {_kg(band.max_g)}, {_days(zone.transit_days)}."
    return Quote(card.carrier, card.service, band.price, card.currency, zone.transit_days, reason)


def _days(count: int) -> str:
    return "one working day" if count == 1 else f"{count} working days"


def _kg(grams: int) -> str:
    """Write grams as kilograms without needless zeros: 2000 -> ``2 kg``, 31500 -> ``31.5 kg``."""
    return f"{grams / 1000:.3f}".rstrip("0").rstrip(".") + " kg"
