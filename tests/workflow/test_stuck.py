"""Orders that are stuck: the oldest first, what is wrong in words, and what solves it."""

import pytest
from sqlalchemy import text

from oms_desktop.db import Database
from oms_desktop.workflow import holds
from oms_desktop.workflow.worklists.stuck import SHOWN, Remedy, stuck_orders
from tests.builders import BOTTLE, MUG, Site
from tests.workflow.test_queue_pages import fill


def test_each_order_that_is_stuck_has_its_remedy(database: Database) -> None:
    site = Site(database)
    short = site.promised({BOTTLE: 12, MUG: 1})
    unknown = site.order({"BLUE-MUG": 2}, payment="pending")
    held = site.promised({MUG: 1})
    site.station.do(holds.hold_orders, orders=(held,), kind="desk", text="wait for the call")
    site.promised({MUG: 1})

    with database.reading() as session:
        found = stuck_orders(session)
        first = stuck_orders(session, limit=1)

    assert [each.order for each in found] == [short.hex, unknown.hex, held.hex]
    assert first == found[:1]
    assert [(each.title, each.text, each.remedy) for each in found] == [
        ("Stock missing", f"2 of {BOTTLE} missing", Remedy.PROMISE),
        ("Unknown SKU", "BLUE-MUG", Remedy.NAME),
        ("On hold", "wait for the call", Remedy.RELEASE),
    ]
    assert (found[1].channel, found[1].key, found[1].asked) == ("test", "sku:BLUE-MUG", "BLUE-MUG")


def test_an_unknown_product_is_named_also_when_its_hold_was_released(database: Database) -> None:
    site = Site(database)
    order = site.order({"BLUE-MUG": 2})
    site.station.do(holds.release_orders, orders=(order,), kind="unknown sku")

    with database.reading() as session:
        [found] = stuck_orders(session)

    assert (found.title, found.text, found.remedy) == ("Unknown SKU", "BLUE-MUG", Remedy.NAME)


@pytest.mark.parametrize(
    "kind", ["address incomplete", "address impossible", "country unknown", "contact malformed"]
)
def test_what_is_wrong_with_an_address_is_corrected(database: Database, kind: str) -> None:
    site = Site(database)
    order = site.promised({MUG: 1})
    site.station.do(holds.hold_orders, orders=(order,), kind=kind, text="It cannot be.")

    with database.reading() as session:
        [found] = stuck_orders(session)

    assert found.remedy is Remedy.ADDRESS


def test_they_are_read_by_an_index(database: Database) -> None:
    fill(database)
    with database.reading() as session:
        if not database.embedded:
            session.execute(text("SET enable_seqscan = off"))
        found = stuck_orders(session)
        assert [each.since for each in found] == sorted(each.since for each in found)
        assert len(found) == SHOWN
        how = "EXPLAIN QUERY PLAN " if database.embedded else "EXPLAIN "
        rows = session.execute(
            text(
                f"{how}SELECT order_id FROM queue_entry WHERE flagged_at IS NOT NULL "
                "ORDER BY flagged_at, order_id LIMIT 12"
            )
        )
        assert "ix_queue_entry_flagged" in "\n".join(str(row[-1]) for row in rows)
