"""Rules of the ledger: the stock rows, and the moves that explain them."""

from sqlalchemy import or_, select

from oms_desktop.models import PHYSICAL, Location, Product, Stock, StockMove
from oms_desktop.workflow.books.proof import Rule, Search, Statement, rule, those
from oms_desktop.workflow.books.sums import goods_at, in_words, moved, named, side, unequal


@rule("stock is the sum of its moves", dear=True)
def sum_of_moves() -> Search:
    """Both ways: stock that no moves explain, and moves that no stock row shows."""
    outside = select(Location.id).where(Location.kind.not_in(PHYSICAL))
    came, went = moved(goods_at(StockMove.target_id, StockMove), goods_at(StockMove.source_id, StockMove))
    sums = unequal(
        side(goods_at(Stock.location_id, Stock), booked=Stock.on_hand),
        came.where(StockMove.target_id.not_in(outside)),
        went.where(StockMove.source_id.not_in(outside)),
    )
    return Search(
        named(sums).where(Location.kind.in_(PHYSICAL)),
        "{code} holds {booked} of {sku}{of_lot} ({condition.value}) by its stock row, {proven} by its moves.",
    )


@rule("no stock is negative")
def not_negative() -> Search:
    """On hand and reserved are counted from zero."""
    return Search(
        _rows(those(Stock, or_(Stock.on_hand < 0, Stock.allocated < 0))),
        "{code} holds {on_hand} of {sku}{of_lot} ({condition.value}), {allocated} of them reserved:"
        " less than nothing.",
    )


@rule("only physical places have stock")
def physical() -> Search:
    """Supplier, customer, scrap and adjustment are ends of moves; nothing lies there."""
    return Search(
        _rows(Stock).add_columns(Location.kind).where(Location.kind.not_in(PHYSICAL)),
        "{code} has a stock row of {sku}{of_lot} ({condition.value}), but goods cannot lie at a place"
        " of the kind {kind.value}.",
    )


@rule("no more is reserved than is there")
def covered() -> Search:
    """Reserved units are a part of those on hand."""
    return Search(
        _rows(those(Stock, Stock.allocated > Stock.on_hand)),
        "{allocated} of {sku}{of_lot} ({condition.value}) are reserved at {code}, where only {on_hand} are.",
    )


@rule("stock stands in the warehouse of its place")
def own_warehouse() -> Search:
    """The warehouse is kept twice, for searching; both say the same."""
    return Search(
        _rows(Stock).where(Stock.warehouse_id != Location.warehouse_id),
        "The stock of {sku}{of_lot} ({condition.value}) at {code} is booked to another warehouse.",
    )


@rule("every move moves something")
def moves_something() -> Search:
    """A move has at least one unit and two different ends."""
    return Search(
        select(StockMove.id, Product.sku, StockMove.kind, StockMove.quantity)
        .join(Product, Product.id == StockMove.product_id)
        .where(or_(StockMove.quantity <= 0, StockMove.source_id == StockMove.target_id)),
        "A move ({kind.value}) of {quantity} of {sku} has no units, or begins where it ends.",
    )


def _rows(stock: type[Stock]) -> Statement:
    return (
        select(
            stock.location_id,
            stock.product_id,
            Location.code,
            Product.sku,
            in_words(stock.lot.expression),
            stock.condition,
            stock.on_hand,
            stock.allocated,
        )
        .join(Location, Location.id == stock.location_id)
        .join(Product, Product.id == stock.product_id)
    )


RULES: tuple[Rule, ...] = (sum_of_moves, not_negative, physical, covered, own_warehouse, moves_something)
