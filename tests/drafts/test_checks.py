"""A draft judged by itself."""

from dataclasses import replace
from decimal import Decimal

import pytest

from oms_desktop.drafts import (
    AddressDraft,
    CheckedOrder,
    CustomerDraft,
    LineDraft,
    NotPicked,
    OrderDraft,
    Outcome,
    ProblemKind,
    ServiceDraft,
    malformed_contacts,
    order_problems,
    problem,
)

LINE = LineDraft("MUG-0350-GN", 2, Decimal("11.88"), where="row 2")
HOME = AddressDraft(
    name="Mira Musterling", address1="Probeplatz 4", city="Leipzig", postal_code="04109", country_code="DE"
)
SOUND = OrderDraft("csv", "#501", (LINE,), Decimal("28.66"), payment="paid", ship_to=HOME, where="row 2")


def kinds(draft: OrderDraft) -> list[ProblemKind]:
    return [found.problem for found in order_problems(draft)]


def test_a_sound_draft_is_free() -> None:
    assert CheckedOrder(SOUND, order_problems(SOUND)).outcome is None


@pytest.mark.parametrize(
    ("draft", "kind", "field"),
    [
        (replace(SOUND, number=""), ProblemKind.NO_NUMBER, "number"),
        (replace(SOUND, lines=()), ProblemKind.NO_LINES, "lines"),
        (replace(SOUND, lines=(replace(LINE, quantity=0),)), ProblemKind.BAD_QUANTITY, "quantity"),
        (replace(SOUND, lines=(replace(LINE, quantity=2**31),)), ProblemKind.BAD_QUANTITY, "quantity"),
        (replace(SOUND, lines=(replace(LINE, price=Decimal("NaN")),)), ProblemKind.BAD_PRICE, "price"),
        (replace(SOUND, total=Decimal("Infinity")), ProblemKind.BAD_PRICE, "total"),
        (
            replace(SOUND, service=ServiceDraft("S", "s", Decimal("-Infinity"))),
            ProblemKind.BAD_PRICE,
            "price",
        ),
        (replace(SOUND, ship_to=None), ProblemKind.NO_ADDRESS, "ship_to"),
    ],
)
def test_what_cannot_be_represented_is_refused(draft: OrderDraft, kind: ProblemKind, field: str) -> None:
    (found,) = order_problems(draft)
    assert (found.problem, found.field, found.outcome) == (kind, field, Outcome.REFUSED)
    assert CheckedOrder(draft, (found,)).outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("draft", "kind", "field"),
    [
        (replace(SOUND, ship_to=replace(HOME, address1="")), ProblemKind.ADDRESS_INCOMPLETE, "address1"),
        (replace(SOUND, ship_to=replace(HOME, name="", company="")), ProblemKind.ADDRESS_INCOMPLETE, "name"),
        (replace(SOUND, ship_to=replace(HOME, city="")), ProblemKind.ADDRESS_INCOMPLETE, "city"),
        (
            replace(SOUND, ship_to=replace(HOME, country_code="")),
            ProblemKind.ADDRESS_INCOMPLETE,
            "country_code",
        ),
        (replace(SOUND, ship_to=None, bill_to=HOME), ProblemKind.ADDRESS_INCOMPLETE, "ship_to"),
        (replace(SOUND, payment="partially_paid"), ProblemKind.UNPAID, "payment"),
        (
            replace(SOUND, lines=(replace(LINE, not_picked=NotPicked.GIFT_CARD),)),
            ProblemKind.NOTHING_TO_PICK,
            "lines",
        ),
        (replace(SOUND, customer=CustomerDraft(email="mira at")), ProblemKind.CONTACT_MALFORMED, "email"),
        (replace(SOUND, customer=CustomerDraft(phone="none")), ProblemKind.CONTACT_MALFORMED, "phone"),
    ],
)
def test_what_can_be_mended_is_held(draft: OrderDraft, kind: ProblemKind, field: str) -> None:
    (found,) = order_problems(draft)
    assert (found.problem, found.field, found.outcome) == (kind, field, Outcome.HELD)
    assert CheckedOrder(draft, (found,)).outcome is Outcome.HELD


@pytest.mark.parametrize(
    ("customer", "doubtful"),
    [
        (CustomerDraft(), ()),
        (CustomerDraft(email="mira at example", phone="+49 30 23125660"), ("email",)),
        (CustomerDraft(email="mira@example.com", phone="ask my neighbour"), ("phone",)),
        (CustomerDraft(email="mira@example.com", phone="030 23125660"), ()),
    ],
)
def test_a_malformed_contact_is_a_note_beside_a_usable_one(
    customer: CustomerDraft, doubtful: tuple[str, ...]
) -> None:
    draft = replace(SOUND, customer=customer)
    assert (kinds(draft), malformed_contacts(draft)) == ([], doubtful)


def test_the_phone_of_an_address_is_a_contact_too() -> None:
    customer = CustomerDraft(email="mira at example")
    good, bad = replace(HOME, phone="030 23125660"), replace(HOME, phone="12", where="row 2")
    assert kinds(replace(SOUND, customer=customer, ship_to=good)) == []

    draft = replace(SOUND, customer=customer, ship_to=bad)
    found = [(each.field, each.value, each.where) for each in order_problems(draft)]
    assert found == [("email", "mira at example", "row 2"), ("phone", "12", "row 2")]
    assert malformed_contacts(draft) == ()


def test_an_authorized_order_goes() -> None:
    assert kinds(replace(SOUND, payment="authorized")) == []


def test_all_problems_are_told_at_once() -> None:
    draft = replace(SOUND, number="", lines=(replace(LINE, quantity=-1),), ship_to=None, payment="")
    assert set(kinds(draft)) == {
        ProblemKind.NO_NUMBER,
        ProblemKind.BAD_QUANTITY,
        ProblemKind.NO_ADDRESS,
        ProblemKind.UNPAID,
    }


def test_a_line_problem_names_its_row() -> None:
    (found,) = order_problems(replace(SOUND, lines=(LINE, replace(LINE, quantity=-4, where="row 3"))))
    assert (found.order, found.where, found.value) == ("#501", "row 3", "-4")


@pytest.mark.parametrize(
    ("value", "shown"),
    [("x" * 80, "x" * 80), ("x" * 81, "x" * 79 + "…"), ({"a": 1}, "{…}"), ([1], "[…]"), ("a\ud800\n", "a��")],
)
def test_a_value_is_shown_on_one_short_line(value: object, shown: str) -> None:
    assert problem(ProblemKind.NOT_UNDERSTOOD, order="", where="", value=value).value == shown


def test_every_kind_has_its_own_code_and_a_sentence() -> None:
    assert len({kind.value for kind in ProblemKind}) == len(ProblemKind)
    assert all(kind.sentence.endswith(".") and isinstance(kind.value, str) for kind in ProblemKind)
