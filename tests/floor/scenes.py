"""Where tests of the floor begin."""

from tests.builders import BOTTLE, MUG, MUG_PLACE
from tests.floor.desk import Desk


def at_the_mugs(desk: Desk, mugs: int = 2, **others: int) -> Desk:
    """A desk whose picker stands before the mugs."""
    desk.site.promised({MUG: mugs, **others})
    desk.go("pick")
    assert desk.scan("T-101", MUG_PLACE).ok
    return desk


def at_the_scale(desk: Desk) -> Desk:
    """A desk with a whole order in its carton, 860 g by its goods, give or take 25 g."""
    desk.picked({MUG: 2, BOTTLE: 1})
    assert desk.scan("T-101", MUG, MUG, BOTTLE, "C4").state.value == "weight"
    return desk
