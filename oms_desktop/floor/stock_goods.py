"""Which goods at a place a scan means, and how many of them are in hand then."""

from collections.abc import Sequence
from dataclasses import replace

from oms_desktop.floor import stock_refusals
from oms_desktop.floor.reply import Refusal, Scan, Thing
from oms_desktop.floor.stock_task import Task
from oms_desktop.models import Condition
from oms_desktop.workflow.worklists.shelves import Goods


def choose(task: Task, scan: Scan, rows: Sequence[Goods], wanted: Thing) -> Task | Refusal:
    """Fix the product, lot and condition of a task by a scan at its place, where `rows` of it lie.

    Good goods come before others. A lot is needed where several lie there; what was chosen by an earlier
    scan stays.
    """
    free = [row for row in rows if row.free > 0] if task.kind.moves else list(rows)
    good = [row for row in free if row.condition is Condition.GOOD] or free
    if task.kind.moves and not good:
        return stock_refusals.not_here(task, scan, wanted)
    if task.units and task.lot:
        other = scan.lot and scan.lot != task.lot
        return stock_refusals.wrong_lot(task, scan, (task.lot,)) if other else task
    lots = tuple(dict.fromkeys(row.lot for row in good))
    if scan.lot and scan.lot in lots:
        return task.of(scan, next(row for row in good if row.lot == scan.lot))
    named = tuple(lot for lot in lots if lot)
    if scan.lot and task.kind.moves and named:
        return stock_refusals.wrong_lot(task, scan, named)
    if len(lots) > 1 and not (scan.lot and not task.kind.moves):
        return stock_refusals.which_lot(task, scan, named, wanted)
    if scan.lot and not task.kind.moves and named:
        return task.of(scan, None)
    return task.of(scan, good[0] if good else None)


def taken(task: Task, scan: Scan) -> Task | Refusal:
    """Return the task with the pieces of one more scan in hand."""
    units = task.units + scan.factor
    if task.by_serial and not scan.serial:
        return stock_refusals.serial_needed(task, scan)
    if scan.serial and scan.serial in task.serials:
        return stock_refusals.serial_again(task, scan.serial)
    if task.wanted and units > task.wanted:
        return stock_refusals.too_many(task, scan)
    if units > task.free:
        got = Thing(scan.name or "Product", scan.value, f"{scan.factor} more")
        return stock_refusals.more_than_free(task, units, got)
    serials = (*task.serials, scan.serial) if task.by_serial else ()
    return replace(task, units=units, serials=serials)


def whole_number(text: str, *, signed: bool) -> int | None:
    """Read a number of pieces, with a sign where one may stand; None where it is none."""
    digits = text[1:] if signed and text[:1] in ("+", "-") else text
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > stock_refusals.LONGEST_NUMBER:
        return None
    return -int(digits) if text.startswith("-") else int(digits)
