"""The dialogue with a picker: where to go, what to take, where to put it.

idle --TOTE (empty): a tour is taken--> location
location --LOCATION--> product --PRODUCT, all taken--> tote --TOTE--> location, or idle: tour done
                        |   ^
                        +---+ PRODUCT, more to take
location, product --SHORT, a number--> tote     (what was taken here, or the tour's last stop)
location, product --SHORT, a number--> location (nothing was taken here: the next stop)
location, product --SKIP--> location            (the next stop; this one comes again at the end)
location, product, tote --UNDO--> product       (the last unit goes back)
location, product, tote --FINISH, twice while anything is left--> idle  (what is left stays open)
any but idle --the order was cancelled--> stopped --TOTE--> idle
"""

from uuid import UUID

from oms_desktop.floor import pick_refusals
from oms_desktop.floor.dialogue import UNDOABLE, Dialogue
from oms_desktop.floor.reply import Key, Kind, Press, Reply, Scan, Sound, Thing
from oms_desktop.floor.tour import State, Tour, expected, instruction, tour_view
from oms_desktop.floor.views import PickView
from oms_desktop.floor.words import counted
from oms_desktop.station import Station, Step
from oms_desktop.workflow import claims, picking, promise
from oms_desktop.workflow.worklists import tours
from oms_desktop.workflow.worklists.parts import Waiting
from oms_desktop.workflow.worklists.tours import TourStop

Answered = Reply[PickView]


