"""Reading a file or message of orders through the source that suits it."""

from pathlib import Path

from oms_desktop.channels import SOURCES
from oms_desktop.channels.payload import Payload, decode_payload, read_payload
from oms_desktop.channels.source import OrderFile, OrderSource
from oms_desktop.errors import InputError

AUTO = "auto"
"""The channel name that lets the content tell its source."""


def read_orders(path: Path, channel: str = AUTO) -> OrderFile:
    """Read a file of orders.

    Raises InputError, naming the file and where possible line and column, when it cannot be read, is empty,
    is not text or JSON, or holds nothing that is an order, and when the channel is unknown.
    """
    return _read(read_payload(path), channel)


def parse_orders(data: bytes, *, name: str, channel: str = AUTO) -> OrderFile:
    """Read orders from bytes; `name` is what errors call them. Raises as `read_orders` does."""
    return _read(decode_payload(data, name), channel)


def _read(payload: Payload, channel: str) -> OrderFile:
    return _source(payload, channel).read(payload)


def _source(payload: Payload, channel: str) -> OrderSource:
    if channel == AUTO:
        return _guessed(payload)
    for source in SOURCES:
        if source.channel == channel:
            return source
    known = ", ".join(source.channel for source in SOURCES)
    raise InputError("input.unknown_channel", f"There is no channel {channel}. Known are {AUTO}, {known}.")


def _guessed(payload: Payload) -> OrderSource:
    for source in SOURCES:
        if source.suits(payload):
            return source
    kind = type(payload.document).__name__
    words = {"dict": "one object without the fields of an order", "list": "a list without orders"}
    raise InputError(
        "input.not_orders",
        f"{payload.name} holds no orders of a known channel: it is {words.get(kind, 'a single value')}.",
    )
