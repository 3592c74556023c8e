"""What can be typed at `oms-desktop order`: an action, the orders, and the options of that action alone."""

import argparse
from collections.abc import Callable

from oms_desktop.cli.data_options import add_data_options

Parser = argparse.ArgumentParser


def add_actions(parser: Parser) -> None:
    """Add what `order` can do to its parser."""
    parser.add_argument("--json", action="store_true", help="print one JSON value")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, (words, add_options) in _ACTIONS.items():
        action = actions.add_parser(name, help=words, description=words)
        add_data_options(action)
        action.add_argument("numbers", metavar="NUMBER", nargs="+", help="number, or CHANNEL:NUMBER")
        action.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON value"
        )
        add_options(action)


def _nothing(_parser: Parser) -> None:
    """Add no option: the action has none of its own."""


def _hold(parser: Parser) -> None:
    parser.add_argument("--reason", metavar="TEXT", help="why, in words")
    parser.add_argument("--kind", metavar="KIND", help="kind of the hold (desk)")
    parser.add_argument("--until", metavar="TIME", help="when the hold ends by itself")
    stock = parser.add_mutually_exclusive_group()
    stock.add_argument("--free-stock", action="store_true", default=None, help="give back stock")
    stock.add_argument("--keep-stock", dest="free_stock", action="store_false", help="keep it")


def _release(parser: Parser) -> None:
    parser.add_argument("--kind", metavar="KIND", help="end the holds of this kind only")


def _cancel(parser: Parser) -> None:
    parser.add_argument("--reason", metavar="TEXT", help="why, in words")
    _line(parser, "cancel so many units of a line only")


def _edit(parser: Parser) -> None:
    _line(parser, "units wanted of a line from now on; 0 takes it off")
    for option, name, words in (
        ("--add", "SKU=UNITS", "a line that comes to the order"),
        ("--address", "PART=TEXT", "a part of the address, such as city"),
    ):
        parser.add_argument(option, metavar=name, action="append", default=[], help=words)
    parser.add_argument("--email", metavar="TEXT", help="the e-mail address of the customer")
    parser.add_argument("--service", metavar="TEXT", help="the way of shipping")
    parser.add_argument("--note", metavar="TEXT", help="the note for the packer")
    parser.add_argument("--gift-message", metavar="TEXT", help="the gift message")
    parser.add_argument("--ship-by", metavar="TIME", help="when it has to leave; none takes the time away")
    parser.add_argument("--deliver-by", metavar="TIME", help="when it has to be there; none as well")
    parser.add_argument("--ship-complete", choices=("yes", "no"), help="all of it at once, or what there is")


def _split(parser: Parser) -> None:
    _line(parser, "units of a line that ship apart")


def _merge(parser: Parser) -> None:
    parser.add_argument("--into", metavar="NUMBER", help="the order that takes over the others")


def _priority(parser: Parser) -> None:
    parser.add_argument("--level", metavar="N", type=int, help="0 normal, 1 high, 2 urgent")


def _assign(parser: Parser) -> None:
    parser.add_argument("--to", metavar="BADGE", help="the picker; without it anybody")


def _line(parser: Parser, words: str) -> None:
    parser.add_argument("--line", metavar="POSITION=UNITS", action="append", default=[], help=words)


_ACTIONS: dict[str, tuple[str, Callable[[Parser], None]]] = {
    "show": ("say how orders stand: holds, parts, lines, and what has happened", _nothing),
    "hold": ("make orders wait", _hold),
    "release": ("end the holds of orders, and promise stock to them", _release),
    "send": ("end the holds of orders, promise stock and give them to the floor", _nothing),
    "cancel": ("cancel orders, or units of their lines", _cancel),
    "edit": ("change an order", _edit),
    "split": ("let units of an order ship apart", _split),
    "merge": ("let one order take over others", _merge),
    "priority": ("say how urgent orders are", _priority),
    "assign": ("say who is to pick orders", _assign),
}
