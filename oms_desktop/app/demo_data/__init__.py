"""A warehouse to try everything in: made from a seed, the same on every machine, with nothing real in it.

Fourteen aisles with coordinates, 500 products with opening stock, cartons, workers with badge and PIN, a
lane, totes, and as many orders as wanted. All plain data; the composition root stores it.
"""

from oms_desktop.app.demo_data.nouns import (
    DemoCarton,
    DemoLane,
    DemoMark,
    DemoProduct,
    DemoSite,
    DemoStock,
    DemoWarehouse,
    DemoWorker,
)
from oms_desktop.app.demo_data.orders import demo_orders
from oms_desktop.app.demo_data.warehouse import DEFAULT_SEED, demo_warehouse

__all__ = [
    "DEFAULT_SEED",
    "DemoCarton",
    "DemoLane",
    "DemoMark",
    "DemoProduct",
    "DemoSite",
    "DemoStock",
    "DemoWarehouse",
    "DemoWorker",
    "demo_orders",
    "demo_warehouse",
]
