"""Prices from a card, and what is refused."""

from decimal import Decimal

import pytest

from oms_desktop.errors import StateError
from oms_desktop.planning.rates import Band, RateCard, Zone, quote

HOME = Zone((Band(1_000, Decimal("4.00")), Band(2_500, Decimal("5.50"))), transit_days=1)
ABROAD = Zone((Band(2_000, Decimal("12.00")),), transit_days=6)
CARD = RateCard("Post", "Parcel", "P1", "P", "EUR", "DE", HOME, ABROAD, max_mm=(600, 400, 300))


@pytest.mark.parametrize(
    ("weight", "country", "price"),
    [
        (1, "DE", "4.00"),
        (1_000, "DE", "4.00"),
        (1_001, "DE", "5.50"),
        (2_500, "DE", "5.50"),
        (1, "FR", "12.00"),
    ],
)
def test_the_first_band_that_holds_the_weight_is_paid(weight: int, country: str, price: str) -> None:
    assert quote(CARD, weight, country).price == Decimal(price)


def test_a_quote_says_why() -> None:
    near, far = quote(CARD, 2_001, "DE"), quote(CARD, 500, "FR")
    assert (near.carrier, near.service, near.currency) == ("Post", "Parcel", "EUR")
    assert near.reason == "Parcel within DE up to 2.5 kg, one working day."
    assert (far.reason, far.transit_days) == ("Parcel to FR up to 2 kg, 6 working days.", 6)


@pytest.mark.parametrize(
    ("weight", "country", "size", "code", "told"),
    [
        (2_501, "DE", None, "rate.too_heavy", "up to 2.5 kg to DE, the parcel weighs 2.501 kg"),
        (2_001, "FR", None, "rate.too_heavy", "up to 2 kg to FR"),
        (0, "DE", None, "rate.no_weight", "Weigh it first"),
        (500, "DE", (401, 300, 401), "rate.too_large", "600 x 400 x 300 mm, this one has 401 x 401 x 300 mm"),
    ],
)
def test_a_parcel_that_is_not_taken_is_explained(
    weight: int, country: str, size: tuple[int, int, int] | None, code: str, told: str
) -> None:
    with pytest.raises(StateError) as caught:
        quote(CARD, weight, country, size)
    assert caught.value.code == code
    assert told in caught.value.text


def test_the_sides_count_in_any_order() -> None:
    assert quote(CARD, 500, "DE", (300, 600, 400)).price == Decimal("4.00")


@pytest.mark.parametrize("bands", [(), (Band(2, Decimal(1)), Band(2, Decimal(2)))])
def test_bands_have_to_ascend(bands: tuple[Band, ...]) -> None:
    with pytest.raises(ValueError, match="ascend"):
        Zone(bands, transit_days=1)
