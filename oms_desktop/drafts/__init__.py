"""Orders as a channel tells them, before anything is stored, and what is wrong with them.

A channel turns a file or a payload into an `OrderDraft`; `order_problems` judges the draft by itself.
"""

from oms_desktop.drafts.checks import (
    MAX_AMOUNT,
    MAX_KEY,
    MAX_QUANTITY,
    MAX_UNITS,
    malformed_contacts,
    order_problems,
)
from oms_desktop.drafts.edits import CheckedEdit, Dated, LineEdit, OrderEdit
from oms_desktop.drafts.letters import UNSTORABLE, storable
from oms_desktop.drafts.orders import (
    AddressDraft,
    CheckedOrder,
    CustomerDraft,
    LineDraft,
    NotPicked,
    OrderDraft,
    Property,
    ServiceDraft,
    listing_keys,
)
from oms_desktop.drafts.policy import PAID, USUAL, Policy, by_policy, policy_problems
from oms_desktop.drafts.problems import Outcome, Problem, ProblemKind, problem

__all__ = [
    "MAX_AMOUNT",
    "MAX_KEY",
    "MAX_QUANTITY",
    "MAX_UNITS",
    "PAID",
    "UNSTORABLE",
    "USUAL",
    "AddressDraft",
    "CheckedEdit",
    "CheckedOrder",
    "CustomerDraft",
    "Dated",
    "LineDraft",
    "LineEdit",
    "NotPicked",
    "OrderDraft",
    "OrderEdit",
    "Outcome",
    "Policy",
    "Problem",
    "ProblemKind",
    "Property",
    "ServiceDraft",
    "by_policy",
    "listing_keys",
    "malformed_contacts",
    "order_problems",
    "policy_problems",
    "problem",
    "storable",
]
