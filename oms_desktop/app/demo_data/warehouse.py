"""The demo warehouse: places, catalogue, opening stock, cartons, workers, lanes and totes."""

from collections.abc import Iterator
from random import Random

from oms_desktop.app.demo_data.nouns import (
    DemoCarton,
    DemoLane,
    DemoProduct,
    DemoSite,
    DemoStock,
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
    DemoWorker("B-20406", "Alma Allround", "4716", ("picker", "packer", "shipper")),
    DemoWorker("B-20407", "Selma Supervisor", "4717", ("supervisor", "picker", "packer", "shipper")),
    DemoWorker("B-20408", "Dora Desk", "4718", ("order desk",)),
    DemoWorker("B-20409", "Anton Admin", "4719", ("administrator",)),
)

_MOST_FACES = 2
_FACE_STOCK = (18, 60)
_RESERVE_STOCK = (48, 144)


def demo_warehouse(seed: int = DEFAULT_SEED) -> DemoWarehouse:
    """Make the warehouse; the seed decides which product lies where and how much of it.

    Every product has one or two pick faces; what reserve places there are hold further stock of some.
    """
    random = Random(seed)
    places, products = demo_places(), demo_products()
    return DemoWarehouse(
        site=_SITE,
        places=places,
        products=products,
        stock=(*_face_stock(random, places, products), *_reserve_stock(random, places, products)),
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
