"""Which service takes a parcel, and what is printed about it."""

from collections.abc import Callable

from oms_desktop.carriers import CARRIERS
from oms_desktop.carriers.carrier import Carrier
from oms_desktop.errors import StateError
from oms_desktop.planning.rates import Quote, quote
from oms_desktop.workflow.packing import Postage


def choose_postage(grams: int, country: str, postal_code: str, new_sscc: Callable[[], str]) -> Postage:
    """Choose the cheapest service for a parcel of this weight to this place.

    `country` is ISO 3166-1 alpha-2; `new_sscc` is asked for the parcel's number once a service is found.
    Raises StateError, the last refusal, when no service takes the parcel.
    """
    carrier, rate = _cheapest(grams, country)
    sscc = new_sscc()
    return Postage(
        carrier=carrier.name,
        service=rate.service,
        price=rate.price,
        currency=rate.currency,
        sscc=sscc,
        tracking=carrier.tracking_number(sscc),
        routing=carrier.routing_code(country, postal_code),
    )


def _cheapest(grams: int, country: str) -> tuple[Carrier, Quote]:
    offers: list[tuple[Carrier, Quote]] = []
    refusal = StateError("rate.none", "No carrier is set up.")
    for carrier in CARRIERS:
        for card in carrier.cards:
            try:
                offers.append((carrier, quote(card, grams, country)))
            except StateError as error:
                refusal = error
    if not offers:
        raise refusal
    return min(offers, key=lambda offer: offer[1].price)
