"""What somebody at the stock is asked to do, in words."""

from oms_desktop.floor.reply import Thing
from oms_desktop.floor.stock_task import State, Task, Work
from oms_desktop.floor.words import counted
from oms_desktop.workflow.worklists.shelves import EMPTY, Refill

_FIRST = {
    Work.MOVE: ("Scan the place to take from", "Then the product, then the place it goes to"),
    Work.COUNT: ("Scan the place to count", "Then the product, then type what you counted"),
    Work.ADJUST: ("Scan the place to correct", "Then the product, the difference and the reason"),
}


def refill_words(refill: Refill) -> tuple[str, str]:
    """Say which place must be refilled, and from where."""
    # Goods may lie there that are all promised.
    state = "has nothing free" if refill.word == EMPTY else "runs low"
    line = f"{refill.target_code} {state}: bring {refill.quantity} of {refill.name}"
    waits = refill.waits or "F3 starts the refill"
    return line, f"Reserve {refill.source_code} has {refill.source_has}. {waits}"


def put_aside(task: Task) -> str:
    """Say what is to be done with goods in hand whose task is put aside."""
    if task.kind.moves and task.units:
        return f"Put {counted(task.units, 'piece')} back to {task.source_code}"
    return "Put aside, nothing was booked"


def instruction(state: State, task: Task) -> tuple[str, str]:
    """Return the huge line and the sub line of a step of a task."""
    match state:
        case State.SOURCE if task.kind is Work.REFILL:
            return f"Go to {task.source_code}", f"Take {task.wanted} of {task.name} for {task.target_code}"
        case State.SOURCE:
            return _FIRST[task.kind]
        case State.GOODS:
            return _goods(task)
        case State.NUMBER if task.kind is Work.COUNT:
            return f"Count all of {task.name}", "Type the number; what the book has is told after that"
        case State.NUMBER:
            return (
                f"How many more or fewer of {task.name}?",
                "Type +3 if there are 3 more, -2 if 2 are missing",
            )
        case State.REASON:
            return "Type the reason", f"{task.units:+} of {task.sku} at {task.source_code}"
        case _:
            where = task.target_code or "the place it goes to"
            return f"Bring {task.units} to {where}", "Scan the sign of the place when you are there"


def _goods(task: Task) -> tuple[str, str]:
    if task.by_serial and task.kind.moves:
        left = task.wanted - task.units
        of = f"{left} of {task.name}" if task.wanted else f"{task.units} taken"
        return "Scan the serial of each piece", f"{of}. F2 types a serial that cannot be scanned"
    typed = f"Or type the number with {_CAPS[task.kind]}"
    if task.kind is Work.REFILL:
        left = task.wanted - task.units
        hint = f"Scan each piece or case. {typed}" if task.units else "Scan each piece or case"
        return f"Take {left} of {task.name}", hint
    if task.kind is Work.MOVE:
        if not task.units:
            return f"Scan the product at {task.source_code}", "Scan each piece or case"
        return f"{task.units} taken: scan more, or where it goes", typed
    return f"Scan the product at {task.source_code}", "One piece of it is enough"


_CAPS = {Work.REFILL: "F3", Work.MOVE: "F4", Work.COUNT: "F5", Work.ADJUST: "F6"}


def expected(state: State, task: Task | None) -> Thing:
    """Return what is wanted at a step."""
    if task is None:
        return Thing("A location or a product")
    match state:
        case State.SOURCE:
            return Thing("Location", task.source_code)
        case State.GOODS if task.sku:
            return Thing(task.name, task.sku, f"lot {task.lot}" if task.lot else "")
        case State.GOODS:
            return Thing("A product", detail=f"at {task.source_code}")
        case State.NUMBER:
            return Thing("A number")
        case State.REASON:
            return Thing("A reason")
        case _:
            return Thing("Location", task.target_code)
