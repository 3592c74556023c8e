"""What is in hand at the stock: one refill, move, count or correction, and how far it is."""

from dataclasses import asdict, dataclass, fields, replace
from enum import Enum
from typing import Any

from oms_desktop.floor.reply import Key, Scan
from oms_desktop.floor.stock_views import TaskView
from oms_desktop.models import Condition
from oms_desktop.workflow.worklists.shelves import Goods, Refill


class State(Enum):
    """What somebody at the stock is asked to do."""

    IDLE = "idle"
    SOURCE = "source"
    GOODS = "goods"
    NUMBER = "number"
    REASON = "reason"
    TARGET = "target"


class Work(Enum):
    """The kinds of work: its title, and the key that begins it and hands over what is typed for it."""

    REFILL = ("Refill", Key.REFILL)
    MOVE = ("Move", Key.MOVE)
    COUNT = ("Count", Key.COUNT)
    ADJUST = ("Adjust", Key.ADJUST)

    @property
    def title(self) -> str:
        """What the card says."""
        return self.value[0]

    @property
    def key(self) -> Key:
        """The key of this work."""
        return self.value[1]

    @property
    def moves(self) -> bool:
        """Whether goods go from one shelf to another."""
        return self in (Work.REFILL, Work.MOVE)


@dataclass(frozen=True)
class Task:
    """Plain values only, so that it can be remembered. Ids are hex; `wanted` 0 where any number is right.

    `units` are those scanned or typed so far, for a correction with their sign; `free` is what may be taken.
    """

    work: str
    source: str = ""
    source_code: str = ""
    product: str = ""
    sku: str = ""
    name: str = ""
    lot: str = ""
    condition: str = Condition.GOOD.value
    by_serial: bool = False
    target: str = ""
    target_code: str = ""
    wanted: int = 0
    units: int = 0
    free: int = 0
    serials: tuple[str, ...] = ()

    @property
    def kind(self) -> Work:
        """The kind of work."""
        return Work[self.work]

    def step(self) -> dict[str, Any]:
        """Return the task as it is remembered."""
        return {**asdict(self), "serials": list(self.serials)}

    def of(self, scan: Scan, row: Goods | None) -> "Task":
        """Return the task with the product of a scan, and the goods of it that lie at the place."""
        named = replace(self, product=scan.id, sku=scan.value, name=scan.name or scan.value)
        if row is None:
            return replace(named, lot=scan.lot)
        return replace(
            named, lot=row.lot, condition=row.condition.value, free=row.free, by_serial=row.serial_tracked
        )


def refill_task(refill: Refill) -> Task:
    """Return the task of a proposed refill."""
    return Task(
        Work.REFILL.name,
        source=refill.source.hex,
        source_code=refill.source_code,
        product=refill.product.hex,
        sku=refill.sku,
        name=refill.name,
        target=refill.target.hex,
        target_code=refill.target_code,
        wanted=refill.quantity,
    )


def task_of(step: object) -> Task | None:
    """Return the task that was remembered; None if there was none, or it is of another version."""
    if not isinstance(step, dict) or set(step) != {field.name for field in fields(Task)}:
        return None
    return Task(**{**step, "serials": tuple(step["serials"])})


def task_view(state: State, task: Task) -> TaskView:
    """Return what the panel paints of the work in hand."""
    kind, asked = task.kind, question(state, task)
    steps, order = _moving(task) if kind.moves else _correcting(task)
    return TaskView(
        title=kind.title,
        steps=steps,
        step=order.index(state),
        name=task.name,
        sku=task.sku,
        lot=task.lot,
        units=_units(task),
        key=kind.key if asked else None,
        question=asked,
        opens=state in (State.NUMBER, State.REASON),
        blind=kind is Work.COUNT,
    )


def question(state: State, task: Task) -> str:
    """Return what is asked in the big field at a step, '' where nothing can be typed."""
    if state is State.GOODS and task.kind.moves and task.units and not task.by_serial:
        return "How many do you take?"
    if state is State.NUMBER:
        return "How many are there?" if task.kind is Work.COUNT else "How many more or fewer? +3 or -2"
    return "Why?" if state is State.REASON else ""


_Steps = tuple[tuple[tuple[str, str], ...], tuple[State, ...]]


def _moving(task: Task) -> _Steps:
    pieces = f"{task.wanted} pieces" if task.wanted else task.sku
    steps = (("From", task.source_code), ("Product", pieces), ("To", task.target_code))
    return steps, (State.SOURCE, State.GOODS, State.TARGET)


def _correcting(task: Task) -> _Steps:
    adjusts = task.kind is Work.ADJUST
    steps = (("Place", task.source_code), ("Product", task.sku), ("Number", _units(task)))
    order = (State.SOURCE, State.GOODS, State.NUMBER, State.REASON)
    return ((*steps, ("Reason", "")), order) if adjusts else (steps, order[:3])


def _units(task: Task) -> str:
    """What was counted so far; a count stays blind until it is booked."""
    match task.kind:
        case Work.COUNT:
            return ""
        case Work.ADJUST:
            return f"{task.units:+}" if task.units else ""
        case Work.REFILL:
            return f"{task.units} of {task.wanted}"
        case Work.MOVE:
            return str(task.units) if task.units else ""
