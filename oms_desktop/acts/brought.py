"""What a call has brought from outside, at hand as long as its transaction lasts.

It is written as intake rows, which is what a call that is played again reads. The verb that runs with it need
not read back what was written a moment before.
"""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

_KEY = "brought"


def bring(session: Session, drafts: Mapping[UUID, object]) -> None:
    """Keep drafts by the ids of their intake rows."""
    session.info[_KEY] = drafts


def brought(session: Session) -> Mapping[UUID, object]:
    """Return the drafts of the call that runs; none when it is played again."""
    found: Mapping[UUID, object] = session.info.get(_KEY, {})
    return found
