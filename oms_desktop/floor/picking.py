"""The dialogue with a picker: where to go, what to take, where to put it.

idle --TOTE (empty): a tour is taken--> location
location --LOCATION--> product --PRODUCT, all taken--> tote --TOTE--> location, or idle: tour done
                        |   ^
                        +---+ PRODUCT, more to take
location, product, tote --UNDO--> product       (the last unit goes back)
location, product, tote --FINISH twice--> idle  (what is left stays open)
any --the order was cancelled--> stopped --TOTE--> idle
"""

from uuid import UUID

from oms_desktop.floor.dialogue import Dialogue
from oms_desktop.floor.reply import Key, Kind, Press, Reply, Scan, Sound, Thing
from oms_desktop.floor.tour import State, Tour, expected, instruction, tour_view
from oms_desktop.floor.views import PickView
from oms_desktop.station import Station, Step
from oms_desktop.workflow import claims, picking
from oms_desktop.workflow.worklists import tours
from oms_desktop.workflow.worklists.tours import TourStop

Answered = Reply[PickView]


class Picking(Dialogue[PickView]):
    """Leads one picker through the stops of a tour. It books by verbs and never writes itself."""

    place = "pick"

    def __init__(self, station: Station, warehouse: UUID) -> None:
        super().__init__(station, warehouse)
        self.state: State = State.IDLE
        self._tour: Tour | None = None
        self._index = 0
        self._last = 1
        self._asked = False
        self._waiting = 0
        self.scans = {
            (State.IDLE, Kind.TOTE): self._take_tour,
            (State.LOCATION, Kind.LOCATION): self._location,
            (State.PRODUCT, Kind.PRODUCT): self._product,
            (State.PRODUCT, Kind.LOCATION): self._same_location,
            (State.TOTE, Kind.TOTE): self._tote,
            (State.TOTE, Kind.PRODUCT): self._too_many,
            (State.STOPPED, Kind.TOTE): self._put_aside,
        }
        at_work = (State.LOCATION, State.PRODUCT, State.TOTE)
        self.keys = {
            **{(state, Key.UNDO): self._undo for state in at_work},
            **{(state, Key.FINISH): self._finish for state in at_work},
        }

    def resume(self) -> Answered:
        """Go on with the tour this station has in work, at the step that was remembered."""
        step = self.station.recall(self.place)
        with self.station.store.reading() as session:
            open_tour = tours.open_tour(session, self.station.name)
            self._waiting = tours.waiting_tours(session, self.warehouse)
            if open_tour is None:
                self._tour, self.state = None, State.IDLE
                return self.show()
            self._tour = Tour(tours.tour_head(session, open_tour), tours.tour_stops(session, open_tour))
        self._last = int(step.get("last", 1))
        self._go_on_at(str(step.get("task", "")), str(step.get("state", "")))
        return self.show(sound=Sound.ATTENTION if self.state is State.STOPPED else Sound.NONE)

    def step(self) -> Step:
        """Return the step to remember: the state, the task, and how many units the last scan took."""
        task = self._stop.task.hex if self._tour and self._index < len(self._tour.stops) else ""
        return Step(self.place, {"state": self.state.value, "task": task, "last": self._last})

    def _go_on_at(self, task: str, state: str) -> None:
        """Find the remembered stop; where the memory is of another tour, the first unfinished one."""
        assert self._tour is not None
        stops = self._tour.stops
        known = [index for index, stop in enumerate(stops) if stop.task.hex == task]
        unfinished = [index for index, stop in enumerate(stops) if stop.picked < stop.quantity]
        self._index = known[0] if known else unfinished[0] if unfinished else len(stops) - 1
        if self._tour.head.cancelled:
            self.state = State.STOPPED
        elif known and state in {State.LOCATION.value, State.PRODUCT.value, State.TOTE.value}:
            done = self._stop.picked >= self._stop.quantity
            self.state = State.TOTE if done else State.PRODUCT if state == "tote" else State(state)
        else:
            self.state = State.LOCATION if unfinished else State.TOTE

    def _take_tour(self, scan: Scan) -> Answered:
        number = self.station.number("tour")
        call = self.station.call(device=scan.device, keep=self._first_step)
        tour = call.do(claims.claim_pick, warehouse=self.warehouse, tote=UUID(scan.id), number=number)
        with self.station.store.reading() as session:
            head = tours.tour_head(session, tour.pick_list)
            self._tour = Tour(head, tours.tour_stops(session, tour.pick_list))
        self._index, self.state, self._last = 0, State.LOCATION, 1
        return self.show(f"Tour {head.number} taken, tote {scan.value}", Sound.STEP)

    def _first_step(self, _tour: claims.Tour) -> Step:
        return Step(self.place, {"state": State.LOCATION.value, "task": "", "last": 1})

    def _location(self, scan: Scan) -> Answered:
        if scan.id != self._stop.place.id.hex:
            wanted = self._stop.place.code
            return self.refuse(
                "pick.wrong_location",
                "Wrong location",
                f"This is {scan.value}. Go to {wanted}.",
                Thing("Location", scan.value),
                advice=f"Go to {wanted} and scan its sign.",
            )
        self.state, self._asked = State.PRODUCT, False
        self.station.remember(self.step())
        return self.show("Location right", Sound.STEP)

    def _same_location(self, scan: Scan) -> Answered:
        if scan.id == self._stop.place.id.hex:
            return self.show("This is the right place already", Sound.ATTENTION)
        return self.refuse(
            "pick.wrong_location",
            "Wrong location",
            f"This is {scan.value}. The goods are at {self._stop.place.code}.",
            Thing("Location", scan.value),
            advice=f"Scan the product at {self._stop.place.code}.",
        )

    def _product(self, scan: Scan) -> Answered:
        stop = self._stop
        left = stop.quantity - stop.picked
        if scan.id != stop.product.id.hex:
            return self._wrong_product(scan)
        if scan.factor > left:
            return self._too_many(scan)
        assert self._tour is not None
        if self._tour.head.held:
            return self.refuse(
                "pick.held",
                "This order is on hold",
                f"Order {self._tour.head.order} was put on hold. Nothing was counted.",
                self.got(scan),
                advice="Wait for the supervisor, or end the tour with F12.",
            )
        call = self.station.call(device=scan.device, lease=self._tour.head.lease, keep=self._step_after)
        self._last, self._asked = scan.factor, False
        tote = self._tour.head.tote
        result = call.do(picking.confirm, task=stop.task, quantity=scan.factor, tote=tote)
        if result.unwanted:
            return self.resume()
        self._tour = self._tour.with_picked(self._index, result.picked)
        self.state = State.PRODUCT if result.left else State.TOTE
        told = f"Right, {result.picked} of {stop.quantity}"
        return self.show(told, Sound.OK if result.left else Sound.STEP)

    def _step_after(self, result: picking.Picked) -> Step:
        state = State.PRODUCT if result.left else State.TOTE
        return Step(self.place, {"state": state.value, "task": self._stop.task.hex, "last": self._last})

    def _wrong_product(self, scan: Scan) -> Answered:
        wanted = self._stop.product
        return self.refuse(
            "pick.wrong_product",
            "Wrong product, do not take it",
            f"This is {scan.value}. {wanted.sku} is wanted here. Nothing was counted.",
            Thing("Product", scan.value),
            advice=f"Put it back and scan {wanted.name}.",
        )

    def _too_many(self, scan: Scan) -> Answered:
        stop = self._stop
        if scan.id != stop.product.id.hex:
            return self._wrong_product(scan)
        left = stop.quantity - stop.picked
        return self.refuse(
            "pick.too_many",
            "Too many, put it back",
            f"{stop.quantity} are wanted, {stop.picked} are taken, {left} left. Nothing was counted.",
            Thing("Product", scan.value, f"{scan.factor} more"),
            advice="Put the rest back on the shelf.",
        )

    def _tote(self, scan: Scan) -> Answered:
        assert self._tour is not None
        head = self._tour.head
        if scan.id != head.tote.hex:
            return self._wrong_tote(scan)
        following = [i for i, stop in enumerate(self._tour.stops) if stop.picked < stop.quantity]
        if not following:
            return self._end(scan.device)
        self._index, self.state = following[0], State.LOCATION
        self.station.remember(self.step())
        return self.show(f"In tote {scan.value}", Sound.STEP)

    def _wrong_tote(self, scan: Scan) -> Answered:
        assert self._tour is not None
        wanted = self._tour.head.tote_code
        return self.refuse(
            "pick.wrong_tote",
            "Wrong tote",
            f"This is tote {scan.value}. Put it into {wanted}.",
            Thing("Tote", scan.value),
            advice=f"Put the goods into tote {wanted} and scan it.",
        )

    def _end(self, device: str) -> Answered:
        assert self._tour is not None
        head = self._tour.head
        call = self.station.call(device=device, lease=head.lease, keep=lambda _done: Step(self.place, {}))
        call.do(picking.done, pick_list=head.pick_list)
        return self._become_idle(f"Tour {head.number} done. Tote {head.tote_code} goes to packing")

    def _become_idle(self, told: str) -> Answered:
        self._tour, self._index, self.state, self._asked = None, 0, State.IDLE, False
        with self.station.store.reading() as session:
            self._waiting = tours.waiting_tours(session, self.warehouse)
        return self.show(told, Sound.DONE)

    def _undo(self, press: Press) -> Answered:
        assert self._tour is not None
        taken = [i for i, stop in enumerate(self._tour.stops[: self._index + 1]) if stop.picked]
        if not taken:
            return self.refuse(
                "pick.nothing_to_undo", "Nothing to undo", "Nothing has been taken yet.", self.got(press)
            )
        self._index = taken[-1]
        stop, head = self._stop, self._tour.head
        units = min(self._last, stop.picked)
        self.state, self._last = State.PRODUCT, 1
        call = self.station.call(lease=head.lease, keep=lambda _undone: self.step())
        result = call.do(picking.undo, task=stop.task, quantity=units, tote=head.tote)
        self._tour = self._tour.with_picked(self._index, result.picked)
        return self.show(f"Undone, {result.picked} of {stop.quantity} taken", Sound.ATTENTION)

    def _finish(self, press: Press) -> Answered:
        assert self._tour is not None
        left = sum(stop.quantity - stop.picked for stop in self._tour.stops)
        if left and not self._asked:
            self._asked = True
            return self.refuse(
                "pick.unfinished",
                f"{left} pieces are not picked",
                "Press F12 again to end the tour without them; they stay open.",
                self.got(press),
                advice="Or go on with the tour.",
            )
        return self._end("key")

    def _put_aside(self, scan: Scan) -> Answered:
        assert self._tour is not None
        head = self._tour.head
        if scan.id != head.tote.hex:
            return self._wrong_tote(scan)
        call = self.station.call(
            device=scan.device, lease=head.lease, keep=lambda _gone: Step(self.place, {})
        )
        call.do(picking.yield_work, pick_list=head.pick_list)
        return self._become_idle(f"Put tote {head.tote_code} on the put-back shelf")

    @property
    def _stop(self) -> TourStop:
        assert self._tour is not None
        return self._tour.stops[self._index]

    def view(self) -> PickView:
        """Return the stop, the next ones and the progress."""
        return tour_view(self._tour, self._index, self._waiting, stopped=self.state is State.STOPPED)

    def expected(self) -> Thing:
        """Return the tote, location or product that is wanted now."""
        return expected(self.state, self._tour, self._index)

    def instruction(self) -> tuple[str, str]:
        """Say what to do next in one line, and a second one about it."""
        return instruction(self.state, self._tour, self._index, self._waiting)
