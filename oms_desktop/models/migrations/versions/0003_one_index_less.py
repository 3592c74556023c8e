"""Order lines are found by their product where they are open; all lines of a product are asked for by nobody."""

from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index('ix_order_line_product_id', table_name='order_line')

