"""Run a command: settings, log, the command itself, and its exit code.

0 done; 1 the command ran and its answer is no; 2 usage, or something that cannot be used at all; 3 partly.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from oms_desktop import log
from oms_desktop.app import bringing, loading, opening
from oms_desktop.app.wishes import Played, Wish
from oms_desktop.cli.parser import make_parser
from oms_desktop.errors import InputError, OmsError, StoreError
from oms_desktop.settings import Settings, data_folder, default_database, load
from oms_desktop.workflow import books

DONE, NO, UNUSABLE, PARTLY = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; returns the exit code."""
    typed = make_parser().parse_args(arguments)
    debug = getattr(typed, "debug", False)
    try:
        folder = getattr(typed, "data_dir", None) or data_folder()
        settings = load(folder)
        log.start(folder, debug=debug)
        return _run(typed, folder, settings)
    except OmsError as error:
        if debug:
            raise
        print(f"{error.text} [{error.code}]", file=sys.stderr)
        return UNUSABLE if isinstance(error, InputError | StoreError) else NO
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


def _run(typed: argparse.Namespace, folder: Path, settings: Settings) -> int:
    address = getattr(typed, "database", None) or settings.database or default_database(folder)
    match typed.command:
        case "import":
            return _import(typed, address)
        case "check":
            return _check(typed, address)
        case "demo":
            return _demo(typed, settings)
        case _:
            return _window(address, folder, settings)


def _window(address: str, folder: Path, settings: Settings) -> int:
    if loading.has_display():
        return loading.open_window(address, folder, settings)
    print("There is no display here, so the demo is played without a window.", flush=True)
    out = folder / f"demo-{datetime.now():%Y%m%d-%H%M%S}"
    return _tell(loading.play_demo(Wish(out=out), settings))


def _import(typed: argparse.Namespace, address: str) -> int:
    database = opening.open_database(address)
    station = opening.system_station(database)
    report = bringing.Report()
    try:
        for file in typed.files:
            if typed.kind == "products":
                report += bringing.bring_products(station, file)
            else:
                report += bringing.bring_orders(station, file, typed.channel)
    finally:
        database.close()
    if typed.json:
        print(json.dumps(_report_json(report), ensure_ascii=False))
    else:
        _print_report(report, typed.kind)
    return PARTLY if report.refused else DONE


def _report_json(report: bringing.Report) -> dict[str, object]:
    return {
        "read": report.read,
        "taken": report.taken,
        "held": report.held,
        "duplicate": report.duplicate,
        "refused": report.refused,
        "problems": [
            {
                "order": found.order,
                "where": found.where,
                "field": found.field,
                "value": found.value,
                "problem": found.problem.value,
                "outcome": found.outcome.value,
            }
            for found in report.problems
        ],
    }


def _print_report(report: bringing.Report, kind: str) -> None:
    what = "orders" if kind == "orders" else "rows"
    print(
        f"{report.read} {what} read: {report.taken} taken, {report.held} held, "
        f"{report.duplicate} known already, {report.refused} refused."
    )
    for found in report.problems:
        value = f" ({found.field}: {found.value})" if found.field else ""
        place = f"{found.order or '?'} at {found.where or '/'}"
        print(f"  {found.outcome.value}: {place}: {found.problem.sentence}{value}")


def _check(typed: argparse.Namespace, address: str) -> int:
    database = opening.open_existing(address)
    try:
        with database.reading() as session:
            proof = books.prove(session)
    finally:
        database.close()
    if typed.json:
        violations = [
            {"rule": found.rule, "text": found.text, "ids": list(found.ids)} for found in proof.violations
        ]
        value = {"sound": proof.sound, "rules": list(proof.rules), "violations": violations}
        print(json.dumps(value, ensure_ascii=False))
    else:
        for found in proof.violations:
            print(f"{found.rule}: {found.text}")
        verdict = "The books are sound" if proof.sound else f"{len(proof.violations)} violations"
        print(f"{verdict}, {len(proof.rules)} rules checked.")
    return DONE if proof.sound else NO


def _demo(typed: argparse.Namespace, settings: Settings) -> int:
    if (typed.products is None) != (typed.orders_file is None):
        raise InputError("demo.both", "--products and --import belong together; one of them is missing.")
    wish = Wish(
        out=typed.out,
        headless=typed.headless,
        orders=typed.orders,
        seed=typed.seed,
        products=typed.products,
        orders_file=typed.orders_file,
    )
    return _tell(loading.play_demo(wish, settings))


def _tell(played: Played) -> int:
    for line in played.lines:
        print(line)
    return DONE if played.good else NO
