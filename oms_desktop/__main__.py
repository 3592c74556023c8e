"""`python -m oms_desktop` and the command `oms-desktop`."""

import sys

from oms_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())

__all__ = ["main"]
