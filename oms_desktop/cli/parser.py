"""What can be typed: commands and options, understood before and after the command."""

import argparse
from pathlib import Path
from typing import Any, NoReturn

from oms_desktop import __version__
from oms_desktop.cli import order_options, stock
from oms_desktop.cli.data_options import add_data_options

CHANNELS = ("auto", "shopify", "woocommerce", "csv", "json")
KINDS = ("orders", "products", "locations", "stock", "workers", "cartons")


class Parser(argparse.ArgumentParser):
    """A parser that refuses as every command does: one sentence with its code, and exit code 2."""

    def error(self, message: str) -> NoReturn:
        """Say what cannot be understood, and where the way to say it stands."""
        self.exit(2, f"{self.prog}: {message}. See {self.prog} --help. [command.usage]\n")

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """Refuse what an action does not know by itself, so that its own help is named."""
        typed, left = super().parse_known_args(args, namespace)
        if left:
            self.error(f"unrecognized arguments: {' '.join(left)}")
        return typed, left


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser: argparse.ArgumentParser = Parser(
        prog="oms-desktop",
        description="Order management for the warehouse floor. Without a command the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"oms-desktop {__version__}")
    add_data_options(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_import(commands)
    _add_check(commands)
    order_options.add_actions(_command(commands, "order", "show, hold, change or cancel orders"))
    _add_demo(commands)
    _add_warehouse(commands)
    _add_listing(commands)
    words = "receive, move, adjust and count goods; say what lies where and what is low"
    stock.add_actions(_command(commands, "stock", words))
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, words: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=words, description=words)
    add_data_options(parser)
    return parser


def _add_import(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "import", "take orders or lists out of files")
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
    parser.add_argument("--kind", choices=KINDS, default="orders", help="what the files hold (orders)")
    parser.add_argument("--channel", choices=CHANNELS, default="auto", help="the shop they come from (auto)")
    parser.add_argument("--json", action="store_true", help="print one JSON value")


def _add_check(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "check", "prove that the books are sound")
    parser.add_argument("--json", action="store_true", help="print one JSON value")


def _add_demo(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "demo", "let virtual hands work orders in the demo warehouse")
    parser.add_argument("--headless", action="store_true", help="without a window on the screen")
    parser.add_argument("--out", metavar="DIR", type=Path, help="new or empty folder for what is made")
    parser.add_argument("--orders", metavar="N", type=_positive, default=None, help="orders to work (6)")
    parser.add_argument("--seed", metavar="S", type=_whole, default=None, help="another demo warehouse")
    parser.add_argument("--products", metavar="CSV", type=Path, help="your products instead of the demo's")
    parser.add_argument("--import", dest="orders_file", metavar="FILE", type=Path, help="your orders")


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above zero")
    return int(text)


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number") from error


def _add_warehouse(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "warehouse", "start a warehouse of your own: empty, with its places laid out")
    parser.add_argument("--name", required=True, help="what it is called")
    parser.add_argument("--admin", metavar="NAME", required=True, help="who signs in first")
    parser.add_argument("--pin", required=True, help="four digits for that person")
    parser.add_argument("--aisles", metavar="N", type=_whole, default=6, help="aisles (6)")
    parser.add_argument("--bays", metavar="N", type=_whole, default=10, help="bays along an aisle (10)")
    parser.add_argument("--levels", metavar="N", type=_whole, default=3, help="levels for picking (3)")
    parser.add_argument("--reserve", metavar="N", type=_whole, default=1, help="levels for reserve (1)")
    parser.add_argument("--blocks", metavar="N", type=_whole, default=1, help="blocks an aisle has (1)")
    parser.add_argument("--zone-aisles", metavar="N", type=_whole, default=0, help="aisles of a zone (all)")
    parser.add_argument("--time-zone", metavar="ZONE", default="UTC", help="such as Europe/Berlin (UTC)")
    parser.add_argument("--street", default="", help="the sender's address on labels")
    parser.add_argument("--city", default="")
    parser.add_argument("--postal-code", default="")
    parser.add_argument("--country", metavar="CC", default="", help="two letters, such as DE")


def _add_listing(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "listing", "say which product a channel means by a name")
    parser.add_argument("--waiting", action="store_true", help="print the names that lines wait under")
    parser.add_argument("--all", action="store_true", help="print what was said of names so far")
    parser.add_argument("--channel", choices=CHANNELS[1:], default="", help="the channel that uses the name")
    parser.add_argument("--key", default="", help="its name there, such as sku:MUG-1")
    parser.add_argument("--sku", default="", help="the product that is meant")
    parser.add_argument("--remove", action="store_true", help="take back what was said of the name")
    parser.add_argument("--json", action="store_true", help="print one JSON value")
