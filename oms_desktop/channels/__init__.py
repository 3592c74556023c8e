"""Orders and products from outside: one order source a file, and the list of them.

A new source is its file and its line in one of the lists. A channel may write both JSON and CSV.
"""

from oms_desktop.channels import own, shopify, shopify_csv, woocommerce
from oms_desktop.channels.source import CsvSource, JsonSource

JSON_SOURCES: tuple[JsonSource, ...] = (shopify.SOURCE, woocommerce.SOURCE, own.JSON_SOURCE)
"""The order sources that write JSON, in the order in which ``auto`` tries them."""

CSV_SOURCES: tuple[CsvSource, ...] = (shopify_csv.SOURCE, own.CSV_SOURCE)
"""The order sources that write CSV, in the order in which ``auto`` tries them."""

CHANNELS = ("shopify", "woocommerce", "csv", "json")
"""The channels that have a source, as they are named on the command line."""
