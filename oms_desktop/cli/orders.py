"""The command `order`: what the desk may do to orders, named by their numbers."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from oms_desktop.app import desk, opening
from oms_desktop.app.house import House
from oms_desktop.cli import order_answers, order_show, order_typed
from oms_desktop.drafts import Dated, LineDraft, LineEdit, OrderEdit, Policy
from oms_desktop.errors import InputError
from oms_desktop.station import Station
from oms_desktop.workflow.desk import Verdict
from oms_desktop.workflow.splitting import Share
from oms_desktop.workflow.worklists.standing import Standing, standings

DONE, NO, PARTLY = 0, 1, 3

Words = Callable[[Standing, Standing], str]
"""Says what was done to an order, by how it stood before and how it stands now."""


@dataclass(frozen=True)
class Answer:
    """What became of an order: the verdict, in words, and how the order stands now."""

    verdict: Verdict
    text: str
    now: Standing


def run(typed: argparse.Namespace, address: str, house: House) -> int:
    """Do what was typed to each order; returns 0 when all is done, 3 for a part of it, 1 for nothing.

    An order that is edited is judged again by the policy of the house, one that is held keeps or frees its
    stock by it.
    """
    database = opening.open_existing(address)
    try:
        station = opening.system_station(database)
        named = [order_typed.find_order(station, number) for number in typed.numbers]
        orders = list(dict.fromkeys(named))
        desk.end_holds(station)
        if typed.action == "show":
            order_show.show(station, orders, as_json=typed.json)
            return DONE
        answers = _ACTIONS[typed.action](station, orders, typed, house)
    finally:
        database.close()
    _print(answers, as_json=typed.json)
    done = sum(answer.verdict.done for answer in answers)
    return DONE if done == len(answers) else PARTLY if done else NO


def _print(answers: Sequence[Answer], *, as_json: bool) -> None:
    if as_json:
        rows = [
            {
                "order": each.verdict.number,
                "channel": each.now.order.channel,
                "done": each.verdict.done,
                "code": each.verdict.code,
                "text": each.text,
                "holds": [hold.kind for hold in each.now.holds],
                "units": each.now.units,
            }
            for each in answers
        ]
        print(json.dumps({"orders": rows}))
        return
    for each in answers:
        if each.verdict.done:
            print(each.text)
        else:
            print(f"{each.text} [{each.verdict.code}]", file=sys.stderr)


def _answered(
    station: Station, orders: Sequence[UUID], act: Callable[[], Sequence[Verdict]], words: Words
) -> list[Answer]:
    """Act, and tell of each order that has a verdict what became of it; `orders` are these or more."""
    was = _read(station, orders)
    verdicts = act()
    now = _read(station, orders)
    return [
        Answer(verdict, _text(verdict, was[verdict.order], now[verdict.order], words), now[verdict.order])
        for verdict in verdicts
    ]


def _text(verdict: Verdict, was: Standing, now: Standing, words: Words) -> str:
    return words(was, now) if verdict.done else order_answers.refused(verdict, now)


def _read(station: Station, orders: Sequence[UUID]) -> dict[UUID, Standing]:
    with station.store.reading() as session:
        return standings(session, orders)


def _hold(station: Station, orders: Sequence[UUID], typed: argparse.Namespace, house: House) -> list[Answer]:
    kind = order_typed.hold_kind(typed.kind)
    text = order_typed.words(typed.reason, "--reason", "The order desk has put it on hold.")
    until = order_typed.time(typed.until, "--until")
    frees = house.frees_stock if typed.free_stock is None else typed.free_stock

    def act() -> Sequence[Verdict]:
        return desk.hold(station, orders, kind=kind, text=text, until=until, frees_stock=frees)

    return _answered(station, orders, act, order_answers.held)


def _release(
    station: Station, orders: Sequence[UUID], typed: argparse.Namespace, _house: House
) -> list[Answer]:
    kind = order_typed.words(typed.kind, "--kind")
    return _answered(station, orders, lambda: desk.release(station, orders, kind), order_answers.released)


def _send(
    station: Station, orders: Sequence[UUID], _typed: argparse.Namespace, _house: House
) -> list[Answer]:
    return _answered(station, orders, lambda: desk.send(station, orders), order_answers.sent)


def _cancel(
    station: Station, orders: Sequence[UUID], typed: argparse.Namespace, _house: House
) -> list[Answer]:
    reason = order_typed.words(typed.reason, "--reason", "no reason given")
    # All are read before any is cancelled: what cannot be understood has changed nothing.
    cuts = {order: order_typed.cuts(station, order, typed.line) for order in orders}
    return _answered(
        station,
        orders,
        lambda: [desk.cancel(station, order, reason, cuts[order]) for order in orders],
        order_answers.cancelled,
    )


def _split(
    station: Station, orders: Sequence[UUID], typed: argparse.Namespace, _house: House
) -> list[Answer]:
    order = order_typed.only(orders, "split")
    if not typed.line:
        raise InputError("order.split", "Say by --line which units ship apart, for example --line 1=2.")
    shares = [Share(cut.line, cut.units) for cut in order_typed.cuts(station, order, typed.line)]
    return _answered(station, orders, lambda: [desk.split(station, order, shares)], order_answers.split)


def _merge(
    station: Station, orders: Sequence[UUID], typed: argparse.Namespace, _house: House
) -> list[Answer]:
    if not order_typed.words(typed.into, "--into"):
        raise InputError("order.merge", "Say by --into which order takes the others over.")
    into = order_typed.find_order(station, typed.into)
    if into in orders:
        raise InputError("order.merge", f"Order {typed.into} cannot become part of itself.")
    numbers = [standing.number for standing in _read(station, orders).values()]
    return _answered(
        station,
        [into],
        lambda: [desk.merge(station, into, orders)],
        lambda was, now: order_answers.merged(was, now, numbers),
    )


def _priority(
    station: Station, orders: Sequence[UUID], typed: argparse.Namespace, _house: House
) -> list[Answer]:
    if typed.level is None:
        raise InputError("order.level", "How urgent? Add --level 0, 1 or 2.")
    return _answered(
        station, orders, lambda: desk.prioritize(station, orders, typed.level), order_answers.prioritized
    )


def _assign(
    station: Station, orders: Sequence[UUID], typed: argparse.Namespace, _house: House
) -> list[Answer]:
    to = order_typed.words(typed.to, "--to")
    worker, badge = order_typed.badge(station, to) if to else (None, "")
    return _answered(
        station,
        orders,
        lambda: desk.assign(station, orders, worker),
        lambda _was, now: order_answers.assigned(now, badge),
    )


def _edit(station: Station, orders: Sequence[UUID], typed: argparse.Namespace, house: House) -> list[Answer]:
    order = order_typed.only(orders, "edit")
    change = _change(station, order, typed)
    if change == OrderEdit():
        raise InputError("order.nothing_changed", "Say what is to change, for example --line 1=2.")
    policy: Policy = house.policy
    return _answered(
        station,
        orders,
        lambda: [desk.edit(station, order, change, policy)],
        lambda was, now: order_answers.edited(was, now, change, station.clock()),
    )


def _change(station: Station, order: UUID, typed: argparse.Namespace) -> OrderEdit:
    dates = {Dated.SHIP_BY: typed.ship_by, Dated.DELIVER_BY: typed.deliver_by}
    clears = tuple(date for date, text in dates.items() if text == order_typed.NO_TIME)
    ship_by, deliver_by = (
        None if date in clears else order_typed.time(text, f"--{date.value.replace(' ', '-')}")
        for date, text in dates.items()
    )
    return OrderEdit(
        address=order_typed.address(station, order, typed.address),
        email=typed.email,
        lines=tuple(_line_edit(*order_typed.pair(text, "--line")) for text in typed.line),
        new_lines=tuple(_new_line(station, *order_typed.pair(text, "--add")) for text in typed.add),
        service=typed.service,
        note=typed.note,
        gift_message=typed.gift_message,
        ship_by=ship_by,
        deliver_by=deliver_by,
        clears=clears,
        ship_complete=None if typed.ship_complete is None else typed.ship_complete == "yes",
    )


def _line_edit(place: str, units: str) -> LineEdit:
    return LineEdit(order_typed.number(place, "--line"), order_typed.number(units, "--line"))


def _new_line(station: Station, typed: str, units: str) -> LineDraft:
    sku, name = order_typed.product(station, typed)
    return LineDraft(sku, order_typed.number(units, "--add"), Decimal(), title=name)


_ACTIONS: dict[str, Callable[[Station, Sequence[UUID], argparse.Namespace, House], list[Answer]]] = {
    "hold": _hold,
    "release": _release,
    "send": _send,
    "cancel": _cancel,
    "edit": _edit,
    "split": _split,
    "merge": _merge,
    "priority": _priority,
    "assign": _assign,
}
