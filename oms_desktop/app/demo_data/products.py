"""The 500 products of the demo warehouse: 25 families of four sizes and five colours, all invented.

The catalogue is the same for every seed. A SKU is family, size and colour, ``MUG-0350-GN``. GTINs begin with
299, which GS1 leaves to companies for use inside their own walls, so that no real product has one of them.
"""

from dataclasses import dataclass
from decimal import Decimal

from oms_desktop.app.demo_data.nouns import DemoMark, DemoProduct
from oms_desktop.barcodes.gs1 import check_digit

_GTIN_RANGE = "299"
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class _Family:
    """What the variants of a family share; sides, weight and price are those of the smallest size."""

    code: str
    title: str
    unit: str
    sizes: tuple[int, int, int, int]
    sides_mm: tuple[int, int, int]
    weight_g: int
    price: str
    marks: tuple[DemoMark, ...] = ()
    case: int = 0
    life: int | None = None
    """Days a lot must still have when it is promised; None where goods name no lot."""
    serial: bool = False


_FRAGILE = (DemoMark.FRAGILE,)
_HAZARD = (DemoMark.HAZARD,)

_COLOURS = {"GN": "green", "BU": "blue", "RD": "red", "BK": "black", "WH": "white"}

_FAMILIES = (
    _Family("MUG", "Stoneware mug", "ml", (250, 350, 450, 550), (110, 90, 95), 320, "9.90", _FRAGILE, case=6),
    _Family("BTL", "Steel bottle", "ml", (350, 500, 750, 1000), (75, 75, 210), 210, "18.50", case=12),
    _Family("TRC", "Hand torch", "lm", (100, 200, 400, 800), (130, 35, 35), 120, "14.90"),
    _Family("SOC", "Walking socks", "size", (36, 39, 42, 45), (220, 90, 30), 60, "8.50"),
    _Family("NTB", "Ruled notebook", "pages", (64, 96, 128, 192), (210, 148, 10), 180, "5.90", case=20),
    _Family("BWL", "Soup bowl", "ml", (300, 450, 600, 750), (150, 150, 65), 380, "11.40", _FRAGILE),
    _Family("PLT", "Dinner plate", "mm", (180, 210, 240, 270), (185, 185, 22), 410, "10.20", _FRAGILE),
    _Family("CND", "Wax candle", "h", (10, 20, 30, 40), (70, 70, 80), 190, "6.80", case=12),
    _Family("OIL", "Lamp oil", "ml", (250, 500, 750, 1000), (70, 70, 160), 260, "7.20", _HAZARD, life=0),
    _Family("PBK", "Power bank", "mAh", (2500, 5000, 7500, 9900), (100, 62, 14), 110, "19.90", _HAZARD),
    _Family("CBL", "Charging cable", "cm", (50, 100, 150, 200), (120, 90, 20), 40, "6.40"),
    _Family("TWL", "Cotton towel", "cm", (30, 50, 70, 90), (230, 160, 40), 150, "9.20"),
    _Family("SCF", "Wool scarf", "cm", (140, 160, 180, 200), (240, 180, 50), 170, "22.00"),
    _Family("GLV", "Garden gloves", "size", (7, 8, 9, 10), (230, 110, 25), 80, "7.60"),
    _Family("PEN", "Felt pen set", "pieces", (6, 12, 18, 24), (160, 80, 15), 70, "4.90"),
    _Family("PCL", "Pencil box", "pieces", (6, 12, 24, 36), (180, 60, 25), 90, "5.40"),
    _Family("BAG", "Canvas bag", "litres", (8, 12, 16, 20), (280, 200, 25), 160, "12.90"),
    _Family("BOX", "Storage tin", "ml", (500, 900, 1400, 2000), (140, 100, 70), 190, "8.80"),
    _Family("CLK", "Desk clock", "mm", (60, 80, 100, 120), (90, 45, 95), 240, "24.50", _FRAGILE, serial=True),
    _Family("VAS", "Glass vase", "mm", (120, 160, 200, 240), (100, 100, 125), 450, "16.70", _FRAGILE),
    _Family("PZL", "Jigsaw puzzle", "pieces", (100, 300, 500, 1000), (230, 170, 40), 280, "11.90"),
    _Family("CRD", "Playing cards", "cards", (32, 36, 52, 55), (95, 65, 20), 90, "4.50"),
    _Family("KNF", "Bread knife", "mm", (150, 180, 200, 220), (280, 40, 20), 110, "13.80"),
    _Family("TEA", "Herbal tea", "g", (50, 75, 100, 150), (120, 70, 65), 75, "4.20", case=12, life=60),
    _Family("SOP", "Olive soap", "g", (80, 100, 150, 200), (85, 60, 35), 85, "3.90", case=24, life=30),
)


def demo_products() -> tuple[DemoProduct, ...]:
    """Give the whole catalogue, family by family."""
    kinds = [
        (family, step, colour)
        for family in _FAMILIES
        for step in range(len(family.sizes))
        for colour in _COLOURS
    ]
    return tuple(
        _product(family, step, colour, number) for number, (family, step, colour) in enumerate(kinds, 1)
    )


def _product(family: _Family, step: int, colour: str, number: int) -> DemoProduct:
    """Make a variant: each size is a tenth longer, a quarter heavier and a fifth dearer."""
    size = family.sizes[step]
    length, width, height = (side * (10 + step) // 10 for side in family.sides_mm)
    body = f"{_GTIN_RANGE}{number:09}"
    return DemoProduct(
        sku=f"{family.code}-{size:04}-{colour}",
        title=family.title,
        variant=f"{_size(size, family.unit)}, {_COLOURS[colour]}",
        gtin=f"{body}{check_digit(body)}",
        weight_g=family.weight_g * (4 + step) // 4,
        length_mm=length,
        width_mm=width,
        height_mm=height,
        price=(Decimal(family.price) * (5 + step) / 5).quantize(_CENT),
        marks=family.marks,
        lot_tracked=family.life is not None,
        serial_tracked=family.serial,
        min_life_days=family.life or 0,
        case_units=family.case,
    )


def _size(size: int, unit: str) -> str:
    return f"{unit} {size}" if unit == "size" else f"{size} {unit}"
