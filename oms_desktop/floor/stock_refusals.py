"""What somebody at the stock is told when something is not right: one refusal for each way to be wrong."""

from oms_desktop.floor.reply import Refusal, Scan, Thing
from oms_desktop.floor.stock_task import Task

LONGEST_NUMBER = 6
"""Digits of the largest number that is taken for one of pieces."""


def wrong_place(task: Task, scan: Scan, code: str) -> Refusal:
    """Another place was scanned than the task's."""
    return Refusal(
        "stock.wrong_place",
        "Wrong place",
        f"This is {scan.value}. Go to {code}. Nothing was moved.",
        Thing("Location", scan.value),
        Thing("Location", code),
        f"Go to {code} and scan its sign.",
    )


def same_place(task: Task, scan: Scan, wanted: Thing) -> Refusal:
    """The goods would stay where they are."""
    text = f"The goods come from {task.source_code}. Scan the place they go to."
    return Refusal(
        "stock.same_place", "This is where they come from", text, Thing("Location", scan.value), wanted
    )


def count_stands(last: Task, got: Thing, wanted: Thing) -> Refusal:
    """A count is not taken back."""
    text = f"Count {last.sku} at {last.source_code} again instead."
    return Refusal("stock.count_stands", "A count is not undone", text, got, wanted)


def which_sign(got: Thing, wanted: Thing) -> Refusal:
    """No place was scanned whose sign could be printed."""
    return Refusal("stock.scan_place", "Scan a location first", "Its sign is printed then.", got, wanted)


def nothing_here(scan: Scan, wanted: Thing) -> Refusal:
    """Nothing lies at the place from which goods are to be taken."""
    text = f"By the book nothing lies at {scan.value}. If something does, count it with F5."
    return Refusal("stock.nothing_here", "Nothing lies here", text, Thing("Location", scan.value), wanted)


def wrong_product(task: Task, scan: Scan) -> Refusal:
    """Another product was scanned than the task's."""
    return Refusal(
        "stock.wrong_product",
        "Wrong product, do not take it",
        f"This is {scan.value}. {task.sku} is wanted here. Nothing was counted.",
        _product(scan),
        Thing(task.name, task.sku),
        f"Put it back and scan {task.name}.",
    )


def not_here(task: Task, scan: Scan, wanted: Thing) -> Refusal:
    """The product does not lie at the place by the book."""
    text = f"By the book no {scan.value} is free at {task.source_code}. If one lies there, count it with F5."
    return Refusal("stock.not_here", "None of it is free here", text, _product(scan), wanted)


def which_lot(task: Task, scan: Scan, lots: tuple[str, ...], wanted: Thing) -> Refusal:
    """The code does not say which of several lots was taken."""
    told = f"Lots {', '.join(lots)} lie at {task.source_code}." if lots else "It is kept by lot."
    text = f"{told} Scan the code that names the lot."
    return Refusal("stock.which_lot", "Which lot is it?", text, _product(scan), wanted)


def wrong_lot(task: Task, scan: Scan, lots: tuple[str, ...]) -> Refusal:
    """Another lot was scanned than those that may be taken."""
    named = ", ".join(lots)
    return Refusal(
        "stock.wrong_lot",
        "Wrong lot, do not take it",
        f"This is lot {scan.lot}. Lot {named} is wanted. Nothing was counted.",
        Thing(scan.name or "Product", scan.value, f"lot {scan.lot}"),
        Thing(task.name or scan.name, task.sku or scan.value, f"lot {named}"),
        "Put it back.",
    )


def too_many(task: Task, scan: Scan) -> Refusal:
    """More was scanned than the refill asks for."""
    left = task.wanted - task.units
    return Refusal(
        "stock.too_many",
        "Too many, put it back",
        f"Wanted: {task.wanted}, taken: {task.units}, left: {left}. Nothing was counted.",
        Thing(scan.name or "Product", scan.value, f"{scan.factor} more"),
        Thing(task.name, task.sku, f"{left} left"),
        "Put it back on the shelf.",
    )


def more_than_free(task: Task, units: int, got: Thing) -> Refusal:
    """More would be taken than is promised to nobody."""
    return Refusal(
        "stock.more_than_free",
        "More than is free",
        f"{task.free} of {task.sku} are free at {task.source_code}, {units} cannot be taken.",
        got,
        Thing(task.name, task.sku, f"{task.free} free"),
        "The others are promised to orders.",
    )


def serial_needed(task: Task, scan: Scan) -> Refusal:
    """The product is kept by serial and the code names none."""
    text = f"{task.sku} is kept by serial. Scan the code of the piece that names it. Nothing was counted."
    return Refusal(
        "stock.serial_needed", "Scan the serial", text, _product(scan), Thing("A serial", task.sku)
    )


def serial_again(task: Task, serial: str) -> Refusal:
    """The same piece was scanned twice."""
    text = f"Serial {serial} of {task.sku} is counted already."
    return Refusal(
        "stock.serial_again", "This piece is counted", text, Thing("Serial", serial), Thing("Another piece")
    )


def not_a_number(text: str, got: Thing, *, signed: bool) -> Refusal:
    """What was typed is no number of pieces."""
    wanted = Thing("A number", detail="+3 or -2" if signed else "such as 12")
    told = (
        "Type +3 if there are 3 more, -2 if 2 are missing." if signed else "Type how many pieces, in digits."
    )
    return Refusal(
        "stock.number", "Type a number", f"“{text}” is none. {told}" if text else told, got, wanted
    )


def confirm_count(task: Task, counted: int, booked: int, got: Thing) -> Refusal:
    """The number is far from what the book has; it is booked when it is typed again."""
    return Refusal(
        "stock.confirm_count",
        f"You counted {counted}, the book has {booked}",
        f"Count {task.sku} at {task.source_code} again. Type {counted} again to book it.",
        got,
        Thing("Book", detail=f"{booked} pieces"),
    )


def _product(scan: Scan) -> Thing:
    return Thing(scan.name or "Product", scan.value, f"lot {scan.lot}" if scan.lot else "")
