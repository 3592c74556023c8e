"""Which schema a database has, read without Alembic."""

from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

HEAD = "0004"
"""The revision this program works with; a test holds it against the migrations."""


def revision(session: Session) -> str:
    """Return the revision of the database, '' when it has no tables of ours."""
    if not inspect(session.connection()).has_table("alembic_version"):
        return ""
    return session.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""
