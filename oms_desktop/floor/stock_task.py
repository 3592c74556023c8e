"""What is in hand at the stock: one refill, move, count or correction, and how far it is."""

from dataclasses import asdict, dataclass, fields
from enum import Enum
from typing import Any

from oms_desktop.floor.reply import Key
from oms_desktop.floor.stock_views import TaskView


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

    `units` are those scanned or typed so far, for a correction with their sign; `booked` is what the book
    had when a count was typed, -1 before.
    """

    work: str
    source: str = ""
    source_code: str = ""
    product: str = ""
    sku: str = ""
    name: str = ""
    lot: str = ""
    condition: str = "good"
    tracked: str = ""
    """"lot" or "serial" where each scan must say which."""
    target: str = ""
    target_code: str = ""
    wanted: int = 0
    units: int = 0
    free: int = 0
    booked: int = -1
    serials: tuple[str, ...] = ()

    @property
    def kind(self) -> Work:
        """The kind of work."""
        return Work[self.work]

    def step(self) -> dict[str, Any]:
        """Return the task as it is remembered."""
        return {**asdict(self), "serials": list(self.serials)}


def task_of(step: object) -> Task | None:
    """Return the task that was remembered; None if there was none, or it is of another version."""
    if not isinstance(step, dict) or set(step) != {field.name for field in fields(Task)}:
        return None
    return Task(**{**step, "serials": tuple(step["serials"])})


def task_view(state: State, task: Task) -> TaskView:
    """Return what the panel paints of the work in hand."""
    kind = task.kind
    steps: tuple[tuple[str, str], ...]
    if kind.moves:
        pieces = f"{task.wanted} pieces" if task.wanted else task.sku
        steps = (("From", task.source_code), ("Product", pieces), ("To", task.target_code))
        at = (State.SOURCE, State.GOODS, State.TARGET).index(state)
        units = f"{task.units} of {task.wanted}" if task.wanted else str(task.units) if task.units else ""
    else:
        number = f"{task.units:+}" if kind is Work.ADJUST and task.units else ""
        last = ("Reason", "") if kind is Work.ADJUST else ("Number", "")
        steps = (("Place", task.source_code), ("Product", task.sku), ("Number", number))
        steps = (*steps, last) if kind is Work.ADJUST else steps
        at = (State.SOURCE, State.GOODS, State.NUMBER, State.REASON).index(state)
        units = number
    return TaskView(
        title=kind.value[0],
        steps=steps,
        step=at,
        name=task.name,
        sku=task.sku,
        lot=task.lot,
        units=units,
        key=kind.key if question(state, kind) else None,
        question=question(state, kind),
        opens=state in (State.NUMBER, State.REASON),
    )


def question(state: State, kind: Work) -> str:
    """Return what is asked in the big field at a step, '' where nothing can be typed."""
    if state is State.GOODS and kind.moves:
        return "How many do you take?"
    if state is State.NUMBER:
        return "How many are there?" if kind is Work.COUNT else "How many more or fewer? +3 or -2"
    return "Why?" if state is State.REASON else ""
