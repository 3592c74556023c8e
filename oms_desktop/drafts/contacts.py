"""Whether e-mail addresses and phone numbers have the form of such; nothing is looked up anywhere."""

from functools import lru_cache

from email_validator import EmailNotValidError, validate_email
from phonenumbers import (
    SUPPORTED_REGIONS,
    NumberParseException,
    ValidationResult,
    is_possible_number_with_reason,
    parse,
)

_REMEMBERED = 65536


@lru_cache(maxsize=_REMEMBERED)
def email_fits(text: str) -> bool:
    """Tell whether a text is an e-mail address of a domain that can receive, in letters of any script."""
    try:
        # Domains that end in .test stand for others while a shop is tried out.
        validate_email(text, test_environment=True, allow_quoted_local=True, allow_domain_literal=True)
    except EmailNotValidError:
        return False
    return True


@lru_cache(maxsize=_REMEMBERED)
def phone_fits(text: str, country: str) -> bool:
    """Tell whether a text can be dialled: with its country's code, or as it is written in this country.

    Its length decides, not its range: new ranges are given out all the time. Without a country that is
    known, a number in national form cannot be told from another text and fits.
    """
    region = country if country in SUPPORTED_REGIONS else None
    if region is None and not text.startswith(("+", "00")):
        return any(letter.isdecimal() for letter in text)
    # Many countries dial 00 before the code of another one; everywhere people write it so.
    spellings = (text, f"+{text[2:]}") if text.startswith("00") else (text,)
    return any(_is_possible(spelling, region) for spelling in spellings)


def _is_possible(text: str, region: str | None) -> bool:
    try:
        number = parse(text, region)
    except NumberParseException:
        return False
    return is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
