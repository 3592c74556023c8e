"""What real exports say beside the goods, and what becomes of it: the same for every channel.

An order that the shop has cancelled or refunded as a whole, or that the customer fetches, is kept with its
problem; none of its lines is wanted.
"""

import re
from dataclasses import replace
from decimal import Decimal

from babel.core import get_global

from oms_desktop.channels.fields import Fields
from oms_desktop.drafts import LineDraft, NotPicked, ProblemKind, Property, ServiceDraft

_PICKUP = re.compile(
    r"(?:(?:free|local|store|curbside|in[- ]?store)[ -]+)*pick[- ]?up"
    r"(?: in[- ]store| at (?:the |our )?(?:store|shop))?"
    r"|click (?:&|and) collect|(?:selbst)?abholung(?: im (?:laden|geschäft))?"
    r"|retrait en (?:magasin|boutique)|ritiro in negozio|recogida en tienda",
    re.IGNORECASE,
)
_GIFT = frozenset({"gift message", "gift note", "giftmessage"})
_TIPS = frozenset({"tip", "trinkgeld", "pourboire"})


def without_picks(lines: tuple[LineDraft, ...], reason: NotPicked) -> tuple[LineDraft, ...]:
    """Let no line be picked; one that has a reason already keeps it."""
    return tuple(replace(line, not_picked=line.not_picked or reason) for line in lines)


def is_pickup(title: str) -> bool:
    """Whether a way of shipping is called what shops call it when the customer fetches the goods."""
    return _PICKUP.fullmatch(title.strip()) is not None


def is_tip(title: str, sku: str, listing: str) -> bool:
    """Whether a line is a tip: called so, and without a SKU or listing."""
    return not sku and not listing and title.casefold() in _TIPS


def is_gift(wish: Property) -> bool:
    """Whether a property is the gift message."""
    return re.sub(r"[\s_-]+", " ", wish.name.casefold()) in _GIFT


def currency(fields: Fields, name: str = "currency") -> str:
    """Read the code of a currency that is in use, or was; another one becomes a problem and ""."""
    code = fields.text(name).upper()
    if code and code not in get_global("all_currencies"):
        fields.tell(ProblemKind.UNKNOWN_CURRENCY, name, code)
        return ""
    return code


def total(lines: tuple[LineDraft, ...], service: ServiceDraft | None) -> Decimal:
    """Add up lines and shipping, for an order whose total is not told."""
    shipping = service.price if service else Decimal()
    amounts = [
        line.price * max(line.quantity, 0) for line in lines if line.price.is_finite() and line.price >= 0
    ]
    return sum(amounts, shipping if shipping.is_finite() else Decimal())
