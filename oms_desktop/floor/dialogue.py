"""What all dialogues share: the table of answers, and the refusal of what is not in it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import Enum
from typing import Any, Generic, TypeVar
from uuid import UUID

from oms_desktop.errors import OmsError, RoleError, StoreError
from oms_desktop.floor.reply import Digit, Input, Key, Kind, Press, Refusal, Reply, Scan, Sound, Thing, Weight
from oms_desktop.station import Station

V = TypeVar("V")

Answer = Callable[[Any], Reply[Any]]

UNDOABLE = 20
"""How many of the last units a dialogue remembers for its undo key."""

_TITLES = {
    "claim.no_work": "No order to pick",
    "claim.tote_in_use": "This tote is in use",
    "claim.not_picked": "Not ready for packing",
    "claim.held": "This order is on hold",
    "claim.taken": "Somebody else has this order",
    "rate.too_heavy": "Too heavy for one parcel",
    "station.role": "You may not do this",
    "station.nobody": "Nobody is signed in",
}
"""The huge words for what a verb refuses."""


class Dialogue(ABC, Generic[V]):
    """One conversation of one place. Each input is answered by a `Reply`; a refused one changed nothing.

    A subclass fills `scans` and `keys`, keyed by its state, and says what it shows and asks.
    """

    place = ""
    idle: Enum | None = None
    """The state in which nothing is open, so that a code may lead to another place; None if none is."""

    def __init__(self, station: Station, warehouse: UUID) -> None:
        self.station = station
        self.warehouse = warehouse
        self.state: Enum
        self.scans: Mapping[tuple[Enum, Kind], Answer] = {}
        self.keys: Mapping[tuple[Enum, Key], Answer] = {}
        self.weights: Mapping[Enum, Answer] = {}
        self._asked, self._is_refused = "", False

    @abstractmethod
    def resume(self) -> Reply[V]:
        """Go back to the step that was remembered, as the database has it now."""

    def refresh(self) -> Reply[V] | None:
        """Read the work anew after somebody else has changed the database; None if it is as it was."""
        before = (self.state, self.instruction(), self.view())
        reply = self.resume()
        return None if (self.state, self.instruction(), self.view()) == before else reply

    @abstractmethod
    def view(self) -> V:
        """Return what the panel paints."""

    @abstractmethod
    def instruction(self) -> tuple[str, str]:
        """Return the huge line and the sub line of the current state."""

    @abstractmethod
    def expected(self) -> Thing:
        """Return what is expected now, for the right-hand side of a refusal."""

    def is_idle(self, kind: Kind) -> bool:
        """Tell whether nothing is open here and a code of this kind means nothing here."""
        return self.idle is not None and self.state is self.idle and (self.state, kind) not in self.scans

    def handle(self, given: Input) -> Reply[V]:
        """Answer one input. Errors that a person can do something about become refusals.

        Behind a refusal, putting aside puts aside that alone.
        """
        reply = self._handled(given)
        self._is_refused = not reply.ok or (self._is_refused and isinstance(given, Weight))
        return reply

    def _handled(self, given: Input) -> Reply[V]:
        if isinstance(given, Scan) or (isinstance(given, Press) and given.key is not Key.FINISH):
            self._asked = ""
        if self._is_refused and isinstance(given, Press) and given.key is Key.PUT_ASIDE:
            return self.show()
        try:
            return self._answer(given)
        except StoreError:
            raise
        except OmsError as error:
            title = _TITLES.get(error.code, "This is not possible now")
            reply = self.refuse(error.code, title, error.text, self.got(given))
            wrong = not isinstance(error, RoleError) and not self._is_expected(given)
            return reply if wrong else replace(reply, sound=Sound.ATTENTION)

    def show(self, told: str = "", sound: Sound = Sound.NONE) -> Reply[V]:
        """Return the current state as a reply; `told` says what has just been done."""
        message, hint = self.instruction()
        return Reply(self.state, message, ok=True, data=self.view(), hint=hint, told=told, sound=sound)

    def refuse(self, code: str, title: str, text: str, got: Thing, advice: str = "") -> Reply[V]:
        """Return a reply that says why nothing was done; the state stays."""
        return self.refused(Refusal(code, title, text, got, self.expected(), advice))

    def refused(self, refusal: Refusal) -> Reply[V]:
        """Return a refusal as the reply; the state stays."""
        return Reply(
            self.state,
            refusal.title,
            ok=False,
            data=self.view(),
            hint=refusal.text,
            told=refusal.title,
            sound=Sound.ERROR,
            refusal=refusal,
        )

    def got(self, given: Input) -> Thing:
        """Return the left-hand side of a refusal: what was scanned, pressed or weighed."""
        if isinstance(given, Scan):
            return Thing(given.name or given.kind.value.capitalize(), given.value)
        if isinstance(given, Press):
            return Thing(f"Key “{given.key.value}”", given.text)
        if isinstance(given, Weight):
            return Thing("Weight", f"{given.grams} g")
        return Thing("Digit", given.text)

    def _is_expected(self, given: Input) -> bool:
        """Tell whether it is what was asked for, so that nobody is told to put it back."""
        got, expected = self.got(given), self.expected()
        return got.title == expected.title and expected.code in ("", got.code)

    def confirmed(self, question: str) -> bool:
        """Tell whether the finish key was pressed for the same question just before; asks it if not."""
        before, self._asked = self._asked, question
        return before == question

    def _answer(self, given: Input) -> Reply[V]:
        if isinstance(given, Weight):
            answer = self.weights.get(self.state)
            return self.show() if answer is None else answer(given)
        if isinstance(given, Digit):
            return self.show()
        if isinstance(given, Press):
            answer = self.keys.get((self.state, given.key))
            if answer is None and given.key is Key.PUT_ASIDE:
                return self.show()
            return answer(given) if answer is not None else self._no_such_key(given)
        answer = self.scans.get((self.state, given.kind))
        return answer(given) if answer is not None else self._unexpected(given)

    def _no_such_key(self, press: Press) -> Reply[V]:
        text = f"“{press.key.value.capitalize()}” does nothing at this step."
        return self.refuse(f"{self.place}.key", "Not at this step", text, self.got(press))

    def _unexpected(self, scan: Scan) -> Reply[V]:
        message, _hint = self.instruction()
        code, title = f"{self.place}.unknown", "Unknown code"
        text = f"{scan.value or 'An empty code'} is not known here. Nothing was recorded."
        if scan.kind is not Kind.UNKNOWN:
            noun = f"an {scan.kind.value}" if scan.kind is Kind.ORDER else f"a {scan.kind.value}"
            code, title = f"{self.place}.not_expected", f"Not {noun} now"
            text = f"{scan.value} is {noun}. Nothing was recorded."
        return self.refuse(code, title, text, self.got(scan), advice=message)
