"""Rows as panels show them: places in captioned parts, products, stops."""

from oms_desktop.floor.views import PlaceView, ProductView, StopView
from oms_desktop.models import Location, Product
from oms_desktop.workflow.worklists.tours import TourHead, TourStop


def place_view(place: Location, levels: int = 0, slots: int = 0) -> PlaceView:
    """Return a location with its captioned parts; a code without parts stands for itself.

    `levels` and `slots` are those of its bay; the front of the bay is shown only where both are known
    and the place's own level is a letter from A, its slot a number.
    """
    parts = [
        ("Zone", place.zone),
        ("Aisle", place.aisle),
        ("Bay", place.bay),
        ("Level", place.level),
        ("Slot", place.slot),
    ]
    shown = tuple((text, caption) for caption, text in parts if text)
    level = ord(place.level) - ord("A") + 1 if len(place.level) == 1 else 0
    slot = int(place.slot) if place.slot.isdecimal() else 0
    if not (0 < level <= levels and 0 < slot <= slots):
        return PlaceView(place.code, shown)
    return PlaceView(place.code, shown, levels, level, slots, slot)


def product_view(product: Product, gtin: str) -> ProductView:
    """Return a product with its marks in words."""
    marks = (
        *(("Fragile: keep upright",) if product.fragile else ()),
        *((product.hazard,) if product.hazard else ()),
    )
    # People compare with what is printed: an EAN-13, which has no leading zero of a GTIN-14.
    return ProductView(product.name, product.variant, product.sku, gtin.removeprefix("0"), marks)


def stop_view(stop: TourStop, head: TourHead) -> StopView:
    """Return a stop of a tour."""
    return StopView(
        place=place_view(stop.place, stop.levels, stop.slots),
        product=product_view(stop.product, stop.gtin),
        quantity=stop.quantity,
        taken=stop.picked,
        tote=head.tote_code,
        order=head.order,
        on_hand=stop.on_hand,
    )
