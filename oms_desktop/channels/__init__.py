"""Orders and products from outside: one order source a file, and the list of them.

A new source is its file and its line in `SOURCES`.
"""

from oms_desktop.channels import shopify
from oms_desktop.channels.source import OrderSource

SOURCES: tuple[OrderSource, ...] = (shopify.SOURCE,)
"""All order sources, in the order in which ``auto`` tries them."""
