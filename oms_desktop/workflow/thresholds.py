"""How much of a product should be free at a place, as a supervisor wants it."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from oms_desktop.acts import Act, Kind, verb
from oms_desktop.db import upsert
from oms_desktop.models import Alert, Location, Role, Threshold, table_of
from oms_desktop.workflow import alerts
from oms_desktop.workflow.alerts import Place
from oms_desktop.workflow.goods import Catalogue, Wrong, read_catalogue, refuse
from oms_desktop.workflow.ledger import MOST_STOCK
from oms_desktop.workflow.locks import lock_stock

_LEVELS = ("minimum", "reorder_at", "fill_to")
_BRING = upsert(
    table_of(Threshold),
    ("location_id", "product_id"),
    lambda new: {name: new[name] for name in _LEVELS},
)


@dataclass(frozen=True)
class ThresholdRow:
    """What should be free of a product (by SKU) at a location (by code), in units.

    `minimum` is the least, at `reorder_at` or below it is refilled, up to `fill_to`. Three zeros take the
    threshold away.
    """

    sku: str
    location: str
    minimum: int
    reorder_at: int
    fill_to: int

    @property
    def ends(self) -> bool:
        """Whether the row takes a threshold away."""
        return (self.minimum, self.reorder_at, self.fill_to) == (0, 0, 0)


@verb("stock.thresholds.1", role=Role.SUPERVISOR, kind=Kind.DECISION)
def bring_thresholds(session: Session, act: Act, *, warehouse: UUID, rows: tuple[ThresholdRow, ...]) -> int:
    """Set the thresholds of places, change those that are known, take away those of three zeros.

    Alerts appear and clear at once. Returns how many rows. Raises InputError that names every wrong row.
    """
    known = read_catalogue(session, warehouse, (row.sku for row in rows), (row.location for row in rows))
    refuse(_wrongs(known, rows))
    places = [Place(known.shelves[row.location].id, known.products[row.sku].id) for row in rows]
    _lock(session, places)
    for row, place in zip(rows, places, strict=True):
        if row.ends:
            _take_away(session, act, place)
            continue
        values = {name: getattr(row, name) for name in _LEVELS}
        _BRING.run(session, {"location_id": place.location, "product_id": place.product, **values})
    alerts.settle(session, act, places)
    return len(rows)


def _wrongs(known: Catalogue, rows: tuple[ThresholdRow, ...]) -> Iterator[tuple[str, Wrong | None]]:
    for number, row in enumerate(rows, start=1):
        name = f"Row {number} ({row.sku} at {row.location})"
        yield name, known.product_wrong(row.sku)
        yield name, known.shelf_wrong(row.location)
        if not row.ends and not 0 <= row.minimum <= row.reorder_at < row.fill_to:
            yield name, Wrong("stock.threshold", _order_words(row))
        if row.fill_to > MOST_STOCK:
            yield name, Wrong("stock.threshold", f"{row.fill_to} to fill to; {MOST_STOCK} are the most.")


def _order_words(row: ThresholdRow) -> str:
    return (
        f"minimum {row.minimum}, refill at {row.reorder_at}, fill to {row.fill_to} do not rise;"
        " 0 <= minimum <= refill at < fill to is expected."
    )


def _lock(session: Session, places: list[Place]) -> None:
    """Keep everybody from moving goods to and from these places until their thresholds stand.

    A call that moves goods holds its stock, and its places by their key; without this one that is under way
    would see no threshold yet, and this one would not see its goods. The stock first, as there.
    """
    lock_stock(session, (place.location for place in places), (place.product for place in places))
    session.execute(
        select(Location.id)
        .where(Location.id.in_({place.location for place in places}))
        .order_by(Location.id)
        .with_for_update()
    )


def _take_away(session: Session, act: Act, place: Place) -> None:
    at = (Threshold.location_id == place.location, Threshold.product_id == place.product)
    session.execute(delete(Threshold).where(*at))
    alert = session.scalar(
        select(Alert).where(
            Alert.location_id == place.location,
            Alert.product_id == place.product,
            Alert.cleared_at.is_(None),
        )
    )
    if alert is not None:
        alert.cleared_at = act.at
        session.flush()
