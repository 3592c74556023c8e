"""A stock board with invented goods, the floor as the demo has it."""

from dataclasses import replace
from enum import Enum

from oms_desktop.floor.reply import Key, Refusal, Reply, Sound, Thing
from oms_desktop.floor.stock_views import (
    BayView,
    MovementView,
    RefillView,
    StockBoard,
    StockCount,
    StockRow,
    StockView,
    TaskView,
)


class State(Enum):
    IDLE = "idle"
    SOURCE = "source"
    GOODS = "goods"
    TARGET = "target"
    NUMBER = "number"


GAS = ("Gas cartridge 230 g", "GAS-0230-CV")
MUG = ("Enamel mug 350 ml", "MUG-0350-GN")
TORCH = ("Head torch 400 lm", "TRC-0400-BK")
SOCKS = ("Merino socks 42-44", "SCK-4244-GR")
BOTTLE = ("Steel bottle 0.75 l", "BTL-0750-ST")
BAR = ("Trail mix bar 60 g", "BAR-0060-TM")


def row(
    code: str, product: tuple[str, str], on_hand: int, allocated: int, word: str, **more: object
) -> StockRow:
    name, sku = product
    plain = StockRow(f"{code}|{sku}", code, code, name, sku, on_hand, allocated, word=word)
    asked = replace(plain, minimum=6, reorder_at=24, fill_to=48) if word else plain
    return replace(asked, **more)  # type: ignore[arg-type]  # each caller names fields of a row


ROWS = (
    row("A-04-13-B1", GAS, 0, 0, "empty"),
    row("A-07-03-B2", MUG, 42, 30, "low"),
    row("A-03-06-D2", TORCH, 18, 6, "low", to_count=True),
    row("A-07-08-C1", SOCKS, 96, 12, "fine"),
    row("A-05-11-B1", BOTTLE, 1_300, 22, "fine"),
    row("R-02-04-R1", GAS, 96, 0, "", lot="L-2611", condition="quarantine"),
)

REFILLS = (
    RefillView(
        "1",
        *GAS,
        "R-02-04",
        "A-04-13-B1",
        "A-04-13-B1",
        24,
        96,
        "empty",
        "Two orders wait, the first one is due 12:10.",
    ),
    RefillView("2", *MUG, "R-01-09", "A-07-03-B2", "A-07-03-B2", 48, 60, "low"),
    RefillView("3", *TORCH, "R-03-02", "A-03-06-D2", "A-03-06-D2", 20, 40, "low"),
    RefillView("4", *BAR, "R-04-11", "A-10-06-A3", "A-10-06-A3", 60, 120, "low"),
)

MOVES = (
    ("11:38", "pick", -6, MUG[1], "A-07-03-B2", "tote T-104"),
    ("11:31", "refill", 48, BOTTLE[1], "A-05-11-B1", "R-02-11"),
    ("11:22", "grade", -1, MUG[1], "A-07-03-B2", "damaged"),
    ("11:07", "count", -2, TORCH[1], "A-03-06-D2", "counted 18, booked 20"),
    ("10:58", "put back", 12, SOCKS[1], "A-07-08-C1", "T-118"),
    ("10:51", "pick", -4, BOTTLE[1], "A-05-11-B1", "tote T-121"),
    ("10:44", "move", -24, GAS[1], "A-04-13-B1", "A-04-14-B1"),
    ("10:40", "receive", 1_296, GAS[1], "R-02-04", "PO 7719"),
)


def bays() -> tuple[BayView, ...]:
    """Fourteen aisles, two blocks of seven bays, two sides."""
    alerts = {(4, 13, 1): "empty", (7, 2, 2): "low", (10, 4, 1): "low", (12, 11, 2): "low"}
    return tuple(
        BayView(
            code=f"A-{aisle:02}-{bay:02}",
            aisle=f"{aisle:02}",
            x_mm=aisle * 3_400 + (-800 if side == 1 else 800),
            y_mm=2_500 + (bay - 1) * 1_400 + 700 + (2_800 if bay > 7 else 0),
            picks=max(0, 40 - abs(aisle - 5) * 5) * (1 + (aisle * 31 + bay * 17 + side * 7) % 10) // 10,
            fill=((aisle * 13 + bay * 7 + side) % 8) / 7,
            age_days=(aisle * 11 + bay * 5 + side) % 90,
            alert=alerts.get((aisle, bay, side), ""),
            places=frozenset(
                {f"A-{aisle:02}-{bay:02}-{level}{side}" for level in "ABC"},
            ),
        )
        for aisle in range(1, 15)
        for bay in range(1, 15)
        for side in (1, 2)
    )


def board() -> StockBoard:
    counts = {"all": 1_284, "empty": 1, "low": 7, "count": 12}
    return StockBoard(
        rows=ROWS,
        counts=tuple(StockCount(name, count) for name, count in counts.items()),
        more=True,
        bays=bays(),
        refills=REFILLS,
        movements=tuple(MovementView(str(number), *move) for number, move in enumerate(MOVES)),
        since="06:00",
    )


def idle(view: StockView | None = None) -> Reply[StockView]:
    return Reply(
        State.IDLE,
        "A-04-13-B1 has nothing free: bring 24 of Gas cartridge 230 g",
        True,
        view or StockView(),
        "Reserve R-02-04 has 96. Two orders wait, the first one is due 12:10",
        sound=Sound.ATTENTION,
    )


def refill(step: int = 1) -> Reply[StockView]:
    task = TaskView(
        "Refill",
        (("From", "R-02-04"), ("Product", "24 pieces"), ("To", "A-04-13-B1")),
        step,
        *GAS,
        lot="L-2611",
        units="12 of 24",
        key=Key.REFILL,
        question="How many do you take?",
    )
    states = (State.SOURCE, State.GOODS, State.TARGET)
    return Reply(
        states[step],
        "Take 24 gas cartridges",
        True,
        StockView("A-04-13-B1", "A-04-13-B1", task=task),
        "Scan them",
    )


def count() -> Reply[StockView]:
    task = TaskView(
        "Count",
        (("Place", "A-07-03-B2"), ("Product", "MUG-0350-GN"), ("Number", "")),
        2,
        *MUG,
        key=Key.COUNT,
        question="How many are there?",
        opens=True,
        blind=True,
    )
    return Reply(
        State.NUMBER, "Count the mugs", True, StockView("A-07-03-B2", "A-07-03-B2", task=task), "Type it"
    )


def wrong_place() -> Reply[StockView]:
    refusal = Refusal(
        "stock.wrong_place",
        "Wrong place",
        "This is A-07-08-C1. Go to R-02-04. Nothing was moved.",
        Thing("Location", "A-07-08-C1"),
        Thing("Location", "R-02-04"),
        "Go to R-02-04 and scan its sign.",
    )
    right = refill(0)
    return Reply(
        State.SOURCE, refusal.title, False, right.data, refusal.text, refusal.title, Sound.ERROR, refusal
    )
