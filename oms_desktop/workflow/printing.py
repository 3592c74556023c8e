"""Ask for a print, and write down what became of it. The printing itself is a job."""

from uuid import UUID

from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, verb
from oms_desktop.models import Intent, IntentState, Role

PRINT = "print"


def ask_print(session: Session, act: Act, document: str, subject: UUID) -> None:
    """Ask the act's own station to print a document about a parcel or manifest, once."""
    session.add(
        Intent(
            id=act.id("print", document, subject),
            call_id=act.call,
            kind=PRINT,
            executor=act.station,
            document=document,
            subject_id=subject,
            state=IntentState.WAITING,
            created_at=act.at,
        )
    )


@verb("print.again.1", role=Role.PACKER, kind=Kind.FACT)
def print_again(session: Session, act: Act, *, document: str, subject: UUID) -> None:
    """Somebody asked for one more print here; what was printed, bought and numbered before stays."""
    ask_print(session, act, document, subject)


@verb("print.done.1", role=Role.PACKER, kind=Kind.FACT)
def print_done(session: Session, act: Act, *, intent: UUID, where: str) -> None:
    """Write down that a print was handed over, and where it is."""
    row = session.get_one(Intent, intent, with_for_update=True)
    row.state, row.done_at, row.result = IntentState.DONE, act.at, where


@verb("print.failed.1", role=Role.PACKER, kind=Kind.FACT)
def print_failed(session: Session, act: Act, *, intent: UUID, reason: str) -> None:
    """Write down why a print could not be made; it can be asked for again."""
    row = session.get_one(Intent, intent, with_for_update=True)
    row.state, row.done_at, row.result = IntentState.FAILED, act.at, reason
