"""The dialogue with a packer: every piece is checked, then the box, its weight and its label.

idle --TOTE or ORDER--> items --PRODUCT, all in--> carton --CARTON--> weight --right weight--> label
                        |   ^                       (skipped when the carton was scanned before)
                        +---+ PRODUCT, more to come, or CARTON early
items, carton --the last of both, its right weight is on the scale already--> label
weight --CARTON, another one--> weight
items, carton, weight --UNDO--> items      (the last piece goes back into the tote)
weight --typed grams, right--> label
weight --FINISH by a supervisor--> label   (any steady weight, with a reason)
label --PRINT--> label                     (label and slip are printed again)
label --PARCEL, its own label--> idle
"""

from dataclasses import replace
from uuid import UUID

from oms_desktop.barcodes.gs1 import sscc
from oms_desktop.errors import StateError
from oms_desktop.floor import pack_refusals
from oms_desktop.floor.bench import Bench, State, bench_view, expected, instruction, is_steady
from oms_desktop.floor.dialogue import UNDOABLE, Dialogue
from oms_desktop.floor.postage import choose_postage
from oms_desktop.floor.reply import Key, Kind, Press, Reply, Scan, Sound, Thing, Weight
from oms_desktop.floor.reprint import reprint
from oms_desktop.floor.views import PackView
from oms_desktop.models import Carton, Role, Status
from oms_desktop.station import Station, Step
from oms_desktop.workflow import claims, packing
from oms_desktop.workflow.worklists import benches
from oms_desktop.workflow.worklists.benches import BenchLine
from oms_desktop.workflow.worklists.parts import Waiting

Answered = Reply[PackView]

_LIKE_A_NUMBER = (Kind.UNKNOWN, Kind.ORDER, Kind.LOCATION, Kind.TOTE)
"""What typed grams may also be the code of."""


