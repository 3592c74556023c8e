"""The key figures above the queue: how it stands, how that has changed, and what the day asks for.

What has been is counted from the timeline by the hour, what is to come from the due times of the queue; each
by an index and over a few hours only, so that a million orders make it no slower.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import accumulate
from statistics import median

from sqlalchemy import and_, case, func, not_, or_, select
from sqlalchemy.orm import Session, aliased

from oms_desktop.models import Event, QueueEntry, Stage
from oms_desktop.workflow.worklists.queue import COUNTED, QueueCount
from oms_desktop.workflow.worklists.queue_filters import STILL_OPEN

STEP = timedelta(minutes=30)
"""The time between two points of a curve."""

POINTS = 13
"""Points of a curve: six hours."""

PER_HOUR = 2
"""Steps of an hour."""

_STEPS = POINTS + PER_HOUR - 1
_CAME, _LEFT, _PICKED, _SHORT = "captured", ("handed over", "cancelled", "merged"), "picked", "short"
_PICKABLE = (Stage.NEW, Stage.PROMISED, Stage.RELEASED, Stage.STARTED)


@dataclass(frozen=True)
class KeyFigure:
    """A number with its name and unit; `value` is empty while there is none.

    `change` tells in words how it has changed or will, `rising` which way, `good` whether that is welcome
    (None for neither). `trend` are the points of its curve, `plan` where its line of the plan lies.
    """

    name: str
    title: str
    value: str
    unit: str = ""
    change: str = ""
    rising: bool = False
    good: bool | None = None
    trend: tuple[float, ...] = ()
    plan: float | None = None


@dataclass(frozen=True)
class History:
    """What the figures are made from: counts of each half hour, the oldest first.

    `waits` are minutes from capture to packed by half hour; `coming` the orders due in each half hour from
    now on; `pace` is how many lines an hour have to be picked to keep all due times.
    """

    came: tuple[int, ...]
    left: tuple[int, ...]
    picked: tuple[int, ...]
    short: tuple[int, ...]
    flagged: tuple[int, ...]
    waits: tuple[tuple[float, ...], ...]
    coming: tuple[int, ...]
    pace: float


def history(session: Session, now: datetime) -> History:
    """Read the last hours and the next ones, in four statements."""
    told = _told(session, now)
    coming, pace = _ahead(session, now)
    return History(
        came=_series(told, _CAME),
        left=tuple(map(sum, zip(*(_series(told, kind) for kind in _LEFT), strict=True))),
        picked=_series(told, _PICKED),
        short=_series(told, _SHORT),
        flagged=_flagged(session, now),
        waits=_waits(session, now),
        coming=coming,
        pace=pace,
    )


def key_figures(past: History, counts: Sequence[QueueCount]) -> tuple[KeyFigure, ...]:
    """Make the six figures of the queue from its history and the counts of now."""
    of = {count.filter: count for count in counts}
    return (
        _open(past, of["all"]),
        _due(past, of["soon"]),
        _picked(past),
        _right(past),
        _waited(past),
        _stuck(past, of["hold"].count + of["exception"].count),
    )


def _told(session: Session, now: datetime) -> Counter[tuple[str, int]]:
    """Count the events of each kind by half hour: one range of an index for each kind.

    An order leaves once, with the last of what ended it; one that was over when it came has not come.
    """
    edges = [now - STEP * number for number in range(_STEPS, -1, -1)]
    step = case(
        *((Event.at < edge, number) for number, edge in enumerate(edges[1:-1])),
        else_=_STEPS - 1,
    ).label("step")
    # A value and no EXISTS, for which a database may read all events at once.
    ending = aliased(Event)
    ended_at = (
        select(func.max(ending.at))
        .where(ending.order_id == Event.order_id, ending.kind.in_(_LEFT))
        .scalar_subquery()
    )
    work = Event.kind.in_((_PICKED, _SHORT))
    counted = or_(
        work,
        and_(Event.kind == _CAME, or_(STILL_OPEN, ended_at.is_not(None))),
        and_(Event.kind.in_(_LEFT), not_(STILL_OPEN), Event.at == ended_at),
    )
    kinds = (_CAME, *_LEFT, _PICKED, _SHORT)
    rows = session.execute(
        select(Event.kind, step, func.count(case((work, Event.id), else_=Event.order_id).distinct()))
        .join(QueueEntry, QueueEntry.order_id == Event.order_id)
        .where(Event.kind.in_(kinds), Event.at >= edges[0], counted)
        .group_by(Event.kind, step)
    )
    return Counter({(kind, number): count for kind, number, count in rows})


def _series(told: Counter[tuple[str, int]], kind: str) -> tuple[int, ...]:
    return tuple(told[kind, number] for number in range(_STEPS))


def _flagged(session: Session, now: datetime) -> tuple[int, ...]:
    """Count by half hour since when the orders that are stuck now have been so; the first has all before."""
    rows = session.scalars(
        select(QueueEntry.flagged_at)
        .where(QueueEntry.flagged_at.is_not(None))
        .order_by(QueueEntry.flagged_at.desc())
        .limit(COUNTED)
    )
    since = Counter(max(_step(at, now), 0) for at in rows if at is not None)
    return tuple(since[number] for number in range(_STEPS))


def _waits(session: Session, now: datetime) -> tuple[tuple[float, ...], ...]:
    """Read by half hour how many minutes orders took from capture to packed."""
    rows = session.execute(
        select(Event.at, QueueEntry.captured_at)
        .join(QueueEntry, QueueEntry.order_id == Event.order_id)
        .where(Event.kind == "packed", Event.at >= now - STEP * _STEPS)
        .order_by(Event.at.desc())
        .limit(COUNTED)
    )
    found: list[list[float]] = [[] for _ in range(_STEPS)]
    for at, captured in rows:
        found[_step(at, now)].append((at - captured).total_seconds() / 60)
    return tuple(map(tuple, found))


def _ahead(session: Session, now: datetime) -> tuple[tuple[int, ...], float]:
    """Read what is due in the next hours: how many orders by half hour, and the pace that picking needs."""
    rows = session.execute(
        select(QueueEntry.due, QueueEntry.lines, QueueEntry.stage)
        .where(STILL_OPEN, QueueEntry.due < now + STEP * _STEPS)
        .order_by(QueueEntry.due)
        .limit(COUNTED)
    )
    orders, lines = Counter[int](), Counter[int]()
    for due, wanted, stage in rows:
        step = (due - now) // STEP
        orders[step] += 1
        lines[max(step, 0)] += wanted if stage in _PICKABLE else 0
    until = accumulate(lines[number] for number in range(_STEPS))
    pace = max(total * PER_HOUR / (number + 1) for number, total in enumerate(until))
    return tuple(orders[number] for number in range(_STEPS)), pace


def _step(at: datetime, now: datetime) -> int:
    """Tell into which half hour a time before now falls, the oldest is 0."""
    return min(_STEPS - 1 - (now - at) // STEP, _STEPS - 1)


def _hourly(steps: Sequence[int]) -> tuple[int, ...]:
    """Add up each hour, at every half hour."""
    return tuple(sum(steps[at : at + PER_HOUR]) for at in range(POINTS))


def _open(past: History, count: QueueCount) -> KeyFigure:
    grown = [came - left for came, left in zip(past.came, past.left, strict=True)]
    since = tuple(accumulate(reversed(grown[-POINTS + 1 :]), initial=0))
    trend = tuple(float(max(count.count - more, 0)) for more in reversed(since))
    return _changed(
        KeyFigure("open", "Open orders", f"{count.count:,}", trend=trend), sum(grown[-PER_HOUR:]), less=True
    )


def _due(past: History, count: QueueCount) -> KeyFigure:
    trend = tuple(float(orders) for orders in _hourly(past.coming))
    figure = KeyFigure("due", "Due in 60 min", f"{count.count:,}{'+' if count.more else ''}", trend=trend)
    return _changed(figure, round(trend[1] - trend[0]), less=True, span="30 min")


def _picked(past: History) -> KeyFigure:
    trend = tuple(float(lines) for lines in _hourly(past.picked))
    figure = KeyFigure(
        "picked", "Lines picked", f"{trend[-1]:,.0f}", "/ h", trend=trend, plan=past.pace or None
    )
    if figure.plan is None:
        return _changed(figure, round(trend[-1] - trend[-1 - PER_HOUR]), less=False)
    return _changed(figure, round(trend[-1] - past.pace), less=False, span="plan", word="to")


def _right(past: History) -> KeyFigure:
    hours = [
        (good, bad) for good, bad in zip(_hourly(past.picked), _hourly(past.short), strict=True) if good + bad
    ]
    trend = tuple(100 * good / (good + bad) for good, bad in hours)
    value = f"{trend[-1]:.1f}" if trend else ""
    figure = KeyFigure("right", "Right first time", value, "%", trend=trend)
    if not trend:
        return replace(figure, unit="", change="nothing picked in 6 h")
    before = trend[max(len(trend) - 1 - PER_HOUR, 0)]
    return _changed(figure, round(trend[-1] - before, 1), less=False)


def _waited(past: History) -> KeyFigure:
    hours = [sum(past.waits[at : at + PER_HOUR], ()) for at in range(POINTS)]
    trend = tuple(median(waits) for waits in hours if waits)
    value = f"{trend[-1]:,.0f}" if trend else ""
    figure = KeyFigure("waited", "Click to packed", value, "min", trend=trend)
    if not trend:
        return replace(figure, unit="", change="nothing packed in 6 h")
    before = trend[max(len(trend) - 1 - PER_HOUR, 0)]
    return _changed(figure, round(trend[-1] - before), less=True)


def _stuck(past: History, count: int) -> KeyFigure:
    trend = tuple(float(total) for total in accumulate(past.flagged))[-POINTS:]
    figure = KeyFigure("stuck", "Exceptions", f"{count:,}", trend=trend)
    return _changed(figure, sum(past.flagged[-PER_HOUR:]), less=True)


def _changed(figure: KeyFigure, by: float, *, less: bool, span: str = "1 h", word: str = "in") -> KeyFigure:
    """Say how a figure changes; `less` says that less of it is welcome."""
    sign = "+" if by > 0 else "−" if by < 0 else "±"
    return replace(
        figure,
        change=f"{sign}{abs(by):,} {word} {span}",
        rising=by > 0,
        good=None if by == 0 else (by < 0) is less,
    )
