"""Orders as the sheet for editing shows them, with invented data."""

from datetime import UTC, datetime

from oms_desktop.drafts import AddressDraft
from oms_desktop.drafts.address_form import address_fields, country_name
from oms_desktop.floor.edit_views import AddressLook, EditForm, EditLine, Fault, MergeOrder, Wishes

WRONG = AddressDraft(
    name="Ida Example",
    company="Example Boats and Lanterns Ltd",
    address1="Lakeside Lane 14",
    city="Salzburg",
    postal_code="50200",
    province="Land Salzburg",
    country_code="AT",
    phone="+43 662 000000",
)

FAULTS = (
    Fault("postal_code", "Austria has no such code; 1010 is one."),
    Fault("address1", "A label needs Latin, Cyrillic or Greek letters."),
)

LINES = (
    EditLine("1" * 32, 1, "MUG-0350-GN", "Enamel mug 350 ml", "1 of 2 picked", 2, least=1, promised=1),
    EditLine(
        "2" * 32,
        2,
        "BTL-0750-ST",
        "Steel bottle 0.75 l with a very long name that nobody can read",
        "3 of 4 promised, 1 missing",
        4,
        promised=3,
        plain=False,
    ),
    EditLine("3" * 32, 3, "SET-0002-GN", "Camp kitchen", "not picked: kit", 0, fixed="not picked: kit"),
)
NOON = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


def look(code: str = "AT", *faults: Fault) -> AddressLook:
    return AddressLook(country_name(code), address_fields(code), faults)


def edit_form() -> EditForm:
    """An order that two holds keep, with an address that its country has not."""
    return EditForm(
        "1" * 32,
        "SO-48201",
        (
            "Address impossible: The country of this address has no such province or postal code, or the two"
            " do not belong together.",
            "Possible duplicate: The same person has ordered the same shortly before; somebody has to agree.",
        ),
        WRONG,
        "ida@example.test",
        look("AT", *FAULTS),
        LINES,
        Wishes("Express until noon", NOON, "Paper padding only", "Happy trails!"),
    )


def merge_orders(count: int = 3, last: str = "Economy") -> tuple[MergeOrder, ...]:
    """Orders of one person; the last of them may go another way."""
    to = "Ida Example, Example Boats and Lanterns Ltd, Lakeside Lane 14, 5020 Salzburg, AT"
    return tuple(
        MergeOrder(
            f"{number:032x}",
            f"SO-48{200 + number}",
            number,
            2 * number,
            to,
            "Economy" if number < count else last,
        )
        for number in range(1, count + 1)
    )
