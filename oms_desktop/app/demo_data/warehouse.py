"""The demo warehouse: places, catalogue, opening stock, cartons, workers, lanes and totes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from oms_desktop.app.demo_data.nouns import (
    DemoCarton,
    DemoKit,
    DemoLane,
    DemoProduct,
    DemoSite,
    DemoStock,
    DemoThreshold,
    DemoWarehouse,
    DemoWorker,
)
from oms_desktop.app.demo_data.places import demo_places
from oms_desktop.app.demo_data.products import demo_products
from oms_desktop.carriers import nordbote
from oms_desktop.drafts import AddressDraft
from oms_desktop.planning.layout import Place

DEFAULT_SEED = 1
"""The seed of the demo that everybody sees."""

_SITE = DemoSite(
    code="MAIN",
    name="Main warehouse",
    address=AddressDraft(
        name="Main warehouse",
        company="Muster Handel",
        address1="Lagerweg 1",
        city="Musterstadt",
        postal_code="12345",
        country_code="DE",
    ),
    time_zone="Europe/Berlin",
    currency="EUR",
)

_CARTONS = (
    DemoCarton("C1", 200, 150, 100, 90, 3_000),
    DemoCarton("C2", 250, 200, 150, 150, 5_000),
    DemoCarton("C3", 300, 220, 200, 230, 8_000),
    DemoCarton("C4", 400, 300, 200, 340, 12_000),
    DemoCarton("C5", 400, 400, 300, 480, 18_000),
    DemoCarton("C6", 600, 400, 400, 780, 25_000),
)

_WORKERS = (
    DemoWorker("B-20401", "Pia Picker", "4711", ("picker",)),
    DemoWorker("B-20402", "Pelle Picker", "4712", ("picker",)),
    DemoWorker("B-20403", "Ada Packer", "4713", ("packer",)),
    DemoWorker("B-20404", "Emil Packer", "4714", ("packer",)),
    DemoWorker("B-20405", "Sven Shipper", "4715", ("shipper",)),
    DemoWorker("B-20406", "Alma Allround", "4716", ("picker", "packer", "shipper", "receiver")),
    DemoWorker(
        "B-20407",
        "Selma Supervisor",
        "4717",
        ("supervisor", "picker", "packer", "shipper", "receiver"),
    ),
    DemoWorker("B-20408", "Dora Desk", "4718", ("order desk",)),
    DemoWorker("B-20409", "Anton Admin", "4719", ("administrator",)),
)

_KITS = (
    DemoKit("SET-TEATIME", "Tea time set", (("MUG-0350-GN", 2), ("TEA-0050-GN", 1))),
    DemoKit("SET-DESK", "Desk set", (("NTB-0096-BU", 1), ("PEN-0006-BU", 1), ("PCL-0006-BU", 1))),
    DemoKit("SET-CANDLE", "Evening set", (("CND-0010-WH", 3), ("CRD-0032-RD", 1))),
)

_MOST_FACES = 2
_FACE_STOCK = (18, 60)
_LIVES = (20, 75, 140, 300, -25)
"""Days of life beyond what a lot must have when it is promised; the last one has too few."""
_RESERVE_STOCK = (48, 144)


def demo_warehouse(seed: int = DEFAULT_SEED) -> DemoWarehouse:
    """Make the warehouse; the seed decides which product lies where and how much of it.

    Every product has one or two pick faces; what reserve places there are hold further stock of some.
    """
    random = Random(seed)
    places, products = demo_places(), demo_products()
    plain = (*_face_stock(random, places, products), *_reserve_stock(random, places, products))
    stock = tuple(_named(plain, products))
    return DemoWarehouse(
        site=_SITE,
        places=places,
        products=products,
        stock=stock,
        kits=_KITS,
        thresholds=tuple(_thresholds(places, stock)),
        cartons=_CARTONS,
        workers=_WORKERS,
        lanes=(DemoLane("LANE-1", nordbote.NAME),),
        totes=tuple(f"T-{number}" for number in range(101, 141)),
    )


def _face_stock(
    random: Random, places: tuple[Place, ...], products: tuple[DemoProduct, ...]
) -> Iterator[DemoStock]:
    """Deal the products over shuffled pick faces, so that a product's second face is anywhere."""
    faces = [place.code for place in places if not place.reserve]
    random.shuffle(faces)
    for product in products:
        for _ in range(random.randint(1, _MOST_FACES)):
            yield DemoStock(product.sku, faces.pop(), random.randint(*_FACE_STOCK))


def _reserve_stock(
    random: Random, places: tuple[Place, ...], products: tuple[DemoProduct, ...]
) -> Iterator[DemoStock]:
    """Fill two reserve places of three, each with another product."""
    reserve = [place.code for place in places if place.reserve]
    filled = random.sample(reserve, len(reserve) * 2 // 3)
    for code, product in zip(filled, random.sample(products, len(filled)), strict=True):
        yield DemoStock(product.sku, code, random.randint(*_RESERVE_STOCK))


def _named(stock: tuple[DemoStock, ...], products: tuple[DemoProduct, ...]) -> Iterator[DemoStock]:
    """Give lots and serials to the goods that carry them: the second place of a product has a younger lot."""
    by_sku = {product.sku: product for product in products}
    seen: Counter[str] = Counter()
    for row in stock:
        product = by_sku[row.sku]
        turn = seen[row.sku]
        seen[row.sku] += 1
        if product.lot_tracked:
            life = (
                product.min_life_days + _LIVES[(len(row.place) + sum(map(ord, row.sku)) + turn) % len(_LIVES)]
            )
            yield replace(row, lot=f"L{life:03}{turn + 1}", life_days=life + 90 * turn)
        elif product.serial_tracked:
            first = turn * 1000 + 1
            serials = tuple(f"{row.sku}-{first + number:04}" for number in range(row.quantity))
            yield replace(row, serials=serials)
        else:
            yield row


def _thresholds(places: tuple[Place, ...], stock: tuple[DemoStock, ...]) -> Iterator[DemoThreshold]:
    """Ask for a refill of every third pick face, with levels that a few of them are below from the start."""
    faces = {place.code for place in places if not place.reserve}
    in_faces = [row for row in stock if row.place in faces]
    for row in in_faces[::3]:
        yield DemoThreshold(row.sku, row.place, minimum=8, reorder_at=20, fill_to=60)
