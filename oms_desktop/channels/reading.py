"""Reading a file or message of orders through the source that suits it.

A file is read twice: first it is looked through from end to end, so that of a broken one nothing is taken;
then its orders come one by one. Neither pass holds more than one order.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from oms_desktop.channels import CHANNELS, CSV_SOURCES, JSON_SOURCES
from oms_desktop.channels.csv_orders import open_csv_orders
from oms_desktop.channels.json_entries import Shape, json_entries
from oms_desktop.channels.source import Entry, JsonSource, OrderFile
from oms_desktop.channels.text import TextFile, text_bytes, text_file
from oms_desktop.drafts import ProblemKind, problem
from oms_desktop.errors import InputError

AUTO = "auto"
"""The channel name that lets the content tell its source."""


def open_orders(path: Path, channel: str = AUTO) -> OrderFile:
    """Look a file of orders through, from end to end; its orders are read afterwards, one by one.

    Raises InputError, naming the file and where possible line and column, when it cannot be read, is empty,
    is not text or JSON, is broken anywhere, or holds nothing that is an order, and when the channel is
    unknown: then nothing of it has been taken.
    """
    return _opened(text_file(path), channel)


def parse_orders(data: bytes, *, name: str, channel: str = AUTO) -> OrderFile:
    """Look through orders in memory; `name` is what errors call them. Raises as `open_orders` does."""
    return _opened(text_bytes(data, name), channel)


def _opened(file: TextFile, channel: str) -> OrderFile:
    if channel not in (AUTO, *CHANNELS):
        known = ", ".join((AUTO, *CHANNELS))
        raise InputError("input.unknown_channel", f"There is no channel {channel}. Known are {known}.")
    guessed = channel == AUTO
    if _first_letter(file) in "{[":
        sources = tuple(source for source in JSON_SOURCES if channel in (AUTO, source.channel))
        if not sources:
            raise InputError("input.not_csv", f"{file.name} is no CSV: it is JSON.")
        json = _json_source(file, sources, guessed)
        return OrderFile(json.channel, file.name, file.size, file.encoding, lambda: _json_orders(file, json))
    tables = tuple(source for source in CSV_SOURCES if channel in (AUTO, source.channel))
    if not tables:
        raise InputError("input.not_json", f"{file.name} is not JSON: it begins with neither {{ nor [.")
    orders = open_csv_orders(file, tables, guessed)
    channel = orders.source.channel
    return OrderFile(channel, file.name, file.size, file.encoding, orders.entries, orders.others)


def _json_source(file: TextFile, wanted: tuple[JsonSource, ...], guessed: bool) -> JsonSource:
    """Look through a JSON text, and find the source that takes its first entry which any takes."""
    shape = Shape.LIST if _first_letter(file) == "[" else Shape.WRAPPED
    found: JsonSource | None = None
    other: JsonSource | None = None
    entries = objects = 0
    for entry in json_entries(file, exact=False):
        shape = entry.shape
        entries += 1
        if isinstance(entry.value, dict):
            objects += 1
            found = found or _suiting(wanted, entry.value)
            other = other or _suiting(JSON_SOURCES, entry.value)
    if found is None and other is not None:
        raise InputError(
            "input.not_orders", f"{file.name} holds nothing that is {wanted[0].words}: it has {other.words}."
        )
    if found is None and shape in (Shape.WRAPPED, Shape.ORDER) and (objects or not entries):
        found = wanted[0]
    if found is None:
        what = "an order of a known channel" if guessed else wanted[0].words
        raise InputError(
            "input.not_orders", f"{file.name} holds nothing that is {what}: it is {shape.value}."
        )
    return found


def _suiting(sources: tuple[JsonSource, ...], entry: Mapping[str, object]) -> JsonSource | None:
    return next((source for source in sources if source.suits(entry)), None)


def _first_letter(file: TextFile) -> str:
    with file.opened() as text:
        while letter := text.read(1):
            if not letter.isspace():
                return letter
    return letter


def _json_orders(file: TextFile, source: JsonSource) -> Iterator[Entry]:
    for entry in json_entries(file):
        if isinstance(entry.value, dict):
            yield Entry(entry.at, order=source.read(entry.value, entry.where, entry.raw))
        else:
            told = problem(ProblemKind.NOT_AN_ORDER, order="", where=entry.where, value=entry.value)
            yield Entry(entry.at, problem=told)
