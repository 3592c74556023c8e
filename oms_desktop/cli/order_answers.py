"""What `oms-desktop order` has done to an order, in sentences: told by how it stood before and how after."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from oms_desktop.drafts import OrderEdit
from oms_desktop.floor.words import counted
from oms_desktop.models import Status
from oms_desktop.workflow.desk import Verdict
from oms_desktop.workflow.steering import PRIORITIES
from oms_desktop.workflow.worklists.standing import COUNTERS, Line, OpenHold, Standing

COUNTER_WORDS = {name: "promised" if name == "allocated" else name for name in COUNTERS}
"""What people call the counters of a line."""


TIMES = "%Y-%m-%d %H:%M UTC"
"""How the command line writes a time of UTC."""


def held(was: Standing, now: Standing) -> str:
    """Say why and until when it waits, and what became of its stock."""
    [hold] = _new(was, now) or now.holds[-1:]
    until = f" until {time(hold.until)}" if hold.until else ""
    told = [f"Order {now.number} is on hold{until} ({plain(hold.kind)}): {_sentence(hold.text)}"]
    freed = was.units["allocated"] - now.units["allocated"]
    if freed:
        told.append(f"{_units(freed)} given back.")
    if now.unbegun:
        told.append("It keeps what is promised to it.")
    if _begun(now):
        told.append("What is begun stays with the floor.")
    if len(now.holds) > 1:
        told.append(f"Its holds now: {_kinds(now.holds)}.")
    return _told(*told, _stock(now))


def released(was: Standing, now: Standing) -> str:
    """Say which holds ended, which remain, and what stock it got."""
    told = [_ended(was, now, f" of order {now.number}")]
    if now.holds:
        told.append(_still(now))
    else:
        told.append(_got(was, now))
    return _told(*told, _stock(now), "" if now.holds else _waits(now))


def sent(was: Standing, now: Standing) -> str:
    """Say what of it the floor has now, and what still waits."""
    fresh = any(part.status is Status.PROMISED for part in was.parts) or _more(was, now)
    told = f"Order {now.number} is with the floor{'' if fresh or was.holds else ' already'}."
    return _told(told, _ended(was, now), _stock(now), _waits(now))


def cancelled(was: Standing, now: Standing) -> str:
    """Say how much of it is cancelled, and what became of the goods."""
    units = now.units["cancelled"] - was.units["cancelled"]
    free = was.unbegun - now.unbegun
    back = was.units["picked"] + was.units["packed"] - now.units["picked"] - now.units["packed"]
    whole = now.order.cancelled_at is not None
    told = [
        f"Order {now.number} is cancelled." if whole else f"Order {now.number}: {_units(units)} cancelled."
    ]
    if free > 0:
        told.append(f"{_units(free)} free again.")
    if back > 0:
        told.append(f"{_units(back)} to be put back.")
    if whole and _begun(now):
        told.append(f"{_units(_begun(now))} with a picker; they come back when that tour ends.")
    return _told(*told, "" if whole else _stock(now))


def edited(was: Standing, now: Standing, change: OrderEdit, at: datetime) -> str:
    """Say what changed, which holds ended or began by it, and what is promised now."""
    changed, fresh = _changes(was, now, change), _new(was, now)
    so = f"is changed: {', '.join(changed)}" if changed else "is as it was; nothing was different"
    told = [f"Order {now.number} {so}."]
    if change.ship_by is not None and change.ship_by <= at:
        told.append(f"{time(change.ship_by)} is over: it is late.")
    told.append(_ended(was, now))
    told += [f"It is on hold now ({hold.kind}): {_sentence(hold.text)}" for hold in fresh]
    if now.holds and not fresh:
        told.append(_still(now))
    return _told(*told, _stock(now), "" if now.holds else _waits(now))


def split(was: Standing, now: Standing) -> str:
    """Say which parts it has now."""
    before = {part.number for part in was.parts}
    fresh = [part for part in now.parts if part.number not in before]
    apart = ", ".join(f"part {part.number} with {counted(part.units, 'unit')}" for part in fresh)
    stays = sum(part.units for part in now.parts if part.unbegun and part.number in before)
    return f"Order {now.number}: {apart} ships apart; behind {_units(stays)} left."


def merged(was: Standing, now: Standing, taken: Iterable[str]) -> str:
    """Say which orders it took over, and what it wants now."""
    lines = counted(len(now.lines) - len(was.lines), "line")
    return _told(f"Order {now.number} took over {', '.join(taken)}: {lines}.", _stock(now), _waits(now))


def prioritized(was: Standing, now: Standing) -> str:
    """Say how urgent it is."""
    level = now.order.priority
    already = " already" if was.order.priority == level else ""
    return f"Order {now.number} has priority {level} ({PRIORITIES[level]}){already}."


def assigned(now: Standing, badge: str) -> str:
    """Say who is to pick it."""
    return f"Order {now.number} is for {badge} to pick." if badge else f"Anybody may pick order {now.number}."


def refused(verdict: Verdict, now: Standing) -> str:
    """Say why not, and what keeps it so where that stands beside the reason."""
    if verdict.code == "work.unpromised":
        return _told(verdict.text, _stock(now), _waits(now))
    if verdict.code == "order.not_held" and now.holds:
        return _told(verdict.text, f"Its holds now: {_kinds(now.holds)}.")
    return verdict.text


def time(moment: datetime) -> str:
    """Write a time as people read it."""
    return f"{moment.astimezone(UTC):{TIMES}}"


def plain(text: str) -> str:
    """Write a text of somebody else on one line, without what would steer the terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()


