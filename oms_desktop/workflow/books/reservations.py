"""Rules of pick tasks: what they reserve, and what they have taken."""

from sqlalchemy import or_, select

from oms_desktop.models import (
    Fulfillment,
    Location,
    Order,
    OrderLine,
    PickTask,
    Product,
    Stock,
)
from oms_desktop.workflow.books.proof import Rule, Search, first, rule, those
from oms_desktop.workflow.books.sums import goods_at, named, side, unequal


@rule("reserved stock is what pick tasks still ask for")
def reserved_by_tasks() -> Search:
    """Both ways: a reservation without a task, and a task without its reservation."""
    sums = unequal(
        side(goods_at(Stock.location_id, Stock), booked=Stock.allocated),
        side(goods_at(PickTask.location_id, PickTask), proven=PickTask.quantity - PickTask.picked),
    )
    return Search(
        named(sums),
        "{booked} of {sku}{of_lot} ({condition.value}) are reserved at {code}, while pick tasks still ask"
        " for {proven} there.",
    )


@rule("no pick task has more than it asks for")
def task_within_bounds() -> Search:
    """Taken units are between none and all."""
    task = those(PickTask, or_(PickTask.picked < 0, PickTask.picked > PickTask.quantity))
    return Search(
        select(task.id, Order.number, OrderLine.sku, Location.code, task.picked, task.quantity)
        .join(OrderLine, OrderLine.id == task.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Location, Location.id == task.location_id),
        "Order {number}: {picked} of {quantity} units of {sku} are taken at {code}; that cannot be.",
    )


@rule("a pick task serves a line of its own order")
def task_of_own_order() -> Search:
    """Order, product and warehouse of a task are those of its line and fulfillment."""
    stray = first(
        select(
            PickTask.id,
            PickTask.product_id,
            OrderLine.id.label("line_id"),
            Fulfillment.order_id,
            Location.code,
        )
        .join(Fulfillment, Fulfillment.id == PickTask.fulfillment_id)
        .join(OrderLine, OrderLine.id == PickTask.order_line_id)
        .join(Location, Location.id == PickTask.location_id)
        .where(
            or_(
                OrderLine.order_id != Fulfillment.order_id,
                OrderLine.product_id.is_distinct_from(PickTask.product_id),
                PickTask.warehouse_id != Fulfillment.warehouse_id,
                PickTask.warehouse_id != Location.warehouse_id,
            )
        )
    )
    return Search(
        select(stray.c.id, stray.c.line_id, Order.number, Product.sku, stray.c.code)
        .join(Order, Order.id == stray.c.order_id)
        .join(Product, Product.id == stray.c.product_id),
        "The pick task for {sku} at {code} belongs to order {number}, but its line, product or warehouse"
        " does not.",
    )


RULES: tuple[Rule, ...] = (reserved_by_tasks, task_within_bounds, task_of_own_order)
