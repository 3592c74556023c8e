"""A morning in the demo warehouse: files come in, and virtual hands work a part of the orders.

So the queue shows orders of every kind and at every stage when a person first looks at it. Everything goes
through the verbs and dialogues that the floor uses, at times of the hours before; only the clock is played.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy import exists, select

from oms_desktop.app import bringing, site
from oms_desktop.app.demo_data import DEFAULT_SEED, DemoWorker, demo_warehouse
from oms_desktop.app.demo_data.morning import MorningFile, morning_files
from oms_desktop.app.hands import Go, Hands, Move, PressKey, ScanCode, ScanLabel, TypeDigits, Weigh
from oms_desktop.app.house import house_of
from oms_desktop.db import Database
from oms_desktop.floor.workplace import Answer, Workplace
from oms_desktop.models import JournalEntry
from oms_desktop.settings import Settings
from oms_desktop.station import Station

SECONDS_A_MOVE = 9
"""How long hands take for a scan, by the clock of the morning."""

OPENED = timedelta(hours=6)
"""How long before now the warehouse was opened."""

FREE_TOTES = 10
"""Totes that the morning leaves alone: a person begins with `T-101`."""

_MOST_MOVES = 20_000


@dataclass
class PlayedClock:
    """A clock that goes on when it is told to."""

    now: datetime

    def __call__(self) -> datetime:
        """Return the played time."""
        self.now += timedelta(milliseconds=1)
        return self.now


@dataclass(frozen=True)
class _Turn:
    """Somebody works so many orders at a station and leaves them where `until` says."""

    station: str
    badge: str
    orders: int
    until: Callable[[Move], bool]
    moves: int = _MOST_MOVES


def _never(_move: Move) -> bool:
    return False


def _at(place: str) -> Callable[[Move], bool]:
    return lambda move: move == Go(place)


_BEFORE = (
    _Turn("PICK-1", "B-20406", 12, _never),
    _Turn("PICK-2", "B-20406", 10, _never),
    _Turn("PACK-1", "B-20406", 6, _at("ship")),
    _Turn("PICK-1", "B-20401", 6, _at("pack")),
)
"""What is worked of the shops' orders: some have left, some are packed, some picked."""

_AFTER = (
    _Turn("PICK-3", "B-20402", 1, _never, moves=6),
    _Turn("PICK-4", "B-20401", 1, _never, moves=4),
    _Turn("PICK-5", "B-20406", 1, _never, moves=9),
)
"""What is worked when the desk's urgent orders have come: three pickers have begun."""


def make_morning(maker: Station, settings: Settings, now: datetime) -> site.DemoSite:
    """Make the demo warehouse as of the morning, bring files and let hands work, up to `now` (aware).

    A morning that was killed goes on with what is missing; hands begin only once.
    """
    clock = PlayedClock(now - OPENED)
    maker.clock = clock
    demo = site.make_demo(maker)
    *before, last = morning_files(demo_warehouse(), now, DEFAULT_SEED)
    begun = _hands_have_worked(maker.store)
    _bring(maker, before, settings, clock)
    floor = _Floor(maker.store, demo.warehouse, settings, clock, list(demo_warehouse().totes[FREE_TOTES:]))
    if not begun:
        floor.work(_BEFORE, now - timedelta(hours=3), timedelta(minutes=130))
    _bring(maker, [last], settings, clock)
    if not begun:
        floor.work(_AFTER, last.at, timedelta(minutes=10))
    return demo


def _bring(maker: Station, files: Sequence[MorningFile], settings: Settings, clock: PlayedClock) -> None:
    with TemporaryDirectory() as folder:
        for file in files:
            clock.now = file.at
            path = Path(folder) / file.name
            path.write_bytes(file.data)
            bringing.bring_orders(maker, path, file.channel, house=house_of(settings))


@dataclass
class _Floor:
    """Where the hands work: one clock for all, and the totes that are left."""

    store: Database
    warehouse: UUID
    settings: Settings
    clock: PlayedClock
    totes: list[str]

    def work(self, turns: Sequence[_Turn], start: datetime, span: timedelta) -> None:
        """Let turns follow each other over a span of time."""
        people = {worker.badge: worker for worker in demo_warehouse().workers}
        for number, turn in enumerate(turns):
            self.clock.now = start + number * span / len(turns)
            station = Station(self.store, turn.station, clock=self.clock)
            workplace = Workplace(station, self.warehouse, self.settings.sscc_prefix)
            _work(workplace, turn, people[turn.badge], self.totes, self.clock)


def _hands_have_worked(database: Database) -> bool:
    stations = {turn.station for turn in (*_BEFORE, *_AFTER)}
    with database.reading() as session:
        return bool(session.scalar(select(exists().where(JournalEntry.station.in_(stations)))))


def _work(
    workplace: Workplace, turn: _Turn, person: DemoWorker, totes: list[str], clock: PlayedClock
) -> None:
    """Do what the screen says until the turn is over; totes that stay filled are not given to others."""
    hands = Hands(person.badge, person.pin, totes, orders=turn.orders)
    answer = workplace.start()
    for _ in range(turn.moves):
        move = hands.next(answer)
        if move is None or turn.until(move):
            break
        clock.now += timedelta(seconds=SECONDS_A_MOVE)
        answer = _done(workplace, move)
    workplace.lock()


def _done(workplace: Workplace, move: Move) -> Answer:
    match move:
        case ScanCode(text):
            return workplace.scan(text)
        case ScanLabel(sscc):
            return workplace.scan(sscc)
        case Weigh(grams):
            return workplace.weigh(grams, steady=True)
        case PressKey(key):
            return workplace.press(key)
        case Go(place):
            return workplace.go(place)
        case TypeDigits(text):
            answers = [workplace.digit(digit) for digit in text]
            return answers[-1]
