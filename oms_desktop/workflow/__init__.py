"""The verbs, a module per stage; importing this package registers them all."""

from oms_desktop.workflow import (
    cancelling,
    capture,
    catalog,
    claims,
    holds,
    kits,
    listings,
    packing,
    picking,
    printing,
    promise,
    shipping,
    site,
    steering,
    thresholds,
)

__all__ = [
    "cancelling",
    "capture",
    "catalog",
    "claims",
    "holds",
    "kits",
    "listings",
    "packing",
    "picking",
    "printing",
    "promise",
    "shipping",
    "site",
    "steering",
    "thresholds",
]
