"""The verbs, a module per stage; importing this package registers them all."""

from oms_desktop.workflow import (
    capture,
    catalog,
    claims,
    holds,
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
    "capture",
    "catalog",
    "claims",
    "holds",
    "packing",
    "picking",
    "printing",
    "promise",
    "shipping",
    "site",
    "steering",
    "thresholds",
]
