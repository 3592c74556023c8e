"""Bring to paper what verbs have asked for, each print once, also when the program is killed between.

    waiting --print_one: draw, hand to the printer under the print's own key--> Printed or Failed
            --record: print.done or print.failed--> done or failed

A program that ends before `record` prints again, and the printer sees by the key that it has the
document already. A failed print stays failed with its reason until somebody asks for a new one.
"""

import logging
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from oms_desktop.db import Database
from oms_desktop.devices.printer import Printer
from oms_desktop.errors import OmsError, StateError
from oms_desktop.jobs.paper import Paper, document_of
from oms_desktop.models import Intent, IntentState
from oms_desktop.station import SYSTEM, Station, find_person
from oms_desktop.workflow.printing import PRINT, print_done, print_failed

log = logging.getLogger(__name__)

_KEY_LENGTH = 12


@dataclass(frozen=True)
class Printed:
    """A print that was handed over; `where` is its file, or ``printer`` when it is on paper only."""

    intent: UUID
    where: str


@dataclass(frozen=True)
class Failed:
    """A print that could not be made; `reason` is for the person at the station."""

    intent: UUID
    reason: str


Outcome = Printed | Failed


@dataclass(frozen=True)
class PrintJob:
    """The prints of one executor: the name of a station, or ``hub``. It never writes to the database."""

    database: Database
    executor: str
    printer: Printer

    def waiting(self) -> tuple[UUID, ...]:
        """Return the prints that wait for this executor, oldest first."""
        with self.database.reading() as session:
            return tuple(
                session.scalars(
                    select(Intent.id)
                    .where(
                        Intent.executor == self.executor,
                        Intent.state == IntentState.WAITING,
                        Intent.kind == PRINT,
                    )
                    .order_by(Intent.created_at, Intent.id)
                )
            )

    def print_one(self, intent: UUID) -> Outcome:
        """Draw a document and hand it to the printer; the caller records what came of it.

        No transaction is open while the printer works. A print that was recorded before is not made
        again: what was recorded comes back. Raises StateError for a print of another executor, and
        what the database raises when it does not answer; anything else that goes wrong is a `Failed`.
        """
        paper = self._drawn(intent)
        if not isinstance(paper, Paper):
            return paper
        try:
            file = self.printer.put(paper.name, paper.pdf, key=key_of(intent))
        except OmsError as error:
            return Failed(intent, error.text)
        return Printed(intent, "printer" if file is None else str(file))

    def _drawn(self, intent: UUID) -> Paper | Outcome:
        with self.database.reading() as session:
            row = session.get(Intent, intent)
            if row is None or (row.executor, row.kind) != (self.executor, PRINT):
                raise StateError("print.elsewhere", f"This print is not for {self.executor}.")
            if row.state is IntentState.DONE:
                return Printed(intent, row.result)
            if row.state is IntentState.FAILED:
                return Failed(intent, row.result)
            try:
                return document_of(session, row)
            except OmsError as error:
                return Failed(intent, error.text)
            except DBAPIError:
                raise
            except Exception as error:
                # The words of the error may hold an address, and the reason goes to the journal.
                log.exception("print %s cannot be drawn", intent)
                return Failed(
                    intent,
                    f"The {row.document} cannot be drawn ({type(error).__name__}). "
                    "The log of this station says why.",
                )


def key_of(intent: UUID) -> str:
    """Return what tells the documents of two prints apart: 48 bits of the intent's digest, in hex."""
    return intent.hex[-_KEY_LENGTH:]


def record(station: Station, outcome: Outcome) -> None:
    """Write down what came of a print, as the program itself, whoever is signed in. On the station thread.

    A StoreError leaves the print waiting; the next run finds its document at the printer.
    """
    with station.store.reading() as session:
        program = replace(station, person=find_person(session, SYSTEM))
    if isinstance(outcome, Printed):
        program.do(print_done, intent=outcome.intent, where=outcome.where)
    else:
        program.do(print_failed, intent=outcome.intent, reason=outcome.reason)


def run(station: Station, job: PrintJob) -> tuple[Outcome, ...]:
    """Make all prints that wait, oldest first, and record each before the next. On the station thread."""
    outcomes = []
    for intent in job.waiting():
        outcome = job.print_one(intent)
        record(station, outcome)
        outcomes.append(outcome)
    return tuple(outcomes)
