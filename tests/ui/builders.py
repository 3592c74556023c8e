"""Views with invented data: no product, person or order here exists."""

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from oms_desktop.floor.reply import Refusal, Reply, Sound, Thing
from oms_desktop.floor.views import (
    PAGE,
    BadgeView,
    CartonView,
    LaneView,
    PackItem,
    PackView,
    ParcelView,
    PickView,
    PlaceView,
    ProductView,
    QueueCount,
    QueuePage,
    QueueRow,
    ShipView,
    SignInView,
    StopView,
    TimelineEntry,
)


class State(Enum):
    SCAN_LOCATION = "scan_location"
    SCAN_PRODUCT = "scan_product"
    SCAN_TOTE = "scan_tote"
    SCAN_ITEM = "scan_item"
    SCAN_PARCEL = "scan_parcel"
    SCAN_BADGE = "scan_badge"
    TYPE_PIN = "type_pin"
    DONE = "done"


MUG = ProductView(
    "Enamel mug 350 ml", "Moss green, with steel rim", "MUG-0350-GN", "04006381333931", ("Fragile",)
)
BOTTLE = ProductView("Steel bottle 0.75 l", "Brushed steel", "BTL-0750-ST", "04006381333948")
GAS = ProductView(
    "Gas cartridge 230 g", "Screw valve", "GAS-0230-CV", "04006381230119", ("Hazard: LQ label",)
)
SOCKS = ProductView("Merino hiking socks 42-44", "Grey", "SOX-4244-GR", "04006381333955")


def place(aisle: str = "07", bay: str = "03", level: int = 2, slot: int = 2) -> PlaceView:
    letter = "ABCD"[level - 1]
    parts = (("A", "Zone"), (aisle, "Aisle"), (bay, "Bay"), (letter, "Level"), (str(slot), "Slot"))
    return PlaceView(f"A-{aisle}-{bay}-{letter}{slot}", parts, 4, level, 3, slot)


def stop(product: ProductView = MUG, quantity: int = 6, taken: int = 0, tote: str = "T-104") -> StopView:
    return StopView(place(), product, quantity, taken, tote, "SO-48230", 42)


def pick_view(taken: int = 0) -> PickView:
    following = (
        replace(stop(SOCKS, 2, tote="T-118"), place=place("07", "08", 3, 1)),
        replace(stop(GAS, 1), place=place("05", "14", 1, 3)),
        replace(stop(BOTTLE, 4, tote="T-121"), place=place("05", "11", 2, 1)),
        replace(stop(MUG, 1, tote="T-118"), place=place("03", "06", 4, 2)),
        replace(stop(SOCKS, 3, tote="T-118"), place=place("02", "01", 1, 1)),
    )
    return PickView("PW-2231", stop(taken=taken), following, 11, 28, "T-104", 3)


def pick_location() -> Reply[PickView]:
    return Reply(State.SCAN_LOCATION, "Go to A-07-03-B2", True, pick_view(), "Aisle 07, bay 03, level B")


def pick_product() -> Reply[PickView]:
    return Reply(
        State.SCAN_PRODUCT,
        "Scan the product, take 6",
        True,
        pick_view(),
        "Hold the scanner on the barcode under the shelf label or on the piece itself",
        "Location right",
        Sound.OK,
    )


def pick_tote() -> Reply[PickView]:
    return Reply(
        State.SCAN_TOTE,
        "Now scan tote T-104",
        True,
        pick_view(taken=6),
        "Put 6 into T-104",
        "6 of 6, counted",
        Sound.STEP,
    )


def no_tour(waiting: int = 3) -> Reply[PickView]:
    return Reply(State.DONE, "Press F12 for a tour", True, PickView(waiting=waiting), "Or scan an order")


def wrong_tote() -> Reply[PickView]:
    refusal = Refusal(
        "pick.wrong_tote",
        "This is tote T-112, put it into T-104",
        "Tote T-112 belongs to another order. Nothing was counted.",
        Thing("Tote of order SO-48188", "T-112"),
        Thing("Tote of order SO-48230", "T-104"),
        "Put the pieces into T-104, then scan it",
    )
    return replace(pick_tote(), ok=False, told="", sound=Sound.ERROR, refusal=refusal)


def pack_view(packed: int = 1, weight: int | None = 1284) -> PackView:
    items = (
        PackItem(MUG, 2, 2),
        PackItem(BOTTLE, 1, packed),
        PackItem(GAS, 1, 0, ("Stick LQ on",)),
        PackItem(SOCKS, 1, 0),
    )
    cartons = (
        CartonView("C2", 300, 200, 150),
        CartonView("C4", 400, 280, 200),
        CartonView("C5", 500, 300, 300),
    )
    return PackView(
        order="SO-48230",
        customer="I. Example",
        tote="T-104",
        items=items,
        carton=cartons[1],
        cartons=cartons,
        weight_g=weight,
        expected_g=1278,
        tolerance_g=40,
        parcel="095240000000000017",
        service="Nordbote Ground",
        price="6.40 EUR",
        note="Customer asks for paper padding only.",
        gift="Happy trails, see you at the lake! Print the card, leave out the invoice.",
    )


def packing(view: PackView | None = None) -> Reply[PackView]:
    return Reply(
        State.SCAN_ITEM,
        "Scan the gas cartridge",
        True,
        view or pack_view(),
        "Then put it upright into the right corner of carton C4",
        "Steel bottle, 1 of 1",
        Sound.OK,
    )


