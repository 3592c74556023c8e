"""What the dialogue at the stock books, and what it tells about it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from oms_desktop.floor.reprint import reprint
from oms_desktop.floor.stock_task import Task, Work
from oms_desktop.floor.stock_views import StockView
from oms_desktop.models import Condition, Role
from oms_desktop.station import Call, Station, Step
from oms_desktop.workflow import counting, stock
from oms_desktop.workflow.counting import Counted, Found
from oms_desktop.workflow.worklists import shelves

AT_STOCK = (Role.RECEIVER, Role.SUPERVISOR, Role.ADMINISTRATOR)
"""Who comes to the stock, and so may print the sign of a place."""

UNDONE = "undone"
"""What stands in the books beside the opposite of a move or a correction."""


class Booking:
    """Calls the verbs of one station; with each, what could be undone is remembered, and no task any more."""

    def __init__(self, station: Station, place: str) -> None:
        self._station = station
        self._place = place

    def refuse_role(self, kind: Work) -> None:
        """Raise RoleError if who is signed in may not book a kind of work, before anything is carried."""
        verbs: dict[Work, Callable[..., Any]] = {Work.COUNT: counting.count, Work.ADJUST: stock.adjust}
        self._station.refuse_role(verbs.get(kind, stock.move))

    def move(self, task: Task, device: str) -> str:
        """Move the goods in hand; returns what is told."""
        self._move(self._call(task, device), task, refill=task.kind is Work.REFILL)
        return f"{task.units} of {task.sku} are at {task.target_code} now"

    def booked(self, task: Task) -> int:
        """Return what the book has of the goods of a count."""
        with self._station.store.reading() as session:
            rows = shelves.lying(session, UUID(task.source), UUID(task.product))
        return sum(
            row.on_hand for row in rows if (row.lot, row.condition.value) == (task.lot, task.condition)
        )

    def count(self, task: Task, number: int) -> str:
        """Book a count; returns what the book had."""
        found = (Found(number, task.lot, Condition(task.condition)),)
        done: Counted = self._call(replace(task, units=number)).do(
            counting.count, location=UUID(task.source), product=UUID(task.product), found=found
        )
        difference = done.counted - done.booked
        told = f"{difference:+} to the book" if difference else "as the book has it"
        again = f", {done.reopened} wait for stock again" if done.reopened else ""
        others = "" if done.closed else ", its other lots and conditions are still to be counted"
        return f"Counted {number}, {told}{again}{others}"

    def adjust(self, task: Task, reason: str) -> str:
        """Book a correction; returns what is told."""
        self._adjust(self._call(task), task, task.units, reason)
        return f"{task.units:+} of {task.sku} at {task.source_code} booked"

    def undo(self, last: Task) -> str:
        """Book the opposite of the last move or correction; returns what is told."""
        if last.kind is Work.ADJUST:
            self._adjust(self._call(None), last, -last.units, UNDONE)
            return f"Undone, {-last.units:+} of {last.sku} at {last.source_code}"
        back = replace(last, source=last.target, target=last.source)
        self._move(self._call(None), back, refill=False, reference=UNDONE)
        return f"Undone, bring {last.units} back to {last.source_code}"

    def print_sign(self, view: StockView) -> str:
        """Ask for the sign of the place that was looked up; returns what is told."""
        reprint(self._station, UUID(view.place), "sign", roles=AT_STOCK)
        return f"The sign of {view.location} is printed"

    def _call(self, last: Task | None, device: str = "") -> Call:
        step = Step(self._place, {"last": last.step() if last is not None else None})
        return self._station.call(device=device, keep=lambda _result: step)

    def _move(self, call: Call, task: Task, *, refill: bool, reference: str = "") -> None:
        call.do(
            stock.move,
            product=UUID(task.product),
            source=UUID(task.source),
            target=UUID(task.target),
            quantity=task.units,
            lot=task.lot,
            condition=Condition(task.condition),
            serials=task.serials,
            refill=refill,
            reference=reference,
        )

    def _adjust(self, call: Call, task: Task, difference: int, reason: str) -> None:
        call.do(
            stock.adjust,
            product=UUID(task.product),
            location=UUID(task.source),
            difference=difference,
            reason=reason,
            lot=task.lot,
            condition=Condition(task.condition),
        )