def _told(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _sentence(text: str) -> str:
    words = plain(text)
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def _units(number: int) -> str:
    return f"{counted(number, 'unit')} {'is' if number == 1 else 'are'}"


def _kinds(holds: Sequence[OpenHold]) -> str:
    return ", ".join(sorted(plain(hold.kind) for hold in holds))


def _new(was: Standing, now: Standing) -> list[OpenHold]:
    before = {hold.id for hold in was.holds}
    return [hold for hold in now.holds if hold.id not in before]


def _ended(was: Standing, now: Standing, of: str = "") -> str:
    after = {hold.id for hold in now.holds}
    gone = [hold for hold in was.holds if hold.id not in after]
    return f"{'Hold' if len(gone) == 1 else 'Holds'}{of} ended: {_kinds(gone)}." if gone else ""


def _still(now: Standing) -> str:
    text = f": {_sentence(now.holds[0].text)}" if len(now.holds) == 1 else "."
    return f"It is still on hold ({_kinds(now.holds)}){text}"


def _more(was: Standing, now: Standing) -> int:
    return now.units["allocated"] - was.units["allocated"]


def _got(was: Standing, now: Standing) -> str:
    more = _more(was, now)
    return f"{_units(more)} promised to it by this." if more > 0 else ""


def _begun(now: Standing) -> int:
    units = now.units
    return units["allocated"] - now.unbegun + units["picked"] + units["packed"]


def _stock(now: Standing) -> str:
    """Count the units that are wanted, by how far they are."""
    units = now.units
    told = [
        f"{units[name]} {COUNTER_WORDS[name]}" for name in COUNTERS if units[name] and name != "cancelled"
    ]
    return f"Units: {', '.join(told) or 'none is wanted'}."


def _waits(now: Standing) -> str:
    """Say what the open units of an order that nothing holds wait for."""
    told = []
    if now.units["open"] > now.unknown:
        told.append("What is open waits for stock.")
    if now.unknown:
        of = counted(now.unknown, "open unit")
        told.append(f"Nobody knows the product of {of}: see oms-desktop listing --waiting.")
    return " ".join(told)


def _changes(was: Standing, now: Standing, change: OrderEdit) -> list[str]:
    """Name what an edit has really made different."""
    old, new = was.order, now.order
    told = ["address"] if change.address is not None else []
    told += ["e-mail address"] if change.email is not None else []
    told += [
        word
        for name, word in (
            ("service", "way of shipping"),
            ("note", "note"),
            ("gift_message", "gift message"),
            ("ship_complete", "ships complete" if new.ship_complete else "ships what there is"),
        )
        if getattr(old, name) != getattr(new, name)
    ]
    for name, word in (("ship_by", "time to leave"), ("deliver_by", "time to be there")):
        moment = getattr(new, name)
        if getattr(old, name) != moment:
            told.append(f"{word} {time(moment)}" if moment else f"no {word}")
    before = {line.position: line for line in was.lines}
    told += [_line(before.get(line.position), line) for line in now.lines if _differs(before, line)]
    return told


def _differs(before: dict[int, Line], line: Line) -> bool:
    old = before.get(line.position)
    return old is None or old.wanted != line.wanted


def _line(old: Line | None, line: Line) -> str:
    if old is None:
        return f"line {line.position} is new ({line.sku}, {counted(line.ordered, 'unit')})"
    return f"line {line.position} has {counted(line.wanted, 'unit')} instead of {old.wanted}"
