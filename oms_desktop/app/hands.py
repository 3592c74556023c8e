"""Virtual hands: they do what the instruction on the screen says, and know nothing else.

They stand for a person in the demo, in the test that kills the program, and in the benchmark: from an
answer they tell the next move, with a wrong product taken by mistake once.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from oms_desktop.floor import bench, shipping, sign_in, tour
from oms_desktop.floor.reply import Key, Reply
from oms_desktop.floor.views import PackView, PickView, ProductView, ShipView, SignInView
from oms_desktop.floor.workplace import Answer

DEFAULT_WEIGHT_G = 500
"""What a parcel weighs whose products have no weight."""


@dataclass(frozen=True)
class ScanCode:
    """Scan a code."""

    text: str


@dataclass(frozen=True)
class Weigh:
    """Put a weight on the scale, in grams."""

    grams: int


@dataclass(frozen=True)
class PressKey:
    """Press a key."""

    key: Key


@dataclass(frozen=True)
class TypeDigits:
    """Type a PIN."""

    text: str


@dataclass(frozen=True)
class Go:
    """Walk to another place."""

    place: str


@dataclass(frozen=True)
class ScanLabel:
    """Wait for the label of a parcel, stick it on and scan it."""

    sscc: str


Move = ScanCode | Weigh | PressKey | TypeDigits | Go | ScanLabel


@dataclass
class Hands:
    """One person with all roles. `totes` are the empty ones, `mistake` a code to scan wrongly once."""

    badge: str
    pin: str
    totes: list[str]
    mistake: str = ""
    orders: int = 1_000_000
    worked: int = 0
    filled: list[str] = field(default_factory=list)
    pick: bool = True

    def next(self, answer: Answer) -> Move | None:
        """Return what to do after an answer; None when the shift is over."""
        moves: dict[str, Callable[[Reply[object]], Move | None]] = {
            "sign_in": self._at_the_door,
            "pick": self._at_the_shelf,
            "pack": self._at_the_bench,
            "ship": self._at_the_dock,
        }
        if answer.reply is None:
            return Go("pick")
        return moves[answer.place](answer.reply)

    def _at_the_door(self, reply: Reply[object]) -> Move | None:
        assert isinstance(reply.data, SignInView)
        if reply.state is sign_in.State.PIN and reply.data.badge == self.badge:
            return TypeDigits(self.pin)
        return ScanCode(self.badge)

    def _at_the_shelf(self, reply: Reply[object]) -> Move | None:
        view = reply.data
        assert isinstance(view, PickView)
        if view.stop is None:
            return self._next_tour(view)
        match reply.state:
            case tour.State.LOCATION:
                return ScanCode(view.stop.place.code)
            case tour.State.PRODUCT:
                return ScanCode(self._maybe_wrong(view.stop.product))
            case _:
                if view.tote not in self.filled:
                    self.filled.append(view.tote)
                return ScanCode(view.tote)

    def _next_tour(self, view: PickView) -> Move:
        done = self.worked >= self.orders or not view.waiting or not self.totes
        self.pick = self.worked < self.orders and bool(view.waiting)
        if done:
            return Go("pack")
        self.worked += 1
        return ScanCode(self.totes.pop(0))

    def _maybe_wrong(self, product: ProductView) -> str:
        wrong, right = self.mistake, code_of(product)
        if wrong and wrong not in (right, product.sku):
            self.mistake = ""
            return wrong
        return right

    def _at_the_bench(self, reply: Reply[object]) -> Move | None:
        view = reply.data
        assert isinstance(view, PackView)
        match reply.state:
            case bench.State.IDLE:
                return self._next_tote()
            case bench.State.ITEMS:
                missing = next(item for item in view.items if item.packed < item.quantity)
                return ScanCode(code_of(missing.product))
            case bench.State.CARTON:
                return ScanCode(view.cartons[len(view.cartons) // 2].code)
            case bench.State.WEIGHT:
                return Weigh(view.expected_g or DEFAULT_WEIGHT_G)
            case _:
                return ScanLabel(view.parcel)

    def _next_tote(self) -> Move:
        if self.filled:
            tote = self.filled.pop(0)
            self.totes.append(tote)
            return ScanCode(tote)
        return Go("pick") if self.pick else Go("ship")

    def _at_the_dock(self, reply: Reply[object]) -> Move | None:
        view = reply.data
        assert isinstance(view, ShipView)
        if reply.state is shipping.State.LANE and view.current is not None:
            return ScanCode(view.current.lane)
        waiting = [parcel for parcel in view.parcels if parcel.status == "packed"]
        if waiting:
            return ScanLabel(waiting[0].sscc)
        return PressKey(Key.FINISH) if view.parcels else None


def code_of(product: ProductView) -> str:
    """Return what a scanner reads off a product: its EAN-13 if it has one, else its SKU."""
    return product.gtin or product.sku
