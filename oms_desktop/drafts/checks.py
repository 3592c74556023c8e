"""Judging a draft by itself, without a database."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from oms_desktop.drafts.contacts import email_fits, phone_fits
from oms_desktop.drafts.countries import area_fits, country, postal_fits, postal_is_of_area
from oms_desktop.drafts.orders import AddressDraft, OrderDraft
from oms_desktop.drafts.policy import USUAL, Policy, policy_problems
from oms_desktop.drafts.problems import Problem, ProblemKind, problem

MAX_QUANTITY = 2**31 - 1
"""The largest quantity that a line can hold: a database integer."""

MAX_UNITS = 1_000_000
"""The most units of one order line; a larger number is a slip of somebody's hand."""

MAX_AMOUNT = Decimal("9999999999.9999")
"""The largest amount that both databases can hold: ten digits before the point and four behind it."""

MAX_KEY = 200
"""The most characters of a number, SKU or id: an index of PostgreSQL holds no long texts."""

MAX_NAME = 120
"""The most characters of a name or company that an address on a label has room for."""


def order_problems(draft: OrderDraft, policy: Policy = USUAL) -> tuple[Problem, ...]:
    """Judge a draft by itself and by a policy; SKUs and duplicates need the database and come later."""
    return (
        *_head_problems(draft),
        *_line_problems(draft),
        *_length_problems(draft),
        *_address_problems(draft),
        *_contact_problems(draft),
        *policy_problems(draft, policy),
    )


def _head_problems(draft: OrderDraft) -> Iterator[Problem]:
    if not draft.number:
        yield problem(ProblemKind.NO_NUMBER, order="", where=draft.where, field="number")
    if not draft.lines:
        yield problem(ProblemKind.NO_LINES, order=draft.number, where=draft.where, field="lines")
    elif not any(line.pickable for line in draft.lines):
        yield problem(ProblemKind.NOTHING_TO_PICK, order=draft.number, where=draft.where, field="lines")
    yield from _price_problems(draft)


def _price_problems(draft: OrderDraft) -> Iterator[Problem]:
    prices = [("total", draft.total, draft.where)]
    if draft.service is not None:
        prices.append(("price", draft.service.price, draft.service.where))
    for field, price, where in prices:
        if not _storable(price):
            yield problem(ProblemKind.BAD_PRICE, order=draft.number, where=where, field=field, value=price)


def _storable(amount: Decimal) -> bool:
    return amount.is_finite() and 0 <= amount <= MAX_AMOUNT


def _line_problems(draft: OrderDraft) -> Iterator[Problem]:
    for line in draft.lines:
        if not 0 < line.quantity <= MAX_UNITS:
            yield problem(
                ProblemKind.BAD_QUANTITY,
                order=draft.number,
                where=line.where,
                field="quantity",
                value=line.quantity,
            )
        if not _storable(line.price):
            yield problem(
                ProblemKind.BAD_PRICE, order=draft.number, where=line.where, field="price", value=line.price
            )


def _length_problems(draft: OrderDraft) -> Iterator[Problem]:
    """Name what is too long for an index of the database, or for the address on a label."""
    who, to = draft.customer, draft.ship_to
    limited = [
        (ProblemKind.TOO_LONG, draft.where, "number", draft.number),
        (ProblemKind.TOO_LONG, draft.where, "external_id", draft.external_id),
        (ProblemKind.TOO_LONG, f"{draft.where}/customer", "external_id", who.external_id),
    ]
    for line in draft.lines:
        limited.append((ProblemKind.TOO_LONG, line.where, "sku", line.sku))
        limited.append((ProblemKind.TOO_LONG, line.where, "external_id", line.external_id))
        limited.append((ProblemKind.TOO_LONG, line.where, "barcode", line.barcode or ""))
    if to is not None:
        limited.append((ProblemKind.NAME_TOO_LONG, to.where, "name", to.name))
        limited.append((ProblemKind.NAME_TOO_LONG, to.where, "company", to.company))
    for kind, where, field, text in limited:
        if len(text) > (MAX_KEY if kind is ProblemKind.TOO_LONG else MAX_NAME):
            yield problem(kind, order=draft.number, where=where, field=field, value=text)


def _address_problems(draft: OrderDraft) -> Iterator[Problem]:
    order, to = draft.number, draft.ship_to
    if to is None:
        kind = ProblemKind.ADDRESS_INCOMPLETE if draft.bill_to else ProblemKind.NO_ADDRESS
        yield problem(kind, order=order, where=draft.where, field="ship_to")
        return
    for kind, field in _faults(to):
        yield problem(kind, order=order, where=to.where, field=field, value=getattr(to, field))


def _faults(to: AddressDraft) -> Iterator[tuple[ProblemKind, str]]:
    """Name the fields of an address that are missing, or impossible in its country."""
    code, postal, area = to.country_code, to.postal_code, (to.province, to.province_code)
    rules = country(code)
    if not (to.name or to.company):
        yield ProblemKind.ADDRESS_INCOMPLETE, "name"
    if not to.address1:
        yield ProblemKind.ADDRESS_INCOMPLETE, "address1"
    if not to.city and (rules is None or rules.needs_city):
        yield ProblemKind.ADDRESS_INCOMPLETE, "city"
    if rules is None:
        yield ProblemKind.COUNTRY_UNKNOWN if code else ProblemKind.ADDRESS_INCOMPLETE, "country_code"
        return
    if not postal and rules.needs_postal:
        yield ProblemKind.ADDRESS_INCOMPLETE, "postal_code"
    elif not postal_fits(code, postal) or not postal_is_of_area(code, postal, *area):
        yield ProblemKind.ADDRESS_IMPOSSIBLE, "postal_code"
    if not area_fits(code, *area):
        yield ProblemKind.ADDRESS_IMPOSSIBLE, "province" if to.province else "province_code"


def malformed_contacts(draft: OrderDraft) -> tuple[str, ...]:
    """Name the contacts, ``email`` or ``phone``, that are malformed while another one can be used."""
    contacts = _contacts(draft)
    bad = [each.field for each in contacts if not each.fits]
    return tuple(dict.fromkeys(bad)) if len(bad) < len(contacts) else ()


def _contact_problems(draft: OrderDraft) -> Iterator[Problem]:
    """Name malformed contacts only when no other one is left; that none is given is no problem."""
    contacts = _contacts(draft)
    if any(each.fits for each in contacts):
        return
    for each in contacts:
        yield problem(
            ProblemKind.CONTACT_MALFORMED,
            order=draft.number,
            where=each.where,
            field=each.field,
            value=each.text,
        )


@dataclass(frozen=True)
class _Contact:
    """One way to reach the customer, and whether it has the form of one."""

    where: str
    field: str
    text: str
    fits: bool


def _contacts(draft: OrderDraft) -> list[_Contact]:
    who = draft.customer
    addresses = [address for address in (draft.ship_to, draft.bill_to) if address is not None]
    countries = [address.country_code for address in addresses] or [""]
    found = [_Contact(draft.where, "email", who.email, email_fits(who.email))] if who.email else []
    phones = {who.phone: (draft.where, countries)}
    for address in addresses:
        phones.setdefault(address.phone, (address.where, [address.country_code]))
    found += [
        _Contact(where, "phone", text, any(phone_fits(text, country) for country in of))
        for text, (where, of) in phones.items()
        if text
    ]
    return found
