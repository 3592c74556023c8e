"""Lots, serials, kits, listings, thresholds and alerts; wishes of orders; the queue beside the orders.

Columns are added by plain statements: on SQLite a batch would make the table anew, and a table that others
point to cannot be dropped while foreign keys are watched. Only `stock_move`, to which none points, is made
anew for its new kinds.
"""

import sqlalchemy as sa
from alembic import op

import oms_desktop.models.base

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

KINDS = ('receive', 'pick', 'undo pick', 'pack', 'undo pack', 'ship', 'put back', 'adjust')
NEW_KINDS = ('move', 'refill', 'count', 'grade')

UUID = {'sqlite': 'CHAR(32)', 'postgresql': 'UUID'}
TIME = {'sqlite': 'DATETIME', 'postgresql': 'TIMESTAMP WITH TIME ZONE'}
FALSE = {'sqlite': '0', 'postgresql': 'FALSE'}


def add(table: str, column: str) -> None:
    """Add a column, described as both databases read it; {uuid}, {time} and {false} differ."""
    name = op.get_bind().dialect.name
    words = column.format(uuid=UUID[name], time=TIME[name], false=FALSE[name])
    op.execute(f'ALTER TABLE {table} ADD COLUMN {words}')


def add_reference(table: str, column: str, target: str) -> None:
    """Add an empty column that points to a row of another table."""
    add(table, f'{column} {{uuid}} CONSTRAINT fk_{table}_{column} REFERENCES {target} (id)')


def upgrade() -> None:
    make_tables()
    add_to_orders()
    add_to_goods()
    add_to_moves()


