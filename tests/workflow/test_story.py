"""The story of an order in words, as the drawer of the queue tells it."""

from datetime import date

from oms_desktop.app import desk
from oms_desktop.app.mending import Name
from oms_desktop.db import Database
from oms_desktop.workflow import catalog, receiving
from oms_desktop.workflow.splitting import Share
from oms_desktop.workflow.worklists import story
from tests.builders import MUG, MUG_PLACE, TORCH, TORCH_PLACE, Site

TEA = "TEA-0100-GR"


def told(site: Site, order: object) -> list[tuple[str, tuple[str, ...]]]:
    with site.database.reading() as session:
        return [(each.text, each.details) for each in story.timeline(session, order)]  # type: ignore[arg-type]  # an id


def test_a_promise_is_told_with_place_lot_and_why(sqlite: Database) -> None:
    site = Site(sqlite)
    site.station.do(
        catalog.bring_products,
        rows=(catalog.ProductRow(TEA, "Green tea", lot_tracked=True, min_life_days=30),),
    )
    receipts = (
        receiving.Receipt(TEA, MUG_PLACE, 2, lot="L1", expires_on=date(2026, 3, 20)),
        receiving.Receipt(TEA, TORCH_PLACE, 3, lot="L2", expires_on=date(2026, 7, 31)),
    )
    site.station.do(receiving.receive, warehouse=site.warehouse, rows=receipts)
    order = site.promised({TEA: 4})

    assert told(site, order)[-1] == (
        "3 pieces promised, 1 short",
        (
            f"Taken: 3 from {TORCH_PLACE}, lot L2 (expires first).",
            f"Not taken: 2 of {TEA} at {MUG_PLACE}, too short life.",
        ),
    )


def test_a_line_that_found_its_product_is_told_in_words(sqlite: Database) -> None:
    site = Site(sqlite)
    order = site.order({"OURS": 2})
    desk.name(site.station, Name("test", "sku:OURS"), MUG)

    assert (f"1 line is {MUG}", ()) in told(site, order)


def test_every_wish_of_the_desk_is_told_in_words(sqlite: Database) -> None:
    site = Site(sqlite)
    into, other = site.order({MUG: 1}), site.promised({TORCH: 2, MUG: 1})
    desk.hold(site.station, [other], kind="address", text="Ask.", frees_stock=True)
    desk.release(site.station, [other])
    desk.split(site.station, other, [Share(site.line(other).id, 1)])
    desk.merge(site.station, into, [other])

    assert ("Put on hold: address", ("Ask.", "3 pieces given back.")) in told(site, other)
    assert ("1 piece split off", ()) in told(site, other)
    assert told(site, into)[-1] == ("Took over SO-1002", ())
