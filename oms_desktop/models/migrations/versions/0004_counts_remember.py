"""A count remembers which lots and conditions were counted, so that they may be counted one after the other."""

from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE count ADD COLUMN seen JSON DEFAULT '[]' NOT NULL")
