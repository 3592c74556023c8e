"""One resolver turns what a scanner sent into a meaning: by GS1 identifiers, then by look-up.

Reference data is kept in memory; an order or parcel, or a code that is new since, is looked up.
"""

from oms_desktop.barcodes.scan import Symbol, parse
from oms_desktop.db import Database
from oms_desktop.floor.reply import Kind, Scan
from oms_desktop.workflow import reference
from oms_desktop.workflow.reference import Meaning

COMMANDS = {"CMD-UNDO": "undo", "CMD-FINISH": "finish"}
"""Command cards of the bench: the code and the key it stands for."""

LONGEST = 100
"""More characters than the code of an order or parcel has; longer texts are not looked for."""

SHOWN = 40
"""How much of an unknown code is shown."""


class Resolver:
    """Resolves codes on one database. Used by the station thread only."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: reference.Meanings = {}
        self.load()

    def load(self) -> None:
        """Read the reference data anew."""
        with self._database.reading() as session:
            self._known = reference.all_meanings(session)

    def resolve(self, text: str, device: str = "typed") -> Scan:
        """Turn a code into a scan with its meaning; `Kind.UNKNOWN` if it has none here."""
        symbol = parse(text)
        if symbol.text.upper() in COMMANDS:
            return Scan(Kind.COMMAND, COMMANDS[symbol.text.upper()], raw=text, device=device)
        meaning = self._remembered(symbol) or self._looked_up(symbol)
        if meaning is None:
            return Scan(Kind.UNKNOWN, _readable(symbol), raw=text, device=device)
        factor = (symbol.count or 1) * meaning.factor
        return Scan(
            Kind(meaning.kind),
            meaning.code,
            text,
            meaning.id.hex,
            factor,
            device,
            meaning.name,
            lot=symbol.lot or "",
            serial=symbol.serial or "",
        )

    def _remembered(self, symbol: Symbol) -> Meaning | None:
        if symbol.sscc is not None:
            return None
        return self._known.get(symbol.gtin or symbol.text.upper()) or self._known.get(symbol.text.upper())

    def _looked_up(self, symbol: Symbol) -> Meaning | None:
        code = symbol.sscc or symbol.text
        if not code or not code.isprintable() or len(code) > LONGEST:
            return self._remembered(symbol)
        with self._database.reading() as session:
            found = reference.parcel_of(session, code)
            if found is None and symbol.sscc is None:
                found = reference.order_of(session, code)
            if found is None:
                self._known = reference.all_meanings(session)
        return found or self._remembered(symbol)


def _readable(symbol: Symbol) -> str:
    """Return an unknown code as a person can read it: its number, or the start of what can be printed."""
    code = symbol.sscc or symbol.gtin or symbol.text
    printable = "".join(letter if letter.isprintable() else "□" for letter in code)
    return printable if len(printable) <= SHOWN else f"{printable[:SHOWN]}…"
