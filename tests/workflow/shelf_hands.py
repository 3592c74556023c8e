"""What hands do at the shelves at random: move, correct, grade, count, and watch how little is there."""

from uuid import UUID

from sqlalchemy import select

from oms_desktop.models import Condition, Product
from oms_desktop.workflow import counting, stock, thresholds
from tests.builders import BOTTLE_PLACE, MUG_PLACE, TORCH_PLACE
from tests.workflow.hands import SKUS, Hands

PLACES = (MUG_PLACE, BOTTLE_PLACE, TORCH_PLACE)


def move(hands: Hands, number: int) -> None:
    """Move free units to another shelf; every other time as a refill."""
    product, source = _shelf(hands, number)
    _other, target = _shelf(hands, number + 1)
    hands.attempt(
        stock.move,
        product=product,
        source=source,
        target=target,
        quantity=1 + number % 3,
        refill=bool(number % 2),
    )


def adjust(hands: Hands, number: int) -> None:
    product, place = _shelf(hands, number)
    difference = (-2, -1, 1)[number % 3]
    hands.attempt(stock.adjust, product=product, location=place, difference=difference, reason="broken")


def grade(hands: Hands, number: int) -> None:
    product, place = _shelf(hands, number)
    good, bad = Condition.GOOD, Condition.DAMAGED
    before, after = (good, bad) if number % 3 else (bad, good)
    hands.attempt(
        stock.grade,
        product=product,
        location=place,
        quantity=1,
        before=before,
        after=after,
        reason="dented",
    )


def count(hands: Hands, number: int) -> None:
    """Find about as much at a shelf as may be there."""
    product, place = _shelf(hands, number)
    found = (counting.Found(number % 7),)
    hands.attempt(counting.count, location=place, product=product, found=found)


def watch(hands: Hands, number: int) -> None:
    """Set a threshold, another one, or none."""
    code, least = PLACES[number % len(PLACES)], number % 4
    row = thresholds.ThresholdRow(SKUS[number % len(SKUS)], code, least, least + 1, least + 6)
    none = thresholds.ThresholdRow(row.sku, code, 0, 0, 0)
    rows = (none if number % 5 == 0 else row,)
    hands.attempt(thresholds.bring_thresholds, warehouse=hands.site.warehouse, rows=rows)


def _shelf(hands: Hands, number: int) -> tuple[UUID, UUID]:
    """A product and a shelf, its usual one or another."""
    with hands.database.reading() as session:
        product = session.scalars(select(Product.id).where(Product.sku == SKUS[number % len(SKUS)])).one()
    return product, hands.site.place(PLACES[(number + number // 50) % len(PLACES)])
