"""What a call has booked is not said to be missing when the promise after it fails."""

from collections.abc import Callable

import pytest

from oms_desktop.app import desk
from oms_desktop.db import Database
from oms_desktop.drafts import LineEdit, OrderEdit
from oms_desktop.errors import StoreError
from oms_desktop.models import Order
from oms_desktop.station import Station
from oms_desktop.workflow import promise
from tests.builders import MUG, Site

LOCKED = StoreError("database.locked", "It stayed locked. Nothing was written.")
DONE = (
    "It stayed locked. What was wanted is booked; do not repeat it. Only the orders that wait were not"
    " promised its stock: Allocate in the queue does that."
)


@pytest.fixture
def site(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A warehouse in which no stock can be promised."""
    made = Site(sqlite)
    do = Station.do

    def locked(station: Station, verb: Callable[..., object], **arguments: object) -> object:
        if verb is promise.wave:
            raise LOCKED
        return do(station, verb, **arguments)

    made.order({MUG: 20})
    monkeypatch.setattr(Station, "do", locked)
    return made


def test_a_cancelled_order_is_said_to_be_cancelled(site: Site) -> None:
    order = site.order({MUG: 1})

    with pytest.raises(StoreError) as caught:
        desk.cancel(site.station, order, "wish of the customer")

    assert (caught.value.code, caught.value.text) == ("promise.missing", DONE)
    with site.database.reading() as session:
        assert session.get_one(Order, order).cancelled_at is not None


def test_an_edited_order_is_said_to_be_edited(site: Site) -> None:
    order = site.order({MUG: 1})

    with pytest.raises(StoreError) as caught:
        desk.edit(site.station, order, OrderEdit(lines=(LineEdit(1, 2),)))

    assert (caught.value.code, site.line(order).ordered) == ("promise.missing", 2)


def test_a_wish_for_stock_itself_says_that_nothing_was_written(site: Site) -> None:
    with pytest.raises(StoreError) as caught:
        desk.promise_again(site.station, [site.order({MUG: 1})])

    assert caught.value is LOCKED
