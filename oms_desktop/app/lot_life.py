"""Goods that lie there and that no order will ever get: their lot has expired, or keeps too short."""

from datetime import date

from oms_desktop.floor.words import counted


def never_promised(lot: str, expires_on: date | None, wanted: int, today: date) -> str:
    """Say why no order gets goods of a lot that must keep for `wanted` days more; "" when orders get it."""
    if expires_on is None:
        return ""
    life = (expires_on - today).days
    if life < 0:
        return f"Lot {lot} expired on {expires_on}: it will never be promised."
    if life < wanted:
        keeps = f"keeps for {counted(life, 'day')}, {wanted} are asked for"
        return f"Lot {lot} {keeps}: it will never be promised."
    return ""
