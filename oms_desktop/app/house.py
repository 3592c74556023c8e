"""The rules of the house for orders that come in, read from the settings."""

from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from oms_desktop.drafts.policy import USUAL, Policy
from oms_desktop.planning.due import Truck
from oms_desktop.settings import Settings


@dataclass(frozen=True)
class House:
    """What goes by itself, and when the truck leaves: None gives no order a time by itself.

    With `frees_stock` an order that the desk puts on hold gives back what is promised to it.
    """

    policy: Policy = USUAL
    truck: Truck | None = None
    frees_stock: bool = False


PLAIN = House()
"""A house that has set nothing."""


def house_of(settings: Settings) -> House:
    """Read the rules out of settings, whose form was checked when they were loaded."""
    policy = Policy(
        payments=dict(_payments(each) for each in _parts(settings.payments, ";")),
        blocked_countries=frozenset(_parts(settings.blocked_countries, ",")),
        value_limits={each[:3]: Decimal(each[4:]) for each in _parts(settings.value_limits, ",")},
        duplicate_hours=int(settings.duplicate_hours),
    )
    frees = settings.held_stock == "free"
    if not settings.cut_off:
        return House(policy, None, frees)
    truck = Truck(time.fromisoformat(settings.cut_off), time.fromisoformat(settings.ship_hour))
    return House(policy, truck, frees)


def _parts(text: str, mark: str) -> list[str]:
    return [part.strip() for part in text.split(mark) if part.strip()]


def _payments(text: str) -> tuple[str, frozenset[str]]:
    channel, _, states = text.partition(":")
    return channel.strip(), frozenset(state.casefold() for state in _parts(states, ","))
