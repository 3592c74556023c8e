"""The plain data of a demo warehouse. Weights are grams, lengths and coordinates millimetres."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from oms_desktop.barcodes.gs1 import check_digit
from oms_desktop.drafts import AddressDraft
from oms_desktop.planning.layout import Place


@dataclass(frozen=True)
class DemoSite:
    """The warehouse itself; `time_zone` is an IANA name."""

    code: str
    name: str
    address: AddressDraft
    time_zone: str
    currency: str


class DemoMark(Enum):
    """What a packer has to mind about a product."""

    FRAGILE = "fragile"
    HAZARD = "hazard"


@dataclass(frozen=True)
class DemoProduct:
    """A product: one variant of a family, one GTIN-13 from the range for use inside a company."""

    sku: str
    title: str
    variant: str
    gtin: str
    weight_g: int
    length_mm: int
    width_mm: int
    height_mm: int
    price: Decimal
    marks: tuple[DemoMark, ...]
    lot_tracked: bool = False
    serial_tracked: bool = False
    min_life_days: int = 0
    case_units: int = 0

    @property
    def case_gtin(self) -> str:
        """The GTIN-14 of its case: packaging indicator 1 before the number of the single unit."""
        body = f"1{self.gtin[:-1]}"
        return f"{body}{check_digit(body)}" if self.case_units else ""

    @property
    def name(self) -> str:
        """Title and variant, as shelf labels and screens show it."""
        return f"{self.title} {self.variant}"


@dataclass(frozen=True)
class DemoStock:
    """Units of a product in a place when the day begins.

    `life_days` is how long the lot may still be sold; `serials` has one for each unit, or none.
    """

    sku: str
    place: str
    quantity: int
    lot: str = ""
    life_days: int = 0
    serials: tuple[str, ...] = ()


@dataclass(frozen=True)
class DemoKit:
    """Products that are sold as one: SKU, title, and units by SKU."""

    sku: str
    title: str
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class DemoThreshold:
    """How much of a product should be free in a place."""

    sku: str
    place: str
    minimum: int
    reorder_at: int
    fill_to: int


@dataclass(frozen=True)
class DemoCarton:
    """A carton of the catalogue; `max_g` is the most it may weigh with what is in it."""

    code: str
    length_mm: int
    width_mm: int
    height_mm: int
    empty_g: int
    max_g: int


@dataclass(frozen=True)
class DemoWorker:
    """A worker with badge and PIN; the roles are named in words."""

    badge: str
    name: str
    pin: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class DemoLane:
    """Where one carrier's parcels stand at the dock."""

    code: str
    carrier: str


@dataclass(frozen=True)
class DemoWarehouse:
    """Everything that stands in the demo warehouse before its first order."""

    site: DemoSite
    places: tuple[Place, ...]
    products: tuple[DemoProduct, ...]
    stock: tuple[DemoStock, ...]
    kits: tuple[DemoKit, ...]
    thresholds: tuple[DemoThreshold, ...]
    cartons: tuple[DemoCarton, ...]
    workers: tuple[DemoWorker, ...]
    lanes: tuple[DemoLane, ...]
    totes: tuple[str, ...]
