"""The command line: one short function per command."""

from oms_desktop.cli.main import main

__all__ = ["main"]
