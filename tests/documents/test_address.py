"""Addresses in the order that each country's post asks for."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oms_desktop.documents.address import PostalAddress, address_lines

ADDRESS = PostalAddress(
    name="Ann Example",
    company="Acme",
    address1="1 Main Street",
    address2="Flat 2",
    city="Springfield",
    province="",
    postal_code="12345",
)
STREET = ("1 Main Street", "Flat 2")


@pytest.mark.parametrize(
    ("country", "province", "lines"),
    [
        ("DE", "", ("Ann Example", "Acme", *STREET, "12345 SPRINGFIELD", "GERMANY")),
        ("at", "", ("Acme", "Ann Example", *STREET, "12345 SPRINGFIELD", "AUSTRIA")),
        ("US", "California", ("Ann Example", "Acme", *STREET, "SPRINGFIELD, CA 12345", "UNITED STATES")),
        ("US", "ca", ("Ann Example", "Acme", *STREET, "SPRINGFIELD, CA 12345", "UNITED STATES")),
        ("GB", "Kent", ("Ann Example", "Acme", *STREET, "SPRINGFIELD", "12345", "UNITED KINGDOM")),
        (
            "JP",
            "Tokyo",
            ("Ann Example", "Acme", "1 Main Street", "Flat 2", "Springfield, TOKYO", "12345", "JAPAN"),
        ),
        (
            "AE",
            "Dubai",
            ("Ann Example", "Acme", *STREET, "Springfield", "12345", "Dubai", "UNITED ARAB EMIRATES"),
        ),
        ("CH", "ZH", ("Acme", "Ann Example", *STREET, "CH-12345 Springfield", "SWITZERLAND")),
    ],
)
def test_lines_stand_in_the_order_of_the_destination(
    country: str, province: str, lines: tuple[str, ...]
) -> None:
    assert address_lines(replace(ADDRESS, country_code=country, province=province)) == lines


def test_an_address_at_home_needs_no_country() -> None:
    assert address_lines(replace(ADDRESS, country_code="DE"), home="de")[-1] == "12345 SPRINGFIELD"


@pytest.mark.parametrize("code", ["XX", "GERMANY", "%C", "../de"])
def test_an_unknown_country_is_shown_as_it_came(code: str) -> None:
    lines = address_lines(replace(ADDRESS, province="Kent", country_code=code))
    assert lines == ("Ann Example", "Acme", *STREET, "12345 Springfield", "Kent", code.upper())


def test_what_is_missing_leaves_no_commas_behind() -> None:
    bare = PostalAddress(name="Ann", address1="1 Main Street", country_code="US", province="NY")
    assert address_lines(bare) == ("Ann", "1 Main Street", "NY", "UNITED STATES")
    assert address_lines(replace(bare, country_code="CH", city="Chur")) == (
        "Ann",
        "1 Main Street",
        "Chur",
        "SWITZERLAND",
    )


@settings(deadline=None)
@given(
    st.sampled_from(["DE", "US", "JP", "AE", "HK", "SG", "RU", "BR", "IE", "CN", "PA", "XX", ""]),
    st.text("abcÄж1 ,-%", max_size=30),
)
def test_no_part_that_a_driver_needs_is_lost(country: str, text: str) -> None:
    address = PostalAddress("N1" + text, "O1", "A1", "A2", "C1" + text, "", "Z1", country)
    joined = " ".join("\n".join(address_lines(address)).split()).casefold()
    for part in (address.name, "O1", "A1", "A2", address.city, "Z1"):
        assert " ".join(part.split()).strip(" ,-").casefold() in joined
