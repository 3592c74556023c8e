"""Rules of what is kept beside the stock rows: thresholds and their alerts."""

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select

from oms_desktop.models import Alert, AlertLevel, Condition, Location, Product, Stock, Threshold
from oms_desktop.workflow.books.proof import Rule, Search, Statement, rule
from oms_desktop.workflow.books.sums import side, unequal

_WORTH = {AlertLevel.REORDER: 1, AlertLevel.MINIMUM: 10}
"""So that sums of alerts tell which there are, and whether there is more than one."""


@rule("the numbers of a threshold rise")
def threshold_rises() -> Search:
    """Minimum, reorder point and fill-to, in this order."""
    falls = or_(
        Threshold.minimum < 0,
        Threshold.minimum > Threshold.reorder_at,
        Threshold.reorder_at >= Threshold.fill_to,
    )
    return Search(
        select(
            Threshold.location_id,
            Threshold.product_id,
            Location.code,
            Product.sku,
            Threshold.minimum,
            Threshold.reorder_at,
            Threshold.fill_to,
        )
        .join(Location, Location.id == Threshold.location_id)
        .join(Product, Product.id == Threshold.product_id)
        .where(falls),
        "The threshold of {sku} at {code} does not rise: minimum {minimum}, reorder at {reorder_at},"
        " fill to {fill_to}.",
    )


@rule("an alert stands where little is free, and nowhere else")
def alert_stands() -> Search:
    """Both ways: an open alert of the level that threshold and available units ask for, and only one."""
    level = case(*((Alert.level == level, worth) for level, worth in _WORTH.items()))
    sums = unequal(
        side({"location_id": Alert.location_id, "product_id": Alert.product_id}, booked=level).where(
            Alert.cleared_at.is_(None)
        ),
        _asked(),
    )
    return Search(
        select(
            Location.id,
            Product.id.label("product_id"),
            Location.code,
            Product.sku,
            _words(sums.c.booked).label("stands"),
            _words(sums.c.proven).label("asked"),
        )
        .join(sums, sums.c.location_id == Location.id)
        .join(Product, Product.id == sums.c.product_id),
        "For {sku} at {code} {stands} stands, while what is free there asks for {asked}.",
    )


def _asked() -> Statement:
    """Select what alert each threshold asks for with what is available at its place."""
    good = and_(
        Stock.location_id == Threshold.location_id,
        Stock.product_id == Threshold.product_id,
        Stock.condition == Condition.GOOD,
    )
    free = func.coalesce(func.sum(Stock.on_hand - Stock.allocated), 0)
    asked = case(
        (free > Threshold.reorder_at, 0),
        (or_(free < Threshold.minimum, free <= 0), _WORTH[AlertLevel.MINIMUM]),
        else_=_WORTH[AlertLevel.REORDER],
    )
    keys = {"location_id": Threshold.location_id, "product_id": Threshold.product_id}
    return (
        side(keys, proven=asked)
        .outerjoin(Stock, good)
        .group_by(Threshold.location_id, Threshold.product_id, Threshold.minimum, Threshold.reorder_at)
    )


def _words(worth: ColumnElement[int]) -> ColumnElement[str]:
    named = {value: f"a {level.value} alert" for level, value in _WORTH.items()}
    return case({0: "no alert", **named}, value=worth, else_=literal("more than one alert"))


RULES: tuple[Rule, ...] = (threshold_rises, alert_stands)
