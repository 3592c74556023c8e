"""What the button of a card has done, in a sentence that is true."""

from uuid import UUID

from oms_desktop.app import queue_desk
from oms_desktop.db import Database
from oms_desktop.floor.views import Remedy, Stuck
from oms_desktop.workflow import holds
from tests.builders import BOTTLE, MUG, Site


def allocated(site: Site, order: UUID) -> str:
    card = Stuck(order.hex, "SO-1", "", "Stock missing", "", Remedy.PROMISE)
    return queue_desk.solve(site.station, card, "").told


def test_allocate_says_what_is_missing_still_and_why(sqlite: Database) -> None:
    site = Site(sqlite)
    whole, short = site.order({MUG: 1}), site.order({BOTTLE: 12})
    nameless, both = site.order({"BLUE-MUG": 2}), site.order({"RED-MUG": 1, MUG: 1})
    for order in (nameless, both):
        site.station.do(holds.release_orders, orders=(order,), kind="unknown sku")
    held = site.order({MUG: 1})
    site.station.do(holds.hold_orders, orders=(held,), kind="desk", text="Ask.")

    assert allocated(site, whole) == "SO-1: 1 piece promised, nothing is missing any more."
    assert allocated(site, short) == "SO-1: 10 pieces promised, 2 pieces still missing, none is free."
    assert allocated(site, nameless) == "SO-1: nobody knows the product of 2 pieces: name it first."
    assert (
        allocated(site, both) == "SO-1: 1 piece promised, nobody knows the product of 1 piece: name it first."
    )
    assert allocated(site, held) == "SO-1: 1 piece still missing, the order is on hold."
