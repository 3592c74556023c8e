"""Who stands at the station, and how they prove it: a badge and a PIN kept as an argon2id hash."""

from dataclasses import dataclass
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from oms_desktop.errors import RoleError, SignInError
from oms_desktop.models import Role, Worker, WorkerRole

SYSTEM = "system"
"""Badge of the program itself: what the command line and the jobs act as."""

SYSTEM_ID = UUID("00000000-0000-8000-8000-000000000001")
"""Its id, the same in every database, because calls of the command line are played on others too."""

# RFC 9106, section 4, second recommendation, with less memory: a station checks one PIN at a time.
_HASHER = PasswordHasher(time_cost=3, memory_cost=32_768, parallelism=2)


@dataclass(frozen=True)
class Person:
    """A worker who is signed in, with the roles of that moment."""

    id: UUID
    badge: str
    name: str
    roles: frozenset[Role]

    def may(self, role: Role) -> bool:
        """Tell whether the person has a role."""
        return role in self.roles

    def must(self, role: Role) -> None:
        """Raise RoleError if the person has not a role."""
        if not self.may(role):
            raise RoleError(
                "station.role",
                f"This needs the role {role.value}, which badge {self.badge} has not. Ask a supervisor.",
            )


def hash_pin(pin: str) -> str:
    """Return the argon2id hash of a PIN, salted anew each time."""
    return _HASHER.hash(pin)


def find_person(session: Session, badge: str) -> Person | None:
    """Return the worker of a badge, or None if nobody who works here has it."""
    worker = session.scalar(select(Worker).where(Worker.badge == badge, Worker.retired_at.is_(None)))
    return None if worker is None else _person(session, worker)


def anybody_may_sign_in(session: Session) -> bool:
    """Tell whether somebody who works here has a PIN."""
    return bool(session.scalar(select(exists().where(Worker.pin_hash != "", Worker.retired_at.is_(None)))))


def sign_in(session: Session, badge: str, pin: str) -> Person:
    """Check badge and PIN; SignInError says which of the two is wrong."""
    worker = session.scalar(select(Worker).where(Worker.badge == badge, Worker.retired_at.is_(None)))
    if worker is None or not worker.pin_hash:
        raise SignInError("sign_in.unknown_badge", f"Badge {badge} is not known here. Ask a supervisor.")
    try:
        _HASHER.verify(worker.pin_hash, pin)
    except (VerifyMismatchError, InvalidHashError) as error:
        raise SignInError(
            "sign_in.wrong_pin", f"That is not the PIN of badge {badge}. Type it again."
        ) from error
    return _person(session, worker)


def _person(session: Session, worker: Worker) -> Person:
    roles = session.scalars(select(WorkerRole.role).where(WorkerRole.worker_id == worker.id))
    return Person(worker.id, worker.badge, worker.name, frozenset(roles))


def system_person(session: Session) -> Person:
    """Return the worker of the program itself, with every role; inserts it into a new database."""
    worker = session.get(Worker, SYSTEM_ID)
    if worker is None:
        worker = Worker(id=SYSTEM_ID, badge=SYSTEM, name="System", pin_hash="")
        session.add(worker)
        session.flush()
        session.add_all(WorkerRole(worker_id=SYSTEM_ID, role=role) for role in Role)
        session.flush()
    return _person(session, worker)
