"""Contacts by their form: what people write and can be used, and what cannot."""

import pytest

from oms_desktop.drafts.contacts import email_fits, phone_fits


@pytest.mark.parametrize(
    "text",
    [
        "mira@example.com",
        "MIRA.M+shop_1@mail.example.co.uk",
        "o'neill!#$%&*/=?^`{|}~-@example.org",
        '"mira m"@example.com',
        "jürgen@bücher.example.com",
        "用户@例子.公司",
        "مثال@مثال.إختبار",
        "mira@xn--bcher-kva.example.com",
        "mira@[192.0.2.1]",
        "1@1.example.de",
    ],
)
def test_an_email_address_that_can_be_used(text: str) -> None:
    assert email_fits(text)


@pytest.mark.parametrize(
    "text",
    [
        "mira at example.com",
        "mira@",
        "@example.com",
        "mira@localhost",
        "mira@example..com",
        "mira..m@example.com",
        ".mira@example.com",
        "mira@-example.com",
        "mira@exam ple.com",
        "mira@example,com",
        "mira@jo@example.com",
        "mira@example.com.",
        "mira@shop.local",
        "Mira <mira@example.com>",
        "mira@example.com; jo@example.com",
        "=HYPERLINK(1)",
    ],
)
def test_what_is_no_email_address(text: str) -> None:
    assert not email_fits(text)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("+49 30 23125660", "US"),
        ("0049 (0)30 23125660", "DE"),
        ("0049 30 23125660", "US"),
        ("030/23125660", "DE"),
        ("06 12 34 56 78", "FR"),
        ("02 23 45 67 89", "IT"),
        ("(555) 555-5555", "US"),
        ("555-625-1199 ext. 4", "US"),
        ("1-800-FLOWERS", "US"),
        ("tel:+45-32-12-34-56", "DK"),
        ("+٤٩٣٠٢٣١٢٥٦٦٠", "DE"),
        ("030 23125660", ""),
        ("+49 30 23125660", "XX"),
    ],
)
def test_a_phone_number_that_can_be_dialled(text: str, country: str) -> None:
    assert phone_fits(text, country)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("none", "DE"),
        ("n/a", ""),
        ("12", "DE"),
        ("555-0100", "US"),
        ("+49 12", "DE"),
        ("+999 12345678", "DE"),
        ("030 2312 5660 1234 5678 9012", "DE"),
        ("mira@example.com", "DE"),
        ("=1+1", "DE"),
    ],
)
def test_what_cannot_be_dialled(text: str, country: str) -> None:
    assert not phone_fits(text, country)
