"""`listing`: what channels name and nobody knows, and which product they mean by it."""

import argparse
import json

from oms_desktop.app import mending, opening
from oms_desktop.errors import InputError
from oms_desktop.workflow.listings import Listed
from oms_desktop.workflow.worklists.unknown import Unknown, unknown_names


def run(typed: argparse.Namespace, address: str) -> None:
    """Print the names that lines wait under, or make a listing."""
    told = [typed.channel, typed.key, typed.sku]
    if typed.waiting == any(told) or not (typed.waiting or all(told)):
        raise InputError(
            "listing.options", "Either --waiting is needed, or --channel, --key and --sku together."
        )
    database = opening.open_existing(address)
    try:
        if typed.waiting:
            with database.reading() as session:
                _print_waiting(unknown_names(session), typed.json)
        else:
            station = opening.system_station(database)
            _print_listed(mending.mend(station, mending.Name(typed.channel, typed.key), typed.sku), typed)
    finally:
        database.close()


def _print_waiting(names: tuple[Unknown, ...], as_json: bool) -> None:
    if as_json:
        rows = [
            {
                "channel": name.channel,
                "keys": list(name.keys),
                "title": name.title,
                "orders": name.orders,
                "lines": name.lines,
                "units": name.units,
            }
            for name in names
        ]
        print(json.dumps({"waiting": rows}))
        return
    for name in names:
        print(f"{name.channel}  {name.keys[0]}  {name.title}: {name.units} units in {name.orders} orders")
    print(f"{len(names)} names wait for a product.")


def _print_listed(listed: Listed, typed: argparse.Namespace) -> None:
    if typed.json:
        print(json.dumps({"lines": listed.lines, "freed": len(listed.free)}))
    else:
        print(f"{typed.key} is {typed.sku}: {listed.lines} lines mended, {len(listed.free)} orders freed.")
