"""A workstation on a real store: what is scanned at it, what it says, and whether anything was written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from sqlalchemy import event, insert, select

from oms_desktop.db import Database
from oms_desktop.floor.reply import Key, Refusal, Reply
from oms_desktop.floor.views import PackView
from oms_desktop.floor.workplace import Answer, Workplace
from oms_desktop.models import Base, JournalEntry, Level, Location, Packaging, Parcel, Product, Role, table_of
from oms_desktop.station import Incoming, Person, Station, hash_pin
from oms_desktop.workflow import holds, site
from tests.builders import BOTTLE, BOTTLE_PLACE, MUG, MUG_PLACE, TORCH, TORCH_PLACE, Clock, Site

PREFIX = "0952400"
CASE = "14006381333938"
"""GTIN of a case of six mugs."""

PLACES = {MUG: MUG_PLACE, BOTTLE: BOTTLE_PLACE, TORCH: TORCH_PLACE}
PIN = "4711"
_PIN_HASH = hash_pin(PIN)


@dataclass(frozen=True)
class Said:
    """What a person is told: state, huge line, sub line, what was done, sound."""

    state: str
    message: str
    hint: str = ""
    told: str = ""
    sound: str = "none"


def said(reply: Reply[Any]) -> Said:
    """What a right input was answered."""
    assert reply.ok, reply
    assert reply.refusal is None
    return Said(reply.state.value, reply.message, reply.hint, reply.told, reply.sound.value)


def everything(database: Database) -> dict[str, list[Any]]:
    """All rows of all tables."""
    with database.reading() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }


@contextmanager
def commits(database: Database) -> Iterator[list[None]]:
    """Note each commit of a transaction that changed something."""
    seen: list[None] = []

    def note(_connection: object) -> None:
        seen.append(None)

    event.listen(database.engine, "commit", note)
    yield seen
    event.remove(database.engine, "commit", note)


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Note each statement but BEGIN, on the reading connections too."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)


@dataclass
class Desk:
    """The workstation PICK-3 of the small warehouse, with the program's own person who may do everything."""

    database: Database
    site: Site = field(init=False)
    workplace: Workplace = field(init=False)

    def __post_init__(self) -> None:
        self.site = Site(self.database)
        self.restart()

    def restart(self) -> None:
        """Begin anew, as after the program was killed; the person has signed in again."""
        self.site.station = replace(self.site.station, _numbers={})
        self.workplace = Workplace(self.site.station, self.site.warehouse, PREFIX)

    def other(self, name: str) -> "Desk":
        """Another workstation on the same database."""
        desk = object.__new__(Desk)
        desk.database, desk.site = self.database, copy(self.site)
        desk.site.station = Station(self.database, name, self.site.station.person, clock=Clock())
        desk.workplace = Workplace(desk.site.station, desk.site.warehouse, PREFIX)
        return desk

    def go(self, place: str) -> Reply[Any]:
        """Go to a place."""
        answer = self.workplace.go(place)
        assert answer.place == place
        return _reply(answer)

    def scan(self, *codes: str, device: str = "scanner") -> Reply[Any]:
        """Scan codes one after the other; all but the last must be right."""
        *before, last = codes
        for code in before:
            reply = _reply(self.workplace.scan(code, device))
            assert reply.ok, reply.refusal
        return _reply(self.workplace.scan(last, device))

    def press(self, key: Key, text: str = "") -> Reply[Any]:
        """Press a key."""
        return _reply(self.workplace.press(key, text))

    def weigh(self, grams: int, steady: bool = True) -> Reply[Any]:
        """Put something on the scale."""
        return _reply(self.workplace.weigh(grams, steady, "scale"))

    def refuses(self, do: Callable[[], Reply[Any]], journal: str = "") -> Refusal:
        """Check that an input is refused and that nothing is written but, if named, a refused call."""
        before, calls, state = everything(self.database), self._results(), self.workplace.current().reply
        reply = do()
        after = everything(self.database)
        assert state is not None
        assert (reply.ok, reply.state) == (False, state.state)
        assert _unweighed(reply.data) == _unweighed(state.data)
        refusal = reply.refusal
        assert refusal is not None
        assert (reply.message, reply.hint, reply.told) == (refusal.title, refusal.text, refusal.title)
        assert self._results()[len(calls) :] == ([journal] if journal else [])
        own = ("journal", "number_range") if journal else ()
        for table, rows in before.items():
            assert table in own or rows == after[table], table
        return refusal

    def _results(self) -> list[str]:
        mine = select(JournalEntry.result).where(JournalEntry.station == self.site.station.name)
        with self.database.reading() as session:
            return list(session.scalars(mine.order_by(JournalEntry.sequence)))

    def pick(self, tote: str, lines: dict[str, int]) -> Reply[Any]:
        """Pick an order of some lines into a tote by scans, from idle to idle."""
        reply = self.scan(tote)
        for sku in sorted(lines, key=lambda sku: list(PLACES).index(sku)):
            reply = self.scan(PLACES[sku], *[sku] * lines[sku], tote)
        return reply

    def picked(self, lines: dict[str, int], tote: str = "T-101") -> UUID:
        """Promise and pick an order; returns it. The desk is at the place for packing then."""
        order = self.site.promised(lines)
        self.go("pick")
        self.pick(tote, lines)
        self.go("pack")
        return order

    def packed(self, lines: dict[str, int], tote: str = "T-101") -> str:
        """Promise, pick and pack an order; returns the SSCC. The desk is at the dock then."""
        self.picked(lines, tote)
        products = [sku for sku, units in lines.items() for _unit in range(units)]
        self.scan(tote, *products, "C4")
        reply = self.weigh(self.weight(lines))
        assert self.scan(reply.data.parcel).ok
        self.go("ship")
        return str(reply.data.parcel)

    def weight(self, lines: dict[str, int]) -> int:
        """What a parcel of some lines should weigh, the carton included."""
        return 180 + sum({MUG: 180, BOTTLE: 320, TORCH: 95}[sku] * units for sku, units in lines.items())

    def hold(self, order: UUID) -> UUID:
        """Put an order on hold, as somebody at a desk would."""
        return self._desk().do(holds.hold, order=order, kind="address", text="Ask for the house number.")

    def release(self, hold: UUID) -> None:
        """End a hold."""
        self._desk().do(holds.release, hold=hold)

    def cancel(self, order: UUID) -> None:
        """Cancel an order."""
        self._desk().do(holds.cancel, order=order, reason="wish of the customer")

    def _desk(self) -> Station:
        return Station(self.database, "DESK-1", self.site.station.person, clock=Clock())

    def become(self, *roles: Role) -> None:
        """Let somebody with some roles stand here instead."""
        person = self.site.station.person
        assert person is not None
        self.site.station.person = Person(person.id, "W-09", "Ole Example", frozenset(roles))

    def enrol(self, badge: str, name: str, *roles: Role) -> None:
        """Give somebody a badge; the PIN is `PIN`."""
        staff = site.Staff((site.WorkerRow(badge, name, _PIN_HASH, roles),))
        incoming = Incoming("people", "test", "{}", staff)
        self._desk().call().bringing(incoming).do(site.enrol, intake=UUID(int=0))

    def case_of_six(self) -> None:
        """Give the mug a case of six with a GTIN of its own."""
        with self.database.transaction() as session:
            mug = session.scalars(select(Product.id).where(Product.sku == MUG)).one()
            row = {"id": UUID(int=77), "product_id": mug, "level": Level.CASE, "gtin": CASE, "factor": 6}
            session.execute(insert(table_of(Packaging)), row)
        self.workplace.resolver.load()

    def on_hand(self, code: str) -> int:
        """Units at a place."""
        rows = everything(self.database)["stock"]
        with self.database.reading() as session:
            place = session.scalars(select(Location.id).where(Location.code == code)).one()
            names = [column.name for column in Base.metadata.tables["stock"].columns]
        at, units = names.index("location_id"), names.index("on_hand")
        return int(sum(row[units] for row in rows if row[at] == place))

    def parcels(self) -> list[str]:
        """The status of each parcel."""
        with self.database.reading() as session:
            return [status.value for status in session.scalars(select(Parcel.status).order_by(Parcel.id))]


def _unweighed(view: object) -> object:
    """A view without the weight, which shows what the scale says, right or not."""
    return replace(view, weight_g=None) if isinstance(view, PackView) else view


def _reply(answer: Answer) -> Reply[Any]:
    assert answer.reply is not None
    return answer.reply
