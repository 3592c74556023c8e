"""The storage places of a warehouse of straight aisles, laid out from a few numbers.

Aisles run from the front to the back, bays stand along them on both sides, levels one above the other. Cross
aisles part the aisles into blocks. The code of a place says where it is: ``A-07-03-B2`` is zone A, aisle 07,
bay 03, level B, right side. Lengths are millimetres from the front left corner of the site.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from oms_desktop.errors import InputError

_PICK_LEVELS = "ABCDEFGHIJKLMNOPQ"
_RESERVE_LEVELS = "RSTUVWXYZ"
_ZONES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Layout:
    """What is asked for.

    `bays` are those of an aisle in all its blocks. `levels` are for picking, `reserve_levels` above them for
    reserve. `zone_aisles` says how many aisles a zone has; 0 makes one zone of all.
    """

    aisles: int
    bays: int
    levels: int = 3
    reserve_levels: int = 1
    blocks: int = 1
    zone_aisles: int = 0
    aisle_pitch: int = 3_400
    half_aisle: int = 800
    bay_width: int = 1_400
    front: int = 2_500
    cross_aisle: int = 2_800
    first_height: int = 150
    level_height: int = 600
    reserve_height: int = 750

    @property
    def bays_per_block(self) -> int:
        """Bays of an aisle in one block; the last block may have fewer."""
        return -(-self.bays // self.blocks)

    @property
    def places(self) -> int:
        """How many places there will be, two at each level of a bay."""
        return self.aisles * self.bays * (self.levels + self.reserve_levels) * 2


@dataclass(frozen=True)
class Place:
    """A place: `x`, `y`, `z` the middle of its front edge, `sequence` along an S-shaped walk from 1.

    `aisle`, `block`, `bay` and `slot` count from 1; slot 1 is left and 2 right of who walks to the back.
    """

    code: str
    reserve: bool
    zone: str
    aisle: int
    block: int
    bay: int
    level: str
    slot: int
    x: int
    y: int
    z: int
    sequence: int


MOST_PLACES = 100_000
"""As many places as one layout makes."""

_BOUNDS = {
    "aisles": (1, 99),
    "bays": (1, 99),
    "levels": (1, len(_PICK_LEVELS)),
    "reserve_levels": (0, len(_RESERVE_LEVELS)),
    "blocks": (1, 9),
    "zone_aisles": (0, 99),
}


def places(layout: Layout) -> tuple[Place, ...]:
    """Lay out all places in the order of the walk: up the first aisle, down the second, and so on.

    Raises InputError when a number is out of bounds or there would be more than `MOST_PLACES`.
    """
    refuse_impossible(layout)
    found: list[Place] = []
    for aisle in range(1, layout.aisles + 1):
        bays = range(1, layout.bays + 1)
        for bay in bays if aisle % 2 else reversed(bays):
            for level in _levels(layout):
                left = _place(layout, aisle, bay, level, 1, len(found) + 1)
                found += [left, _place(layout, aisle, bay, level, 2, len(found) + 2)]
    return tuple(found)


def refuse_impossible(layout: Layout) -> None:
    """Raise InputError when a number is out of bounds or there would be more than `MOST_PLACES`."""
    for name, (least, most) in _BOUNDS.items():
        number = getattr(layout, name)
        if not least <= number <= most:
            raise InputError(
                "layout.out_of_bounds", f"{name} is {number}; a number from {least} to {most} is expected."
            )
    if layout.blocks > layout.bays:
        raise InputError("layout.blocks", f"{layout.bays} bays cannot be parted into {layout.blocks} blocks.")
    if layout.zone_aisles and -(-layout.aisles // layout.zone_aisles) > len(_ZONES):
        raise InputError("layout.zones", f"{layout.aisles} aisles make more than {len(_ZONES)} zones.")
    if layout.places > MOST_PLACES:
        raise InputError(
            "layout.too_large", f"That would be {layout.places} places; {MOST_PLACES} are the most."
        )


@dataclass(frozen=True)
class _Level:
    name: str
    reserve: bool
    height: int


def _levels(layout: Layout) -> Iterator[_Level]:
    """Give the levels of a bay from the floor up."""
    for number in range(layout.levels):
        yield _Level(_PICK_LEVELS[number], False, layout.first_height + number * layout.level_height)
    top = layout.first_height + (layout.levels - 1) * layout.level_height
    for number in range(layout.reserve_levels):
        yield _Level(_RESERVE_LEVELS[number], True, top + (number + 1) * layout.reserve_height)


def _place(layout: Layout, aisle: int, bay: int, level: _Level, slot: int, sequence: int) -> Place:
    zone = _ZONES[(aisle - 1) // layout.zone_aisles] if layout.zone_aisles else _ZONES[0]
    block = 1 + (bay - 1) // layout.bays_per_block
    along = (bay - 1) * layout.bay_width + layout.bay_width // 2
    return Place(
        code=f"{zone}-{aisle:02}-{bay:02}-{level.name}{slot}",
        reserve=level.reserve,
        zone=zone,
        aisle=aisle,
        block=block,
        bay=bay,
        level=level.name,
        slot=slot,
        x=aisle * layout.aisle_pitch + (-layout.half_aisle if slot == 1 else layout.half_aisle),
        y=layout.front + along + (block - 1) * layout.cross_aisle,
        z=level.height,
        sequence=sequence,
    )
