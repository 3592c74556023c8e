"""A morning in the demo warehouse: files come in, and virtual hands work a part of the orders.

So the queue shows orders of every kind and at every stage when a person first looks at it. Everything goes
through the verbs and dialogues that the floor uses, at times of the hours before; only the clock is played.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy import exists, select

from oms_desktop.app import bringing, opening
from oms_desktop.app.demo_data import DEFAULT_SEED, DemoWorker, demo_warehouse
from oms_desktop.app.demo_data.morning import morning_files
from oms_desktop.app.hands import Go, Hands, Move, PressKey, ScanCode, ScanLabel, TypeDigits, Weigh
from oms_desktop.app.house import house_of
from oms_desktop.db import Database
from oms_desktop.floor.workplace import Answer, Workplace
from oms_desktop.models import JournalEntry
from oms_desktop.settings import Settings
from oms_desktop.station import Station

SECONDS_A_MOVE = 9
"""How long hands take for a scan, by the clock of the morning."""

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


_TURNS = (
    _Turn("PICK-1", "B-20406", 12, _never),
    _Turn("PICK-2", "B-20406", 10, _never),
    _Turn("PACK-1", "B-20406", 6, _at("ship")),
    _Turn("PICK-1", "B-20401", 6, _at("pack")),
    _Turn("PICK-3", "B-20402", 1, _never, moves=6),
    _Turn("PICK-4", "B-20401", 1, _never, moves=4),
    _Turn("PICK-5", "B-20406", 1, _never, moves=9),
)
"""What is worked: orders that have left, packed ones, picked ones, and some that are just being picked."""


def play_morning(database: Database, warehouse: UUID, settings: Settings, now: datetime) -> None:
    """Bring the morning's files and let the hands work, up to `now` (aware).

    A morning that was killed goes on with what is missing of its files; hands begin only once.
    """
    clock = PlayedClock(now - timedelta(hours=5))
    system = opening.system_station(database, "DEMO")
    system.clock = clock
    with TemporaryDirectory() as folder:
        for file in morning_files(demo_warehouse(), now, DEFAULT_SEED):
            clock.now = file.at
            path = Path(folder) / file.name
            path.write_bytes(file.data)
            bringing.bring_orders(system, path, file.channel, house=house_of(settings))
    if _hands_have_worked(database):
        return
    totes = list(demo_warehouse().totes[FREE_TOTES:])
    people = {worker.badge: worker for worker in demo_warehouse().workers}
    clock.now = now - timedelta(hours=3)
    pause = timedelta(minutes=150) / len(_TURNS)
    for number, turn in enumerate(_TURNS):
        clock.now = max(clock.now, now - timedelta(hours=3) + number * pause)
        station = Station(database, turn.station, clock=clock)
        _work(Workplace(station, warehouse, settings.sscc_prefix), turn, people[turn.badge], totes, clock)


def _hands_have_worked(database: Database) -> bool:
    stations = {turn.station for turn in _TURNS}
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
