"""What a call has booked is not said to be missing when the promise after it fails."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select

from oms_desktop.app import desk, serving
from oms_desktop.db import Database
from oms_desktop.drafts import LineEdit, OrderEdit
from oms_desktop.errors import StoreError
from oms_desktop.models import Fulfillment, Order, Status
from oms_desktop.station import Station
from oms_desktop.workflow import promise, sending
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


DEALT_WITH = (
    "It stayed locked. The first 4 of 6 orders were dealt with; the others are as they were."
    " Ask again for those."
)


@pytest.fixture
def busy(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., object]], Site]:
    """A warehouse where two orders are dealt with at once, and the third call of a verb finds it locked."""
    site, do, calls = Site(sqlite), Station.do, list[object]()

    def made(locked: Callable[..., object]) -> Site:
        def soon_locked(station: Station, verb: Callable[..., object], **arguments: object) -> object:
            calls.append(verb)
            if calls.count(locked) == 3:
                raise LOCKED
            return do(station, verb, **arguments)

        monkeypatch.setattr(serving, "AT_ONCE", 2)
        monkeypatch.setattr(Station, "do", soon_locked)
        return site

    return made


@pytest.mark.parametrize(
    ("wish", "locked", "status"),
    [
        (desk.send, sending.let_go, Status.RELEASED),
        (desk.promise_again, promise.wave, Status.PROMISED),
    ],
)
def test_of_many_orders_the_first_are_said_to_be_dealt_with(
    busy: Callable[[Callable[..., object]], Site],
    wish: Callable[[Station, list[UUID]], object],
    locked: Callable[..., object],
    status: Status,
) -> None:
    site = busy(locked)
    orders = [site.order({MUG: 1}) for _each in range(6)]

    with pytest.raises(StoreError) as caught:
        wish(site.station, orders)

    with site.database.reading() as session:
        gone = session.scalars(select(Fulfillment.order_id).where(Fulfillment.status == status)).all()
    assert set(gone) == set(orders[:4])
    assert (caught.value.code, caught.value.text) == ("database.locked", DEALT_WITH)


def test_of_many_orders_that_are_free_nobody_is_asked_to_free_some_again(
    busy: Callable[[Callable[..., object]], Site],
) -> None:
    site = busy(promise.wave)
    orders = [site.order({MUG: 1}, payment="pending") for _each in range(6)]

    with pytest.raises(StoreError) as caught:
        desk.release(site.station, orders)

    assert (caught.value.code, caught.value.text) == ("promise.missing", DONE)
