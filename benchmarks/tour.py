"""The demo warehouse with one large order, so that a single tour has as many units as are wanted."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from oms_desktop.app import opening, site
from oms_desktop.db import Database
from oms_desktop.drafts import (
    AddressDraft,
    CheckedOrder,
    CustomerDraft,
    LineDraft,
    OrderDraft,
    order_problems,
)
from oms_desktop.models import Location, LocationKind, Product, Stock
from oms_desktop.station import Incoming, Station
from oms_desktop.workflow import capture, catalog, promise

_LINES = 20


def bring_tour(database: Database, units: int) -> UUID:
    """Make the demo warehouse and promise stock to one order of `units` in up to 20 lines; the warehouse."""
    office = opening.system_station(database)
    warehouse = site.make_demo(office).warehouse
    lines = min(_LINES, units)
    quantities = [units // lines + (number < units % lines) for number in range(lines)]
    faces = _faces(database, lines)
    stock = tuple(
        catalog.ReceiptRow(sku, place, wanted)
        for (sku, place), wanted in zip(faces.items(), quantities, strict=True)
    )
    office.do(catalog.receive, warehouse=warehouse, rows=stock)
    order = _order(office, dict(zip(faces, quantities, strict=True)))
    office.do(promise.allocate, order=order, warehouse=warehouse)
    return warehouse


def _faces(database: Database, count: int) -> dict[str, str]:
    """Return a pick face by SKU, of so many products."""
    with database.reading() as session:
        found = session.execute(
            select(Product.sku, Location.code)
            .join(Stock, Stock.product_id == Product.id)
            .join(Location, Location.id == Stock.location_id)
            .where(
                Location.kind == LocationKind.PICK_FACE,
                Product.lot_tracked.is_(False),
                Product.serial_tracked.is_(False),
            )
            .order_by(Product.sku)
        ).all()
    return dict(sorted(dict(found).items())[:: max(1, len(found) // (2 * count))][:count])


def _order(office: Station, quantities: dict[str, int]) -> UUID:
    draft = OrderDraft(
        channel="bench",
        number="#1001",
        lines=tuple(LineDraft(sku, quantity, Decimal(10)) for sku, quantity in quantities.items()),
        total=10 * Decimal(sum(quantities.values())),
        currency="EUR",
        payment="paid",
        customer=CustomerDraft(name="Ada Muster", email="ada@example.com"),
        ship_to=AddressDraft("Ada Muster", "", "Musterweg 1", "", "Musterstadt", "", "", "12345", "DE"),
    )
    incoming = Incoming("bench", "bench", "{}", CheckedOrder(draft, order_problems(draft), duplicate_hours=0))
    return office.call().bringing(incoming).do(capture.capture, intake=UUID(int=0)).order
