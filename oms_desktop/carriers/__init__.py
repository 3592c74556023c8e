"""Carriers: one a file, and the list of them. A new carrier is its file and its line in `CARRIERS`."""

from oms_desktop.carriers import nordbote
from oms_desktop.carriers.carrier import Carrier
from oms_desktop.errors import InputError

CARRIERS: tuple[Carrier, ...] = (nordbote.CARRIER,)
"""All carriers, in the order in which they are offered."""


def carrier_named(name: str) -> Carrier:
    """Find a carrier by its name; raises InputError ``carrier.unknown`` when there is none."""
    for carrier in CARRIERS:
        if carrier.name == name:
            return carrier
    known = ", ".join(carrier.name for carrier in CARRIERS)
    raise InputError("carrier.unknown", f"There is no carrier {name}. Known are: {known}.")
