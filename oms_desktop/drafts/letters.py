"""Characters that not every database can hold."""

import re

UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""A NUL, which PostgreSQL refuses, or half of a surrogate pair."""


def storable(text: str) -> bool:
    """Tell whether both databases can hold a text."""
    return (text.isascii() and "\0" not in text) or not UNSTORABLE.search(text)
