"""`Station.do`: role, transaction, verb, journal and the dialogue's step, in one commit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Entry, bring, encode, entry_of
from oms_desktop.db import Database, upsert
from oms_desktop.db.rows import rows_of
from oms_desktop.errors import OmsError, RoleError, StoreError
from oms_desktop.models import DONE, Intake, JournalEntry, Memory, NumberRange, table_of
from oms_desktop.station.collector import collected_later
from oms_desktop.station.person import Person

P = ParamSpec("P")
R = TypeVar("R")

BLOCKS = {"sscc": 100}
"""How many numbers a station takes at once; those it does not use are lost when it stops.

Of what is not named here it takes one: people read the numbers of tours and manifests, and wonder at gaps.
"""


@dataclass(frozen=True)
class Step:
    """Where a dialogue stands: enough to go on after the program was killed."""

    place: str
    step: dict[str, Any]


@dataclass(frozen=True)
class Incoming:
    """Something from outside, kept as it came: raw text and the draft that was read from it."""

    channel: str
    source: str
    raw: str
    draft: object


_JOURNAL = insert(table_of(JournalEntry)).values(
    sequence=select(func.coalesce(func.max(JournalEntry.sequence), 0) + 1)
    .where(
        JournalEntry.station == bindparam("of_station"),
        JournalEntry.incarnation == bindparam("of_incarnation"),
    )
    .scalar_subquery(),
    ordinal=select(func.coalesce(func.max(JournalEntry.ordinal), 0) + 1).scalar_subquery(),
    hub_at=func.current_timestamp(),
)
_INTAKES = rows_of(table_of(Intake), "id", "at", "channel", "source", "raw", "draft")
_MEMORY = upsert(table_of(Memory), ("station", "place"), lambda new: {"step": new.step, "at": new.at})
_NUMBERS = upsert(
    table_of(NumberRange), ("kind",), lambda new: {"next": table_of(NumberRange).c.next + new.next - 1}
)


@dataclass
class Station:
    """A workstation on its store. `person` is who is signed in; nothing can be done without one."""

    store: Database
    name: str
    person: Person | None = None
    incarnation: int = 1
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    new_call: Callable[[], UUID] = uuid4
    _numbers: dict[str, list[int]] = field(default_factory=dict)

    def do(self, function: Callable[Concatenate[Session, Act, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Call a verb: see `Call.do`."""
        return Call(self).do(function, *args, **kwargs)

    def refuse_role(self, function: Callable[..., Any]) -> None:
        """Raise RoleError if who is signed in may not call a verb.

        `do` asks it; a dialogue whose verb comes last asks it before hands begin.
        """
        if self.person is not None:
            self.person.must(entry_of(function).role)

    def call(
        self,
        *,
        device: str = "",
        lease: UUID | None = None,
        approver: UUID | None = None,
        keep: Callable[[Any], Step] | None = None,
    ) -> "Call":
        """Describe a call beyond its arguments; `keep` makes the step to remember from the result."""
        return Call(self, device=device, lease=lease, approver=approver, keep=keep)

    def remember(self, step: Step) -> None:
        """Write a dialogue's step in a commit of its own, for a scan that calls no verb."""
        self.store.change(lambda session: write_step(session, self, step))

    def recall(self, place: str) -> dict[str, Any]:
        """Return the remembered step of a place, {} if there is none."""
        with self.store.reading() as session:
            memory = session.get(Memory, (self.name, place))
            return {} if memory is None else memory.step

    def number(self, kind: str) -> int:
        """Return a number that no other station has or will get; gaps are allowed."""
        block = self._numbers.setdefault(kind, [])
        if not block:
            size = BLOCKS.get(kind, 1)
            first = self.store.change(lambda session: _take_block(session, kind, size))
            block.extend(range(first, first + size))
        return block.pop(0)


@dataclass(frozen=True)
class Call:
    """One call to come: who and under what, before what."""

    station: Station
    device: str = ""
    lease: UUID | None = None
    approver: UUID | None = None
    keep: Callable[[Any], Step] | None = None
    incoming: tuple[Incoming, ...] = ()

    def bringing(self, *incoming: Incoming) -> "Call":
        """Add what came from outside; the rows are written before the verb, which gets their ids.

        A verb that takes `intakes` gets all of them, one that takes `intake` the only one.
        """
        return replace(self, incoming=incoming)

    def do(self, function: Callable[Concatenate[Session, Act, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Check the role, call the verb, write the journal and the step, commit; return what the verb does.

        The whole is played again after a deadlock or a serialization failure. An OmsError of the verb
        leaves nothing but the refused call in the journal.
        """
        entry = entry_of(function)
        act = self._act()
        try:
            self.station.refuse_role(function)
            with collected_later():
                result: R = self.station.store.change(lambda session: self._run(session, act, entry, kwargs))
        except StoreError:
            raise
        except OmsError as error:
            code = error.code
            self.station.store.change(lambda session: self._write(session, act, entry, kwargs, code))
            raise
        return result

    def _act(self) -> Act:
        person = self.station.person
        if person is None:
            raise RoleError("station.nobody", "Nobody is signed in at this station. Scan a badge first.")
        return Act(
            call=self.station.new_call(),
            worker=person.id,
            station=self.station.name,
            at=self.station.clock(),
            device=self.device,
            approver=self.approver,
            lease=self.lease,
        )

    def _run(self, session: Session, act: Act, entry: Entry, arguments: dict[str, Any]) -> Any:
        if self.incoming:
            arguments.update(_named(entry, _take_in(session, act, self.incoming)))
        result = entry.function(session, act, **arguments)
        session.flush()
        self._write(session, act, entry, arguments, DONE)
        if self.keep is not None:
            write_step(session, self.station, self.keep(result))
        return result

    def _write(
        self, session: Session, act: Act, entry: Entry, arguments: dict[str, Any], result: str
    ) -> None:
        row = {
            "call_id": act.call,
            "station": act.station,
            "incarnation": self.station.incarnation,
            "of_station": act.station,
            "of_incarnation": self.station.incarnation,
            "verb": entry.name,
            "arguments": entry.encode(arguments),
            "worker_id": act.worker,
            "approver_id": act.approver,
            "device": act.device,
            "at": act.at,
            "lease_id": act.lease,
            "result": result,
        }
        session.connection().execute(_JOURNAL, row)


def write_step(session: Session, station: Station, step: Step) -> None:
    """Write where a dialogue stands; the caller commits."""
    values = {"station": station.name, "place": step.place, "step": step.step, "at": station.clock()}
    _MEMORY.run(session, values)


def _take_in(session: Session, act: Act, incoming: Sequence[Incoming]) -> tuple[UUID, ...]:
    """Write what came in as intake rows; their ids, in its order."""
    ids = tuple(act.id("intake", place) for place in range(len(incoming)))
    _INTAKES.insert(
        session,
        [
            (id_, act.at, each.channel, each.source, each.raw, encode(each.draft))
            for id_, each in zip(ids, incoming, strict=True)
        ],
    )
    bring(session, dict(zip(ids, (each.draft for each in incoming), strict=True)))
    return ids


def _named(entry: Entry, intakes: tuple[UUID, ...]) -> dict[str, object]:
    """Give the ids under the name that the verb has for them."""
    if "intakes" in entry.readers:
        return {"intakes": intakes}
    [only] = intakes
    return {"intake": only}


def _take_block(session: Session, kind: str, size: int) -> int:
    _NUMBERS.run(session, {"kind": kind, "next": size + 1})
    return session.scalars(select(NumberRange.next).where(NumberRange.kind == kind)).one() - size
