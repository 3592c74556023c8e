"""The command `order`: what the desk may do to orders, named by their numbers."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from oms_desktop.acts import encode
from oms_desktop.app import desk, opening
from oms_desktop.app.desk_edits import address_of
from oms_desktop.app.house import House
from oms_desktop.drafts import AddressDraft, LineDraft, LineEdit, OrderEdit, Policy
from oms_desktop.errors import InputError
from oms_desktop.models import Fulfillment, Hold, Order, OrderLine, Worker
from oms_desktop.station import Station
from oms_desktop.workflow.cancelling import Cut
from oms_desktop.workflow.desk import Verdict
from oms_desktop.workflow.reference import orders_of
from oms_desktop.workflow.splitting import Share

DONE, NO, PARTLY = 0, 1, 3


def run(typed: argparse.Namespace, address: str, house: House) -> int:
    """Do what was typed to each order; returns 0 when all is done, 3 for a part of it, 1 for nothing.

    An order that is edited is judged again by the policy of the house, one that is held keeps or frees its
    stock by it.
    """
    if typed.free_stock is None:
        typed.free_stock = house.frees_stock
    database = opening.open_existing(address)
    try:
        station = opening.system_station(database)
        orders = [_find(station, number) for number in typed.numbers]
        if typed.action == "show":
            return _show(station, orders, as_json=typed.json)
        if typed.action == "edit":
            verdicts: Sequence[Verdict] = _edit(station, orders, typed, house.policy)
        else:
            verdicts = _ACTIONS[typed.action](station, orders, typed)
    finally:
        database.close()
    _print(verdicts, as_json=typed.json)
    done = sum(verdict.done for verdict in verdicts)
    return DONE if done == len(verdicts) else PARTLY if done else NO


def _find(station: Station, number: str) -> UUID:
    with station.store.reading() as session:
        found = orders_of(session, number)
    if not found:
        raise InputError("order.unknown_number", f"There is no order {number}.")
    if len(found) > 1:
        meant = " or ".join(sorted(named.code for named in found))
        raise InputError("order.ambiguous", f"{number} may be {meant}. Say which; nothing was done.")
    return found[0].id


def _print(verdicts: Sequence[Verdict], *, as_json: bool) -> None:
    if as_json:
        rows = [
            {"order": each.number, "done": each.done, "code": each.code, "text": each.text}
            for each in verdicts
        ]
        print(json.dumps({"orders": rows}))
        return
    for each in verdicts:
        if each.done:
            print(f"{each.number}: done")
        else:
            print(f"{each.text} [{each.code}]", file=sys.stderr)


def _hold(station: Station, orders: Sequence[UUID], typed: argparse.Namespace) -> Sequence[Verdict]:
    return desk.hold(
        station,
        orders,
        kind=typed.kind or "desk",
        text=typed.reason or "The order desk has put it on hold.",
        until=_time(typed.until),
        frees_stock=typed.free_stock,
    )


def _release(station: Station, orders: Sequence[UUID], typed: argparse.Namespace) -> Sequence[Verdict]:
    return desk.release(station, orders, typed.kind or "")


def _send(station: Station, orders: Sequence[UUID], _typed: argparse.Namespace) -> Sequence[Verdict]:
    return desk.send(station, orders)


def _cancel(station: Station, orders: Sequence[UUID], typed: argparse.Namespace) -> Sequence[Verdict]:
    reason = typed.reason or "wish of the customer"
    return [desk.cancel(station, order, reason, _cuts(station, order, typed)) for order in orders]


def _split(station: Station, orders: Sequence[UUID], typed: argparse.Namespace) -> Sequence[Verdict]:
    order = _only(orders, "split")
    cuts = _cuts(station, order, typed)
    return [desk.split(station, order, [Share(cut.line, cut.units) for cut in cuts])]


def _merge(station: Station, orders: Sequence[UUID], typed: argparse.Namespace) -> Sequence[Verdict]:
    if not typed.into:
        raise InputError("order.merge", "An order and others that are to become part of it are expected.")
    return [desk.merge(station, _find(station, typed.into), orders)]


def _priority(station: Station, orders: Sequence[UUID], typed: argparse.Namespace) -> Sequence[Verdict]:
    if typed.level is None:
        raise InputError("order.level", "Which priority is told by --level 0, 1 or 2.")
    return desk.prioritize(station, orders, typed.level)


def _assign(station: Station, orders: Sequence[UUID], typed: argparse.Namespace) -> Sequence[Verdict]:
    if not typed.to:
        return desk.assign(station, orders, None)
    with station.store.reading() as session:
        worker = session.scalar(select(Worker.id).where(Worker.badge == typed.to))
    if worker is None:
        raise InputError("order.badge", f"Nobody here has the badge {typed.to}.")
    return desk.assign(station, orders, worker)


def _edit(
    station: Station, orders: Sequence[UUID], typed: argparse.Namespace, policy: Policy
) -> Sequence[Verdict]:
    order = _only(orders, "edit")
    wanted = [_pair(text, "--line") for text in typed.line]
    added = [_pair(text, "--add") for text in typed.add]
    change = OrderEdit(
        address=_address(station, order, typed.address),
        email=typed.email,
        lines=tuple(LineEdit(_number(place, "--line"), _number(units, "--line")) for place, units in wanted),
        new_lines=tuple(
            LineDraft(sku, _number(units, "--add"), Decimal(), title=sku) for sku, units in added
        ),
        service=typed.service,
        note=typed.note,
        gift_message=typed.gift_message,
        ship_by=_time(typed.ship_by),
    )
    if change == OrderEdit():
        raise InputError("order.nothing_changed", "Say what is to change, for example --line 1=2.")
    return [desk.edit(station, order, change, policy)]


_ACTIONS: dict[str, Callable[[Station, Sequence[UUID], argparse.Namespace], Sequence[Verdict]]] = {
    "hold": _hold,
    "release": _release,
    "send": _send,
    "cancel": _cancel,
    "split": _split,
    "merge": _merge,
    "priority": _priority,
    "assign": _assign,
}


def _only(orders: Sequence[UUID], action: str) -> UUID:
    if len(orders) != 1:
        raise InputError("order.one", f"order {action} takes one order at a time.")
    return orders[0]


def _cuts(station: Station, order: UUID, typed: argparse.Namespace) -> list[Cut]:
    """Read ``--line POSITION=UNITS`` as units of the order's lines."""
    wanted = [_pair(text, "--line") for text in typed.line]
    with station.store.reading() as session:
        rows = session.scalars(select(OrderLine).where(OrderLine.order_id == order))
        lines = {row.position: row.id for row in rows}
    cuts = []
    for place, units in wanted:
        line = lines.get(_number(place, "--line"))
        if line is None:
            raise InputError("order.no_line", f"The order has no line {place}.")
        cuts.append(Cut(line, _number(units, "--line")))
    return cuts


