"""Places laid out from a few numbers: how many, where, and in which order they are walked."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms_desktop.errors import InputError
from oms_desktop.planning.layout import Layout, places

SMALL = Layout(aisles=2, bays=3, levels=2, reserve_levels=1)


def test_a_small_layout_is_walked_up_and_down() -> None:
    codes = [place.code for place in places(SMALL)]

    assert len(codes) == SMALL.places == 36
    assert codes[:7] == [
        "A-01-01-A1",
        "A-01-01-A2",
        "A-01-01-B1",
        "A-01-01-B2",
        "A-01-01-R1",
        "A-01-01-R2",
        "A-01-02-A1",
    ]
    assert codes[18] == "A-02-03-A1"


def test_zones_and_blocks() -> None:
    layout = replace(SMALL, aisles=4, bays=4, blocks=2, zone_aisles=2)
    by_code = {place.code: place for place in places(layout)}

    assert {place.zone for place in by_code.values()} == {"A", "B"}
    before, behind = by_code["B-03-02-A1"], by_code["B-03-03-A1"]
    assert (before.block, behind.block) == (1, 2)
    assert behind.y - before.y == layout.bay_width + layout.cross_aisle


@given(
    st.builds(
        Layout,
        aisles=st.integers(1, 12),
        bays=st.integers(4, 12),
        levels=st.integers(1, 5),
        reserve_levels=st.integers(0, 3),
        blocks=st.integers(1, 4),
        zone_aisles=st.integers(0, 5),
    )
)
def test_every_place_has_a_code_a_point_and_a_turn_of_its_own(layout: Layout) -> None:
    made = places(layout)

    assert len(made) == layout.places
    assert len({place.code for place in made}) == len(made)
    assert len({(place.x, place.y, place.z) for place in made}) == len(made)
    assert [place.sequence for place in made] == list(range(1, len(made) + 1))
    assert max(place.block for place in made) <= layout.blocks


@pytest.mark.parametrize(
    ("change", "code", "sentence"),
    [
        ({"aisles": 0}, "layout.out_of_bounds", "aisles is 0; a number from 1 to 99 is expected"),
        ({"levels": 18}, "layout.out_of_bounds", "levels is 18; a number from 1 to 17 is expected"),
        ({"blocks": 4}, "layout.blocks", "3 bays cannot be parted into 4 blocks"),
        ({"aisles": 60, "zone_aisles": 2}, "layout.zones", "60 aisles make more than 26 zones"),
        ({"aisles": 99, "bays": 99, "levels": 9}, "layout.too_large", "196020 places; 100000 are the most"),
    ],
)
def test_what_cannot_be_laid_out_is_refused(change: dict[str, int], code: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence) as caught:
        places(replace(SMALL, **change))

    assert caught.value.code == code