def wrong_item() -> Reply[PackView]:
    refusal = Refusal(
        "pack.wrong_item",
        "Wrong item, do not pack it",
        "This is the small gas cartridge. The order needs the 230 g one. Nothing was counted.",
        Thing("Gas cartridge 100 g", "GAS-0100-CV", "04006381100223"),
        Thing("Gas cartridge 230 g", "GAS-0230-CV", "04006381230119"),
        "Put it into the grey return box, then scan the right item",
    )
    return replace(packing(), ok=False, told="", sound=Sound.ERROR, refusal=refusal)


def parcel(number: int = 1, status: str = "packed", lane: str = "1") -> ParcelView:
    sscc = f"09524000000000{number:04d}"
    return ParcelView(f"SO-48{230 + number}", sscc, 1, 2, 1280 + number, "Nordbote", "Ground", lane, status)


def ship_view(current: int | None = 3, parcels: int = 12) -> ShipView:
    rows = tuple(parcel(n, "loaded" if n < 3 else "packed", str(n % 3 + 1)) for n in range(1, parcels + 1))
    lanes = (
        LaneView("1", "Nordbote", 31, 34),
        LaneView("2", "Kurio Express", 18, 18, "M-0012"),
        LaneView("3", "Parcelo", 12, 40),
        LaneView("4", "Airline Post", 0, 0),
    )
    return ShipView(rows, lanes, None if current is None else rows[current - 1])


def shipping(view: ShipView | None = None) -> Reply[ShipView]:
    return Reply(
        State.SCAN_PARCEL,
        "Bring SO-48233 to lane 1",
        True,
        view or ship_view(),
        "Nordbote takes it. Scan the lane sign when it stands there.",
        "Parcel found",
        Sound.OK,
    )


BADGES = (
    BadgeView("B-20417", "M. Okafor", ("picker", "packer"), "2417"),
    BadgeView("B-20418", "L. Silva", ("packer", "shipper"), "2418"),
    BadgeView("B-20419", "R. Lind", ("supervisor",), "2419"),
)


def sign_in(digits: int = 0, *, read: bool = True, demo: bool = True) -> Reply[SignInView]:
    badges = BADGES if demo else ()
    if not read:
        return Reply(
            State.SCAN_BADGE, "Scan your badge", True, SignInView(badges=badges), "Or type its code with F2"
        )
    view = SignInView("B-20417", "M. Okafor", "picker", digits, badges)
    return Reply(
        State.TYPE_PIN,
        "Type your PIN",
        True,
        view,
        "Badge of M. Okafor was read. Not you? Scan your own badge.",
        "Badge read",
        Sound.OK,
    )


def queue_row(number: int, **changes: object) -> QueueRow:
    statuses = ("new", "released", "started", "picked", "packed", "promised", "closed")
    row = QueueRow(
        id=f"{number:032x}",
        order=f"SO-48{200 + number}",
        channel=("Web shop", "Marketplace", "Phone", "File")[number % 4],
        status=statuses[number % len(statuses)],
        lines=1 + number % 9,
        pieces=2 + number % 17,
        priority=number % 3,
        due=f"2026-11-23T{11 + number % 6:02d}:{number * 7 % 60:02d}:00+00:00",
        assignee=("M. Okafor", "", "L. Silva")[number % 3],
        zones=(("A",), ("A", "B"), ("B", "C"))[number % 3],
        flag=("", "", "", "", "hold", "", "", "exception")[number % 8],
        reason="Address is unclear" if number % 8 in (4, 7) else "",
    )
    return replace(row, **changes)  # type: ignore[arg-type]  # each caller names fields of a row


def queue_rows(count: int = 40) -> list[QueueRow]:
    return [queue_row(number) for number in range(count)]


def queue_pages(rows: Sequence[QueueRow]) -> list[QueuePage]:
    return [QueuePage(at, tuple(rows[at : at + PAGE])) for at in range(0, len(rows), PAGE)]


def queue_size(rows: Sequence[QueueRow]) -> QueueCount:
    return QueueCount("all", len(rows))


def queue_counts() -> list[QueueCount]:
    counts = {
        "all": 184,
        "late": 1,
        "soon": 7,
        "new": 61,
        "released": 48,
        "started": 37,
        "packing": 22,
        "hold": 4,
        "exception": 5,
    }
    return [QueueCount(name, count) for name, count in counts.items()]


def timeline() -> list[TimelineEntry]:
    return [
        TimelineEntry("2026-11-23T10:58:00+00:00", "Received from web shop", "Web shop", ""),
        TimelineEntry(
            "2026-11-23T11:00:00+00:00",
            "4 pieces promised, 1 short",
            "System",
            "DESK-1",
            (
                "Taken: 3 from A-04-02-C1, lot L2409 (expires first); 1 from A-03-06-D2 (oldest).",
                "Not taken: 2 of MUG-0350-GN at B-11-02-A1, to be counted.",
            ),
        ),
        TimelineEntry("2026-11-23T11:02:00+00:00", "Released", "R. Lind", "DESK-1"),
        TimelineEntry("2026-11-23T11:21:00+00:00", "2 of 3 lines picked", "M. Okafor", "PICK-3, A-04-02-C1"),
    ]
