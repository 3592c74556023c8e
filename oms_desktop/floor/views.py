"""The plain data that panels paint: what a dialogue knows, without a database row in it."""

from dataclasses import dataclass

from oms_desktop.workflow.worklists.detail import DetailLine, OrderDetail
from oms_desktop.workflow.worklists.figures import KeyFigure
from oms_desktop.workflow.worklists.queue import PAGE, QueueCount, QueuePage, QueueRow
from oms_desktop.workflow.worklists.queue_filters import Filter
from oms_desktop.workflow.worklists.story import Phase, TimelineEntry
from oms_desktop.workflow.worklists.stuck import Remedy, Stuck

__all__ = [
    "PAGE",
    "BadgeView",
    "CartonView",
    "DetailLine",
    "Filter",
    "KeyFigure",
    "LaneView",
    "OrderDetail",
    "PackItem",
    "PackView",
    "ParcelView",
    "Phase",
    "PickView",
    "PlaceView",
    "ProductView",
    "QueueCount",
    "QueuePage",
    "QueueRow",
    "Remedy",
    "ShipView",
    "SignInView",
    "StopView",
    "Stuck",
    "TimelineEntry",
]


@dataclass(frozen=True)
class PlaceView:
    """A location as people see it: its code and the captioned parts of it, e.g. ("07", "Aisle")."""

    code: str
    parts: tuple[tuple[str, str], ...] = ()
    levels: int = 0
    level: int = 0
    slots: int = 0
    slot: int = 0


@dataclass(frozen=True)
class ProductView:
    """A product as it is shown: name, variant line, SKU, GTIN, and marks such as "Fragile"."""

    name: str
    variant: str
    sku: str
    gtin: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class StopView:
    """One stop of a tour: where, what, how many are wanted and taken, into which tote."""

    place: PlaceView
    product: ProductView
    quantity: int
    taken: int
    tote: str
    order: str
    on_hand: int = 0

    @property
    def left(self) -> int:
        """Units still to take."""
        return self.quantity - self.taken


@dataclass(frozen=True)
class PickView:
    """The picking panel: the current stop, the next ones, the totes and the progress in lines.

    `stop` is None when there is no tour; `waiting` then says how many fulfillments could be taken.
    `warning` is set when the order was cancelled or held meanwhile.
    """

    tour: str = ""
    stop: StopView | None = None
    following: tuple[StopView, ...] = ()
    lines_done: int = 0
    lines: int = 0
    tote: str = ""
    waiting: int = 0
    warning: str = ""


@dataclass(frozen=True)
class PackItem:
    """One product of the order on the bench: wanted, already in a parcel, notes such as engraving."""

    product: ProductView
    quantity: int
    packed: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class CartonView:
    """A carton of the catalogue: code, inner size in millimetres."""

    code: str
    length_mm: int
    width_mm: int
    height_mm: int


@dataclass(frozen=True)
class PackView:
    """The packing panel. Weights are grams; `weight_g` is None until weighed.

    `service` and `price` are set once the rate is known; `label` is the path of the printed label.
    """

    order: str = ""
    customer: str = ""
    tote: str = ""
    items: tuple[PackItem, ...] = ()
    carton: CartonView | None = None
    cartons: tuple[CartonView, ...] = ()
    weight_g: int | None = None
    expected_g: int = 0
    tolerance_g: int = 0
    parcel: str = ""
    service: str = ""
    price: str = ""
    note: str = ""
    gift: str = ""
    waiting: int = 0


@dataclass(frozen=True)
class ParcelView:
    """A parcel at the dock: `status` is one of "packed", "loaded", "shipped"."""

    order: str
    sscc: str
    number: int
    count: int
    weight_g: int
    carrier: str
    service: str
    lane: str
    status: str


@dataclass(frozen=True)
class LaneView:
    """A lane with its carrier and how many of its parcels stand in it."""

    code: str
    carrier: str
    loaded: int
    expected: int
    manifest: str = ""


@dataclass(frozen=True)
class ShipView:
    """The shipping panel: parcels that are packed and not yet handed over, the lanes, the chosen parcel."""

    parcels: tuple[ParcelView, ...] = ()
    lanes: tuple[LaneView, ...] = ()
    current: ParcelView | None = None
    closed: str = ""


@dataclass(frozen=True)
class BadgeView:
    """A worker as the sign-in screen of the demo shows it; `pin` is empty outside the demo."""

    badge: str
    name: str
    roles: tuple[str, ...]
    pin: str = ""


@dataclass(frozen=True)
class SignInView:
    """The sign-in panel: whose badge was read, how many digits were typed, the demo's badges."""

    badge: str = ""
    name: str = ""
    role: str = ""
    digits: int = 0
    badges: tuple[BadgeView, ...] = ()
