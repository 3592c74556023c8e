"""The storage places of the demo warehouse.

Fourteen aisles run from the front to the back. A cross-aisle in the middle parts each into two blocks of
seven bays: 01-07 in front, 08-14 behind. A bay has three levels A to C with a place on the left (1) and on
the right (2), so that an aisle has 42 pick faces in each block. Above them, on level R, are 24 reserve places
per aisle: one on each side of every bay but 07 and 14, whose tops are kept free for the sprinklers. Aisles
01-07 are zone A, 08-14 zone B: ``A-07-03-B2`` is aisle 07, bay 03, level B, right side.
"""

from collections.abc import Iterator

from oms_desktop.app.demo_data.nouns import DemoPlace, DemoPlaceKind

AISLES = 14
BAYS = 14
BAYS_PER_BLOCK = 7
PICK_LEVELS = "ABC"
RESERVE_LEVEL = "R"
SLOTS = 2

_ZONE_AISLES = 7
_AISLE_PITCH = 3_400
_HALF_AISLE = 800
_BAY_WIDTH = 1_400
_FRONT = 2_500
_CROSS_AISLE = 2_800
_HEIGHTS = {"A": 150, "B": 750, "C": 1_350, RESERVE_LEVEL: 2_100}


def demo_places() -> tuple[DemoPlace, ...]:
    """Give all places in the order of an S-shaped walk: up the first aisle, down the second, and so on."""
    places: list[DemoPlace] = []
    for aisle in range(1, AISLES + 1):
        bays = range(1, BAYS + 1) if aisle % 2 else range(BAYS, 0, -1)
        for bay in bays:
            for level, slot in _fronts(bay):
                places.append(_place(aisle, bay, level, slot, len(places) + 1))
    return tuple(places)


def _fronts(bay: int) -> Iterator[tuple[str, int]]:
    """Give level and slot of each place of a bay, from the floor up."""
    for level in (*PICK_LEVELS, RESERVE_LEVEL):
        if level != RESERVE_LEVEL or bay % BAYS_PER_BLOCK:
            yield from ((level, slot) for slot in range(1, SLOTS + 1))


def _place(aisle: int, bay: int, level: str, slot: int, sequence: int) -> DemoPlace:
    zone = "A" if aisle <= _ZONE_AISLES else "B"
    block = 1 if bay <= BAYS_PER_BLOCK else 2
    side = -_HALF_AISLE if slot == 1 else _HALF_AISLE
    return DemoPlace(
        code=f"{zone}-{aisle:02}-{bay:02}-{level}{slot}",
        kind=DemoPlaceKind.RESERVE if level == RESERVE_LEVEL else DemoPlaceKind.PICK,
        zone=zone,
        aisle=aisle,
        block=block,
        bay=bay,
        level=level,
        slot=slot,
        x=aisle * _AISLE_PITCH + side,
        y=_FRONT + (bay - 1) * _BAY_WIDTH + _BAY_WIDTH // 2 + (block - 1) * _CROSS_AISLE,
        z=_HEIGHTS[level],
        sequence=sequence,
    )
