"""`order show`: how orders stand, as one JSON value or in lines for people."""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from oms_desktop.acts import encode
from oms_desktop.app.desk_edits import address_of, email_of
from oms_desktop.cli.order_answers import COUNTER_WORDS, plain, time
from oms_desktop.models import Status
from oms_desktop.station import Station
from oms_desktop.workflow.steering import PRIORITIES
from oms_desktop.workflow.worklists.standing import Line, OpenHold, Part, Standing, standings
from oms_desktop.workflow.worklists.story import TimelineEntry, timeline

_TO = (
    "name",
    "company",
    "address1",
    "address2",
    "city",
    "province_code",
    "postal_code",
    "country_code",
    "phone",
)


def show(station: Station, orders: Sequence[UUID], *, as_json: bool) -> None:
    """Print how orders stand, as they were named."""
    with station.store.reading() as session:
        found = standings(session, orders)
        told = [
            (now, _whom(session, now), timeline(session, now.order.id))
            for now in (found[order] for order in orders)
        ]
    if as_json:
        print(json.dumps({"orders": [_as_value(*each) for each in told]}))
        return
    for each in told:
        print("\n".join(_lines(*each)))


def _whom(session: Session, now: Standing) -> Mapping[str, str]:
    """Read where an order goes, part by part, and how its customer is reached."""
    to = address_of(session, now.order)
    return {**{name: getattr(to, name) for name in _TO}, "email": email_of(session, now.order)}


def _as_value(now: Standing, to: Mapping[str, str], story: Sequence[TimelineEntry]) -> dict[str, object]:
    order = now.order
    return {
        "order": order.number,
        "channel": order.channel,
        "priority": order.priority,
        "payment": order.payment,
        "total": _amount(order.total),
        "currency": order.currency,
        "placed": encode(order.placed_at),
        "captured": encode(order.captured_at),
        "ship_by": encode(order.ship_by),
        "deliver_by": encode(order.deliver_by),
        "ship_complete": order.ship_complete,
        "service": order.service,
        "note": order.note,
        "gift_message": order.gift_message,
        "cancelled": order.cancelled_at is not None,
        "merged_into": now.merged_into or None,
        "address": dict(to),
        "holds": [_hold_value(hold) for hold in now.holds],
        "parts": [_part_value(part) for part in now.parts],
        "lines": [_line_value(line) for line in now.lines],
        "timeline": [
            {"at": entry.at, "text": entry.text, "who": entry.who, "details": list(entry.details)}
            for entry in story
        ],
    }


def _hold_value(hold: OpenHold) -> dict[str, object]:
    return {
        "kind": hold.kind,
        "text": hold.text,
        "until": encode(hold.until),
        "since": encode(hold.set_at),
        "by": hold.who,
        "frees_stock": hold.frees_stock,
    }


def _part_value(part: Part) -> dict[str, object]:
    return {
        "number": part.number,
        "status": part.status.value,
        "warehouse": part.warehouse,
        "assigned": part.assigned or None,
        "worked_by": part.holder.badge if part.holder else None,
    }


def _line_value(line: Line) -> dict[str, object]:
    return {
        "line": line.position,
        "sku": line.sku,
        "name": line.name,
        "known": line.known,
        "not_picked": line.not_picked or None,
        "kit": line.kit,
        "ordered": line.ordered,
        **line.counted,
    }


def _lines(now: Standing, to: Mapping[str, str], story: Sequence[TimelineEntry]) -> Iterator[str]:
    order = now.order
    yield f"{order.number} ({order.channel}): {_state(now)}"
    if order.placed_at:
        yield f"  placed {time(order.placed_at)}"
    yield f"  priority {order.priority} ({PRIORITIES[order.priority]}){''.join(_dates(now))}"
    yield f"  {plain(order.payment) or 'payment not told'}, {_amount(order.total)} {order.currency}".rstrip()
    yield f"  shipping: {plain(order.service) or 'no way told'}"
    yield f"  to: {', '.join(plain(part) for part in to.values() if part)}"
    for word, text in (("note", order.note), ("gift message", order.gift_message)):
        if text:
            yield f"  {word}: {plain(text)}"
    for hold in now.holds:
        yield f"  hold: {plain(hold.kind)}{_until(hold)}: {plain(hold.text)} ({', '.join(_about(hold, now))})"
    for part in now.parts:
        yield f"  part {part.number}: {_part(part, now)}"
    for line in now.lines:
        yield f"  {'  ' if line.kit else ''}line {line.position}: {_line(line)}"
    for entry in story:
        yield f"  {entry.at[:16].replace('T', ' ')} UTC  {plain(entry.text)} ({entry.who})"
        yield from (f"    {plain(detail)}" for detail in entry.details)


def _state(now: Standing) -> str:
    if now.merged_into:
        return f"part of {now.merged_into} now"
    if now.order.cancelled_at is not None:
        return f"cancelled {time(now.order.cancelled_at)}"
    units = now.units
    told = ", ".join(f"{units[name]} {word}" for name, word in COUNTER_WORDS.items() if units[name])
    return f"{'on hold, ' if now.holds else ''}units: {told}"


def _until(hold: OpenHold) -> str:
    return f" until {time(hold.until)}" if hold.until else ""


def _about(hold: OpenHold, now: Standing) -> Iterator[str]:
    """Say who has set a hold and when, and what it means for the stock of its order."""
    yield hold.who
    yield time(hold.set_at)
    if hold.frees_stock:
        yield "its stock was given back"
    elif now.unbegun:
        yield "keeps what is promised"


def _amount(total: Decimal) -> str:
    """Write an amount with the decimals it needs, two or more."""
    return f"{total:.2f}" if total == round(total, 2) else f"{total.normalize():f}"


def _dates(now: Standing) -> Iterator[str]:
    order = now.order
    for word, moment in (("leaves by", order.ship_by), ("is there by", order.deliver_by)):
        if moment:
            yield f", {word} {time(moment)}"
    if order.ship_complete:
        yield ", ships complete"


def _part(part: Part, now: Standing) -> str:
    # The order goes on, in other parts or in none yet.
    given_up = part.status is Status.CANCELLED and now.order.cancelled_at is None
    told = [f"{'taken back' if given_up else part.status.value}, warehouse {part.warehouse}"]
    if part.holder is not None:
        told.append(part.holder.words)
    elif part.assigned:
        told.append(f"for {part.assigned} to pick")
    return ", ".join(told)


def _line(line: Line) -> str:
    named = " ".join(plain(text) for text in (line.sku, line.name) if text) or "no name"
    if line.not_picked:
        return f"{named}: {line.ordered} ordered, not picked: {line.not_picked}"
    told = [f"{line.ordered} ordered"]
    told += [f"{line.counted[name]} {word}" for name, word in COUNTER_WORDS.items() if line.counted[name]]
    if not line.known:
        told.append("no product is known for it")
    return f"{named}: {', '.join(told)}"
