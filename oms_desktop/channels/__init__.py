"""Orders and products from outside: one order source a file, and the list of them.

A new source is its file and its line in one of the lists.
"""

from oms_desktop.channels import shopify
from oms_desktop.channels.source import JsonSource

JSON_SOURCES: tuple[JsonSource, ...] = (shopify.SOURCE,)
"""The order sources that write JSON, in the order in which ``auto`` tries them."""
