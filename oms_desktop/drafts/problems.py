"""What can be wrong with an order or a product row, and what becomes of it."""

from dataclasses import dataclass
from enum import Enum
from typing import Self

_SHOWN = 80


class Outcome(Enum):
    """What becomes of an order, or of a row, that has a problem."""

    HELD = "held"
    REFUSED = "refused"


class ProblemKind(Enum):
    """What can be wrong. The value is the stable code, `sentence` says what is expected instead."""

    sentence: str
    outcome: Outcome

    def __new__(cls, code: str, outcome: Outcome, sentence: str) -> Self:
        """Take the code as the value and keep the rest as attributes."""
        kind = object.__new__(cls)
        kind._value_ = code
        kind.outcome = outcome
        kind.sentence = sentence
        return kind

    NOT_AN_ORDER = "not an order", Outcome.REFUSED, "An object with the fields of an order is expected here."
    NOT_A_LINE = "not a line", Outcome.REFUSED, "An object with the fields of an order line is expected here."
    NO_NUMBER = (
        "no order number",
        Outcome.REFUSED,
        "The order needs the number by which its channel knows it.",
    )
    NO_LINES = "no lines", Outcome.REFUSED, "The order needs at least one line."
    BAD_QUANTITY = "bad quantity", Outcome.REFUSED, "The quantity has to be a whole number from 1 to 1000000."
    BAD_PRICE = (
        "bad price",
        Outcome.REFUSED,
        "The price has to be a number, zero or more and below 10000000000.",
    )
    TOO_LONG = "too long", Outcome.REFUSED, "At most 200 characters are expected."
    NOT_STORABLE = "not storable", Outcome.REFUSED, "The database cannot hold this order; the log says why."
    NO_ADDRESS = "no address", Outcome.REFUSED, "The order needs an address."
    ADDRESS_INCOMPLETE = (
        "address incomplete",
        Outcome.HELD,
        "The delivery address needs a name or company, street, city and country, and mostly a postal code.",
    )
    COUNTRY_UNKNOWN = (
        "country unknown",
        Outcome.HELD,
        "The country has to be a code of ISO 3166 with two letters, such as DE.",
    )
    ADDRESS_IMPOSSIBLE = (
        "address impossible",
        Outcome.HELD,
        "The country of this address has no such province or postal code, or the two do not belong together.",
    )
    ADDRESS_UNPRINTABLE = (
        "address unprintable",
        Outcome.HELD,
        "The label cannot print this address; it needs Latin, Cyrillic or Greek letters.",
    )
    NAME_TOO_LONG = "name too long", Outcome.HELD, "A name has at most 120 characters on a label."
    UNPAID = "unpaid", Outcome.HELD, "The order goes when it is paid or authorized."
    BLOCKED = "destination blocked", Outcome.HELD, "Nothing is sent to this country by itself."
    OVER_LIMIT = "over value limit", Outcome.HELD, "Somebody has to agree to an order of this value."
    DUPLICATE = (
        "possible duplicate",
        Outcome.HELD,
        "The same person has ordered the same shortly before; somebody has to agree.",
    )
    UNKNOWN_SKU = "unknown sku", Outcome.HELD, "No product has this SKU, barcode or listing."
    CANCELLED = "cancelled in shop", Outcome.HELD, "The shop has cancelled this order."
    TEST_ORDER = "test order", Outcome.HELD, "The shop has marked this order as a test."
    PICKUP = "local pick-up", Outcome.HELD, "The customer fetches this order; nothing is sent."
    AMBIGUOUS_NUMBER = (
        "ambiguous number",
        Outcome.REFUSED,
        "The mark may part thousands or decimals; 1234.00 or 1.23 is expected.",
    )
    AMBIGUOUS_DATE = (
        "ambiguous date",
        Outcome.HELD,
        "Day and month can be either; a date like 2027-03-31 is expected.",
    )
    UNREADABLE_DATE = (
        "unreadable date",
        Outcome.HELD,
        "A date like 2027-03-31 is expected, or a time like 2027-03-31T14:30:00+02:00.",
    )
    NOT_A_PRIORITY = "not a priority", Outcome.HELD, "The priority is 0, 1 or 2, the most urgent."
    UNKNOWN_CURRENCY = (
        "unknown currency",
        Outcome.HELD,
        "The currency has to be a code of ISO 4217, such as EUR.",
    )
    QUANTITY_UNSURE = (
        "quantity unsure",
        Outcome.HELD,
        "A part of this line has been sent, and the file does not tell how many are left.",
    )
    ROW_TOO_LONG = "row too long", Outcome.REFUSED, "The row has more fields than the header."
    ROWS_APART = "rows apart", Outcome.REFUSED, "All rows of an order stand together."
    ORDER_ROWS_DISAGREE = (
        "order rows disagree",
        Outcome.REFUSED,
        "All rows of an order say the same of it, or nothing.",
    )
    NOTHING_TO_PICK = "nothing to pick", Outcome.HELD, "No line of this order is left to pick."
    CONTACT_MALFORMED = (
        "contact malformed",
        Outcome.HELD,
        "The customer needs one e-mail address or phone number that can be used.",
    )
    NOT_UNDERSTOOD = "not understood", Outcome.HELD, "The value is not of the kind that belongs here."
    VALUE_MISSING = "value missing", Outcome.REFUSED, "This value is needed."
    NOT_WHOLE = (
        "not a whole number",
        Outcome.REFUSED,
        "A whole number from 0 to 2147483647 is expected; coordinates may be below 0.",
    )
    BAD_GTIN = "bad gtin", Outcome.REFUSED, "A GTIN has 8, 12, 13 or 14 digits, the last one a check digit."
    GTIN_TAKEN = "gtin taken", Outcome.REFUSED, "Another product has the same GTIN."
    ROW_CUT_SHORT = "row cut short", Outcome.REFUSED, "The row has fewer fields than the header."
    ROWS_DISAGREE = "rows disagree", Outcome.REFUSED, "All rows of a product describe it alike."
    PLACE_TWICE = "place twice", Outcome.REFUSED, "A product has one row per location, lot and condition."
    EXPIRY_DISAGREES = "expiry disagrees", Outcome.REFUSED, "The lot is known with another expiry."
    SERIALS_UNFIT = (
        "serials unfit",
        Outcome.REFUSED,
        "A product that is kept by serial names one for each unit, any other none.",
    )
    SERIAL_TAKEN = "serial taken", Outcome.REFUSED, "Each serial of a product is one unit in the house."
    NOT_A_SHELF = "not a shelf", Outcome.REFUSED, "Goods come to a pick face or a reserve place."
    NOT_YES_OR_NO = "not yes or no", Outcome.REFUSED, "Yes or no is expected."
    NOT_A_DATE = "not a date", Outcome.REFUSED, "A date like 2027-03-31 is expected."
    NOT_PARTS = (
        "not parts",
        Outcome.REFUSED,
        "Parts are SKUs with their units, each once: MUG-1:2 TEA-5:1.",
    )
    KIT_CIRCLE = "kit circle", Outcome.REFUSED, "A kit is no part of itself, nor of one of its parts."
    NOT_A_FACTOR = "not a factor", Outcome.REFUSED, "A packaging holds two units or more."
    KIT_HAS_NO_STOCK = "kit has no stock", Outcome.REFUSED, "A kit is made of its parts; they have the stock."
    NEEDS_LIST = (
        "needs a list of stock",
        Outcome.REFUSED,
        "Goods of this product name their lot or serials; bring them with a list of stock.",
    )
    CODE_TWICE = "code twice", Outcome.REFUSED, "Each code has one row."
    CODE_TAKEN = (
        "code taken",
        Outcome.REFUSED,
        "Something of another kind has this code already: a location, tote, lane, carton or badge.",
    )
    NOT_A_PLACE_KIND = (
        "not a kind of place",
        Outcome.REFUSED,
        "A list brings pick faces, reserve places and totes.",
    )
    NOT_A_ROLE = (
        "not a role",
        Outcome.REFUSED,
        "Roles are picker, packer, shipper, receiver, order desk, supervisor, administrator; + parts them.",
    )
    NOT_A_PIN = "not a pin", Outcome.REFUSED, "A PIN has four digits."
    NOT_A_CONDITION = "not a condition", Outcome.REFUSED, "Good, quarantine or damaged is expected."
    NOT_A_SIZE = "not a size", Outcome.REFUSED, "A whole number from 1 to 2147483647 is expected."
    UNKNOWN_PRODUCT = "unknown product", Outcome.REFUSED, "No product has this SKU."
    UNKNOWN_PLACE = "unknown location", Outcome.REFUSED, "No location has this code."
    NOT_IN_ORDER = (
        "levels not in order",
        Outcome.REFUSED,
        "The minimum is at most the reorder point, and that is below what is filled up to.",
    )


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with one order (or one product row).

    `order` is the order's number, or the SKU of a product row, "" when unknown; `where` is ``row N`` of
    a CSV (the header is row 1) or a JSON pointer to the order, line or address; `field` is the name of the
    value in it, "" when the whole is meant.
    """

    order: str
    where: str
    field: str
    value: str
    problem: ProblemKind
    outcome: Outcome


def problem(kind: ProblemKind, *, order: str, where: str, field: str = "", value: object = "") -> Problem:
    """Make a problem of this kind with its usual outcome; `value` as a person can read it on one line."""
    return Problem(order, where, field, _shown(value), kind, kind.outcome)


def _shown(value: object) -> str:
    """Write a value in 80 printable characters at most; of a list or object only that it is one."""
    if isinstance(value, (dict, list)):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = str(value)[: _SHOWN + 1]
    plain = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…"
