"""What the program asks of a carrier: its cards, its routing code, its tracking number."""

from collections.abc import Callable
from dataclasses import dataclass

from oms_desktop.planning.rates import RateCard


@dataclass(frozen=True)
class Carrier:
    """A carrier that needs no connection.

    `routing_code` takes the country (ISO 3166-1 alpha-2) and the postal code of the destination;
    `tracking_number` takes the 18 digits of the parcel's SSCC and raises InputError for anything else. Both
    give the same answer for ever, so that a label printed again is the same label.
    """

    name: str
    cards: tuple[RateCard, ...]
    routing_code: Callable[[str, str], str]
    tracking_number: Callable[[str], str]
