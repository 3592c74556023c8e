"""What the house decides about orders that come in."""

from dataclasses import replace
from decimal import Decimal

import pytest

from oms_desktop.drafts import (
    CheckedOrder,
    OrderDraft,
    Outcome,
    Policy,
    ProblemKind,
    by_policy,
    order_problems,
)
from tests.builders import MUG, draft_order

SOUND = draft_order({MUG: 2})
STRICT = Policy(
    payments={"test": frozenset({"paid"}), "shop": frozenset({"invoice"})},
    blocked_countries=frozenset({"AT"}),
    value_limits={"EUR": Decimal("18.99")},
)


def kinds(draft: OrderDraft, policy: Policy) -> set[ProblemKind]:
    return {found.problem for found in order_problems(draft, policy)}


def test_a_house_that_has_set_nothing_lets_a_paid_order_go() -> None:
    assert order_problems(SOUND) == ()


@pytest.mark.parametrize(
    ("channel", "payment", "goes"),
    [
        ("test", "paid", True),
        ("test", "authorized", False),
        ("shop", "invoice", True),
        ("shop", "paid", False),
        ("other", "authorized", True),
        ("other", "Paid", True),
        ("other", "pending", False),
        ("other", "", False),
    ],
)
def test_each_channel_has_its_payments_that_go(channel: str, payment: str, goes: bool) -> None:
    draft = replace(SOUND, channel=channel, payment=payment)
    assert (ProblemKind.UNPAID not in kinds(draft, STRICT)) is goes


def test_a_blocked_country_holds_and_is_named() -> None:
    (found,) = [each for each in order_problems(SOUND, STRICT) if each.problem is ProblemKind.BLOCKED]
    assert (found.field, found.value, found.outcome) == ("country_code", "AT", Outcome.HELD)


def test_an_order_above_the_limit_of_its_currency_waits() -> None:
    (found,) = [each for each in order_problems(SOUND, STRICT) if each.problem is ProblemKind.OVER_LIMIT]
    assert (found.field, found.value) == ("total", "19.00 EUR, limit 18.99")
    assert ProblemKind.OVER_LIMIT not in kinds(replace(SOUND, total=Decimal("18.99")), STRICT)
    assert ProblemKind.OVER_LIMIT not in kinds(replace(SOUND, currency="USD"), STRICT)


def test_a_checked_order_can_be_judged_anew_by_another_policy() -> None:
    draft = replace(SOUND, payment="invoice", channel="shop", note="x")
    nameless = replace(draft, number="")
    checked = CheckedOrder(nameless, order_problems(nameless))
    assert {found.problem for found in checked.problems} == {ProblemKind.UNPAID, ProblemKind.NO_NUMBER}

    judged = by_policy(checked, replace(STRICT, duplicate_hours=3))

    assert judged == CheckedOrder(nameless, order_problems(nameless, STRICT), duplicate_hours=3)
    assert ProblemKind.UNPAID not in {found.problem for found in judged.problems}