def make_tables() -> None:
    op.create_table('queue_tally',
    sa.Column('bucket', sa.Text(), nullable=False),
    sa.Column('slot', sa.Integer(), nullable=False),
    sa.Column('orders', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('bucket', 'slot', name=op.f('pk_queue_tally'))
    )
    op.create_table('kit_part',
    sa.Column('kit_id', sa.Uuid(), nullable=False),
    sa.Column('part_id', sa.Uuid(), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.CheckConstraint('kit_id <> part_id', name=op.f('ck_kit_part_not_itself')),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_kit_part_quantity')),
    sa.ForeignKeyConstraint(['kit_id'], ['product.id'], name=op.f('fk_kit_part_kit_id')),
    sa.ForeignKeyConstraint(['part_id'], ['product.id'], name=op.f('fk_kit_part_part_id')),
    sa.PrimaryKeyConstraint('kit_id', 'part_id', name=op.f('pk_kit_part'))
    )
    op.create_index('ix_kit_part_part_id', 'kit_part', ['part_id'], unique=False)

    op.create_table('listing',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('product_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_listing_product_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_listing')),
    sa.UniqueConstraint('channel', 'key', name=op.f('uq_listing_channel_key'))
    )
    op.create_index('ix_listing_product_id', 'listing', ['product_id'], unique=False)

    op.create_table('lot',
    sa.Column('product_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('made_at', oms_desktop.models.base.UtcTime(timezone=True), nullable=False),
    sa.CheckConstraint("code <> ''", name=op.f('ck_lot_code')),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_lot_product_id')),
    sa.PrimaryKeyConstraint('product_id', 'code', name=op.f('pk_lot'))
    )
    op.create_table('alert',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('location_id', sa.Uuid(), nullable=False),
    sa.Column('product_id', sa.Uuid(), nullable=False),
    sa.Column('level', sa.Enum('reorder', 'minimum', name='level', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('raised_at', oms_desktop.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('cleared_at', oms_desktop.models.base.UtcTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['location_id'], ['location.id'], name=op.f('fk_alert_location_id')),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_alert_product_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alert'))
    )
    op.create_index('uq_alert_open', 'alert', ['location_id', 'product_id'], unique=True, sqlite_where=sa.text('cleared_at IS NULL'), postgresql_where=sa.text('cleared_at IS NULL'))

    op.create_table('queue_entry',
    sa.Column('order_id', sa.Uuid(), nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('digits', sa.Text(), nullable=False),
    sa.Column('stage', sa.Enum('new', 'promised', 'released', 'started', 'picked', 'packed', 'closed', name='stage', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('held', sa.Boolean(), nullable=False),
    sa.Column('short', sa.BigInteger(), nullable=False),
    sa.Column('flagged_at', oms_desktop.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('urgency', sa.Integer(), nullable=False),
    sa.Column('due', oms_desktop.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('captured_at', oms_desktop.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('changed_at', oms_desktop.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('lines', sa.Integer(), nullable=False),
    sa.Column('pieces', sa.BigInteger(), nullable=False),
    sa.Column('zones', sa.Text(), nullable=False),
    sa.Column('assignee_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['assignee_id'], ['worker.id'], name=op.f('fk_queue_entry_assignee_id')),
    sa.ForeignKeyConstraint(['order_id'], ['sales_order.id'], name=op.f('fk_queue_entry_order_id')),
    sa.PrimaryKeyConstraint('order_id', name=op.f('pk_queue_entry'))
    )
    op.create_index('ix_queue_entry_assignee_id', 'queue_entry', ['assignee_id'], unique=False)
    op.create_index('ix_queue_entry_digits', 'queue_entry', ['digits'], unique=False)
    op.create_index('ix_queue_entry_due', 'queue_entry', ['due'], unique=False, sqlite_where=sa.text("stage <> 'closed'"), postgresql_where=sa.text("stage <> 'closed'"))
    op.create_index('ix_queue_entry_flagged', 'queue_entry', ['flagged_at', 'order_id'], unique=False, sqlite_where=sa.text('flagged_at IS NOT NULL'), postgresql_where=sa.text('flagged_at IS NOT NULL'))
    op.create_index('ix_queue_entry_number', 'queue_entry', ['number'], unique=False)
    op.create_index('ix_queue_entry_open', 'queue_entry', ['urgency', 'due', 'captured_at', 'order_id'], unique=False, sqlite_where=sa.text("stage <> 'closed'"), postgresql_where=sa.text("stage <> 'closed'"))
    op.create_index('ix_queue_entry_stage', 'queue_entry', ['stage', 'urgency', 'due', 'captured_at', 'order_id'], unique=False)

    op.create_table('serial',
    sa.Column('product_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('lot', sa.Text(), nullable=False),
    sa.Column('location_id', sa.Uuid(), nullable=False),
    sa.Column('moved_at', oms_desktop.models.base.UtcTime(timezone=True), nullable=False),
    sa.CheckConstraint("code <> ''", name=op.f('ck_serial_code')),
    sa.ForeignKeyConstraint(['location_id'], ['location.id'], name=op.f('fk_serial_location_id')),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_serial_product_id')),
    sa.PrimaryKeyConstraint('product_id', 'code', name=op.f('pk_serial'))
    )
    op.create_index('ix_serial_location_id', 'serial', ['location_id'], unique=False)

    op.create_table('threshold',
    sa.Column('location_id', sa.Uuid(), nullable=False),
    sa.Column('product_id', sa.Uuid(), nullable=False),
    sa.Column('minimum', sa.Integer(), nullable=False),
    sa.Column('reorder_at', sa.Integer(), nullable=False),
    sa.Column('fill_to', sa.Integer(), nullable=False),
    sa.CheckConstraint('minimum >= 0 AND reorder_at >= minimum AND fill_to > reorder_at', name=op.f('ck_threshold_in_order')),
    sa.ForeignKeyConstraint(['location_id'], ['location.id'], name=op.f('fk_threshold_location_id')),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_threshold_product_id')),
    sa.PrimaryKeyConstraint('location_id', 'product_id', name=op.f('pk_threshold'))
    )
    op.create_index('ix_threshold_product_id', 'threshold', ['product_id'], unique=False)


def add_to_orders() -> None:
    add('sales_order', 'ship_complete BOOLEAN NOT NULL DEFAULT {false}')
    add('sales_order', 'ship_by {time}')
    add('sales_order', 'deliver_by {time}')
    add('sales_order', "tags JSON NOT NULL DEFAULT '[]'")
    add('sales_order', "likeness TEXT NOT NULL DEFAULT ''")
    add_reference('sales_order', 'merged_into_id', 'sales_order')
    op.create_index('ix_sales_order_customer_id', 'sales_order', ['customer_id'])
    op.create_index('ix_sales_order_likeness_captured_at', 'sales_order', ['likeness', 'captured_at'])
    add('order_line', "listing TEXT NOT NULL DEFAULT ''")
    add('order_line', 'one_lot BOOLEAN NOT NULL DEFAULT {false}')
    add('order_line', 'min_life_days INTEGER NOT NULL DEFAULT 0 CONSTRAINT ck_order_line_life CHECK (min_life_days >= 0)')
    partial('ix_order_line_open', 'order_line', ['product_id'], 'open > 0')
    partial('ix_order_line_unknown', 'order_line', ['sku'], 'product_id IS NULL')
    add('hold', 'frees_stock BOOLEAN NOT NULL DEFAULT {false}')
    partial('ix_hold_until', 'hold', ['until'], 'released_at IS NULL AND until IS NOT NULL')
    add_reference('fulfillment', 'assigned_to', 'worker')
    op.create_index('ix_event_kind_at', 'event', ['kind', 'at'])


def add_to_goods() -> None:
    add('product', 'lot_tracked BOOLEAN NOT NULL DEFAULT {false}')
    add('product', 'serial_tracked BOOLEAN NOT NULL DEFAULT {false}')
    add('product', 'min_life_days INTEGER NOT NULL DEFAULT 0 CONSTRAINT ck_product_life CHECK (min_life_days >= 0)')
    add('warehouse', 'rank INTEGER NOT NULL DEFAULT 0')
    add('worker', "language TEXT NOT NULL DEFAULT ''")
    add('worker', "zone TEXT NOT NULL DEFAULT ''")
    add('count', 'counted INTEGER')
    add('count', 'booked INTEGER')
    add_reference('count', 'closed_by', 'worker')
    partial('ix_count_open', 'count', ['location_id', 'product_id'], 'closed_at IS NULL')


def add_to_moves() -> None:
    old = sa.Enum(*KINDS, name='kind', native_enum=False, create_constraint=True, length=24)
    new = sa.Enum(*KINDS, *NEW_KINDS, name='kind', native_enum=False, create_constraint=True, length=24)
    with op.batch_alter_table('stock_move') as batch_op:
        batch_op.alter_column('kind', existing_type=old, type_=new, existing_nullable=False)
        batch_op.add_column(sa.Column('reason', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('reference', sa.Text(), nullable=False, server_default=''))
    op.create_index('ix_stock_move_warehouse_id_at', 'stock_move', ['warehouse_id', 'at'])
    partial('ix_stock_move_serial', 'stock_move', ['product_id', 'serial'], "serial <> ''")


def partial(name: str, table: str, columns: list[str], where: str) -> None:
    """Make an index of those rows only that `where` names."""
    words = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=words, postgresql_where=words)
