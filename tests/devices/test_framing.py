"""The same frames, wherever the wire cuts the bytes."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms_desktop.devices.framing import LIMIT, Framer, LineFramer, ToledoFramer
from oms_desktop.devices.simulated import toledo_frame

SCANS = b"\r\nA-07-03-B2\r\n4006381333931\r]C10104006381333931\x1d10L7\nT-104\r\n\r\n\xff\xfe\x00\rC4\n half"
SCAN_FRAMES = [
    b"A-07-03-B2",
    b"4006381333931",
    b"]C10104006381333931\x1d10L7",
    b"T-104",
    b"\xff\xfe\x00",
    b"C4",
]
NOISE = b"n" * (LIMIT + 1)
WEIGHT = b"\x02-0 001250000000\r"
# Cut off in the middle, one behind the other, with bit 7 as parity, noise between, half at the end.
WEIGHTS = (
    b"50000000\r\x10" + WEIGHT + b"\x10" + WEIGHT[:9] + WEIGHT + WEIGHT + b"\x02\x02\r\r"
    b"\x82\xad0\xa0 01250000000\x8d" + b"\xff\x00noise" + WEIGHT + b"\x02" + WEIGHT + WEIGHT[:-1]
)


def feed(framer: Framer, chunks: list[bytes]) -> list[bytes]:
    return [frame for chunk in chunks for frame in framer.feed(chunk)]


def every_cut(data: bytes) -> list[list[bytes]]:
    cuts = [[data[:place], data[place:]] for place in range(len(data) + 1)]
    return [*cuts, [bytes([byte]) for byte in data]]


def test_codes_end_with_cr_lf_or_both() -> None:
    for chunks in every_cut(SCANS):
        framer = LineFramer()
        assert feed(framer, chunks) == SCAN_FRAMES
        assert (framer.pending, framer.dropped) == (True, 0)
        assert framer.feed(b"\r") == [b" half"]
        assert not framer.pending


def test_noise_without_an_end_is_dropped_up_to_the_next_end() -> None:
    for size in (1, 7, LIMIT - 1, LIMIT, LIMIT + 1, 10_000):
        stream = b"A-1\r" + NOISE + b"B-2\rT-104\r" + NOISE * 2 + b"\n" + b"n" * LIMIT + b"\r"
        framer = LineFramer()
        frames = feed(framer, [stream[start : start + size] for start in range(0, len(stream), size)])
        assert frames == [b"A-1", b"T-104", b"n" * LIMIT]
        assert framer.dropped == 2


def test_a_megabyte_of_noise_keeps_no_memory() -> None:
    framer = LineFramer()
    assert framer.feed(b"\x00" * 1_000_000) == []
    assert (framer.pending, framer.dropped) == (True, 1)
    assert framer.feed(b"\rT-104\r") == [b"T-104"]


def test_reset_gives_a_half_up_and_counts_it_once() -> None:
    framer = LineFramer()
    framer.feed(b"40063")
    framer.reset()
    framer.reset()
    assert framer.dropped == 1
    assert framer.feed(b"T-104\r") == [b"T-104"]


def test_other_ends() -> None:
    assert LineFramer(ends=b"\x03").feed(b"\x02A-1\r\x03") == [b"\x02A-1\r"]


def test_weights_are_found_among_halves_noise_and_parity() -> None:
    parity = b"\x02-0  01250000000\r"
    for chunks in every_cut(WEIGHTS):
        framer = ToledoFramer()
        assert feed(framer, chunks) == [WEIGHT, WEIGHT, WEIGHT, parity, WEIGHT, WEIGHT]
        assert framer.pending
        assert framer.feed(b"\r") == [WEIGHT]


def test_checksums_are_verified() -> None:
    good, other = toledo_frame(1250), toledo_frame(-7, motion=True)
    damaged = good.replace(b"1250", b"9250")
    # The character after a frame that lost its checksum is the STX of the next.
    stream = good + damaged + other + b"junk" + good[:-1] + other
    for chunks in every_cut(stream):
        framer = ToledoFramer(checksum=True)
        assert feed(framer, chunks) == [good[:-1], other[:-1], other[:-1]]
        assert framer.dropped == 2


def test_a_scale_that_sends_checksums_is_read_without_verifying_them() -> None:
    for grams in range(256):
        assert ToledoFramer().feed(toledo_frame(grams) * 3) == [toledo_frame(grams)[:-1]] * 3


def test_a_megabyte_without_weights() -> None:
    framer = ToledoFramer()
    assert framer.feed(b"\x02" * 500_000 + b"9" * 500_000) == []
    assert framer.feed(WEIGHT) == [WEIGHT]


@pytest.mark.parametrize("make", [LineFramer, lambda: LineFramer(limit=3), ToledoFramer])
@given(data=st.data())
def test_any_bytes_cut_anywhere_give_the_same_frames(make: Callable[[], Framer], data: st.DataObject) -> None:
    pieces = st.one_of(st.binary(max_size=8), st.sampled_from([b"\r", b"\n", WEIGHT, WEIGHT[:5], b"\x02"]))
    chunks = data.draw(st.lists(pieces, max_size=12))
    whole, cut = make(), make()
    assert whole.feed(b"".join(chunks)) == feed(cut, chunks)
    assert (whole.dropped, whole.pending) == (cut.dropped, cut.pending)
