"""What a dialogue is told and what it answers.

A dialogue takes a `Scan` (or a `Key`, or a `Weight`) and answers with a `Reply`: what comes next, in
words, whether the input was right, and the data its panel shows. It never knows a screen.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

D_co = TypeVar("D_co", covariant=True)


class Kind(Enum):
    """What a code stands for, as the resolver understood it."""

    PRODUCT = "product"
    LOCATION = "location"
    TOTE = "tote"
    ORDER = "order"
    PARCEL = "parcel"
    LANE = "lane"
    CARTON = "carton"
    BADGE = "badge"
    COMMAND = "command"
    UNKNOWN = "unknown code"


@dataclass(frozen=True)
class Scan:
    """A code with its meaning.

    `value` is the code in the form people read (location code, tote code, SSCC, badge); `id` the row
    it resolved to, as hex, empty if unknown; `factor` the units one scan of a packaging stands for;
    `name` what people call it, where that is not the code; `lot` and `serial` are those of GS1 data, or "".
    """

    kind: Kind
    value: str
    raw: str = ""
    id: str = ""
    factor: int = 1
    device: str = "typed"
    name: str = ""
    lot: str = ""
    serial: str = ""


class Key(Enum):
    """The keys a floor dialogue understands, named by what they do."""

    UNDO = "undo"
    FINISH = "finish"
    SHORT = "short"
    SKIP = "skip"
    PRINT = "print"
    PUT_ASIDE = "put aside"
    ASSIGN = "assign"
    RELEASE = "release"
    PRIORITY = "priority"
    HOLD = "hold"
    SOLVE = "solve"
    EDIT = "edit"
    MERGE = "merge"
    CANCEL = "cancel"
    REFILL = "refill"
    MOVE = "move"
    COUNT = "count"
    ADJUST = "adjust"


@dataclass(frozen=True)
class Press:
    """A key with what was typed for it (a count, a reason), if anything."""

    key: Key
    text: str = ""


@dataclass(frozen=True)
class Weight:
    """A reading of the scale: integer grams, and whether the scale calls it steady."""

    grams: int
    steady: bool = True
    device: str = "typed"


@dataclass(frozen=True)
class Digit:
    """A key of the PIN pad: one digit, or '' for the key that takes the last digit back."""

    text: str


Input = Scan | Press | Weight | Digit


@dataclass(frozen=True)
class Thing:
    """One side of a refusal: what was scanned, or what was expected."""

    title: str
    code: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Refusal:
    """Why nothing was done: a stable code, huge words, a sentence, and expected against got."""

    code: str
    title: str
    text: str
    got: Thing
    expected: Thing
    advice: str = ""


class Sound(Enum):
    """The five sounds of the floor."""

    NONE = "none"
    OK = "ok"
    STEP = "step"
    DONE = "done"
    ERROR = "error"
    ATTENTION = "attention"


@dataclass(frozen=True)
class Reply(Generic[D_co]):
    """The answer of a dialogue.

    `message` is the huge line (the next instruction), `hint` the sub line, `told` what the input did
    in a few words ("Location right"), `data` the view its panel paints. `ok` is false exactly when
    the input changed nothing because it was not expected; then `refusal` says why.
    """

    state: Enum
    message: str
    ok: bool
    data: D_co
    hint: str = ""
    told: str = ""
    sound: Sound = Sound.NONE
    refusal: Refusal | None = None
