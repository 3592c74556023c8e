"""Weights out of frames, by the tables of the maker's manual."""

import pytest

from oms_desktop.devices.toledo import Weight, WeightState, decode


def frame(a: int, b: int, c: int, digits: str) -> bytes:
    return bytes([0x02, a, b, c]) + f"{digits}000000\r".encode()


@pytest.mark.parametrize(
    ("a", "digits", "grams"),
    [
        (0x28, "000012", 1_200_000),
        (0x29, "000012", 120_000),
        (0x2A, "000012", 12_000),
        (0x2B, "000012", 1_200),
        (0x2C, "000012", 120),
        (0x2D, "001250", 1_250),
        (0x2D, "  1250", 1_250),
        (0x35, "001255", 1_255),
        (0x2E, "012344", 1_234),
        (0x2E, "012345", 1_235),
        (0x2F, "123456", 1_235),
        (0x2D, "000000", 0),
    ],
)
def test_decimal_point_in_kilograms(a: int, digits: str, grams: int) -> None:
    assert decode(frame(a, 0x30, 0x20, digits)) == Weight(grams, WeightState.OK)


@pytest.mark.parametrize(
    ("b", "c", "grams"),
    [(0x30, 0x20, 2_500), (0x20, 0x20, 1_134), (0x30, 0x21, 3), (0x20, 0x21, 3), (0x30, 0x23, 71)],
)
def test_units(b: int, c: int, grams: int) -> None:
    assert decode(frame(0x2C, b, c, "000250")) == Weight(grams, WeightState.OK)


def test_tons() -> None:
    assert decode(frame(0x2D, 0x30, 0x22, "000250")) == Weight(250_000, WeightState.OK)


@pytest.mark.parametrize(
    ("bits", "grams", "state"),
    [
        (0x00, 1250, WeightState.OK),
        (0x01, 1250, WeightState.OK),
        (0x02, -1250, WeightState.NEGATIVE),
        (0x08, 1250, WeightState.MOTION),
        (0x0A, -1250, WeightState.MOTION),
        (0x04, 1250, WeightState.OVERLOAD),
        (0x0C, 1250, WeightState.OVERLOAD),
        (0x40, 1250, WeightState.NOT_ZEROED),
        (0x48, 1250, WeightState.NOT_ZEROED),
    ],
)
def test_states_the_gravest_first(bits: int, grams: int, state: WeightState) -> None:
    assert decode(frame(0x2D, 0x30 | bits, 0x20, "001250")) == Weight(grams, state)


def test_an_overloaded_scale_may_show_nothing() -> None:
    assert decode(frame(0x2D, 0x34, 0x20, "      ")) == Weight(0, WeightState.OVERLOAD)


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"\x02\r",
        frame(0x2D, 0x30, 0x20, "      "),
        frame(0x2D, 0x30, 0x20, "1 2X50"),
        frame(0x2D, 0x30, 0x20, "00125"),
        frame(0x2D, 0x30, 0x27, "001250"),
        frame(0x2D, 0x30, 0x30, "001250"),
        frame(0x2D, 0x30, 0x20, "001250")[:-1],
    ],
)
def test_what_cannot_be_relied_upon_is_no_weight(damaged: bytes) -> None:
    assert decode(damaged) is None
