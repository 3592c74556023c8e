"""Serve the orders that wait for stock, as soon as goods have come, were counted or are wanted again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar
from uuid import UUID

from oms_desktop.errors import StoreError, cause
from oms_desktop.station import Station
from oms_desktop.workflow import promise
from oms_desktop.workflow.worklists.waiting import waiting_orders

T = TypeVar("T")

AT_ONCE = 250
"""How many orders one call serves, so that hands at the shelves never wait long for its locks."""


def in_turns(
    orders: Sequence[UUID], call: Callable[[tuple[UUID, ...]], T], at_once: int | None = None
) -> Iterator[T]:
    """Call for `at_once` orders (`AT_ONCE`) after the other; the error of a later call says what is done."""
    done = 0
    for some in _turns(orders, at_once or AT_ONCE):
        try:
            yield call(some)
        except StoreError as error:
            if not done:
                raise
            words = f"The first {done} of {len(orders)} orders were dealt with; the others are as they were."
            raise StoreError(error.code, f"{cause(error.text)} {words} Ask again for those.") from error
        done += len(some)


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
    return total(
        station.do(promise.wave, orders=some, warehouse=warehouse) for some in _turns(orders, AT_ONCE)
    )


def total(waves: Iterable[promise.Wave]) -> promise.Wave:
    """Add up what several waves have done."""
    done = list(waves)
    return promise.Wave(
        sum(wave.served for wave in done),
        sum(wave.allocated for wave in done),
        sum(wave.open for wave in done),
    )


def _turns(orders: Sequence[UUID], at_once: int) -> Iterator[tuple[UUID, ...]]:
    for first in range(0, len(orders), at_once):
        yield tuple(orders[first : first + at_once])
