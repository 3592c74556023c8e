"""Which list a header belongs to, for whoever takes a list for orders."""

from collections.abc import Mapping, Sequence

from oms_desktop.channels.lists import CARTON_COLUMNS, LOCATION_COLUMNS, STOCK_COLUMNS, WORKER_COLUMNS
from oms_desktop.channels.products import PRODUCT_COLUMNS
from oms_desktop.channels.tables import Column, column_name

_LISTS: Mapping[str, Sequence[Column]] = {
    "products": PRODUCT_COLUMNS,
    "stock": STOCK_COLUMNS,
    "locations": LOCATION_COLUMNS,
    "workers": WORKER_COLUMNS,
    "cartons": CARTON_COLUMNS,
}


def kind_of(header: Sequence[str]) -> str:
    """Name the list that has what it needs in this header, and three columns of four; "" when none has."""
    names = {column_name(cell) for cell in header}
    known = {
        kind: len(names & {column.name for column in columns})
        for kind, columns in _LISTS.items()
        if names >= {column.name for column in columns if column.needed}
    }
    best = max(known, key=known.__getitem__, default="")
    return best if best and 4 * known[best] >= 3 * len(names) else ""
