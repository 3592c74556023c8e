"""Who looks on while something is brought, and may stop it."""

from collections.abc import Callable
from dataclasses import dataclass

from oms_desktop.app.report import Report


@dataclass(frozen=True)
class Watch:
    """Who looks on. `progress` is told the report so far, how far it is, and how far it has to go.

    For orders these are bytes, for lists rows. `stopped` is asked before each transaction.
    """

    progress: Callable[[Report, int, int], None] = lambda _report, _at, _size: None
    stopped: Callable[[], bool] = lambda: False


NOBODY = Watch()
