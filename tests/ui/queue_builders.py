"""What stands round the list of the queue, with invented data."""

from oms_desktop.floor.views import DetailLine, KeyFigure, OrderDetail, Phase, Remedy, Stuck, TimelineEntry
from tests.ui import builders


def key_figures() -> list[KeyFigure]:
    down, up = (9.0, 8.0, 8.5, 6.0, 4.0, 3.0, 1.0), (1.0, 1.0, 2.0, 2.0, 3.0, 5.0, 7.0)
    return [
        KeyFigure("open", "Open orders", "184", "", "−22 in 1 h", False, True, down),
        KeyFigure("due", "Due in 60 min", "7", "", "+3 in 30 min", True, False, up),
        KeyFigure("picked", "Lines picked", "312", "/ h", "+18 to plan", True, True, up, 4.0),
        KeyFigure("right", "Right first time", "99.6", "%", "+0.1 in 1 h", True, True, up),
        KeyFigure("waited", "Click to packed", "48", "min", "−6 in 1 h", False, True, down),
        KeyFigure("stuck", "Exceptions", "5", "", "+2 in 1 h", True, False, up),
    ]


def stuck_orders() -> list[Stuck]:
    long = "The same person has ordered the same shortly before; somebody has to agree to it by the phone."
    return [
        Stuck(
            "1" * 32,
            "SO-48177",
            "2026-11-23T11:19:00+00:00",
            "Stock missing",
            "2 of MUG-0350-GN missing",
            Remedy.PROMISE,
        ),
        Stuck("2" * 32, "SO-48190", "2026-11-20T11:19:00+00:00", "Possible duplicate", long, Remedy.RELEASE),
        Stuck(
            "3" * 32,
            "SO-48201",
            "2026-11-23T11:35:00+00:00",
            "Unknown SKU",
            "BLUE-MUG",
            Remedy.NAME,
            "shop",
            "sku:BLUE-MUG",
            "Blue mug",
        ),
        Stuck(
            "4" * 32, "SO-48208", "2026-11-23T11:38:00+00:00", "On hold", "wait for the call", Remedy.RELEASE
        ),
    ]


def order_detail(number: int) -> OrderDetail:
    """An order that is being picked, with a gift and an engraving."""
    row = builders.queue_row(number)
    ahead = (
        TimelineEntry("", "1 of 3 lines picked", "M. Okafor", "", phase=Phase.NOW),
        TimelineEntry("", "Packing", "", "", phase=Phase.PLANNED),
        TimelineEntry(row.due, "Handed over", "", "", phase=Phase.PLANNED),
    )
    lines = (
        DetailLine("TRC-0400-BK", "Head torch 400 lm", "2 of 2 picked", done=True),
        DetailLine(
            "MUG-0350-GN",
            "Enamel mug 350 ml with a very long name that nobody can read",
            "1 of 2 picked",
            False,
            ("Engraving: Ida",),
        ),
        DetailLine("NTB-0006-BR", "Field notebook A6", "0 of 1 promised, 1 missing", done=False),
    )
    return OrderDetail(row, (*builders.timeline(), *ahead), lines, "Happy trails!", "Paper padding only")
