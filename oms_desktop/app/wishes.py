"""What can be asked of the demo, and what it answers; free of Qt."""

from dataclasses import dataclass
from pathlib import Path

DEMO_ORDERS = 6
"""How many orders are worked unless told otherwise."""


@dataclass(frozen=True)
class Wish:
    """How the demo is to be played. With `products` and `orders_file` a stranger's data is worked."""

    out: Path | None = None
    headless: bool = True
    orders: int | None = None
    seed: int | None = None
    products: Path | None = None
    orders_file: Path | None = None


@dataclass(frozen=True)
class Played:
    """Whether the shift was worked whole and the books are sound, and what to print about it."""

    good: bool
    lines: tuple[str, ...]
