"""The bare statement that a wave is measured against: cumulative sums of wishes and of stock, overlaid.

It writes the same kind of rows into the same table, with its keys and indexes. It locks nothing, knows no
holds, no ship complete, no life of lots and no packagings; it changes neither stock nor lines nor timeline.
"""

from sqlalchemy import Connection, text

PARTS = text("""
INSERT INTO fulfillment (id, order_id, warehouse_id, number, status, priority, created_at, changed_at)
SELECT id, id, :warehouse, 1, 'promised', priority, captured_at, captured_at FROM sales_order
""")
"""What the tasks of the statement hang on; made before the clock runs."""

TASKS = text("""
WITH wish AS (
    SELECT l.id, l.order_id, l.product_id, l.open AS units,
           sum(l.open) OVER (
               PARTITION BY l.product_id ORDER BY o.priority DESC, o.ship_by, o.captured_at, o.id
           ) AS upto
    FROM order_line l JOIN sales_order o ON o.id = l.order_id
    WHERE l.open > 0
), supply AS (
    SELECT s.product_id, s.warehouse_id, s.location_id, s.lot, s.on_hand - s.allocated AS units,
           sum(s.on_hand - s.allocated) OVER (
               PARTITION BY s.product_id ORDER BY lot.expires_on, s.since, s.location_id
           ) AS upto
    FROM stock s JOIN lot ON lot.product_id = s.product_id AND lot.code = s.lot
    WHERE s.condition = 'good' AND s.on_hand > s.allocated
)
INSERT INTO pick_task (id, fulfillment_id, order_line_id, warehouse_id, product_id, location_id, lot,
                       condition, quantity, picked, position, created_at)
SELECT gen_random_uuid(), w.order_id, w.id, s.warehouse_id, w.product_id, s.location_id, s.lot, 'good',
       least(w.upto, s.upto) - greatest(w.upto - w.units, s.upto - s.units), 0, 0, now()
FROM wish w JOIN supply s ON s.product_id = w.product_id
    AND s.upto > w.upto - w.units AND w.upto > s.upto - s.units
""")


def run(connection: Connection) -> int:
    """Allocate everything; returns the rows that were written."""
    return connection.execute(TASKS).rowcount
