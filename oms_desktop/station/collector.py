"""Python's search for rings of dead objects, put off while a call runs."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collected_later() -> Iterator[None]:
    """Let the garbage collector rest until the block is over.

    A call makes many rows and hardly a ring, yet each thousand of them has all the others searched: felt in a
    scan, and a good part of the time of a wave. Who found it at work starts it again, so that calls of
    several threads may overlap.
    """
    at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if at_work:
            gc.enable()
