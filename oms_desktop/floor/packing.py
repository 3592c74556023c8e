"""The dialogue with a packer: every piece is checked, then the box, its weight and its label.

idle --TOTE or ORDER--> items --PRODUCT, all in--> carton --CARTON--> weight --right weight--> label
                        |   ^                       (skipped when the carton was scanned before)
                        +---+ PRODUCT, more to come, or CARTON early
items, carton, weight --UNDO--> items      (the last piece goes back into the tote)
weight --FINISH by a supervisor, with a reason--> label
label --PARCEL, its own label--> idle
"""

from uuid import UUID

from oms_desktop.barcodes.gs1 import sscc
from oms_desktop.floor.bench import Bench, State, bench_view, expected, instruction
from oms_desktop.floor.dialogue import Dialogue
from oms_desktop.floor.postage import choose_postage
from oms_desktop.floor.reply import Key, Kind, Press, Reply, Scan, Sound, Thing, Weight
from oms_desktop.floor.views import PackView
from oms_desktop.models import Carton, Role, Status
from oms_desktop.station import Station, Step
from oms_desktop.workflow import claims, packing
from oms_desktop.workflow.worklists import benches
from oms_desktop.workflow.worklists.benches import BenchLine

Answered = Reply[PackView]


class Packing(Dialogue[PackView]):
    """Leads one packer from the tote to the label. It books by verbs and never writes itself."""

    place = "pack"

    def __init__(self, station: Station, warehouse: UUID, sscc_prefix: str) -> None:
        super().__init__(station, warehouse)
        self.state: State = State.IDLE
        self._prefix = sscc_prefix
        self._bench: Bench | None = None
        self._last: list[str] = []
        self._weight: Weight | None = None
        self._waiting = 0
        self._cartons: tuple[Carton, ...] = ()
        self.scans = {
            (State.IDLE, Kind.TOTE): self._tote,
            (State.IDLE, Kind.ORDER): self._order,
            (State.ITEMS, Kind.PRODUCT): self._product,
            (State.CARTON, Kind.PRODUCT): self._product,
            (State.WEIGHT, Kind.PRODUCT): self._product,
            (State.ITEMS, Kind.CARTON): self._carton,
            (State.CARTON, Kind.CARTON): self._carton,
            (State.WEIGHT, Kind.CARTON): self._carton,
            (State.WEIGHT, Kind.UNKNOWN): self._typed_weight,
            (State.LABEL, Kind.PARCEL): self._label,
        }
        self.keys = {
            **{(state, Key.UNDO): self._undo for state in (State.ITEMS, State.CARTON, State.WEIGHT)},
            (State.WEIGHT, Key.FINISH): self._override,
        }
        self.weights = {
            **dict.fromkeys((State.IDLE, State.ITEMS, State.CARTON), self._note_weight),
            State.WEIGHT: self._weigh,
        }

    def resume(self) -> Answered:
        """Go on with the order this station has on its bench."""
        last = self.station.recall(self.place).get("last")
        with self.station.store.reading() as session:
            self._waiting = benches.waiting_benches(session, self.warehouse)
            self._cartons = tuple(benches.cartons(session))
            fulfillment = benches.open_bench(session, self.station.name)
        if fulfillment is None:
            self._bench, self.state, self._last = None, State.IDLE, []
            return self.show()
        self._last = list(last) if isinstance(last, list) else []
        self._load(fulfillment)
        if self._bench is not None and self._bench.head.parcel is None:
            self.station.do(packing.open_parcel, fulfillment=fulfillment)
            self._load(fulfillment)
        return self.show()

    def step(self) -> Step:
        """Return the step to remember: the state follows from the rows, the last puts do not."""
        return Step(self.place, {"state": self.state.value, "last": self._last})

    def _load(self, fulfillment: UUID) -> None:
        with self.station.store.reading() as session:
            head = benches.bench_head(session, fulfillment)
            self._bench = Bench(head, benches.bench_lines(session, fulfillment))
        self.state = self._bench.state

    def _tote(self, scan: Scan) -> Answered:
        with self.station.store.reading() as session:
            fulfillment = benches.fulfillment_in(session, UUID(scan.id))
        if fulfillment is None:
            return self.refuse(
                "pack.empty_tote", "This tote is empty", f"No order is in tote {scan.value}.", self.got(scan)
            )
        return self._enter(fulfillment, scan)

    def _order(self, scan: Scan) -> Answered:
        with self.station.store.reading() as session:
            parts = benches.fulfillments_of(session, UUID(scan.id))
        fulfillment, status = parts[0]
        if status is not Status.PICKED:
            text = f"Order {scan.value} is {status.value}, not picked."
            return self.refuse("pack.not_picked", "Not ready for packing", text, self.got(scan))
        return self._enter(fulfillment, scan)

    def _enter(self, fulfillment: UUID, scan: Scan) -> Answered:
        call = self.station.call(device=scan.device)
        bench = call.do(claims.claim_pack, fulfillment=fulfillment)
        self.station.call(device=scan.device, lease=bench.lease).do(
            packing.open_parcel, fulfillment=fulfillment
        )
        self._last = []
        self._load(fulfillment)
        return self.show(f"Order {self._at.head.order.number} is on the bench", Sound.STEP)

    def _product(self, scan: Scan) -> Answered:
        known = [line for line in self._at.lines if line.product.id.hex == scan.id]
        if not known:
            return self._wrong_product(scan)
        line = next((each for each in known if each.in_totes >= scan.factor), None)
        if line is None or line.tote is None:
            packed = sum(each.in_parcel for each in known)
            return self.refuse(
                "pack.too_many",
                "One too many, do not pack it",
                f"{packed} of {known[0].product.name} are in already. Nothing was counted.",
                Thing(known[0].product.name, scan.value),
                advice="Put it back into the tote or the return box.",
            )
        if self._at.head.held:
            text = f"Order {self._at.head.order.number} is on hold. Nothing was counted."
            return self.refuse("pack.held", "This order is on hold", text, self.got(scan))
        return self._put(line, scan)

    def _put(self, line: BenchLine, scan: Scan) -> Answered:
        assert line.tote is not None and self._at.head.parcel is not None
        after = [*self._last[-19:], "|".join([line.line.id.hex, line.tote.hex, line.lot, str(scan.factor)])]
        call = self.station.call(
            device=scan.device,
            lease=self._at.head.lease,
            keep=lambda _put: Step(self.place, {"state": self.state.value, "last": after}),
        )
        call.do(
            packing.put,
            parcel=self._at.head.parcel.id,
            line=line.line.id,
            tote=line.tote,
            quantity=scan.factor,
            lot=line.lot,
        )
        self._last = after
        self._load(self._at.head.fulfillment)
        packed, wanted = line.in_parcel + scan.factor, line.in_parcel + line.in_totes
        return self._maybe_close(f"Right, {packed} of {wanted} {line.product.name}")

    def _wrong_product(self, scan: Scan) -> Answered:
        return self.refuse(
            "pack.wrong_product",
            "Wrong item, do not pack it",
            f"{scan.value} is not in order {self._at.head.order.number}. Nothing was counted.",
            Thing("Product", scan.value),
            advice="Put it into the return box, then scan the right item.",
        )

    def _carton(self, scan: Scan) -> Answered:
        assert self._at.head.parcel is not None
        call = self.station.call(device=scan.device, lease=self._at.head.lease)
        call.do(packing.choose_carton, parcel=self._at.head.parcel.id, carton=UUID(scan.id))
        self._load(self._at.head.fulfillment)
        return self._maybe_close(f"Carton {scan.value}")

    def _maybe_close(self, told: str) -> Answered:
        """Close at once when the box is complete and its right weight is on the scale already."""
        weight = self._weight
        complete = self.state is State.WEIGHT and weight is not None and weight.steady and weight.grams > 0
        if complete and weight is not None and self._at.expected_g and self._at.fits(weight.grams):
            return self._close(weight, "")
        return self.show(told, Sound.STEP if self.state is not State.ITEMS else Sound.OK)

    def _note_weight(self, weight: Weight) -> Answered:
        """Keep a reading that nobody asked for, for the moment the box is complete."""
        self._weight = weight
        return self.show()

    def _weigh(self, weight: Weight) -> Answered:
        self._weight = weight
        if not weight.steady or weight.grams <= 0:
            return self.show()
        if self._at.fits(weight.grams):
            return self._close(weight, "")
        off = weight.grams - self._at.expected_g
        return self.refuse(
            "pack.weight",
            f"{abs(off)} g too {'heavy' if off > 0 else 'light'}",
            f"The scale shows {weight.grams} g. Check for {'an extra' if off > 0 else 'a missing'} piece.",
            self.got(weight),
            advice="Weigh again, or ask a supervisor to go on with F12.",
        )

    def _typed_weight(self, scan: Scan) -> Answered:
        if scan.device == "typed" and scan.value.isdecimal() and len(scan.value) <= 6:
            return self._weigh(Weight(int(scan.value), steady=True, device="typed"))
        return self._unexpected(scan)

    def _override(self, press: Press) -> Answered:
        person, weight = self.station.person, self._weight
        if weight is None or weight.grams <= 0:
            return self.refuse("pack.no_weight", "Weigh it first", "There is no weight yet.", self.got(press))
        if person is None or not person.may(Role.SUPERVISOR):
            text = "Only a supervisor may close a parcel whose weight differs."
            return self.refuse("pack.not_allowed", "Ask a supervisor", text, self.got(press))
        return self._close(weight, press.text or "accepted by a supervisor")

    def _close(self, weight: Weight, reason: str) -> Answered:
        at = self._at
        assert at.head.parcel is not None
        code = sscc(0, self._prefix, self.station.number("sscc"))
        to = at.head.ship_to
        postage = choose_postage(weight.grams, to.country_code, to.postal_code, code)
        call = self.station.call(device=weight.device, lease=at.head.lease, keep=lambda _closed: self.step())
        call.do(
            packing.close,
            parcel=at.head.parcel.id,
            weight_g=weight.grams,
            expected_g=at.expected_g,
            postage=postage,
            weight_reason=reason,
        )
        self._load(at.head.fulfillment)
        return self.show(f"Closed with {weight.grams} g, label printed", Sound.DONE)

    def _label(self, scan: Scan) -> Answered:
        at = self._at
        if at.head.parcel is None or scan.id != at.head.parcel.id.hex:
            return self.refuse(
                "pack.wrong_label",
                "This is another parcel's label",
                f"The label is of parcel {scan.value}.",
                self.got(scan),
                advice="Stick the label of this parcel on and scan it.",
            )
        call = self.station.call(
            device=scan.device, lease=at.head.lease, keep=lambda _done: Step(self.place, {})
        )
        call.do(packing.done, fulfillment=at.head.fulfillment)
        number = at.head.order.number
        self._weight = None
        reply = self.resume()
        return self.show(f"Order {number} is packed", Sound.DONE) if reply.ok else reply

    def _undo(self, press: Press) -> Answered:
        at = self._at
        if not self._last or at.head.parcel is None:
            return self.refuse(
                "pack.nothing_to_undo", "Nothing to undo", "Nothing is in yet.", self.got(press)
            )
        line, tote, lot, units = self._last[-1].split("|")
        rest = self._last[:-1]
        call = self.station.call(
            lease=at.head.lease,
            keep=lambda _undone: Step(self.place, {"state": State.ITEMS.value, "last": rest}),
        )
        call.do(
            packing.take_out,
            parcel=at.head.parcel.id,
            line=UUID(line),
            tote=UUID(tote),
            quantity=int(units),
            lot=lot,
        )
        self._last = rest
        self._load(at.head.fulfillment)
        return self.show("Undone, it is back in the tote", Sound.ATTENTION)

    @property
    def _at(self) -> Bench:
        assert self._bench is not None
        return self._bench

    def view(self) -> PackView:
        """Return the order on the bench with its items, carton and weight."""
        weight = self._weight.grams if self._weight else None
        return bench_view(self._bench, self._cartons, weight, self._waiting)

    def expected(self) -> Thing:
        """Return what is wanted now."""
        return expected(self.state, self._bench)

    def instruction(self) -> tuple[str, str]:
        """Say what to do next in one line, and a second one about it."""
        return instruction(self.state, self._bench, self._waiting)
