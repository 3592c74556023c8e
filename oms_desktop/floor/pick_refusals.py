"""What a picker is told when something is not right: one refusal for each way to be wrong."""

from oms_desktop.floor.reply import Refusal, Scan, Thing
from oms_desktop.floor.tour import Tour
from oms_desktop.workflow.worklists.tours import TourStop


def wrong_location(stop: TourStop, scan: Scan) -> Refusal:
    """Another location was scanned than the stop's."""
    wanted = stop.place.code
    return Refusal(
        "pick.wrong_location",
        "Wrong location",
        f"This is {scan.value}. Go to {wanted}.",
        Thing("Location", scan.value),
        Thing("Location", wanted),
        f"Go to {wanted} and scan its sign.",
    )


def wrong_product(stop: TourStop, scan: Scan) -> Refusal:
    """Another product was scanned than the stop's."""
    wanted = stop.product
    return Refusal(
        "pick.wrong_product",
        "Wrong product, do not take it",
        f"This is {scan.value}. {wanted.sku} is wanted here. Nothing was counted.",
        Thing(scan.name or "Product", scan.value),
        Thing(wanted.called, wanted.sku),
        f"Put it back and scan {wanted.called}.",
    )


def too_many(stop: TourStop, scan: Scan) -> Refusal:
    """More was scanned than the stop asks for."""
    left = stop.quantity - stop.picked
    return Refusal(
        "pick.too_many",
        "Too many, put it back",
        f"Wanted: {stop.quantity}, taken: {stop.picked}, left: {left}. Nothing was counted.",
        Thing(scan.name or "Product", scan.value, f"{scan.factor} more"),
        Thing(stop.product.called, stop.product.sku, f"{left} left"),
        "Put it back on the shelf.",
    )


def wrong_tote(tour: Tour, scan: Scan) -> Refusal:
    """Another tote was scanned than the tour's."""
    wanted = tour.head.tote_code
    return Refusal(
        "pick.wrong_tote",
        "Wrong tote",
        f"This is tote {scan.value}. Put it into {wanted}.",
        Thing("Tote", scan.value),
        Thing("Tote", wanted),
        f"Put the goods into tote {wanted} and scan it.",
    )


def held(tour: Tour, got: Thing, wanted: Thing) -> Refusal:
    """The order was put on hold meanwhile."""
    return Refusal(
        "pick.held",
        "This order is on hold",
        f"Order {tour.head.order} was put on hold. Nothing was counted.",
        got,
        wanted,
        "Wait for the supervisor, or end the tour with F12.",
    )


def count_refusal(stop: TourStop, text: str, got: Thing) -> Refusal | None:
    """Judge the number typed for a short: None when it may be booked.

    It is what was found at the place, the pieces already taken included.
    """
    wanted = Thing("A number", detail=f"{stop.picked} to {stop.quantity - 1}")
    if not text.isdecimal() or len(text) > 6:
        told = f"Type how many you found at {stop.place.code}, those in the tote included."
        return Refusal("pick.short_count", "How many did you find?", told, got, wanted)
    found = int(text)
    if found >= stop.quantity:
        told = f"Wanted: {stop.quantity}, found: {found}."
        return Refusal("pick.short_none", "Nothing is missing", told, got, wanted, "Go on scanning.")
    if found > stop.picked:
        told = f"Found: {found}, scanned: {stop.picked}."
        advice = f"Scan the other {found - stop.picked} first, then tell what is missing."
        return Refusal("pick.short_scan_first", "Scan what you found first", told, got, wanted, advice)
    if found < stop.picked:
        told = f"Found: {found}, but {stop.picked} scanned already."
        advice = "Count those in the tote too, or undo with F9."
        return Refusal("pick.short_too_few", "More than that are taken", told, got, wanted, advice)
    return None
