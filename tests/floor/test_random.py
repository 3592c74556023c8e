"""Anything scanned, pressed and weighed in any order: no dialogue breaks, and the books stay sound."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from oms_desktop.errors import OmsError
from oms_desktop.floor.reply import Key, Reply
from oms_desktop.floor.views import PackView, PickView, ShipView
from oms_desktop.floor.workplace import Answer
from oms_desktop.models import Role
from oms_desktop.workflow.books import prove
from tests.builders import BOTTLE, GTINS, MUG, TORCH
from tests.conftest import make_database
from tests.floor.desk import CASE, PIN, PLACES, Desk, everything

CODES = [
    *GTINS.values(),
    *PLACES.values(),
    *(f"T-10{index}" for index in range(1, 6)),
    CASE,
    "C4",
    "LANE-1",
    "SO-1001",
    "SO-1002",
    "CMD-UNDO",
    "CMD-FINISH",
    "nonsense",
    "",
]
UNITS = st.dictionaries(st.sampled_from([MUG, BOTTLE, TORCH]), st.integers(1, 7), min_size=1)


class Shift(RuleBasedStateMachine):
    """Two workstations on one database, and a desk that holds and cancels."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.database, _url = make_database("sqlite", Path(self.folder.name))
        first = Desk(self.database)
        first.enrol("W-07", "Mara Example", Role.PICKER, Role.PACKER, Role.SHIPPER)
        first.case_of_six()
        self.office = first.other("DESK-1")
        self.desks = [first, first.other("PACK-2")]
        self.orders: list[UUID] = []
        self.holds: list[UUID] = []
        self.person = first.site.station.person
        for desk in self.desks:
            desk.workplace.start()

    def teardown(self) -> None:
        self.database.close()
        self.folder.cleanup()

    @invariant()
    def the_books_are_sound(self) -> None:
        with self.database.reading() as session:
            assert prove(session).violations == ()

    def look(self, number: int) -> dict[str, list[Any]]:
        """Let a workstation notice what others have changed; returns all rows as they are."""
        self.desks[number].workplace.refresh()
        return everything(self.database)

    def check(self, number: int, answer: Answer, before: dict[str, list[Any]], fresh: bool = True) -> None:
        """A refusal has written nothing but calls; what is told is whole, and true where it is fresh."""
        reply = answer.reply
        if reply is None:
            return
        assert reply.message
        assert reply.ok is (reply.refusal is None)
        if reply.refusal is not None:
            assert all((reply.refusal.title, reply.refusal.text, reply.refusal.expected.title))
            after = everything(self.database)
            own = ("journal", "number_range")
            assert {table: rows for table, rows in before.items() if table not in own} == {
                table: rows for table, rows in after.items() if table not in own
            }
        if not fresh:
            return
        desk = self.desks[number]
        again = (
            desk.workplace.dialogues[answer.place].resume()
            if answer.place in desk.workplace.dialogues and answer.place != "sign_in"
            else reply
        )
        assert (again.state, _unweighed(again)) == (reply.state, _unweighed(reply))

    @rule(lines=UNITS)
    def promise(self, lines: dict[str, int]) -> None:
        self.orders.append(self.office.site.promised(lines))

    @precondition(lambda self: self.orders)
    @rule(number=st.integers(0, 9), what=st.sampled_from(["hold", "release", "cancel"]))
    def decide(self, number: int, what: str) -> None:
        order = self.orders[number % len(self.orders)]
        try:
            if what == "hold":
                self.holds.append(self.office.hold(order))
            elif what == "cancel":
                self.office.cancel(order)
            elif self.holds:
                self.office.release(self.holds.pop())
        except OmsError:
            return

    @rule(number=st.integers(0, 1), times=st.integers(1, 12))
    def go_on(self, number: int, times: int) -> None:
        """Do what is asked, several times."""
        for _time in range(times):
            before = self.look(number)
            reply = self.desks[number].workplace.current().reply
            code = _right(reply) if reply is not None else None
            if code is None:
                return
            workplace = self.desks[number].workplace
            answer = workplace.weigh(code, True) if isinstance(code, int) else workplace.scan(code)
            self.check(number, answer, before)

    @rule(number=st.integers(0, 1), code=st.sampled_from(CODES) | st.text(max_size=12), fresh=st.booleans())
    def scan(self, number: int, code: str, fresh: bool) -> None:
        before = self.look(number) if fresh else everything(self.database)
        self.check(number, self.desks[number].workplace.scan(code), before, fresh)

    @rule(
        number=st.integers(0, 1),
        key=st.sampled_from(Key),
        text=st.sampled_from(["", "0", "1", "2", "many"]),
    )
    def press(self, number: int, key: Key, text: str) -> None:
        before = self.look(number)
        self.check(number, self.desks[number].workplace.press(key, text), before)

    @rule(number=st.integers(0, 1), grams=st.integers(-10, 40_000), steady=st.booleans())
    def weigh(self, number: int, grams: int, steady: bool) -> None:
        before = self.look(number)
        self.check(number, self.desks[number].workplace.weigh(grams, steady), before)

    @rule(number=st.integers(0, 1), place=st.sampled_from(["queue", "pick", "pack", "ship"]))
    def go(self, number: int, place: str) -> None:
        self.desks[number].workplace.go(place)

    @rule(number=st.integers(0, 1), badge=st.booleans())
    def change_person(self, number: int, badge: bool) -> None:
        desk = self.desks[number]
        if badge:
            desk.workplace.scan("W-07")
            for digit in PIN:
                desk.workplace.digit(digit)
        else:
            desk.site.station.person = self.person
            desk.workplace.start()

    @rule(number=st.integers(0, 1))
    def kill(self, number: int) -> None:
        place = self.desks[number].workplace.place
        self.desks[number].restart()
        self.desks[number].workplace.go(place)


def _unweighed(reply: Reply[Any]) -> object:
    data = reply.data
    return (data.order, data.items, data.carton, data.parcel) if isinstance(data, PackView) else data


def _right(reply: Reply[Any]) -> str | int | None:
    """Return the code or the grams that are asked for."""
    view, state = reply.data, reply.state.value
    if isinstance(view, PickView):
        if view.stop is None:
            return "T-103"
        codes = {"location": view.stop.place.code, "product": view.stop.product.sku}
        return codes.get(state, view.tote)
    if isinstance(view, PackView):
        missing = [item.product.sku for item in view.items if item.packed < item.quantity]
        codes = {"idle": "T-103", "items": missing[0] if missing else "", "carton": "C4"}
        return view.expected_g if state == "weight" else codes.get(state, view.parcel)
    if isinstance(view, ShipView):
        packed = [parcel.sscc for parcel in view.parcels if parcel.status == "packed"]
        return "LANE-1" if state == "lane" else packed[0] if packed else "CMD-FINISH"
    return None


Shift.TestCase.settings = settings(
    max_examples=8, stateful_step_count=20, deadline=None, phases=(Phase.generate,), print_blob=False
)
TestShift = Shift.TestCase
