"""Play a call of the journal again, as the appliers of the hub will and as the replay test does."""

from sqlalchemy.orm import Session

from oms_desktop.acts import VERBS, Act
from oms_desktop.errors import StateError
from oms_desktop.models import JournalEntry


def play(session: Session, entry: JournalEntry) -> object:
    """Call the verb of a journal entry with its own act and arguments. The caller commits.

    Raises StateError for a verb this program does not know (written by a newer one).
    """
    known = VERBS.get(entry.verb)
    if known is None:
        raise StateError(
            "journal.unknown_verb", f"This program does not know {entry.verb}; a newer one wrote it."
        )
    act = Act(
        call=entry.call_id,
        worker=entry.worker_id,
        station=entry.station,
        at=entry.at,
        device=entry.device,
        approver=entry.approver_id,
        lease=entry.lease_id,
    )
    result: object = known.function(session, act, **known.decode(entry.arguments))
    session.flush()
    return result
