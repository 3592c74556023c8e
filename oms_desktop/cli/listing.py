"""`listing`: what channels name and nobody knows, and which product they mean by it."""

import argparse
import json
from collections.abc import Iterator, Sequence

from oms_desktop.app import mending, opening
from oms_desktop.cli.order_answers import plain
from oms_desktop.db import Database
from oms_desktop.drafts import ProblemKind
from oms_desktop.errors import InputError
from oms_desktop.floor.words import counted
from oms_desktop.workflow.listings import Listed
from oms_desktop.workflow.worklists.standing import Standing, standings
from oms_desktop.workflow.worklists.unknown import Known, Unknown, known_names, unknown_names

_NAMED = 20
"""How many of the orders that something else holds are named."""

_MEND = "Say which product one is: oms-desktop listing --channel CHANNEL --key 'KEY' --sku SKU"


def run(typed: argparse.Namespace, address: str) -> None:
    """Print the names that lines wait under or what was said of names, make a listing, or take one back."""
    _refuse_unfit(typed)
    database = opening.open_existing(address)
    try:
        _run(typed, database)
    finally:
        database.close()


def _refuse_unfit(typed: argparse.Namespace) -> None:
    named = bool(typed.channel and typed.key)
    anything = bool(typed.channel or typed.key or typed.sku)
    wishes = (
        typed.waiting and not anything,
        typed.all and not anything,
        typed.remove and named and not typed.sku,
        bool(named and typed.sku) and not typed.remove,
    )
    if sum(wishes) != 1 or typed.waiting + typed.all + typed.remove > 1:
        raise InputError(
            "listing.options",
            "Either --waiting or --all is needed, or --channel and --key with --sku or --remove.",
        )


def _run(typed: argparse.Namespace, database: Database) -> None:
    if typed.waiting or typed.all:
        with database.reading() as session:
            if typed.all:
                _print_known(known_names(session), typed.json)
            else:
                _print_waiting(unknown_names(session), typed.json)
        return
    station, name = opening.system_station(database), mending.Name(typed.channel, typed.key)
    if typed.remove:
        mending.forget(station, name)
        told = {"removed": True}
        words = f"{name.key} of {name.channel} means no product any more; lines that found one keep it."
        print(json.dumps(told) if typed.json else words)
    else:
        typed.sku = mending.sku_of(station, typed.sku)
        listed = mending.mend(station, name, typed.sku)
        _print_listed(listed, _held(database, listed), typed)


def _print_known(names: tuple[Known, ...], as_json: bool) -> None:
    if as_json:
        print(json.dumps({"listings": [vars(name) for name in names]}))
        return
    for name in names:
        print(f"{name.channel}  {plain(name.key)}  is {name.sku}")
    print(f"{counted(len(names), 'listing')}.")


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
        print(_waiting(name))
    one = "1 name waits" if len(names) == 1 else f"{len(names)} names wait"
    print(f"{one} for a product." + (f" {_MEND}" if names else ""))


def _waiting(name: Unknown) -> str:
    """Name the channel, all keys, what the channel calls it, and the orders that wait."""
    told = [name.channel, *name.keys]
    if name.title and f"name:{name.title}" not in name.keys:
        told.append(name.title)
    more = f" and {name.orders - 1} more" if name.orders > 1 else ""
    orders = "order" if name.orders == 1 else "orders"
    return f"{plain('  '.join(told))}: {counted(name.units, 'unit')} in {orders} {name.first}{more}"


def _print_listed(listed: Listed, held: Sequence[Standing], typed: argparse.Namespace) -> None:
    if typed.json:
        value = {"lines": listed.lines, "freed": len(listed.free), "held": len(listed.held)}
        rows = [
            {"order": each.number, "channel": each.order.channel, "holds": [hold.kind for hold in each.holds]}
            for each in held
        ]
        print(json.dumps({**value, "still_held": rows}))
        return
    mended, freed = counted(listed.lines, "line"), counted(len(listed.free), "order")
    if listed.lines:
        print(f"{typed.key} is {typed.sku}: {mended} mended, {freed} freed.")
    else:
        print(
            f"{typed.key} is {typed.sku} in files to come. No line of {typed.channel} waits under this key "
            "now; listing --waiting names the keys that wait, --remove takes this one back."
        )
    for each in held:
        print(f"Order {each.number} is still on hold: {'; '.join(_keeps(each))}.")
    if len(listed.held) > len(held):
        print(f"{counted(len(listed.held) - len(held), 'more order')} with other holds.")


def _keeps(order: Standing) -> Iterator[str]:
    """Say what holds an order that a listing has mended: lines without a product, and any other hold."""
    unknown = dict.fromkeys(plain(line.sku or line.name) for line in order.lines if line.unknown)
    if unknown:
        yield f"no product is known for {', '.join(unknown)}"
    yield from sorted(
        {hold.kind for hold in order.holds} - ({ProblemKind.UNKNOWN_SKU.value} if unknown else set())
    )


def _held(database: Database, listed: Listed) -> list[Standing]:
    """Read what still holds the first of the orders that a listing has mended."""
    first = listed.held[:_NAMED]
    with database.reading() as session:
        found = standings(session, first)
    return sorted(found.values(), key=lambda each: (each.order.captured_at, each.number))
