"""How Alembic reaches the database: always on a connection that the caller hands over."""

from alembic import context

from oms_desktop.models import Base

config = context.config
context.configure(
    connection=config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
