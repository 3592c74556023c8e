"""Run a command: settings, log, the command itself, and its exit code.

0 done; 1 the command ran and its answer is no; 2 usage, or something that cannot be used at all; 3 partly;
130 stopped with Ctrl+C; 141 nobody reads on.
"""

import argparse
import json
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from oms_desktop import log
from oms_desktop.app import loading, opening, own_warehouse, proving
from oms_desktop.app.desk_edits import refuse_letters
from oms_desktop.app.house import house_of
from oms_desktop.app.wishes import Wish
from oms_desktop.cli import importing, listing, orders, stock
from oms_desktop.cli.parser import make_parser
from oms_desktop.cli.progress import shown
from oms_desktop.errors import InputError, OmsError
from oms_desktop.planning.layout import Layout
from oms_desktop.settings import Settings, data_folder, default_database, load

logger = logging.getLogger(__name__)

DONE, NO, UNUSABLE, UNREAD = 0, 1, 2, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; returns the exit code."""
    try:
        try:
            return _answer(arguments)
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads, `head` for one, has enough. What is left would be said by Python when it ends.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere, stream.fileno())
        return UNREAD


def _answer(arguments: Sequence[str] | None) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A name the terminal has no letters for must not end the command.
            stream.reconfigure(errors="backslashreplace")
    typed = make_parser().parse_args(arguments)
    try:
        _refuse_letters(typed)
        return _start(typed)
    except KeyboardInterrupt:
        _say("Stopped.")
        return 130
    except BrokenPipeError:
        raise
    except Exception as error:
        if getattr(typed, "debug", False):
            traceback.print_exception(error)
        _say(_sentence(error))
        return UNUSABLE


def _refuse_letters(typed: argparse.Namespace) -> None:
    """Refuse bytes that are no text in what was typed; names of files may have them."""
    given = (value for name, value in vars(typed).items() if name != "database")
    words = (word for value in given for word in (value if isinstance(value, list) else [value]))
    refuse_letters(*(word for word in words if isinstance(word, str)))


def _start(typed: argparse.Namespace) -> int:
    folder = getattr(typed, "data_dir", None) or data_folder()
    settings = load(folder)
    log.start(folder, debug=getattr(typed, "debug", False))
    return _run(typed, folder, settings)


def _sentence(error: Exception) -> str:
    """Say what stopped the command; what nobody has foreseen goes to the log."""
    if isinstance(error, OmsError):
        return f"{error.text} [{error.code}]"
    logger.error("the command ended", exc_info=error)
    if isinstance(error, DBAPIError):
        return f"The database did not answer as it should: {error.orig}. [database.failed]"
    return f"The program has a fault ({type(error).__name__}): {error}. The log says more. [program.fault]"


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _run(typed: argparse.Namespace, folder: Path, settings: Settings) -> int:
    address = getattr(typed, "database", None) or settings.database or default_database(folder)
    match typed.command:
        case "import":
            return importing.run(typed, address, house_of(settings))
        case "check":
            return _check(typed, address)
        case "demo":
            return _demo(typed, settings)
        case "order":
            return orders.run(typed, address, house_of(settings))
        case "warehouse":
            return _warehouse(typed, address)
        case "listing":
            listing.run(typed, address)
            return DONE
        case "stock":
            return stock.run(typed, address)
        case _:
            return _window(address, folder, settings)


def _window(address: str, folder: Path, settings: Settings) -> int:
    if loading.has_display():
        return loading.open_window(address, folder, settings)
    print("There is no display here, so the demo is played without a window.", flush=True)
    out = folder / f"demo-{datetime.now():%Y%m%d-%H%M%S}"
    return _play(Wish(out=out), settings)


def _check(typed: argparse.Namespace, address: str) -> int:
    database = opening.open_existing(address)
    try:
        proof = proving.prove(database)
    finally:
        database.close()
    if typed.json:
        violations = [
            {"rule": found.rule, "text": found.text, "ids": list(found.ids)} for found in proof.violations
        ]
        value = {"sound": proof.sound, "rules": list(proof.rules), "violations": violations}
        print(json.dumps(value))
    else:
        for found in proof.violations:
            print(f"{found.rule}: {found.text}")
        verdict = "The books are sound" if proof.sound else f"{len(proof.violations)} violations"
        print(f"{verdict}, {len(proof.rules)} rules checked.")
    return DONE if proof.sound else NO


def _demo(typed: argparse.Namespace, settings: Settings) -> int:
    if (typed.products is None) != (typed.orders_file is None):
        raise InputError("demo.both", "--products and --import belong together; one of them is missing.")
    headless = typed.headless or not loading.has_display()
    if headless and not typed.headless:
        print("There is no display here, so the demo is played without a window.", flush=True)
    wish = Wish(
        out=typed.out,
        headless=headless,
        orders=typed.orders,
        seed=typed.seed,
        products=typed.products,
        orders_file=typed.orders_file,
    )
    return _play(wish, settings)


def _play(wish: Wish, settings: Settings) -> int:
    with shown() as how_far:
        played = loading.play_demo(wish, settings, how_far.show)
    for line in played.lines:
        print(line)
    return DONE if played.good else NO


def _warehouse(typed: argparse.Namespace, address: str) -> int:
    wish = own_warehouse.OwnWarehouse(
        name=typed.name,
        layout=Layout(typed.aisles, typed.bays, typed.levels, typed.reserve, typed.blocks, typed.zone_aisles),
        admin=typed.admin,
        pin=typed.pin,
        time_zone=typed.time_zone,
        address1=typed.street,
        city=typed.city,
        postal_code=typed.postal_code,
        country_code=typed.country,
    )
    own_warehouse.refuse_unfit(wish)
    database = opening.open_database(address)
    try:
        made = own_warehouse.start(opening.system_station(database), wish)
    finally:
        database.close()
    print(f"{typed.name} has {made.locations} locations. {typed.admin} signs in with badge {made.badge}.")
    return DONE
