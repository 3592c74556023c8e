"""Orders as the sheet for editing shows them, with invented data."""

from oms_desktop.drafts import AddressDraft
from oms_desktop.drafts.address_form import address_fields, country_name
from oms_desktop.floor.edit_views import AddressLook, EditForm, Fault

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
    )
