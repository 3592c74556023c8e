"""The lines of a Shopify order: what is still to be picked, and why the rest is not."""

from collections import Counter

from oms_desktop.channels import fates
from oms_desktop.channels.fields import Fields
from oms_desktop.drafts import LineDraft, NotPicked, ProblemKind, Property

_TAKEN = frozenset({"success", "pending", "open"})
"""States of a fulfillment whose goods have gone or are going; all others have taken nothing."""

_HIDDEN = "_"


def order_lines(order: Fields) -> tuple[LineDraft, ...]:
    """Read `line_items` of an order; an entry that is no object is refused with the order."""
    taken = _taken(order)
    refunded = _refunded(order)
    all_gone = order.text("fulfillment_status") == "fulfilled"
    return tuple(
        _line(line, taken, refunded, all_gone)
        for line in order.children("line_items", ProblemKind.NOT_A_LINE)
    )


def properties(fields: Fields, name: str) -> tuple[Property, ...]:
    """Read a list of names and values; hidden ones and those without a name or value are left out."""
    pairs = [(entry.text("name"), entry.text("value")) for entry in fields.children(name)]
    return tuple(Property(key, value) for key, value in pairs if key and value and key[0] != _HIDDEN)


def _line(line: Fields, taken: Counter[str], refunded: Counter[str], all_gone: bool) -> LineDraft:
    key = line.text("id")
    quantity, reason = _wanted(line, taken[key], refunded[key])
    if line.flag("gift_card"):
        reason = NotPicked.GIFT_CARD
    elif line.flag("requires_shipping") is False:
        reason = NotPicked.NO_SHIPPING
    elif reason is None and (all_gone or line.text("fulfillment_status") == "fulfilled"):
        reason = NotPicked.FULFILLED
    sku, title, listing = line.text("sku"), line.text("title") or line.text("name"), _listing(line)
    if fates.is_tip(title, sku, listing):
        reason = NotPicked.TIP
    grams = line.whole("grams") or 0
    return LineDraft(
        sku=sku,
        quantity=quantity,
        price=line.price("price"),
        external_id=key,
        barcode=line.text("barcode") or None,
        title=title,
        variant=line.text("variant_title"),
        grams=max(grams, 0),
        properties=properties(line, "properties"),
        not_picked=reason,
        listing=listing,
        where=line.where,
    )


def _listing(line: Fields) -> str:
    """Tell the shop's id of what was ordered: the variant, else the product."""
    told = (line.text("variant_id"), line.text("product_id"))
    return next((key for key in told if key not in ("", "0")), "")


def _wanted(line: Fields, taken: int, refunded: int) -> tuple[int, NotPicked | None]:
    """Tell how many are left to pick; when none is, how many were ordered and where they went."""
    bad = ProblemKind.BAD_QUANTITY
    current = line.whole("current_quantity", bad)
    open_ = line.whole("fulfillable_quantity", bad)
    ordered = line.quantity("quantity") if current is None else line.whole("quantity", bad)
    if ordered is None:
        ordered = current
    lowest = min(ordered or 0, current or 0, open_ or 0)
    if ordered is None or ordered <= 0 or lowest < 0:
        # No such quantity is picked; the problem that comes of it names the number as it was told.
        return lowest, None
    kept = current if current is not None else ordered - refunded
    if kept <= 0:
        return ordered, NotPicked.REMOVED
    left = min(open_, kept) if open_ is not None else kept - taken
    return (left, None) if left > 0 else (ordered, NotPicked.FULFILLED)


def _taken(order: Fields) -> Counter[str]:
    """Count per line id what fulfillments have taken."""
    counts: Counter[str] = Counter()
    for fulfillment in order.children("fulfillments"):
        if fulfillment.text("status") in _TAKEN:
            for line in fulfillment.children("line_items"):
                _count(counts, line, "id")
    return counts


def _refunded(order: Fields) -> Counter[str]:
    """Count per line id what was cancelled before it was shipped."""
    counts: Counter[str] = Counter()
    for refund in order.children("refunds"):
        for line in refund.children("refund_line_items"):
            if line.text("restock_type") == "cancel":
                _count(counts, line, "line_item_id")
    return counts


def _count(counts: Counter[str], line: Fields, name: str) -> None:
    """Add a line's quantity to its id; one without an id belongs to no line of the order."""
    key = line.text(name)
    if key:
        counts[key] += max(line.whole("quantity") or 0, 0)
