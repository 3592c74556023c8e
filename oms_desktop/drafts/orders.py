"""An order as its channel tells it, before anything is stored.

Money is `Decimal` in the order's currency, times are aware and in UTC, weights are grams. Texts are
stripped; "" means that the channel did not tell.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum

from oms_desktop.drafts.problems import Outcome, Problem


@dataclass(frozen=True)
class AddressDraft:
    """A postal address; `country_code` is ISO 3166-1 alpha-2 in capitals."""

    name: str = ""
    company: str = ""
    address1: str = ""
    address2: str = ""
    city: str = ""
    province: str = ""
    province_code: str = ""
    postal_code: str = ""
    country_code: str = ""
    phone: str = ""
    where: str = ""


@dataclass(frozen=True)
class CustomerDraft:
    """Who ordered; `locale` is a language tag such as ``fr-CA``."""

    external_id: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    locale: str = ""


@dataclass(frozen=True)
class ServiceDraft:
    """The way of shipping that the customer chose and paid."""

    title: str
    code: str
    price: Decimal
    where: str = ""


@dataclass(frozen=True)
class Property:
    """A wish of the customer beside the catalogue, such as an engraving."""

    name: str
    value: str

    @property
    def words(self) -> str:
        """Return it as people read it."""
        return f"{self.name}: {self.value}"


def listing_keys(listing: str, sku: str, title: str, variant: str) -> tuple[str, ...]:
    """Write what a channel calls a product as the keys of listings, the surest name first."""
    named = (("id", listing), ("sku", sku))
    told = tuple(f"{kind}:{name}" for kind, name in named if name)
    return told or (f"name:{title} {variant}".strip(),)


class NotPicked(Enum):
    """Why a line is kept but not picked."""

    FULFILLED = "fulfilled"
    NO_SHIPPING = "no shipping"
    GIFT_CARD = "gift card"
    REMOVED = "removed"
    TIP = "tip"
    PICKUP = "local pick-up"
    CANCELLED = "cancelled in shop"
    KIT = "kit"
    """The line stands for its parts, which are lines of their own."""


@dataclass(frozen=True)
class LineDraft:
    """One order line; `quantity` is what is still to be picked, or was ordered when `not_picked` is set.

    `price` is for one unit, `grams` the weight of one unit as the channel believes it (0: not told).
    `listing` is the channel's own id of what was ordered (a variant or product, not this line). A `one_lot`
    line takes all its units from one lot, which must still have `min_life_days` before its expiry.
    """

    sku: str
    quantity: int
    price: Decimal
    external_id: str = ""
    barcode: str | None = None
    title: str = ""
    variant: str = ""
    grams: int = 0
    properties: tuple[Property, ...] = ()
    not_picked: NotPicked | None = None
    listing: str = ""
    one_lot: bool = False
    min_life_days: int = 0
    where: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """What the channel calls this product, the surest name first; a listing holds one of them."""
        return listing_keys(self.listing, self.sku, self.title, self.variant)

    @property
    def pickable(self) -> bool:
        """Whether the warehouse has to pick this line."""
        return self.not_picked is None


@dataclass(frozen=True)
class OrderDraft:
    """An order as its channel tells it. `number` is kept as shown there, ``#1001`` with its sign.

    `ship_complete` wants all or nothing, `priority` is 0 to 2. `payment` is the channel's own word.
    """

    channel: str
    number: str
    lines: tuple[LineDraft, ...]
    total: Decimal
    external_id: str = ""
    placed_at: datetime | None = None
    currency: str = ""
    payment: str = ""
    customer: CustomerDraft = CustomerDraft()
    ship_to: AddressDraft | None = None
    bill_to: AddressDraft | None = None
    service: ServiceDraft | None = None
    note: str = ""
    gift_message: str = ""
    properties: tuple[Property, ...] = ()
    tags: tuple[str, ...] = ()
    ship_complete: bool = False
    ship_by: datetime | None = None
    deliver_by: datetime | None = None
    priority: int = 0
    where: str = ""


@dataclass(frozen=True)
class CheckedOrder:
    """A draft, everything that is wrong with it, and the text it was read from.

    Like orders within `duplicate_hours` are possible duplicates; 0 looks for none. `doubtful` names the
    contacts that are malformed beside one that can be used: a note, no problem.
    """

    draft: OrderDraft
    problems: tuple[Problem, ...] = ()
    raw: str = ""
    duplicate_hours: int = 0
    doubtful: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome | None:
        """The gravest outcome of its problems; None when the order is free to go."""
        outcomes = {found.outcome for found in self.problems}
        if Outcome.REFUSED in outcomes:
            return Outcome.REFUSED
        return Outcome.HELD if outcomes else None