class Packing(Dialogue[PackView]):
    """Leads one packer from the tote to the label. It books by verbs and never writes itself."""

    place = "pack"
    idle = State.IDLE

    def __init__(self, station: Station, warehouse: UUID, sscc_prefix: str) -> None:
        super().__init__(station, warehouse)
        self.state: State = State.IDLE
        self._prefix = sscc_prefix
        self._bench: Bench | None = None
        self._last: list[str] = []
        self._weight: Weight | None = None
        self._waiting = Waiting()
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
            **{(State.WEIGHT, kind): self._typed_weight for kind in _LIKE_A_NUMBER},
            (State.LABEL, Kind.PARCEL): self._label,
        }
        self.keys = {
            **{(state, Key.UNDO): self._undo for state in (State.ITEMS, State.CARTON, State.WEIGHT)},
            (State.WEIGHT, Key.FINISH): self._override,
            (State.LABEL, Key.PRINT): self._print_again,
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

    def _load(self, fulfillment: UUID) -> None:
        with self.station.store.reading() as session:
            head = benches.bench_head(session, fulfillment)
            self._bench = Bench(head, benches.bench_lines(session, fulfillment))
        self.state = self._bench.state

    def _tote(self, scan: Scan) -> Answered:
        with self.station.store.reading() as session:
            fulfillment = benches.fulfillment_in(session, UUID(scan.id))
        if fulfillment is None:
            return self.refused(pack_refusals.empty_tote(scan, self.expected()))
        return self._enter(fulfillment, scan)

    def _order(self, scan: Scan) -> Answered:
        with self.station.store.reading() as session:
            parts = benches.fulfillments_of(session, UUID(scan.id))
        if parts and parts[0][1] is Status.PICKED:
            return self._enter(parts[0][0], scan)
        text = claims.why_not_picked(scan.value, parts[0][1] if parts else None)
        return self.refuse("pack.not_picked", "Not ready for packing", text, self.got(scan))

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
            return self.refused(pack_refusals.wrong_product(self._at, scan, self.expected()))
        line = next((each for each in known if each.in_totes >= scan.factor), None)
        if line is None or line.tote is None:
            return self.refused(pack_refusals.too_many(known, scan, self.expected()))
        if self._at.head.held:
            return self.refused(pack_refusals.held(self._at, self.got(scan), self.expected()))
        return self._put(line, line.tote, scan)

    def _put(self, line: BenchLine, tote: UUID, scan: Scan) -> Answered:
        after = [*self._last, "|".join([line.line.id.hex, tote.hex, line.lot, str(scan.factor)])][-UNDOABLE:]
        call = self.station.call(
            device=scan.device,
            lease=self._at.head.lease,
            keep=lambda _put: Step(self.place, {"last": after}),
        )
        call.do(
            packing.put,
            parcel=self._parcel,
            line=line.line.id,
            tote=tote,
            quantity=scan.factor,
            lot=line.lot,
        )
        self._last = after
        self._change(self._at.with_put(line, scan.factor))
        packed, wanted = line.in_parcel + scan.factor, line.in_parcel + line.in_totes
        return self._maybe_close(f"Right, {packed} of {wanted} {line.product.called}")

    def _carton(self, scan: Scan) -> Answered:
        call = self.station.call(device=scan.device, lease=self._at.head.lease)
        call.do(packing.choose_carton, parcel=self._parcel, carton=UUID(scan.id))
        chosen = next((each for each in self._cartons if each.id.hex == scan.id), None)
        if chosen is None:
            self._load(self._at.head.fulfillment)
        else:
            self._change(replace(self._at, head=replace(self._at.head, carton=chosen)))
        return self._maybe_close(f"Carton {scan.value}")

    def _change(self, bench: Bench) -> None:
        """Go on with changed content; grams that were typed for the content before are forgotten."""
        self._bench, self.state = bench, bench.state
        if self._weight is not None and self._weight.device == "typed":
            self._weight = None

    def _maybe_close(self, told: str) -> Answered:
        """Close at once when the box is complete and its right weight is on the scale already."""
        at, weight = self._at, self._weight
        complete = self.state is State.WEIGHT and at.expected_g and not at.head.held
        if complete and weight is not None and is_steady(weight) and at.fits(weight.grams):
            try:
                return self._close(weight, "")
            except StateError as error:
                # The scan itself was booked: it must not look refused.
                return self.show(f"{told}. {error.text}", Sound.ATTENTION)
        return self.show(told, Sound.OK if self.state is State.ITEMS else Sound.STEP)

    def _note_weight(self, weight: Weight) -> Answered:
        """Keep a reading that nobody asked for, for the moment the box is complete."""
        self._weight = weight
        return self.show()

    def _weigh(self, weight: Weight) -> Answered:
        self._weight = weight
        if not is_steady(weight):
            return self.show()
        if self._at.head.held:
            return self.refused(pack_refusals.held(self._at, self.got(weight), self.expected()))
        if self._at.fits(weight.grams):
            return self._close(weight, "")
        return self.refused(pack_refusals.wrong_weight(self._at, weight, self.expected()))

    def _typed_weight(self, scan: Scan) -> Answered:
        typed = scan.raw.strip()
        if scan.device != "typed" or not typed.isdecimal() or len(typed) > 6:
            return self._unexpected(scan)
        if int(typed) == 0:
            return self.refused(pack_refusals.no_weight(Thing("Weight", "0 g"), self.expected()))
        return self._weigh(Weight(int(typed), steady=True, device="typed"))

    def _override(self, press: Press) -> Answered:
        person, weight = self.station.person, self._weight
        if weight is None or not is_steady(weight):
            return self.refused(pack_refusals.no_weight(self.got(press), self.expected()))
        if self._at.head.held:
            return self.refused(pack_refusals.held(self._at, self.got(press), self.expected()))
        if person is None or not person.may(Role.SUPERVISOR):
            return self.refused(pack_refusals.not_allowed(self.got(press), self.expected()))
        if not self.confirmed(f"close with {weight.grams}"):
            return self.refused(pack_refusals.ask_override(self._at, weight.grams, self.got(press)))
        return self._close(weight, press.text or "accepted by a supervisor")

    def _close(self, weight: Weight, reason: str) -> Answered:
        at, to = self._at, self._at.head.ship_to
        postage = choose_postage(weight.grams, to.country_code, to.postal_code, self._new_sscc)
        call = self.station.call(
            device=weight.device, lease=at.head.lease, keep=lambda _closed: Step(self.place, {})
        )
        call.do(
            packing.close,
            parcel=self._parcel,
            weight_g=weight.grams,
            expected_g=at.expected_g,
            postage=postage,
            weight_reason=reason,
        )
        self._last = []
        self._load(at.head.fulfillment)
        return self.show(f"Closed with {weight.grams} g, the label is printed", Sound.DONE)

    def _new_sscc(self) -> str:
        return sscc(0, self._prefix, self.station.number("sscc"))

    def _label(self, scan: Scan) -> Answered:
        if scan.id != self._parcel.hex:
            return self.refused(pack_refusals.wrong_label(scan, self.expected()))
        head = self._at.head
        call = self.station.call(
            device=scan.device, lease=head.lease, keep=lambda _done: Step(self.place, {})
        )
        call.do(packing.done, fulfillment=head.fulfillment)
        self._weight = None
        self.resume()
        return self.show(f"Order {head.order.number} is packed", Sound.DONE)

    def _print_again(self, _press: Press) -> Answered:
        reprint(self.station, self._parcel, "label", "packing slip", roles=[Role.PACKER])
        return self.show("Label and packing slip print again", Sound.DONE)

    def _undo(self, press: Press) -> Answered:
        if not self._last:
            text = "Nothing is packed yet."
            return self.refuse("pack.nothing_to_undo", "Nothing to undo", text, self.got(press))
        line, tote, lot, units = self._last[-1].split("|")
        rest = self._last[:-1]
        call = self.station.call(
            lease=self._at.head.lease, keep=lambda _undone: Step(self.place, {"last": rest})
        )
        call.do(
            packing.take_out,
            parcel=self._parcel,
            line=UUID(line),
            tote=UUID(tote),
            quantity=int(units),
            lot=lot,
        )
        self._last = rest
        taken_out = next(each for each in self._at.lines if (each.line.id.hex, each.lot) == (line, lot))
        self._change(self._at.with_put(taken_out, -int(units)))
        return self.show(f"Undone, put {units} back into the tote", Sound.ATTENTION)

    @property
    def _parcel(self) -> UUID:
        assert self._at.head.parcel is not None
        return self._at.head.parcel.id

    @property
    def _at(self) -> Bench:
        assert self._bench is not None
        return self._bench

    def view(self) -> PackView:
        """Return the order on the bench with its items, carton and weight."""
        weight = self._weight.grams if self._weight is not None else None
        return bench_view(self._bench, self._cartons, weight, self._waiting)

    def expected(self) -> Thing:
        """Return what is wanted now."""
        return expected(self.state, self._bench)

    def instruction(self) -> tuple[str, str]:
        """Say what to do next in one line, and a second one about it."""
        return instruction(self.state, self._bench, self._waiting)
