"""What the order desk does at random: hold and free, change, cut, split, merge, steer, cancel, promise again.

The wishes go the way they go in the program (`app.desk`), with what follows from them.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select

from oms_desktop.app import desk, serving
from oms_desktop.drafts import LineDraft, LineEdit, OrderEdit
from oms_desktop.models import Location, LocationKind, OrderLine, Product, Serial, Stock
from oms_desktop.workflow import catalog, counting, kits, receiving, stock
from oms_desktop.workflow.cancelling import Cut
from oms_desktop.workflow.desk import Verdict
from oms_desktop.workflow.splitting import Share
from tests.builders import BOTTLE, BOTTLE_PLACE, MUG, MUG_PLACE, TORCH, TORCH_PLACE, Clock
from tests.workflow.hands import Hands, chosen

TEA, DRILL, SET = "TEA-0100-GR", "DRL-0012-BL", "SET-0001-XX"
GOODS = (MUG, MUG, BOTTLE, TORCH, TEA, DRILL)
SOLD = (*GOODS, SET)
LOTS = {"L1": date(2026, 6, 30), "L2": date(2026, 7, 31), "L3": None}


def stock_up(hands: Hands) -> None:
    """Bring goods of every kind: tea in lots, drills with serials, a set of two mugs and a tea."""
    do, warehouse = hands.site.station.do, hands.site.warehouse
    rows = (
        catalog.ProductRow(TEA, "Green tea 100 g", lot_tracked=True),
        catalog.ProductRow(DRILL, "Cordless drill", serial_tracked=True),
        catalog.ProductRow(SET, "Tea for two"),
    )
    do(catalog.bring_products, rows=rows)
    do(kits.bring_kits, rows=(kits.KitRow(SET, MUG, 2), kits.KitRow(SET, TEA, 1)))
    receipts = tuple(
        receiving.Receipt(TEA, MUG_PLACE, 2, lot=lot, expires_on=expiry) for lot, expiry in LOTS.items()
    )
    drills = receiving.Receipt(DRILL, BOTTLE_PLACE, 3, serials=("S-1", "S-2", "S-3"))
    do(receiving.receive, warehouse=warehouse, rows=(*receipts, drills))


def receive(hands: Hands, number: int) -> None:
    """Let some goods come, now and then for those who wait."""
    lot = ("L1", "L2", "L3")[number % 3]
    rows = (
        receiving.Receipt(TEA, MUG_PLACE, 1 + number % 2, lot=lot),
        receiving.Receipt((MUG, BOTTLE, TORCH)[number % 3], BOTTLE_PLACE, 1 + number % 3),
    )
    hands.site.station.do(receiving.receive, warehouse=hands.site.warehouse, rows=rows[number % 2 :])
    if number % 5 < 3:
        serve(hands, number)


def shelve(hands: Hands, number: int) -> None:
    """Move, correct and count goods that are kept by lot or by serial; let a new single unit come."""
    lot, there = ("L1", "L2", "L3")[number % 3], (MUG_PLACE, TORCH_PLACE)
    here, other = (hands.site.place(code) for code in (there if number % 2 else there[::-1]))
    tea = _product(hands, TEA)
    match number // 6 % 4:
        case 0:
            hands.attempt(stock.move, product=tea, source=here, target=other, quantity=1, lot=lot)
        case 1:
            units = 1 if number % 4 else -1
            hands.attempt(stock.adjust, product=tea, location=here, difference=units, reason="seen", lot=lot)
        case 2:
            found = (counting.Found(number % 4, lot=lot),)
            hands.attempt(counting.count, location=here, product=tea, found=found)
        case _:
            _shelve_single(hands, number, other)


def _shelve_single(hands: Hands, number: int, other: UUID) -> None:
    drill = _product(hands, DRILL)
    with hands.database.reading() as session:
        rows = session.execute(
            select(Serial.code, Serial.location_id)
            .join(Location, Location.id == Serial.location_id)
            .where(Serial.product_id == drill, Location.kind == LocationKind.PICK_FACE)
            .order_by(Serial.code)
        ).all()
    known = chosen(number, rows)
    if known is None or number % 4 == 0:
        row = receiving.Receipt(DRILL, BOTTLE_PLACE, 1, serials=(f"N-{_now(hands):%H%M%S}",))
        hands.attempt(receiving.receive, warehouse=hands.site.warehouse, rows=(row,))
        return
    code, here = known
    if number % 4 == 1:
        hands.attempt(
            stock.adjust, product=drill, location=here, difference=-1, reason="gone", serials=(code,)
        )
    elif number % 4 == 2 and here != other:
        hands.attempt(stock.move, product=drill, source=here, target=other, quantity=1, serials=(code,))
    else:
        # Nobody can scan a unit that lies in a tote, though the book has its serial here still.
        of_here = tuple(row.code for row in rows if row.location_id == here)[: _on_hand(hands, drill, here)]
        found = (counting.Found(len(of_here), serials=of_here),)
        hands.attempt(counting.count, location=here, product=drill, found=found)


def serve(hands: Hands, number: int) -> None:
    serving.serve_waiting(hands.site.station)


def hold(hands: Hands, number: int) -> None:
    """Hold one order or two, with and without a time, keeping or freeing what is promised."""
    until = _now(hands) + timedelta(seconds=20) if number % 3 == 0 else None
    orders, kind = _orders(hands, number), f"desk {number % 2}"
    told(
        hands,
        *desk.hold(
            hands.site.station, orders, kind=kind, text="Wait.", until=until, frees_stock=number % 2 == 0
        ),
    )


def release(hands: Hands, number: int) -> None:
    told(hands, *desk.release(hands.site.station, _orders(hands, number, most=4)))


def end_holds(hands: Hands, number: int) -> None:
    desk.end_holds(hands.site.station)


def send(hands: Hands, number: int) -> None:
    told(hands, *desk.send(hands.site.station, _orders(hands, number, most=4)))


def prioritize(hands: Hands, number: int) -> None:
    told(hands, *desk.prioritize(hands.site.station, _orders(hands, number), number % 3))


def assign(hands: Hands, number: int) -> None:
    worker = UUID(int=1) if number % 2 else None
    told(hands, *desk.assign(hands.site.station, _orders(hands, number), worker))


def change(hands: Hands, number: int) -> None:
    """Want more or fewer of a line, another product, all at once or not."""
    order = chosen(number, hands.orders)
    if order is None:
        return
    line = chosen(number, [each for each in _lines(hands, order) if not each.not_picked])
    edits = (LineEdit(line.position, number % 5),) if line else ()
    sku = SOLD[number % len(SOLD)]
    extra = (LineDraft(sku, 1 + number % 2, Decimal("4.00"), title=sku),)
    edit = (
        OrderEdit(lines=edits),
        OrderEdit(new_lines=extra),
        OrderEdit(lines=edits, new_lines=extra),
        OrderEdit(ship_complete=bool(number % 2)),
    )[number // 7 % 4]
    told(hands, desk.edit(hands.site.station, order, edit))


def cut(hands: Hands, number: int) -> None:
    """Take units off the lines of an order, also such as lie in a tote."""
    order = chosen(number, hands.orders)
    if order is None:
        return
    wanted = [line for line in _lines(hands, order) if line.ordered > line.cancelled]
    cuts = [Cut(line.id, 1 + number % 2) for line in wanted[number % 2 :][:2]]
    if cuts:
        told(hands, desk.cancel(hands.site.station, order, "fewer", cuts))


def cancel(hands: Hands, number: int) -> None:
    order = chosen(number, hands.orders)
    if order:
        told(hands, desk.cancel(hands.site.station, order, "wish of the customer"))


def split(hands: Hands, number: int) -> None:
    order = chosen(number, hands.orders)
    if order is None:
        return
    line = chosen(number, [line for line in _lines(hands, order) if line.allocated])
    if line:
        told(hands, desk.split(hands.site.station, order, [Share(line.id, 1 + number % 2)]))


def merge(hands: Hands, number: int) -> None:
    order = chosen(number, hands.orders)
    others = [each for each in _orders(hands, number // 3, most=3) if each != order]
    if order and others:
        told(hands, desk.merge(hands.site.station, order, others))


def told(hands: Hands, *verdicts: Verdict) -> None:
    """Remember what was done and what was refused."""
    hands.refused |= {verdict.code for verdict in verdicts}


def _on_hand(hands: Hands, product: UUID, place: UUID) -> int:
    there = select(func.sum(Stock.on_hand)).where(Stock.product_id == product, Stock.location_id == place)
    with hands.database.reading() as session:
        return int(session.scalar(there) or 0)


def _product(hands: Hands, sku: str) -> UUID:
    with hands.database.reading() as session:
        return session.scalars(select(Product.id).where(Product.sku == sku)).one()


def _orders(hands: Hands, number: int, most: int = 2) -> list[UUID]:
    """One order or a few."""
    first = number % len(hands.orders) if hands.orders else 0
    return hands.orders[first : first + 1 + number // 5 % most]


def _lines(hands: Hands, order: UUID) -> list[OrderLine]:
    with hands.database.reading() as session:
        rows = session.scalars(
            select(OrderLine).where(OrderLine.order_id == order).order_by(OrderLine.position)
        ).all()
        session.expunge_all()
    return list(rows)


def _now(hands: Hands) -> datetime:
    clock = hands.site.station.clock
    assert isinstance(clock, Clock)
    return clock.now


DESK: list[Callable[[Hands, int], None]] = [
    receive,
    receive,
    shelve,
    shelve,
    serve,
    hold,
    hold,
    release,
    release,
    end_holds,
    send,
    send,
    prioritize,
    assign,
    change,
    change,
    change,
    cut,
    cut,
    cancel,
    split,
    split,
    merge,
    merge,
]
"""What the desk does, the frequent things more than once."""
