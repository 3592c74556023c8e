"""A name of a channel is told once: what waits for it, and what comes, finds the product."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import select

from oms_desktop.db import Database
from oms_desktop.drafts import CheckedOrder, LineDraft, order_problems
from oms_desktop.errors import InputError
from oms_desktop.models import Event, Hold, Listing, OrderLine, Product
from oms_desktop.station import Incoming
from oms_desktop.workflow import books, capture, catalog, holds, promise
from oms_desktop.workflow.kits import KitRow, bring_kits
from oms_desktop.workflow.listings import Listed, find_again, make, remove
from tests.builders import BOTTLE, MUG, NOON, TORCH, Site, draft_order
from tests.replaying import BROUGHT, assert_same_rows, calls_of, copy_rows, play_all


def bring(site: Site, number: str, *lines: LineDraft, payment: str = "paid", channel: str = "test") -> UUID:
    draft = replace(draft_order({}, number=number, payment=payment), lines=lines, channel=channel)
    checked = CheckedOrder(draft, order_problems(draft))
    call = site.station.call().bringing(Incoming("test", "test", "{}", checked))
    return call.do(capture.capture, intake=UUID(int=0)).order


def line(sku: str, quantity: int = 1) -> LineDraft:
    return LineDraft(sku, quantity, Decimal("9.50"), title=f"Title {sku}")


def product(site: Site, sku: str) -> UUID:
    with site.database.reading() as session:
        return session.scalars(select(Product.id).where(Product.sku == sku)).one()


def active(site: Site, order: UUID) -> list[str]:
    with site.database.reading() as session:
        rows = select(Hold.kind).where(Hold.order_id == order, Hold.released_at.is_(None))
        return sorted(session.scalars(rows))


def lines_of(site: Site, order: UUID) -> list[tuple[str, int, int, int, str]]:
    """Position by position: SKU, ordered, open, cancelled, why not picked."""
    with site.database.reading() as session:
        rows = session.scalars(
            select(OrderLine).where(OrderLine.order_id == order).order_by(OrderLine.position)
        )
        return [(row.sku, row.ordered, row.open, row.cancelled, row.not_picked) for row in rows]


def sound(site: Site) -> bool:
    with site.database.reading() as session:
        return not books.prove(session).violations


def test_one_listing_mends_all_that_wait_and_frees_what_nothing_else_holds(database: Database) -> None:
    site = Site(database)
    only = bring(site, "A", line("OURS", 2), line(MUG))
    twice = bring(site, "B", line("OURS"), line("OURS", 3))
    other = bring(site, "C", line("OURS"), line("THEIRS"))
    unpaid = bring(site, "D", line("OURS"), payment="pending")
    elsewhere = bring(site, "E", line("OURS"), channel="elsewhere")
    assert active(site, only) == ["unknown sku"]

    listed = site.station.do(make, channel="test", key="sku:OURS", product=product(site, TORCH))

    assert listed == Listed(5, tuple(sorted([only, twice])), tuple(sorted([other, unpaid])))
    assert [active(site, order) for order in (only, twice)] == [[], []]
    assert active(site, other) == active(site, elsewhere) == ["unknown sku"]
    assert active(site, unpaid) == ["unpaid"]
    with database.reading() as session:
        [text] = session.scalars(select(Hold.text).where(Hold.order_id == other))
    assert text.endswith("(THEIRS)"), "what is found is not named any more"
    assert site.line(only).product_id == site.line(twice, 2).product_id == product(site, TORCH)
    assert site.line(other, 2).product_id is site.line(elsewhere).product_id is None
    with database.reading() as session:
        told = session.scalars(
            select(Event.facts).where(Event.order_id == twice, Event.kind == "found")
        ).one()
    assert told == {"lines": 2, "product": TORCH}
    assert site.station.do(promise.allocate, order=only, warehouse=site.warehouse).allocated == 3
    assert sound(site)


def test_what_comes_later_finds_the_product_at_once(database: Database) -> None:
    site = Site(database)
    site.station.do(make, channel="test", key="sku:OURS", product=product(site, TORCH))
    assert active(site, bring(site, "A", line("OURS"))) == []


def test_a_kit_that_is_known_comes_as_its_parts(database: Database) -> None:
    site = Site(database)
    site.station.do(catalog.bring_products, rows=(catalog.ProductRow("SET", "Picnic set"),))
    site.station.do(bring_kits, rows=(KitRow("SET", MUG, 2), KitRow("SET", BOTTLE, 1)))
    order = bring(site, "A", line("SET", 2), line(TORCH))

    assert lines_of(site, order) == [
        ("SET", 2, 0, 2, "kit"),
        (BOTTLE, 2, 2, 0, ""),
        (MUG, 4, 4, 0, ""),
        (TORCH, 1, 1, 0, ""),
    ]
    assert site.line(order, 3).parent_id == site.line(order, 2).parent_id == site.line(order, 1).id
    assert site.line(order, 4).parent_id is None
    assert site.station.do(promise.allocate, order=order, warehouse=site.warehouse).allocated == 7
    assert sound(site)


def test_a_kit_is_found_as_its_parts(database: Database) -> None:
    site = Site(database)
    site.station.do(catalog.bring_products, rows=(catalog.ProductRow("SET", "Picnic set"),))
    site.station.do(bring_kits, rows=(KitRow("SET", MUG, 2), KitRow("SET", BOTTLE, 1)))
    order = bring(site, "A", line("OURS", 3), line(TORCH))

    listed = site.station.do(make, channel="test", key="sku:OURS", product=product(site, "SET"))

    assert listed == Listed(1, (order,))
    assert lines_of(site, order) == [
        ("OURS", 3, 0, 3, "kit"),
        (TORCH, 1, 1, 0, ""),
        (BOTTLE, 3, 3, 0, ""),
        (MUG, 6, 6, 0, ""),
    ]
    assert site.line(order, 4).parent_id == site.line(order, 1).id
    assert site.line(order, 4).price == 0
    assert site.station.do(promise.allocate, order=order, warehouse=site.warehouse).allocated == 10
    assert sound(site)


def test_products_brought_later_are_found_by_their_sku_in_every_channel(database: Database) -> None:
    site = Site(database)
    first = bring(site, "A", line("LATE", 2), line("SET", 3))
    other = bring(site, "B", line("LATE"), line("NEVER"), channel="elsewhere")
    unpaid = bring(site, "C", line("LATE"), payment="pending")
    gone = bring(site, "D", line("LATE"))
    site.station.do(holds.cancel, order=gone, reason="not wanted")
    made = (
        catalog.ProductRow("LATE", "Late"),
        catalog.ProductRow("SET", "Set"),
        catalog.ProductRow("X", "X"),
    )
    site.station.do(catalog.bring_products, rows=made)
    site.station.do(bring_kits, rows=(KitRow("SET", MUG, 2), KitRow("SET", "LATE", 1)))

    products = tuple(product(site, sku) for sku in ("X", "SET", "LATE"))
    listed = site.station.do(find_again, products=products)

    assert listed == Listed(4, (first,), tuple(sorted([other, unpaid])))
    assert [active(site, each) for each in (first, other, unpaid, gone)] == [
        [],
        ["unknown sku"],
        ["unpaid"],
        ["unknown sku"],
    ]
    assert lines_of(site, first) == [
        ("LATE", 2, 2, 0, ""),
        ("SET", 3, 0, 3, "kit"),
        ("LATE", 3, 3, 0, ""),
        (MUG, 6, 6, 0, ""),
    ]
    assert site.line(gone).product_id is None
    with database.reading() as session:
        told = session.scalars(
            select(Event.facts).where(Event.order_id == first, Event.kind == "found")
        ).one()
        assert session.scalars(select(Listing)).all() == []
    assert told == {"lines": 2, "product": "LATE, SET"}
    assert site.station.do(find_again, products=products) == Listed(0, ())
    assert sound(site)


def test_a_listing_can_be_told_again_and_changed(database: Database) -> None:
    site = Site(database)
    first = bring(site, "A", line("OURS"))
    site.station.do(make, channel="test", key="sku:OURS", product=product(site, TORCH))
    again = site.station.do(make, channel="test", key="sku:OURS", product=product(site, MUG))

    assert again == Listed(0, ())
    assert site.line(first).product_id == product(site, TORCH)
    with database.reading() as session:
        assert session.scalars(select(Listing.product_id)).all() == [product(site, MUG)]


def test_a_listing_is_taken_back_and_found_lines_keep_their_product(database: Database) -> None:
    site = Site(database)
    first = bring(site, "A", line("OURS"))
    site.station.do(make, channel="test", key="sku:OURS", product=product(site, TORCH))
    with pytest.raises(InputError) as caught:
        site.station.do(remove, channel="elsewhere", key="sku:OURS")
    assert caught.value.code == "listing.unknown"
    with database.reading() as session:
        assert len(session.scalars(select(Listing)).all()) == 1

    site.station.do(remove, channel="test", key="sku:OURS")

    second = bring(site, "B", line("OURS"))
    assert (site.line(first).product_id, site.line(second).product_id) == (product(site, TORCH), None)
    assert active(site, second) == ["unknown sku"]
    assert sound(site)


def test_a_cancelled_order_stays_as_it_is(database: Database) -> None:
    site = Site(database)
    order = bring(site, "A", line("OURS"))
    site.station.do(holds.cancel, order=order, reason="not wanted")

    assert site.station.do(make, channel="test", key="sku:OURS", product=product(site, TORCH)).free == ()
    assert site.line(order).product_id is None


@pytest.mark.parametrize("key", ["OURS", "sku:", "gtin:12", ""])
def test_a_key_of_another_form_is_refused(database: Database, key: str) -> None:
    site = Site(database)
    order = bring(site, "A", line("OURS"))
    with pytest.raises(InputError) as caught:
        site.station.do(make, channel="test", key=key, product=product(site, TORCH))
    assert caught.value.code == "listing.no_key"
    assert active(site, order) == ["unknown sku"]
    with database.reading() as session:
        assert session.scalars(select(Listing)).all() == []


@pytest.mark.parametrize("retired", [False, True])
def test_an_unknown_or_retired_product_is_refused(database: Database, retired: bool) -> None:
    site = Site(database)
    wanted = product(site, MUG) if retired else UUID(int=4)
    if retired:
        with database.transaction() as session:
            session.get_one(Product, wanted).retired_at = NOON
    order = bring(site, "A", line("OURS"))
    with pytest.raises(InputError) as caught:
        site.station.do(make, channel="test", key="sku:OURS", product=wanted)
    assert caught.value.code == "listing.no_product"
    assert active(site, order) == ["unknown sku"]
    with database.reading() as session:
        assert session.scalars(select(Listing)).all() == []


def test_a_listing_played_on_the_other_database_gives_the_same_rows(
    sqlite: Database, postgresql: Database
) -> None:
    site = Site(sqlite)
    site.station.do(catalog.bring_products, rows=(catalog.ProductRow("SET", "Picnic set"),))
    site.station.do(bring_kits, rows=(KitRow("SET", MUG, 2), KitRow("SET", BOTTLE, 1)))
    bring(site, "A", line("OURS", 3), line("OURS"))
    bring(site, "B", line("OURS"), line("THEIRS"))
    site.station.do(make, channel="test", key="sku:OURS", product=product(site, "SET"))
    site.station.do(catalog.bring_products, rows=(catalog.ProductRow("THEIRS", "Theirs"),))
    site.station.do(find_again, products=(product(site, "THEIRS"),))
    site.station.do(make, channel="test", key="sku:SLIP", product=product(site, MUG))
    site.station.do(remove, channel="test", key="sku:SLIP")
    copy_rows(sqlite, postgresql, BROUGHT)
    play_all(calls_of(sqlite), postgresql)

    assert_same_rows(sqlite, postgresql)
