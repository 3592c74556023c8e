"""The storage places of the demo warehouse.

Fourteen aisles run from the front to the back. A cross-aisle in the middle parts each into two blocks of
seven bays: 01-07 in front, 08-14 behind. A bay has three levels A to C with a place on the left (1) and on
the right (2), so that an aisle has 42 pick faces in each block. Above them, on level R, are 24 reserve places
per aisle: one on each side of every bay but 07 and 14, whose tops are kept free for the sprinklers. Aisles
01-07 are zone A, 08-14 zone B.
"""

from dataclasses import replace

from oms_desktop.planning.layout import Layout, Place, places

LAYOUT = Layout(aisles=14, bays=14, levels=3, reserve_levels=1, blocks=2, zone_aisles=7)


def demo_places() -> tuple[Place, ...]:
    """Give all places in the order of an S-shaped walk: up the first aisle, down the second, and so on."""
    kept = [
        place for place in places(LAYOUT) if not (place.reserve and place.bay % LAYOUT.bays_per_block == 0)
    ]
    return tuple(replace(place, sequence=number) for number, place in enumerate(kept, 1))
