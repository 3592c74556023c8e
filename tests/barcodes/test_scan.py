"""What scanned codes say: GS1 on evidence, everything else as it is."""

import time
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from oms_desktop.barcodes.gs1 import check_digit, is_gtin, is_sscc
from oms_desktop.barcodes.scan import Symbol, parse

GTIN = "4006381333931"
SSCC = "340123450000000017"


@pytest.mark.parametrize(
    "code",
    [
        "A-07-03-B2",
        "T-104",
        "B-20417",
        "SO-1001",
        "LANE-1",
        "C4",
        "c4",
        "1001",
        "10ABC",
        "21-5",
        "10-A\x1d",
        "0104-07",
        "010400638133393210ABC",
        "00340123450000000018",
        "4006381333932",
        "340123450000000018",
        "12345678",
        "00000000",
        "(A)7",
        "(01)04006381333932",
        "]",
        "]C",
        "http://example.org/pick/7",
        "https://[",
        "",
    ],
)
def test_the_shops_own_codes_stay_plain(code: str) -> None:
    assert parse(code) == Symbol(code, code.rstrip())


@pytest.mark.parametrize("mark", ["]C0", "]A0", "]Q1", "]d1"])
def test_a_symbology_for_any_data_is_taken_off_a_plain_code(mark: str) -> None:
    assert parse(f"{mark}A-07-03-B2") == Symbol(f"{mark}A-07-03-B2", "A-07-03-B2")


@pytest.mark.parametrize("mark", ["", "]E0", "]C0", "]I1", "]A0"])
@pytest.mark.parametrize("code", ["96385074", "036000291452", GTIN, "10614141000415"])
def test_a_bare_gtin(mark: str, code: str) -> None:
    assert parse(mark + code) == Symbol(mark + code, code, gtin=code.zfill(14))


def test_a_bare_sscc() -> None:
    assert parse(SSCC) == Symbol(SSCC, SSCC, sscc=SSCC)


@pytest.mark.parametrize(
    "code", [f"00{SSCC}", f"]C100{SSCC}", f"(00){SSCC}", f"(00) {SSCC}\r", f"\x1d00{SSCC}"]
)
def test_an_sscc_in_an_element_string(code: str) -> None:
    symbol = parse(code)
    assert symbol.sscc == SSCC
    assert symbol.gtin is None


@pytest.mark.parametrize("mark", ["", "]C1", "]d2", "]Q3", "]e0", "]C1\x1d", "\x1d"])
def test_a_full_element_string(mark: str) -> None:
    symbol = parse(f"{mark}010{GTIN}10ab-1\x1d1726123121S9\x1d3012")
    assert (symbol.gtin, symbol.lot, symbol.serial) == (f"0{GTIN}", "ab-1", "S9")
    assert (symbol.expiry, symbol.count) == (date(2026, 12, 31), 12)


def test_what_a_pallet_label_says_of_the_goods_inside() -> None:
    symbol = parse(f"]C1020{GTIN}3748\x1d10L7")
    assert (symbol.gtin, symbol.count, symbol.lot) == (f"0{GTIN}", 48, "L7")


def test_expiry_before_best_before_and_day_zero_is_the_last_of_the_month() -> None:
    assert parse("]C11527010117260200").expiry == date(2026, 2, 28)
    assert parse("]C115270101").expiry == date(2027, 1, 1)


def test_a_lot_of_eight_digits_in_a_gs1_symbol_is_no_gtin() -> None:
    lot = "12345"
    code = f"10{lot}{check_digit(f'10{lot}')}"
    assert parse(code).gtin is not None
    symbol = parse(f"]C1{code}")
    assert symbol.gtin is None
    assert symbol.lot == code[2:]


def test_a_longer_identifier_is_not_taken_for_a_shorter_one() -> None:
    symbol = parse("]C1400PO-77")
    assert symbol == Symbol("]C1400PO-77", "400PO-77")


@pytest.mark.parametrize(
    "code", ["]C1010400638133393210ABC", "]C1991X\x1d00340123450000000018", "]C117269999"]
)
def test_a_damaged_gs1_symbol_says_nothing(code: str) -> None:
    assert parse(code) == Symbol(code, code[3:])


def test_a_digital_link() -> None:
    symbol = parse(f"https://id.gs1.org/01/0{GTIN}/10/L7?17=261231")
    assert (symbol.gtin, symbol.lot, symbol.expiry) == (f"0{GTIN}", "L7", date(2026, 12, 31))


def test_ends_are_trimmed_and_case_and_inside_are_kept() -> None:
    assert parse("\x02 \t a-07 B2 \x00\r\n") == Symbol("\x02 \t a-07 B2 \x00\r\n", "a-07 B2")


_GS1_LIKE = st.text(alphabet="0123456789]C1dQ3e()\x1d/:htpsAé٣ ", max_size=60)
_DECLARED = st.builds(
    "{}{}".format, st.sampled_from(["]C1", "]d2", "\x1d", "(01)", "(17)", "http://a/01/"]), _GS1_LIKE
)


@given(st.one_of(st.text(), _GS1_LIKE, _DECLARED))
@example("]C1703003١٢٣abc")
@example("]C17003991399")
@example("]C18008990230")
@example("http://")
def test_no_text_raises_and_what_is_claimed_is_checked(text: str) -> None:
    symbol = parse(text)
    assert symbol.raw == text
    assert symbol.text in text
    assert symbol.gtin is None or (len(symbol.gtin) == 14 and is_gtin(symbol.gtin))
    assert symbol.sscc is None or is_sscc(symbol.sscc)


@given(st.from_regex(r"[A-Z]{1,4}-[0-9]{1,18}(-[0-9]{2}){0,2}", fullmatch=True))
def test_letters_first_is_never_gs1(code: str) -> None:
    assert parse(code) == Symbol(code, code)


@pytest.mark.parametrize("code", ["A-07-03-B2", "SO-1001", GTIN, SSCC])
def test_the_everyday_code_takes_less_than_a_fifth_of_a_millisecond(code: str) -> None:
    def once() -> float:
        start = time.perf_counter()
        parse(code)
        return time.perf_counter() - start

    assert min(once() for _ in range(50)) < 0.0002


@pytest.mark.parametrize("code", ["]C1" + "10A\x1d" * 2_000, "1" * 1_000_000, "]C1" + "9" * 1_000_000])
def test_an_absurdly_long_code_is_plain_or_read_in_time(code: str) -> None:
    start = time.perf_counter()
    assert parse(code).raw == code
    assert time.perf_counter() - start < 5
