"""Which orders may be the same order twice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from oms_desktop.db import Database
from oms_desktop.drafts import AddressDraft, CustomerDraft, NotPicked, OrderDraft
from oms_desktop.models import Order
from oms_desktop.workflow.finding import Found
from oms_desktop.workflow.likeness import Like, earlier, likeness
from tests.builders import BOTTLE, MUG, NOON, Site, draft_order

DRAFT = draft_order({MUG: 2, BOTTLE: 1})
GUEST = CustomerDraft(name="Ida Example")
HOME = DRAFT.ship_to or AddressDraft()
FOUND = [Found(UUID(int=1)), Found(UUID(int=2))]
UNKNOWN = [Found(UUID(int=1)), Found(None)]


def alike(one: OrderDraft, other: OrderDraft, found: Sequence[Found] = FOUND) -> bool:
    return likeness(one, FOUND) == likeness(other, found) != ""


def test_the_same_person_and_lines_are_alike_whatever_the_channel_and_the_order_of_lines() -> None:
    other = replace(DRAFT, channel="phone", number="9", lines=DRAFT.lines[::-1], total=DRAFT.total * 2)
    assert alike(DRAFT, other, FOUND[::-1])
    assert alike(DRAFT, replace(DRAFT, customer=replace(DRAFT.customer, email="IDA@example.test ")))


@pytest.mark.parametrize(
    "other",
    [
        replace(DRAFT, customer=replace(DRAFT.customer, email="ido@example.test")),
        replace(DRAFT, lines=(DRAFT.lines[0], replace(DRAFT.lines[1], quantity=2))),
        replace(DRAFT, lines=(DRAFT.lines[0], replace(DRAFT.lines[1], not_picked=NotPicked.REMOVED))),
    ],
)
def test_another_person_or_quantity_is_not_alike(other: OrderDraft) -> None:
    assert not alike(DRAFT, other)


def test_another_product_is_not_alike() -> None:
    assert not alike(DRAFT, DRAFT, [FOUND[0], Found(UUID(int=3))])
    assert likeness(DRAFT, UNKNOWN) == likeness(replace(DRAFT, number="9"), UNKNOWN) != likeness(DRAFT, FOUND)


def test_without_an_email_name_street_and_postal_code_are_the_person() -> None:
    guest = replace(DRAFT, customer=GUEST)
    again = replace(guest, ship_to=replace(HOME, name="ida  EXAMPLE", city="Salzburg Stadt"))
    assert alike(guest, again)
    assert not alike(guest, replace(guest, ship_to=replace(HOME, postal_code="5023")))


def test_nobody_and_nothing_are_like_no_other() -> None:
    nobody = replace(DRAFT, customer=CustomerDraft(), ship_to=replace(HOME, name=""))
    done = replace(DRAFT, lines=tuple(replace(line, not_picked=NotPicked.FULFILLED) for line in DRAFT.lines))
    assert likeness(nobody, FOUND) == likeness(done, FOUND) == ""


def test_the_digest_tells_nothing_of_the_person() -> None:
    assert set(likeness(DRAFT, FOUND)) <= set("0123456789abcdef")


def test_near_in_time_and_not_cancelled_counts(database: Database) -> None:
    site = Site(database)
    old = site.order({MUG: 1}, number="OLD")
    gone = site.order({MUG: 1}, number="GONE")
    with database.transaction() as session:
        row = session.get_one(Order, old)
        row.likeness, row.placed_at = "like", NOON
        row = session.get_one(Order, gone)
        row.likeness, row.placed_at, row.cancelled_at = "gone", NOON, NOON
    day, second = timedelta(hours=24), timedelta(seconds=1)
    arrivals = [
        Like("A", "like", NOON + day, 24),
        Like("B", "like", NOON + day + second, 24),
        Like("C", "like", NOON - 2 * day, 24),
        Like("D", "like", NOON, 0),
        Like("E", "gone", NOON, 24),
        Like("F", "", NOON, 24),
        Like("G", "", NOON, 24),
        Like("H", "new", NOON, 24),
        Like("I", "new", NOON, 24),
    ]
    with database.reading() as session:
        assert earlier(session, arrivals) == ["OLD", "A", "", "", "", "", "", "", "H"]
