"""`python -m oms_desktop` and the command `oms-desktop`."""

import sys

try:
    from oms_desktop.cli import main
except KeyboardInterrupt:
    # Somebody has changed their mind before the program was loaded.
    sys.stderr.write("Stopped.\n")
    sys.exit(130)

if __name__ == "__main__":
    sys.exit(main())

__all__ = ["main"]
