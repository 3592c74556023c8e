"""Reading a file or message of orders through the source that suits it.

A file is read twice: first it is looked through from end to end, so that of a broken one nothing is taken;
then its orders come one by one. Neither pass holds more than one order.
"""

from collections.abc import Iterator
from pathlib import Path

from oms_desktop.channels import JSON_SOURCES
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
    source = _json_source(file, _sources(channel), channel == AUTO)
    return OrderFile(source.channel, file.name, file.size, file.encoding, lambda: _json_orders(file, source))


def _sources(channel: str) -> tuple[JsonSource, ...]:
    wanted = tuple(source for source in JSON_SOURCES if channel in (AUTO, source.channel))
    if not wanted:
        known = ", ".join(dict.fromkeys(source.channel for source in JSON_SOURCES))
        raise InputError(
            "input.unknown_channel", f"There is no channel {channel}. Known are {AUTO}, {known}."
        )
    return wanted


def _json_source(file: TextFile, wanted: tuple[JsonSource, ...], guessed: bool) -> JsonSource:
    """Look through a JSON text, and find the source that takes its first entry which any takes."""
    shape = _empty_shape(file)
    found: JsonSource | None = None
    entries = objects = 0
    for entry in json_entries(file):
        shape = entry.shape
        entries += 1
        if isinstance(entry.value, dict):
            objects += 1
            found = found or next((source for source in wanted if source.suits(entry.value)), None)
    if found is None and shape in (Shape.WRAPPED, Shape.ORDER) and (objects or not entries):
        found = wanted[0]
    if found is None:
        what = "an order of a known channel" if guessed else wanted[0].words
        raise InputError(
            "input.not_orders", f"{file.name} holds nothing that is {what}: it is {shape.value}."
        )
    return found


def _empty_shape(file: TextFile) -> Shape:
    """Tell what a text without any entry is."""
    with file.opened() as text:
        return Shape.LIST if text.read(1) == "[" else Shape.WRAPPED


def _json_orders(file: TextFile, source: JsonSource) -> Iterator[Entry]:
    for entry in json_entries(file):
        if isinstance(entry.value, dict):
            yield Entry(entry.at, order=source.read(entry.value, entry.where, entry.raw))
        else:
            told = problem(ProblemKind.NOT_AN_ORDER, order="", where=entry.where, value=entry.value)
            yield Entry(entry.at, problem=told)
