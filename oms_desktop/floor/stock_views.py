"""The plain data that the stock panel paints: what the dialogue knows, and what is read beside it."""

from dataclasses import dataclass

from oms_desktop.floor.reply import Key
from oms_desktop.workflow.worklists.shelf_pages import PAGE


@dataclass(frozen=True)
class StockRow:
    """Goods of one product, lot and condition at one place.

    `word` is "empty", "low" or "fine" by what is free there, "" where nothing is asked of the place;
    the three bounds are 0 then. `to_count` tells that the book of the place is in doubt.
    """

    id: str
    location: str
    place: str
    """Hex id of the location."""
    name: str
    sku: str
    on_hand: int
    allocated: int
    lot: str = ""
    condition: str = "good"
    minimum: int = 0
    reorder_at: int = 0
    fill_to: int = 0
    word: str = ""
    to_count: bool = False
    blind: bool = False
    """Whether it is being counted, so that its numbers are not shown."""

    @property
    def available(self) -> int:
        """Good units that are promised to nobody."""
        return self.on_hand - self.allocated if self.condition == "good" else 0


@dataclass(frozen=True)
class StockCount:
    """How many rows stand under a filter: "all", "empty", "low" or "count"."""

    filter: str
    count: int


@dataclass(frozen=True)
class BayView:
    """One side of a bay on the map: where it is in millimetres, how much is going on there.

    `fill` is the share of its places with goods, 0 to 1; `age_days` that of its oldest goods; `alert` is
    "", "low" or "empty"; `places` the hex ids of its locations, `code` what people call it, `zone` its area.
    """

    code: str
    aisle: str
    x_mm: int
    y_mm: int
    picks: int = 0
    fill: float = 0.0
    age_days: int = 0
    alert: str = ""
    places: frozenset[str] = frozenset()
    zone: str = ""


@dataclass(frozen=True)
class RefillView:
    """A refill that should be made: what, from where, to where, why. `id` starts it."""

    id: str
    name: str
    sku: str
    source: str
    target: str
    place: str
    """Hex id of the target."""
    quantity: int
    source_has: int
    word: str
    waits: str = ""
    """Who waits for it, in a sentence, empty for nobody."""


@dataclass(frozen=True)
class MovementView:
    """A move as it is read: local time, kind, signed units, SKU, place, and the other end or the paper."""

    id: str
    at: str
    kind: str
    units: int
    sku: str
    place: str
    other: str = ""


@dataclass(frozen=True)
class StockBoard:
    """What the stock panel shows beside the dialogue; `since` is the local time picks are counted from.

    `bays` is None while the floor is still being read.
    """

    rows: tuple[StockRow, ...] = ()
    counts: tuple[StockCount, ...] = ()
    more: bool = False
    bays: tuple[BayView, ...] | None = ()
    refills: tuple[RefillView, ...] = ()
    movements: tuple[MovementView, ...] = ()
    since: str = ""


@dataclass(frozen=True)
class StockWish:
    """What of the stock is to be read: a filter, at a place, of a product (hex ids).

    `limit` is the number of rows, of places where nothing narrows them.
    """

    filter: str = "all"
    place: str = ""
    product: str = ""
    limit: int = PAGE


@dataclass(frozen=True)
class TaskView:
    """The work in hand: its steps as (word, value), which of them is now, and what is asked there.

    `units` says in words how many were counted or typed so far. What can be typed at this step is handed
    over with `key`, and `question` asks for it; `opens` tells that nothing can be scanned instead.
    """

    title: str
    steps: tuple[tuple[str, str], ...]
    step: int
    name: str = ""
    sku: str = ""
    lot: str = ""
    units: str = ""
    key: Key | None = None
    question: str = ""
    opens: bool = False
    blind: bool = False
    """Whether what the book has at the place may not be seen now."""


@dataclass(frozen=True)
class StockView:
    """The dialogue at the stock: what was looked up last (hex ids and codes), and the work in hand."""

    place: str = ""
    location: str = ""
    product: str = ""
    sku: str = ""
    task: TaskView | None = None
    booked: str = ""
    """Hex id of the product that was booked just now, so that orders that wait for it are served."""
