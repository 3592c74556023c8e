"""The made-up carrier: codes that stay the same, and its card."""

import re
from decimal import Decimal

import pytest

from oms_desktop.barcodes.gs1 import sscc
from oms_desktop.carriers import CARRIERS, carrier_named
from oms_desktop.carriers.nordbote import CARRIER, GROUND, routing_code, tracking_number
from oms_desktop.errors import InputError
from oms_desktop.planning.rates import quote


def test_it_is_found_by_its_name() -> None:
    assert carrier_named("Nordbote") is CARRIER
    assert CARRIER in CARRIERS


def test_an_unknown_carrier_is_told_with_the_known_ones() -> None:
    with pytest.raises(InputError, match=r"no carrier Owlpost\. Known are: Nordbote") as caught:
        carrier_named("Owlpost")
    assert caught.value.code == "carrier.unknown"


def test_a_routing_code_never_changes() -> None:
    assert [routing_code("DE", "23552"), routing_code("GR", "105 57")] == ["W-167", "N-752"]


def test_spaces_and_case_of_a_postal_code_do_not_count() -> None:
    assert routing_code("GB", "yo1 7hh") == routing_code("GB", "YO17HH")


def test_routing_codes_spread_over_all_depots() -> None:
    codes = {routing_code("DE", f"{number:05}") for number in range(0, 99_999, 37)}
    assert all(re.fullmatch(r"[NESW]-[1-9]\d\d", code) for code in codes)
    assert {code[0] for code in codes} == set("NESW")
    assert len(codes) > 1_500


def test_a_tracking_number_comes_from_the_sscc_alone() -> None:
    code = sscc(0, "2999999", 41)
    assert tracking_number(code) == f"NB{code[:17]}"
    assert tracking_number(sscc(0, "2999999", 42)) != tracking_number(code)


@pytest.mark.parametrize("code", ["", "12", "0" * 18, "x" * 18])
def test_no_tracking_number_without_an_sscc(code: str) -> None:
    with pytest.raises(InputError) as caught:
        tracking_number(code)
    assert caught.value.code == "carrier.sscc"


def test_abroad_is_dearer_in_every_band() -> None:
    for band in GROUND.home_zone.bands:
        assert quote(GROUND, band.max_g, "DE").price < quote(GROUND, band.max_g, "FR").price
    assert quote(GROUND, 400, "DE").price == Decimal("4.40")
