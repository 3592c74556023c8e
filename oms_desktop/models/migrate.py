"""Bring a database to the schema of this program.

A room of its own because Alembic takes over a second to import: the composition root loads it by
name, and only when `schema.revision` says that there is something to do.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

FOLDER = Path(__file__).parent / "migrations"


def configuration(connection: Connection) -> Config:
    """Return Alembic's settings for a connection that is already in its transaction."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection) -> None:
    """Run all migrations that the database has not seen. The caller commits."""
    command.upgrade(configuration(connection), "head")
