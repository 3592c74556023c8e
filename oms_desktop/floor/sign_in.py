"""The dialogue of the door: a badge, then a PIN.

badge --BADGE--> pin --four digits, right--> signed in
                 pin --BADGE--> pin          (another person)
                 pin --wrong PIN--> pin      (all digits again; after five of them the badge is locked)
"""

import logging
from collections.abc import Sequence
from enum import Enum
from uuid import UUID

from oms_desktop.errors import SignInError
from oms_desktop.floor.dialogue import Dialogue
from oms_desktop.floor.pin_lock import PinLock
from oms_desktop.floor.reply import Digit, Input, Kind, Reply, Scan, Sound, Thing
from oms_desktop.floor.views import BadgeView, SignInView
from oms_desktop.station import Station, anybody_may_sign_in, find_person, sign_in

log = logging.getLogger(__name__)

PIN_DIGITS = 4

Answered = Reply[SignInView]


class State(Enum):
    """What the person at the door is asked to do."""

    BADGE = "badge"
    PIN = "pin"
    SIGNED_IN = "signed in"


class SignIn(Dialogue[SignInView]):
    """Lets one person in. `badges` are shown on the screen of the demo."""

    place = "sign_in"

    def __init__(self, station: Station, warehouse: UUID, badges: Sequence[BadgeView] = ()) -> None:
        super().__init__(station, warehouse)
        self.state: State = State.BADGE
        self._badges = tuple(badges)
        self._lock = PinLock()
        self._nobody = False
        self._badge = self._name = self._role = self._pin = ""
        self.scans = {
            (State.BADGE, Kind.BADGE): self._read_badge,
            (State.PIN, Kind.BADGE): self._read_badge,
        }

    def resume(self) -> Answered:
        """Begin anew: who is signed in is never remembered."""
        self.state, self._badge, self._name, self._role, self._pin = State.BADGE, "", "", "", ""
        with self.station.store.reading() as session:
            self._nobody = not anybody_may_sign_in(session)
        return self.show()

    def refresh(self) -> Answered | None:
        """Stay as it is: nothing here depends on what others change."""
        return None

    def handle(self, given: Input) -> Answered:
        """Answer a badge or a digit."""
        return self._digit(given) if isinstance(given, Digit) else super().handle(given)

    def _read_badge(self, scan: Scan) -> Answered:
        with self.station.store.reading() as session:
            person = find_person(session, scan.value)
        if person is None:
            text = f"Badge {scan.value} is not known here. Ask a supervisor."
            return self.refuse("sign_in.unknown_badge", "Unknown badge", text, self.got(scan))
        self._badge, self._name, self._pin = person.badge, person.name, ""
        self._role = ", ".join(sorted(role.value for role in person.roles))
        self.state = State.PIN
        return self.show("Badge read", Sound.STEP)

    def _digit(self, digit: Digit) -> Answered:
        if self.state is not State.PIN:
            return self.show()
        if not digit.text:
            self._pin = self._pin[:-1]
            return self.show()
        self._pin += digit.text
        return self.show() if len(self._pin) < PIN_DIGITS else self._check()

    def _check(self) -> Answered:
        pin, self._pin = self._pin, ""
        now = self.station.clock()
        if left := self._lock.seconds_left(self._badge, now):
            return self._locked(left)
        try:
            with self.station.store.reading() as session:
                self.station.person = sign_in(session, self._badge, pin)
        except SignInError as error:
            log.warning("wrong PIN for badge %s", self._badge)
            self._lock.add_wrong(self._badge, now)
            if left := self._lock.seconds_left(self._badge, now):
                return self._locked(left)
            return self.refuse(error.code, "Wrong PIN", error.text, Thing("PIN", "****"))
        self._lock.forget(self._badge)
        self.state = State.SIGNED_IN
        return self.show(f"Signed in: {self._name}", Sound.DONE)

    def _locked(self, left: int) -> Answered:
        """Refuse a PIN that was not even looked at, or that was one wrong PIN too many."""
        text = f"Too many wrong PINs: badge {self._badge} is locked for {left} s. Wait, then type the PIN."
        return self.refuse("sign_in.locked", "This badge is locked", text, Thing("PIN", "****"))

    def view(self) -> SignInView:
        """Return whose badge was read and how many digits were typed."""
        return SignInView(self._badge, self._name, self._role, len(self._pin), self._badges)

    def expected(self) -> Thing:
        """Return what is wanted now."""
        return Thing("A badge") if self.state is State.BADGE else Thing("PIN", "", self._name)

    def instruction(self) -> tuple[str, str]:
        """Say what to do next in one line, and a second one about it."""
        if self.state is State.BADGE and self._nobody:
            return (
                "Nobody can sign in here yet",
                "This database has no people. The demo warehouse has some: start without a database address",
            )
        if self.state is State.BADGE:
            return "Scan your badge", "Then type your PIN"
        if self.state is State.PIN:
            return "Type your PIN", f"Badge of {self._name} was read. Not you? Scan your own badge."
        return f"Welcome, {self._name}", ""
