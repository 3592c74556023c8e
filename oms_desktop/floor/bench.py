"""The order on a packing bench: what is in, what is missing, what it should weigh, in words and as a view."""

from dataclasses import dataclass, replace
from enum import Enum

from oms_desktop.acts import decode
from oms_desktop.drafts import Property
from oms_desktop.floor.place_views import product_view
from oms_desktop.floor.reply import Thing, Weight
from oms_desktop.floor.views import CartonView, PackItem, PackView
from oms_desktop.floor.words import counted
from oms_desktop.models import Carton, ParcelStatus
from oms_desktop.workflow.worklists.benches import BenchHead, BenchLine
from oms_desktop.workflow.worklists.parts import Waiting

LEAST_TOLERANCE_G = 20
"""How far a parcel may be off at least: tape, filling and the scale's own steps."""

TOLERANCE_PERCENT = 3


class State(Enum):
    """What the packer is asked to do."""

    IDLE = "idle"
    ITEMS = "items"
    CARTON = "carton"
    WEIGHT = "weight"
    LABEL = "label"


@dataclass(frozen=True)
class Bench:
    """The fulfillment in work, with its lines as they stand."""

    head: BenchHead
    lines: tuple[BenchLine, ...]

    @property
    def state(self) -> State:
        """What is to be done next with this order; it follows from the rows alone."""
        parcel = self.head.parcel
        if parcel is not None and parcel.status is not ParcelStatus.OPEN:
            return State.LABEL
        if self.missing:
            return State.ITEMS
        return State.WEIGHT if self.head.carton else State.CARTON

    @property
    def missing(self) -> int:
        """Units that are still in a tote."""
        return sum(line.in_totes for line in self.lines)

    @property
    def expected_g(self) -> int:
        """What the parcel should weigh by its goods and carton; 0 if a weight is not known."""
        if any(line.product.weight_g == 0 for line in self.lines if line.in_parcel):
            return 0
        goods = sum(line.product.weight_g * line.in_parcel for line in self.lines)
        return goods + (self.head.carton.weight_g if self.head.carton else 0)

    @property
    def tolerance_g(self) -> int:
        """How far the measured weight may be from the expected one."""
        return max(LEAST_TOLERANCE_G, self.expected_g * TOLERANCE_PERCENT // 100)

    def fits(self, grams: int) -> bool:
        """Tell whether a measured weight is right; any is where a product's weight is not known."""
        return not self.expected_g or abs(grams - self.expected_g) <= self.tolerance_g

    def with_put(self, line: BenchLine, units: int) -> "Bench":
        """Return the bench after units of one of its lines went into the parcel; negative: back out of it."""
        moved = replace(line, in_totes=line.in_totes - units, in_parcel=line.in_parcel + units)
        return replace(self, lines=tuple(moved if each is line else each for each in self.lines))

    @property
    def sscc(self) -> str:
        """The SSCC of the parcel, '' before it is closed."""
        return (self.head.parcel.sscc or "") if self.head.parcel else ""


def is_steady(weight: Weight) -> bool:
    """Tell whether a reading can be the weight of a parcel."""
    return weight.steady and weight.grams > 0


def carton_view(carton: Carton) -> CartonView:
    """Return a carton of the catalogue."""
    return CartonView(carton.code, carton.length_mm, carton.width_mm, carton.height_mm)


def bench_view(
    bench: Bench | None, cartons: tuple[Carton, ...], weight_g: int | None, waiting: Waiting
) -> PackView:
    """Return what the packing panel paints."""
    views = tuple(carton_view(carton) for carton in cartons)
    if bench is None:
        return PackView(waiting=waiting.count, cartons=views, weight_g=weight_g)
    head = bench.head
    parcel = head.parcel
    closed = parcel is not None and parcel.weight_g is not None
    return PackView(
        order=head.order.number,
        customer=head.ship_to.name,
        tote=", ".join(head.totes),
        items=tuple(_item(line) for line in bench.lines),
        carton=carton_view(head.carton) if head.carton else None,
        cartons=views,
        weight_g=parcel.weight_g if parcel and closed else weight_g,
        expected_g=bench.expected_g,
        tolerance_g=bench.tolerance_g if bench.expected_g else 0,
        parcel=bench.sscc,
        service=f"{parcel.carrier} {parcel.service}" if parcel and closed else "",
        price=f"{parcel.price:.2f} {parcel.currency}" if parcel and parcel.price is not None else "",
        note="\n".join((*filter(None, [head.order.note]), *(wish.words for wish in head.wishes))),
        gift=head.order.gift_message,
    )


def _item(line: BenchLine) -> PackItem:
    wishes: tuple[Property, ...] = decode(tuple[Property, ...], line.line.properties)
    notes = tuple(wish.words for wish in wishes)
    product = product_view(line.product, line.gtin)
    return PackItem(product, line.in_totes + line.in_parcel, line.in_parcel, notes)


def expected(state: State, bench: Bench | None) -> Thing:
    """Return what is wanted at a step."""
    if bench is None:
        return Thing("A tote or an order")
    if state is State.ITEMS:
        first = next(line for line in bench.lines if line.in_totes)
        return Thing(first.product.called, first.product.sku)
    if state is State.CARTON:
        return Thing("A carton")
    if state is State.WEIGHT:
        about = (
            f"{bench.expected_g} g, give or take {bench.tolerance_g} g" if bench.expected_g else "any weight"
        )
        return Thing("Weight", about)
    return Thing("The label of this parcel", bench.sscc)


def instruction(state: State, bench: Bench | None, waiting: Waiting) -> tuple[str, str]:
    """Return the huge line and the sub line of a step."""
    if bench is None:
        if not waiting.count:
            return "Scan a tote or an order", "No picked order waits"
        first = f", the oldest in {waiting.tote}" if waiting.tote else ""
        return "Scan a tote or an order", f"{counted(waiting.count, 'picked order')} to pack{first}"
    if bench.head.held and state is not State.LABEL:
        return f"Wait: order {bench.head.order.number} is on hold", "Pack nothing. Tell the order desk"
    match state:
        case State.ITEMS:
            following = next(line for line in bench.lines if line.in_totes)
            return f"Scan {following.product.called}", f"{counted(bench.missing, 'piece')} still in the tote"
        case State.CARTON:
            return "Scan the carton", "Every piece is in. Take a carton and scan its code"
        case State.WEIGHT:
            about = (
                f"It should weigh about {bench.expected_g} g" if bench.expected_g else "Any weight is right"
            )
            return "Put the parcel on the scale", f"{about}. Without a scale, type the grams with F2"
        case _:
            return "Stick the label on, then scan it", f"Parcel {bench.sscc} is closed"