class Picking(Dialogue[PickView]):
    """Leads one picker through the stops of a tour. It books by verbs and never writes itself."""

    place = "pick"
    idle = State.IDLE

    def __init__(self, station: Station, warehouse: UUID) -> None:
        super().__init__(station, warehouse)
        self.state: State = State.IDLE
        self._tour: Tour | None = None
        self._index = 0
        self._taken: list[str] = []
        self._waiting = Waiting()
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
            **{(state, Key.SHORT): self._short for state in (State.LOCATION, State.PRODUCT)},
            **{(state, Key.SKIP): self._skip for state in (State.LOCATION, State.PRODUCT)},
        }

    def resume(self) -> Answered:
        """Go on with the tour this station has in work, at the step that was remembered."""
        step = self.station.recall(self.place)
        with self.station.store.reading() as session:
            open_tour = tours.open_tour(session, self.station.name)
            self._waiting = tours.waiting_tours(session, self.warehouse, self._worker)
            if open_tour is None:
                self._tour, self._index, self.state, self._taken = None, 0, State.IDLE, []
                return self.show()
            self._tour = Tour(tours.tour_head(session, open_tour), tours.tour_stops(session, open_tour))
        taken = step.get("taken")
        self._taken = [each for each in taken if self._is_here(each)] if isinstance(taken, list) else []
        self._go_on_at(str(step.get("task", "")), str(step.get("state", "")))
        return self.show(sound=Sound.ATTENTION if self.state is State.STOPPED else Sound.NONE)

    def _is_here(self, taken: str) -> bool:
        return self._at.index_of(taken.partition("|")[0]) is not None

    def _go_on_at(self, task: str, state: str) -> None:
        """Find the remembered stop; where the memory is of another tour, the first unfinished one."""
        tour = self._at
        known, following = tour.index_of(task), tour.after(-1)
        self._index = next(each for each in (known, following, len(tour.stops) - 1) if each is not None)
        done = self._stop.picked >= self._stop.quantity
        onward = tour.after(self._index)
        if tour.head.cancelled:
            self.state = State.STOPPED
        elif done and not self._stop.picked and onward is not None:
            self.state, self._index = State.LOCATION, onward
        elif done:
            self.state = State.TOTE
        else:
            self.state = State.PRODUCT if state in (State.PRODUCT.value, State.TOTE.value) else State.LOCATION

    def _take_tour(self, scan: Scan) -> Answered:
        with self.station.store.reading() as session:
            self._waiting = tours.waiting_tours(session, self.warehouse, self._worker)
        if not self._waiting.count:
            return self.show("No order waits", Sound.ATTENTION)
        number = self.station.number("tour")
        call = self.station.call(device=scan.device, keep=self._first_step)
        tour = call.do(claims.claim_pick, warehouse=self.warehouse, tote=UUID(scan.id), number=number)
        with self.station.store.reading() as session:
            head = tours.tour_head(session, tour.pick_list)
            self._tour = Tour(head, tours.tour_stops(session, tour.pick_list))
        self._index, self.state, self._taken = 0, State.LOCATION, []
        return self.show(f"Tour {head.number} taken, tote {scan.value}", Sound.STEP)

    def _first_step(self, _tour: claims.Tour) -> Step:
        return Step(self.place, {"state": State.LOCATION.value, "task": "", "taken": []})

    def _location(self, scan: Scan) -> Answered:
        if scan.id != self._stop.place.id.hex:
            return self.refused(pick_refusals.wrong_location(self._stop, scan))
        self._remember(State.PRODUCT, self._index)
        return self.show("Location right", Sound.STEP)

    def _same_location(self, scan: Scan) -> Answered:
        if scan.id == self._stop.place.id.hex:
            return self.show("This is the right place already", Sound.ATTENTION)
        return self.refused(pick_refusals.wrong_location(self._stop, scan))

    def _product(self, scan: Scan) -> Answered:
        stop, tour = self._stop, self._at
        left = stop.quantity - stop.picked
        if scan.id != stop.product.id.hex:
            return self.refused(pick_refusals.wrong_product(stop, scan))
        if scan.factor > left:
            return self.refused(pick_refusals.too_many(stop, scan))
        if tour.head.held:
            return self.refused(pick_refusals.held(tour, self.got(scan), self.expected()))
        taken = [*self._taken, f"{stop.task.hex}|{scan.factor}"][-UNDOABLE:]
        call = self.station.call(
            device=scan.device,
            lease=tour.head.lease,
            keep=lambda picked: self._step_to(_after(picked), stop, taken),
        )
        result = call.do(picking.confirm, task=stop.task, quantity=scan.factor, tote=tour.head.tote)
        if result.unwanted:
            self.resume()
            return self.show("Not wanted any more, it will be put back", Sound.ATTENTION)
        self._taken, self.state = taken, _after(result)
        self._tour = tour.with_picked(self._index, result.picked)
        told = f"Right, {result.picked} of {stop.quantity}"
        return self.show(told, Sound.OK if result.left else Sound.STEP)

    def _too_many(self, scan: Scan) -> Answered:
        same = scan.id == self._stop.product.id.hex
        refusal = pick_refusals.too_many if same else pick_refusals.wrong_product
        return self.refused(refusal(self._stop, scan))

    def _tote(self, scan: Scan) -> Answered:
        if scan.id != self._at.head.tote.hex:
            return self.refused(pick_refusals.wrong_tote(self._at, scan))
        onward = self._at.after(self._index)
        if onward is None:
            return self._end(scan.device)
        told = f"{self._stop.picked} in tote {scan.value}"
        self._remember(State.LOCATION, onward)
        return self.show(told, Sound.STEP)

    def _end(self, device: str) -> Answered:
        head = self._at.head
        call = self.station.call(device=device, lease=head.lease, keep=lambda _done: Step(self.place, {}))
        call.do(picking.done, pick_list=head.pick_list)
        self._promise_again(head.fulfillment)
        if not any(stop.picked for stop in self._at.stops):
            return self._become_idle(f"Tour {head.number} ended, nothing was taken")
        return self._become_idle(f"Tour {head.number} done. Tote {head.tote_code} goes to packing")

    def _promise_again(self, fulfillment: UUID) -> None:
        """Let what was left open be promised again, so that a later tour takes it."""
        with self.station.store.reading() as session:
            left = tours.open_units(session, fulfillment)
        if left:
            self.station.do(promise.allocate_rest, fulfillment=fulfillment)

    @property
    def _worker(self) -> UUID | None:
        return self.station.person.id if self.station.person else None

    def _become_idle(self, told: str) -> Answered:
        self._tour, self._index, self.state, self._taken = None, 0, State.IDLE, []
        with self.station.store.reading() as session:
            self._waiting = tours.waiting_tours(session, self.warehouse, self._worker)
        return self.show(told, Sound.DONE)

    def _undo(self, press: Press) -> Answered:
        tour = self._at
        if not self._taken:
            text = "Nothing has been taken yet."
            return self.refuse("pick.nothing_to_undo", "Nothing to undo", text, self.got(press))
        task, units = self._taken[-1].split("|")
        index, rest = tour.index_of(task), self._taken[:-1]
        assert index is not None
        stop = tour.stops[index]
        call = self.station.call(
            lease=tour.head.lease, keep=lambda _undone: self._step_to(State.PRODUCT, stop, rest)
        )
        result = call.do(picking.undo, task=stop.task, quantity=int(units), tote=tour.head.tote)
        self._index, self._taken, self.state = index, rest, State.PRODUCT
        self._tour = tour.with_picked(index, result.picked)
        told = f"Undone, put {units} back to {stop.place.code}"
        return self.show(told, Sound.ATTENTION)

    def _short(self, press: Press) -> Answered:
        stop, tour = self._stop, self._at
        refusal = pick_refusals.count_refusal(stop, press.text, self.got(press))
        if refusal is not None:
            return self.refused(refusal)
        shorter = tour.with_quantity(self._index, stop.picked)
        onward = shorter.after(self._index)
        to_tote = stop.picked > 0 or onward is None
        state = State.TOTE if to_tote else State.LOCATION
        index = self._index if to_tote or onward is None else onward
        call = self.station.call(
            lease=tour.head.lease, keep=lambda _short: self._step_to(state, tour.stops[index], self._taken)
        )
        found = int(press.text)
        missing = call.do(picking.short, task=stop.task, counted=found, reason="not enough there")
        self._tour, self._index, self.state = shorter, index, state
        return self.show(f"{missing} missing, {stop.place.code} will be counted", Sound.ATTENTION)

    def _skip(self, press: Press) -> Answered:
        onward = self._at.after(self._index)
        if onward in (None, self._index) or self._stop.picked:
            text = "Finish this stop first." if self._stop.picked else "No other stop is left."
            return self.refuse("pick.no_skip", "This stop cannot wait", text, self.got(press))
        assert onward is not None
        self._remember(State.LOCATION, onward)
        return self.show("Skipped, it comes again at the end", Sound.ATTENTION)

    def _finish(self, press: Press) -> Answered:
        left = sum(stop.quantity - stop.picked for stop in self._at.stops)
        if left and not self.confirmed(f"without {left}"):
            return self.refuse(
                "pick.unfinished",
                f"{counted(left, 'piece')} not picked",
                "Press F12 again to end the tour without them. They stay open for a later tour.",
                self.got(press),
                advice="Or go on with the tour.",
            )
        return self._end("key")

    def _put_aside(self, scan: Scan) -> Answered:
        head = self._at.head
        if scan.id != head.tote.hex:
            return self.refused(pick_refusals.wrong_tote(self._at, scan))
        call = self.station.call(
            device=scan.device, lease=head.lease, keep=lambda _gone: Step(self.place, {})
        )
        call.do(picking.yield_work, pick_list=head.pick_list)
        if not self._taken:
            return self._become_idle(f"Tour {head.number} put aside, tote {head.tote_code} is empty")
        return self._become_idle(f"Put tote {head.tote_code} on the put-back shelf")

    def _remember(self, state: State, index: int) -> None:
        """Go to a stop, in the database first."""
        self.station.remember(self._step_to(state, self._at.stops[index], self._taken))
        self.state, self._index = state, index

    def _step_to(self, state: State, stop: TourStop, taken: list[str]) -> Step:
        return Step(self.place, {"state": state.value, "task": stop.task.hex, "taken": taken})

    @property
    def _at(self) -> Tour:
        assert self._tour is not None
        return self._tour

    @property
    def _stop(self) -> TourStop:
        return self._at.stops[self._index]

    def view(self) -> PickView:
        """Return the stop, the next ones and the progress."""
        return tour_view(self._tour, self._index, self._waiting, stopped=self.state is State.STOPPED)

    def expected(self) -> Thing:
        """Return the tote, location or product that is wanted now."""
        return expected(self.state, self._tour, self._index)

    def instruction(self) -> tuple[str, str]:
        """Say what to do next in one line, and a second one about it."""
        return instruction(self.state, self._tour, self._index, self._waiting)


def _after(result: picking.Picked) -> State:
    return State.PRODUCT if result.left else State.TOTE
