"""Check digits and identifiers against numbers that GS1 publishes."""

import re

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from oms_desktop.barcodes.gs1 import (
    Element,
    check_digit,
    element_data,
    element_text,
    gtin14,
    is_gtin,
    is_sscc,
    sscc,
)
from oms_desktop.errors import InputError


@pytest.mark.parametrize(
    ("digits", "wanted"),
    [("9638507", 4), ("03600029145", 2), ("400638133393", 1), ("1061414100041", 5), ("34012345000000001", 7)],
)
def test_check_digit_of_known_numbers(digits: str, wanted: int) -> None:
    assert check_digit(digits) == wanted


@pytest.mark.parametrize("digits", ["", "12a", " 1", "٣٤", "²"])
def test_check_digit_refuses_what_is_no_number(digits: str) -> None:
    with pytest.raises(InputError) as refusal:
        check_digit(digits)
    assert refusal.value.code == "barcode.digits"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("96385074", "00000096385074"),
        ("036000291452", "00036000291452"),
        ("4006381333931", "04006381333931"),
        ("10614141000415", "10614141000415"),
    ],
)
def test_gtin_of_each_length_gets_fourteen_digits(text: str, wanted: str) -> None:
    assert is_gtin(text)
    assert gtin14(text) == wanted


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("4006381333932", "barcode.check_digit"),
        ("400638133393", "barcode.check_digit"),
        ("123456789", "barcode.length"),
        ("00000000", "barcode.length"),
        ("4006381-33931", "barcode.digits"),
        ("٤٠٠٦٣٨١٣٣٣٩٣١", "barcode.digits"),
        ("", "barcode.digits"),
    ],
)
def test_gtin14_refuses(text: str, code: str) -> None:
    assert not is_gtin(text)
    with pytest.raises(InputError) as refusal:
        gtin14(text)
    assert refusal.value.code == code
    assert refusal.value.text.endswith(".")


@given(st.from_regex(r"[0-9]{12}[1-9]", fullmatch=True))
def test_changing_any_single_digit_breaks_a_gtin(body: str) -> None:
    good = body + str(check_digit(body))
    for place, digit in enumerate(good):
        wrong = good[:place] + str((int(digit) + 1) % 10) + good[place + 1 :]
        assert is_gtin(good)
        assert not is_gtin(wrong)


def test_sscc_fills_the_serial_and_checks() -> None:
    assert sscc(3, "4012345", 1) == "340123450000000017"
    assert is_sscc(sscc(0, "0614141", 999_999_999))


@given(st.integers(0, 9), st.from_regex(r"[0-9]{4,12}", fullmatch=True), st.integers(0, 9_999))
def test_every_sscc_is_eighteen_checked_digits(extension: int, prefix: str, serial: int) -> None:
    made = sscc(extension, prefix, serial)
    assert re.fullmatch(r"[0-9]{18}", made)
    assert made.startswith(f"{extension}{prefix}")
    assert int(made[1 + len(prefix) : -1]) == serial


@pytest.mark.parametrize(
    ("extension", "prefix", "serial"),
    [
        (10, "4012345", 1),
        (-1, "4012345", 1),
        (0, "40A2345", 1),
        (0, "401", 1),
        (0, "4012345678901", 1),
        (0, "4012345", 10**9),
        (0, "4012345", -1),
    ],
)
def test_sscc_refuses_parts_that_do_not_fit(extension: int, prefix: str, serial: int) -> None:
    with pytest.raises(InputError) as refusal:
        sscc(extension, prefix, serial)
    assert refusal.value.code == "barcode.sscc"


def test_elements_for_people_and_for_scanners() -> None:
    parts = (
        Element("01", "04006381333931"),
        Element("10", "L7"),
        Element("17", "261231"),
        Element("21", "S9"),
    )
    assert element_text(*parts) == "(01)04006381333931(10)L7(17)261231(21)S9"
    assert element_data(*parts) == "010400638133393110L7\x1d1726123121S9"


def test_element_data_refuses_an_unknown_identifier() -> None:
    with pytest.raises(InputError) as refusal:
        element_data(Element("ZZ", "1"))
    assert refusal.value.code == "barcode.identifier"


def test_element_text_is_what_an_encoder_wants_and_a_reader_gives_back() -> None:
    elements = (Element("00", sscc(3, "4012345", 1)), Element("10", "L7"), Element("21", "S9"))
    symbol = zxingcpp.create_barcode(element_text(*elements), zxingcpp.BarcodeFormat.DataMatrix, gs1=True)
    (read,) = zxingcpp.read_barcodes(symbol.to_image(scale=4), text_mode=zxingcpp.TextMode.Plain)
    assert read.text == element_data(*elements)
