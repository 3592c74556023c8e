"""Serve the orders that wait for stock, as soon as goods have come, were counted or are wanted again."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from oms_desktop.errors import StoreError, cause
from oms_desktop.station import Station
from oms_desktop.workflow import promise
from oms_desktop.workflow.worklists.waiting import waiting_orders

AT_ONCE = 250
"""How many orders one wave serves, so that hands at the shelves never wait long for its locks."""


@contextmanager
def afterwards() -> Iterator[None]:
    """Let the error of a promise say that the call before it is booked, so that nobody repeats that one."""
    try:
        yield
    except StoreError as error:
        raise StoreError(
            "promise.missing",
            f"{cause(error.text)} What was wanted is booked; do not repeat it. Only the orders that wait were"
            " not promised its stock: Allocate in the queue does that.",
        ) from error


def serve_waiting(station: Station, products: Sequence[UUID] | None = None) -> promise.Wave:
    """Promise what is free to the orders that wait for it, most urgent first; of some products or of all."""
    with station.store.reading() as session:
        orders = waiting_orders(session, products)
    return serve(station, orders)


def serve(station: Station, orders: Sequence[UUID], warehouse: UUID | None = None) -> promise.Wave:
    """Promise stock to many orders, most urgent first, in waves; returns the sum of them."""
    done = promise.Wave(0, 0, 0)
    for first in range(0, len(orders), AT_ONCE):
        chunk = tuple(orders[first : first + AT_ONCE])
        wave = station.do(promise.wave, orders=chunk, warehouse=warehouse)
        done = promise.Wave(done.served + wave.served, done.allocated + wave.allocated, done.open + wave.open)
    return done
