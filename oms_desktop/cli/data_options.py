"""The options that say which data a command works with; they stand before the command or behind it."""

import argparse
from pathlib import Path


def add_data_options(parser: argparse.ArgumentParser) -> None:
    """Let a parser understand ``--database``, ``--data-dir`` and ``--debug``."""
    # Without a default of its own no parser takes back what another one has understood.
    parser.add_argument(
        "--database",
        metavar="URL",
        default=argparse.SUPPRESS,
        help="sqlite:///FILE or postgresql+psycopg://...",
    )
    parser.add_argument(
        "--data-dir",
        metavar="DIR",
        type=Path,
        default=argparse.SUPPRESS,
        help="folder of settings, log and database",
    )
    parser.add_argument(
        "--debug", action="store_true", default=argparse.SUPPRESS, help="show tracebacks and the log"
    )
