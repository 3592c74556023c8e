"""Calls that can be written down and played again: acts, verbs, and the codec of their arguments."""

from oms_desktop.acts.act import Act, derive
from oms_desktop.acts.brought import bring, brought
from oms_desktop.acts.codec import decode, encode
from oms_desktop.acts.verbs import OFFLINE, VERBS, Entry, Kind, entry_of, verb

__all__ = [
    "OFFLINE",
    "VERBS",
    "Act",
    "Entry",
    "Kind",
    "bring",
    "brought",
    "decode",
    "derive",
    "encode",
    "entry_of",
    "verb",
]
