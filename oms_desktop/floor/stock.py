"""The dialogue at the stock: look up places and products, refill, move, count and correct.

idle --LOCATION, PRODUCT--> idle              (its rows and its place on the map are shown)
idle --REFILL, MOVE, COUNT, ADJUST--> source  (goods, where the place was scanned just before)
idle --PRINT--> idle                          (the sign of the place that was scanned)
idle --UNDO--> idle                           (the last move or correction goes back by an opposite one)
source --LOCATION--> goods
goods --PRODUCT, more to take--> goods; all of a refill taken, or a number typed--> target
goods, of a move or of fewer than wanted --LOCATION--> idle: moved
target --LOCATION--> idle: moved
goods --PRODUCT, of a count or correction--> number --typed--> idle: counted; or reason --typed--> idle
any but idle --PUT_ASIDE--> idle              (nothing was booked; behind a refusal only that is put aside)
"""

from dataclasses import replace
from uuid import UUID

from oms_desktop.floor import stock_refusals, stock_words
from oms_desktop.floor.dialogue import Dialogue
from oms_desktop.floor.reply import Key, Kind, Press, Refusal, Reply, Scan, Sound, Thing
from oms_desktop.floor.stock_booking import Booking
from oms_desktop.floor.stock_goods import choose, taken, whole_number
from oms_desktop.floor.stock_lookup import NOTHING, LookUp
from oms_desktop.floor.stock_task import State, Task, Work, refill_task, task_of, task_view
from oms_desktop.floor.stock_views import StockView
from oms_desktop.station import Station, Step
from oms_desktop.workflow.counting import is_far
from oms_desktop.workflow.worklists import shelves

Answered = Reply[StockView]

_AT_WORK = (State.SOURCE, State.GOODS, State.NUMBER, State.REASON, State.TARGET)


