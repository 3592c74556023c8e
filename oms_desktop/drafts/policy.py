"""What the house lets go by itself, and what it wants a person to look at first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from oms_desktop.drafts.orders import CheckedOrder, OrderDraft
from oms_desktop.drafts.problems import Problem, ProblemKind, problem

PAID = frozenset({"paid", "authorized"})
"""Payment states that let an order of any channel go without a hold."""

KINDS = frozenset({ProblemKind.UNPAID, ProblemKind.BLOCKED, ProblemKind.OVER_LIMIT})
"""The kinds of problems that a policy decides on; all others stand for every policy."""


@dataclass(frozen=True)
class Policy:
    """The rules of the house for orders that come in.

    `payments` names, by channel, the payment states that go, in small letters; a channel that is not named
    has `PAID`. `value_limits` holds, by currency code, the total above which an order waits. Orders of the
    same person for the same lines within `duplicate_hours` of each other are possible duplicates; 0 looks
    for none. `held_keeps_stock` tells whether a hold leaves promised stock with its order.
    """

    payments: Mapping[str, frozenset[str]] = field(default_factory=dict)
    blocked_countries: frozenset[str] = frozenset()
    value_limits: Mapping[str, Decimal] = field(default_factory=dict)
    duplicate_hours: int = 24
    held_keeps_stock: bool = True

    def goes(self, channel: str, payment: str) -> bool:
        """Whether orders of a channel go when they are paid like this."""
        return payment.casefold() in self.payments.get(channel, PAID)


USUAL = Policy()
"""The policy of a house that has set nothing."""


def policy_problems(draft: OrderDraft, policy: Policy) -> Iterator[Problem]:
    """Judge a draft by the rules of the house only."""
    if not policy.goes(draft.channel, draft.payment):
        yield problem(
            ProblemKind.UNPAID, order=draft.number, where=draft.where, field="payment", value=draft.payment
        )
    to = draft.ship_to or draft.bill_to
    if to is not None and to.country_code in policy.blocked_countries:
        yield problem(
            ProblemKind.BLOCKED,
            order=draft.number,
            where=to.where,
            field="country_code",
            value=to.country_code,
        )
    limit = policy.value_limits.get(draft.currency)
    if limit is not None and draft.total.is_finite() and draft.total > limit:
        value = f"{draft.total} {draft.currency}, limit {limit}"
        yield problem(
            ProblemKind.OVER_LIMIT, order=draft.number, where=draft.where, field="total", value=value
        )


def by_policy(checked: CheckedOrder, policy: Policy) -> CheckedOrder:
    """Judge an order anew by this policy; what is wrong with it for every policy stays."""
    others = tuple(found for found in checked.problems if found.problem not in KINDS)
    found = tuple(policy_problems(checked.draft, policy))
    return replace(checked, problems=others + found, duplicate_hours=policy.duplicate_hours)
