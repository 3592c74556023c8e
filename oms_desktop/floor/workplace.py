"""One workstation without its screen: the dialogues of its places, and which of them is in front.

Everything here runs on the station thread, in order. What comes in is text from a scanner or the big
field, a key, a digit or a weight; what goes out is an `Answer` for the panel in front.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from uuid import UUID

from oms_desktop.floor.dialogue import Dialogue
from oms_desktop.floor.overview import unknown
from oms_desktop.floor.packing import Packing
from oms_desktop.floor.picking import Picking
from oms_desktop.floor.reply import Digit, Input, Key, Kind, Press, Reply, Scan, Thing, Weight
from oms_desktop.floor.resolver import Resolver
from oms_desktop.floor.shipping import Shipping
from oms_desktop.floor.sign_in import SignIn
from oms_desktop.floor.sign_in import State as DoorState
from oms_desktop.floor.stock import Stock
from oms_desktop.floor.views import BadgeView
from oms_desktop.models import Role
from oms_desktop.station import Person, Station

R = TypeVar("R")

DOOR = SignIn.place
QUEUE = "queue"

_PLACES: Mapping[str, frozenset[Role]] = {
    QUEUE: frozenset({Role.SUPERVISOR, Role.ORDER_DESK, Role.ADMINISTRATOR}),
    Picking.place: frozenset({Role.PICKER}),
    Packing.place: frozenset({Role.PACKER}),
    Shipping.place: frozenset({Role.SHIPPER}),
    Stock.place: frozenset({Role.RECEIVER, Role.SUPERVISOR, Role.ADMINISTRATOR}),
}
"""The places in the order of the rail, with the roles that may go there."""


_HOMES: Mapping[Kind, str] = {
    Kind.TOTE: Packing.place,
    Kind.ORDER: Packing.place,
    Kind.PARCEL: Shipping.place,
    Kind.LOCATION: Stock.place,
    Kind.PRODUCT: Stock.place,
}
"""Where a code leads that is scanned while nothing is open."""

_OF_QUEUE = frozenset({Kind.ORDER, Kind.TOTE, Kind.LOCATION, Kind.BADGE})
"""Codes by which the queue finds orders."""


@dataclass(frozen=True)
class Answer:
    """What a place answered, None for the queue, which has no dialogue.

    `scan` is the code as it came, `shown` the same as people read it; `found` is what the queue is to find.
    """

    place: str
    reply: Reply[Any] | None
    scan: str = ""
    shown: str = ""
    found: Scan | None = None


def places_of(person: Person | None) -> tuple[str, ...]:
    """Return the places a person may go to, in the order of the rail."""
    if person is None:
        return ()
    return tuple(place for place, roles in _PLACES.items() if person.roles & roles)


class Workplace:
    """The dialogues of one station. `place` is the one in front."""

    def __init__(
        self, station: Station, warehouse: UUID, sscc_prefix: str, badges: Sequence[BadgeView] = ()
    ) -> None:
        self.station, self.warehouse = station, warehouse
        self.resolver = Resolver(station.store)
        self.door = SignIn(station, warehouse, badges)
        self.dialogues: Mapping[str, Dialogue[Any]] = {
            DOOR: self.door,
            Picking.place: Picking(station, warehouse),
            Packing.place: Packing(station, warehouse, sscc_prefix),
            Shipping.place: Shipping(station, warehouse),
            Stock.place: Stock(station, warehouse),
        }
        self.place = DOOR
        self._back = self._looked_at = ""
        self._stale: set[str] = set()

    def start(self) -> Answer:
        """Show the door, or the first place of the person who is signed in already."""
        allowed = places_of(self.station.person)
        return self.go(allowed[0]) if allowed else self.lock()

    def lock(self) -> Answer:
        """Sign the person out; the work stays as it is."""
        self.station.person = None
        self.place = DOOR
        return Answer(DOOR, self.door.resume())

    def go(self, place: str) -> Answer:
        """Bring a place to the front, at the step where its work stands; the queue has no dialogue."""
        if place not in places_of(self.station.person):
            return self.current()
        self.place, self._looked_at = place, ""
        if place not in self.dialogues:
            return self.current()
        return Answer(place, self._resume(self.dialogues[place].resume))

    def current(self) -> Answer:
        """Return what the place in front shows now."""
        dialogue = self.dialogues.get(self.place)
        return Answer(self.place, dialogue.show() if dialogue is not None else None)

    def scan(self, text: str, device: str = "typed") -> Answer:
        """Answer a code from a scanner or from the big field."""
        scan = self.resolver.resolve(text, device)
        if scan.kind is Kind.COMMAND:
            return self.take(Press(Key(scan.value)), scan.raw)
        if scan.kind is Kind.BADGE and self.place not in (DOOR, QUEUE):
            self._back = self.place
            self.lock()
        return self.take(scan, scan.raw)

    def press(self, key: Key, text: str = "") -> Answer:
        """Answer a key, with what was typed for it."""
        return self.take(Press(key, text))

    def digit(self, text: str) -> Answer:
        """Answer a digit of the PIN pad; '' takes the last one back."""
        return self.take(Digit(text))

    def weigh(self, grams: int, steady: bool, device: str = "typed") -> Answer:
        """Answer a reading of the scale."""
        return self.take(Weight(grams, steady, device))

    def take(self, given: Input, raw: str = "") -> Answer:
        """Hand an input to the place in front, or to where it belongs while nothing is open in front."""
        if self.place == QUEUE and isinstance(given, Scan):
            return self._at_queue(given, raw)
        dialogue = self.dialogues.get(self.place)
        home = self._home_of(given, dialogue)
        if home:
            self.go(home)
            return self.take(given, raw)
        if dialogue is None:
            return self.current()
        if self.place in self._stale:
            self._resume(dialogue.resume)
        try:
            reply = dialogue.handle(given)
        except Exception:
            # Whether the commit was made is not known: the next input begins at what the database says.
            self._stale.add(self.place)
            raise
        answer = Answer(self.place, reply, raw, given.value if isinstance(given, Scan) else "")
        return self._enter(answer) if reply.state is DoorState.SIGNED_IN else answer

    def _at_queue(self, scan: Scan, raw: str) -> Answer:
        """Let the queue find orders by a code; a location that is scanned again leads to the stock."""
        again = scan.kind is Kind.LOCATION and scan.value == self._looked_at
        home = self._home_of(scan, None)
        finds = scan.kind in _OF_QUEUE and not (again and home)
        self._looked_at = scan.value if finds else ""
        if finds:
            return Answer(QUEUE, None, raw, scan.value, scan)
        if home:
            self.go(home)
            return self.take(scan, raw)
        return Answer(QUEUE, unknown(scan), raw, scan.value)

    def refresh(self) -> Answer | None:
        """Look at what others have changed; None if it does not concern the place in front."""
        dialogue = self.dialogues.get(self.place)
        reply = self._resume(dialogue.refresh) if dialogue is not None else None
        return None if reply is None else Answer(self.place, reply)

    def _resume(self, read: Callable[[], R]) -> R:
        """Read the work of the place in front anew; if that fails, the next input does it first."""
        self._stale.add(self.place)
        reply = read()
        self._stale.discard(self.place)
        return reply

    def _enter(self, answer: Answer) -> Answer:
        """Let somebody in who has just signed in: back to where the badge was scanned, if they may."""
        person = self.station.person
        allowed = places_of(person)
        if person is None or not allowed:
            self.lock()
            got = Thing("Badge", person.badge if person else "")
            text = "This badge has no role for a place on the floor. Ask a supervisor."
            return replace(
                answer, reply=self.door.refuse("sign_in.no_place", "No work here for you", text, got)
            )
        back, self._back = self._back, ""
        return self.go(back if back in allowed else allowed[0])

    def _home_of(self, given: Input, dialogue: Dialogue[Any] | None) -> str:
        """Name the other place that a code belongs to; '' where it is to be answered in front.

        A tote or an order is opened at the bench, a parcel at the dock, a location or a product is looked
        up in the stock.
        """
        if not isinstance(given, Scan) or (dialogue is not None and not dialogue.is_idle(given.kind)):
            return ""
        home = _HOMES.get(given.kind, "")
        return home if home != self.place and home in places_of(self.station.person) else ""