class Stock(Dialogue[StockView]):
    """Leads somebody with goods in hand from shelf to shelf. It books by verbs and never writes itself."""

    place = "stock"
    idle = State.IDLE

    def __init__(self, station: Station, warehouse: UUID) -> None:
        super().__init__(station, warehouse)
        self.state: State = State.IDLE
        self._booking = Booking(station, self.place)
        self._task: Task | None = None
        self._last: Task | None = None
        self._look, self._typed = LookUp(station, warehouse), ""
        self.scans = {
            (State.IDLE, Kind.LOCATION): self._look_up,
            (State.IDLE, Kind.PRODUCT): self._look_up,
            (State.SOURCE, Kind.LOCATION): self._source,
            (State.GOODS, Kind.PRODUCT): self._goods,
            (State.GOODS, Kind.LOCATION): self._target,
            (State.GOODS, Kind.UNKNOWN): self._serial,
            (State.TARGET, Kind.PRODUCT): self._goods,
            (State.TARGET, Kind.LOCATION): self._target,
            (State.NUMBER, Kind.UNKNOWN): self._typed_code,
            (State.NUMBER, Kind.ORDER): self._typed_code,
        }
        self.keys = {
            **{(State.IDLE, work.key): self._begin for work in Work},
            (State.IDLE, Key.UNDO): self._undo,
            (State.IDLE, Key.PRINT): self._print,
            (State.IDLE, Key.PUT_ASIDE): self._show_all,
            **{(state, Key.PUT_ASIDE): self._put_aside for state in _AT_WORK},
            **{(State.GOODS, work.key): self._number for work in Work if work.moves},
            (State.NUMBER, Key.COUNT): self._number,
            (State.NUMBER, Key.ADJUST): self._number,
            (State.REASON, Key.ADJUST): self._reason,
        }

    def resume(self) -> Answered:
        """Go on with the work that was remembered, and read what must be refilled."""
        step = self.station.recall(self.place)
        self._task, self._last = task_of(step.get("task")), task_of(step.get("last"))
        known = str(step.get("state", ""))
        self.state = State(known) if self._task is not None else State.IDLE
        self._typed = ""
        self._look.read()
        return self.show()

    def refresh(self) -> Answered | None:
        """Read anew what is looked up and what must be refilled; None if it is as it was."""
        before = (self.instruction(), self.view())
        self._look.read()
        return None if (self.instruction(), self.view()) == before else self.show()

    def show(self, told: str = "", sound: Sound = Sound.NONE) -> Answered:
        """Show the state; a place that must be refilled asks for a decision."""
        urgent = self.state is State.IDLE and bool(self._look.refills) and self._look.view == NOTHING
        return super().show(told, Sound.ATTENTION if urgent and sound is Sound.NONE else sound)

    def _look_up(self, scan: Scan) -> Answered:
        self._look.look_at(scan)
        return self.show(self._look.found.capitalize(), Sound.OK)

    def _show_all(self, _press: Press) -> Answered:
        self._look.forget()
        return self.show()

    def _begin(self, press: Press) -> Answered:
        kind = next(work for work in Work if work.key is press.key)
        self._booking.refuse_role(kind)
        if kind is Work.REFILL:
            return self._begin_refill(press)
        view, task = self._look.view, Task(kind.name)
        if not view.place:
            return self._go(State.SOURCE, task, "", Sound.STEP)
        return self._source_is(task, Scan(Kind.LOCATION, view.location, id=view.place))

    def _print(self, press: Press) -> Answered:
        if not self._look.view.place:
            return self.refused(stock_refusals.which_sign(self.got(press), self.expected()))
        return self.show(self._booking.print_sign(self._look.view), Sound.DONE)

    def _begin_refill(self, press: Press) -> Answered:
        self._look.read()
        chosen = self._look.refill_at(press.text)
        if chosen is None:
            text = (
                "Another has brought it, or the reserve is empty." if press.text else "Nothing has run low."
            )
            return self.refuse("stock.no_refill", "Nothing to refill", text, self.got(press))
        return self._go(State.SOURCE, refill_task(chosen), "", Sound.STEP)

    def _source(self, scan: Scan) -> Answered:
        task = self._now
        if task.source and scan.id != task.source:
            return self.refused(stock_refusals.wrong_place(task, scan, task.source_code))
        return self._source_is(task, scan)

    def _source_is(self, task: Task, scan: Scan) -> Answered:
        with self.station.store.reading() as session:
            rows = shelves.lying(session, UUID(scan.id))
        if task.kind.moves and not rows:
            return self.refused(stock_refusals.nothing_here(scan, self.expected()))
        at = replace(task, source=scan.id, source_code=scan.value)
        return self._go(State.GOODS, at, "Location right" if task.source else scan.value, Sound.STEP)

    def _goods(self, scan: Scan) -> Answered:
        task = self._now
        if task.product and scan.id != task.product:
            return self.refused(stock_refusals.wrong_product(task, scan))
        with self.station.store.reading() as session:
            rows = shelves.lying(session, UUID(task.source), UUID(scan.id))
        chosen = choose(task, scan, rows, self.expected())
        if isinstance(chosen, Refusal):
            return self.refused(chosen)
        if not task.kind.moves:
            return self._go(State.NUMBER, chosen, "Product right", Sound.STEP)
        if chosen.by_serial and not scan.serial and not task.by_serial:
            return self._go(State.GOODS, chosen, "Product right", Sound.STEP)
        return self._take(taken(chosen, scan))

    def _serial(self, scan: Scan) -> Answered:
        """Take a code that nobody knows for the serial of a piece, where the product is kept by serial."""
        task = self._now
        if not task.by_serial or not task.kind.moves:
            return self._unexpected(scan)
        return self._take(taken(task, replace(scan, serial=scan.value, value=task.sku, name=task.name)))

    def _take(self, after: Task | Refusal) -> Answered:
        if isinstance(after, Refusal):
            return self.refused(after)
        full = bool(after.wanted) and after.units == after.wanted
        told = f"{after.units} of {after.wanted}" if after.wanted else f"{after.units} taken"
        state = State.TARGET if full or self.state is State.TARGET else State.GOODS
        return self._go(state, after, f"Right, {told}", Sound.STEP if full else Sound.OK)

    def _target(self, scan: Scan) -> Answered:
        task = self._now
        if not task.kind.moves:
            return self._unexpected(scan)
        if scan.id == task.source and not task.units:
            return self.show("This is the right place already", Sound.ATTENTION)
        if not task.units:
            return self._unexpected(scan)
        if scan.id == task.source:
            return self.refused(stock_refusals.same_place(task, scan, self.expected()))
        if task.target and scan.id != task.target:
            return self.refused(stock_refusals.wrong_place(task, scan, task.target_code))
        done = replace(task, target=scan.id, target_code=scan.value)
        return self._done(done, self._booking.move(done, scan.device))

    def _typed_code(self, scan: Scan) -> Answered:
        """Take digits that were typed as a code for the number that is asked."""
        if scan.device != "typed" or len(scan.raw) > stock_refusals.LONGEST_NUMBER:
            return self._unexpected(scan)
        reply = self._number(Press(self._now.kind.key, scan.raw))
        return reply if reply.ok else replace(reply, sound=Sound.ATTENTION)

    def _number(self, press: Press) -> Answered:
        task, text = self._now, press.text.strip()
        if press.key is not task.kind.key:
            return self._no_such_key(press)
        if task.kind.moves and (not task.units or task.by_serial):
            text = "One scan tells that it is the right product."
            return self.refuse("stock.scan_first", "Scan the product first", text, self.got(press))
        number = whole_number(text, signed=task.kind is Work.ADJUST)
        if number is None or (task.kind is not Work.COUNT and number == 0):
            signed = task.kind is Work.ADJUST
            return self.refused(stock_refusals.not_a_number(text, self.got(press), signed=signed))
        if task.kind is Work.ADJUST:
            return self._go(State.REASON, replace(task, units=number), f"{number:+}", Sound.STEP)
        return self._count(number, press) if task.kind is Work.COUNT else self._take_number(number, press)

    def _take_number(self, number: int, press: Press) -> Answered:
        task, got = self._now, self.got(press)
        if task.wanted and number > task.wanted:
            scan = Scan(Kind.PRODUCT, task.sku, factor=number - task.units, name=task.name)
            return self.refused(stock_refusals.too_many(task, scan))
        if number > task.free:
            return self.refused(stock_refusals.more_than_free(task, number, got))
        return self._go(State.TARGET, replace(task, units=number), f"{number} taken", Sound.STEP)

    def _count(self, number: int, press: Press) -> Answered:
        task = self._now
        booked = self._booking.booked(task)
        if is_far(number, booked) and self._typed != str(number):
            self._typed = str(number)
            return self.refused(stock_refusals.confirm_count(task, number, booked, self.got(press)))
        return self._done(replace(task, units=number), self._booking.count(task, number))

    def _reason(self, press: Press) -> Answered:
        reason = press.text.strip()
        if not reason:
            return self.refuse("stock.why", "Type the reason", "Press F6 and say why.", self.got(press))
        return self._done(self._now, self._booking.adjust(self._now, reason))

    def _done(self, task: Task, told: str) -> Answered:
        self.state, self._task, self._last, self._typed = State.IDLE, None, task, ""
        self._look.view = StockView(
            place=task.target or task.source, location=task.target_code or task.source_code
        )
        return self._booked(task, told)

    def _booked(self, task: Task, told: str) -> Answered:
        self._look.read()
        reply = self.show(told, Sound.DONE)
        return replace(reply, data=replace(reply.data, booked=task.product))

    def _undo(self, press: Press) -> Answered:
        last = self._last
        if last is None:
            text = "Nothing was moved or corrected here."
            return self.refuse("stock.nothing_to_undo", "Nothing to undo", text, self.got(press))
        if last.kind is Work.COUNT:
            return self.refused(stock_refusals.count_stands(last, self.got(press), self.expected()))
        told = self._booking.undo(last)
        self._last = None
        return self._booked(last, told)

    def _put_aside(self, _press: Press) -> Answered:
        task = self._now
        self.station.remember(Step(self.place, {"last": self._last.step() if self._last else None}))
        self.state, self._task, self._typed = State.IDLE, None, ""
        self._look.read()
        return self.show(stock_words.put_aside(task), Sound.ATTENTION)

    def _go(self, state: State, task: Task, told: str, sound: Sound) -> Answered:
        """Go to a step, in the database first."""
        last = self._last.step() if self._last else None
        self.station.remember(Step(self.place, {"state": state.value, "task": task.step(), "last": last}))
        self.state, self._task, self._typed = state, task, ""
        return self.show(told, sound)

    @property
    def _now(self) -> Task:
        assert self._task is not None
        return self._task

    def view(self) -> StockView:
        """Return what was looked up, or the work in hand with the place that is asked."""
        task = self._task
        if task is None:
            return self._look.view
        to = self.state is State.TARGET and task.target
        place, code = (task.target, task.target_code) if to else (task.source, task.source_code)
        return StockView(place, code, task.product, task.sku, task_view(self.state, task))

    def expected(self) -> Thing:
        """Return what is wanted now."""
        return stock_words.expected(self.state, self._task)

    def instruction(self) -> tuple[str, str]:
        """Say what to do next in one line, and a second one about it."""
        view = self._look.view
        if self._task is not None:
            return stock_words.instruction(self.state, self._task)
        if view.place or view.product:
            return f"{view.location or view.sku}: {self._look.found}", "Esc shows everything again"
        if self._look.refills:
            return stock_words.refill_words(self._look.refills[0])
        return "Scan a location or a product", "Every place has what it should have"