def _pair(text: str, option: str) -> tuple[str, str]:
    name, sign, value = text.rpartition("=") if option != "--address" else text.partition("=")
    if not sign or not name:
        raise InputError("order.pair", f"{option} {text}: NAME=VALUE is expected.")
    return name, value


def _number(text: str, option: str) -> int:
    if not text.isdecimal():
        raise InputError("order.number", f"{option}: {text!r} is no whole number.")
    return int(text)


def _time(text: str | None) -> datetime | None:
    """Read a time; one without a zone is UTC."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise InputError("order.time", f"{text!r} is no time; 2026-11-30T08:00 is one.") from error


def _address(station: Station, order: UUID, pairs: Sequence[str]) -> AddressDraft | None:
    """Take the address as it is, with the parts that were typed."""
    if not pairs:
        return None
    parts = dict(_pair(text, "--address") for text in pairs)
    unknown = sorted(parts.keys() - (AddressDraft.__dataclass_fields__.keys() - {"where"}))
    if unknown:
        raise InputError("order.address_part", f"An address has no part {unknown[0]}.")
    with station.store.reading() as session:
        known = address_of(session, session.get_one(Order, order))
    return replace(known, **parts)


def _show(station: Station, orders: Sequence[UUID], *, as_json: bool) -> int:
    shown = [_as_value(station, order) for order in orders]
    if as_json:
        print(json.dumps({"orders": shown}))
        return DONE
    for value in shown:
        print(f"{value['order']} ({value['channel']}), priority {value['priority']}")
        for name in ("holds", "parts", "lines"):
            for row in value[name]:  # type: ignore[attr-defined]  # these three are lists
                print(
                    "  " + name[:-1] + ": " + ", ".join(f"{key} {each}" for key, each in row.items() if each)
                )
    return DONE


def _as_value(station: Station, order: UUID) -> dict[str, object]:
    with station.store.reading() as session:
        row = session.get_one(Order, order)
        holds = session.scalars(
            select(Hold).where(Hold.order_id == order, Hold.released_at.is_(None)).order_by(Hold.set_at)
        )
        parts = session.scalars(
            select(Fulfillment).where(Fulfillment.order_id == order).order_by(Fulfillment.number)
        )
        lines = session.scalars(
            select(OrderLine).where(OrderLine.order_id == order).order_by(OrderLine.position)
        )
        counters = ("ordered", "open", "allocated", "picked", "packed", "shipped", "cancelled")
        return {
            "order": row.number,
            "channel": row.channel,
            "priority": row.priority,
            "ship_by": encode(row.ship_by),
            "cancelled": row.cancelled_at is not None,
            "holds": [{"kind": hold.kind, "text": hold.text, "until": encode(hold.until)} for hold in holds],
            "parts": [{"number": part.number, "status": part.status.value} for part in parts],
            "lines": [
                {"line": line.position, "sku": line.sku, **{name: getattr(line, name) for name in counters}}
                for line in lines
            ],
        }
