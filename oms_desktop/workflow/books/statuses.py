"""Rules of the fulfillment's status: it agrees with tasks, parcels and timeline."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Subquery, and_, case, exists, func, or_, select

from oms_desktop.models import (
    NEXT,
    Event,
    Fulfillment,
    Order,
    Parcel,
    ParcelStatus,
    PickTask,
    Status,
    ToteUse,
)
from oms_desktop.workflow.books.proof import Rule, Search, Statement, first, rule

OF_PART = "Fulfillment {part} of order {number} is {status.value}, "
_GONE = (Status.SHIPPED, Status.DELIVERED)
_TOLD = {
    Status.PROMISED: "promised",
    Status.STARTED: "picking",
    Status.PICKED: "tour done",
    Status.PACKED: "packed",
    Status.SHIPPED: "handed over",
}
"""The event that tells of reaching a status. A fulfillment is handed over parcel by parcel."""

_PARCELS = func.count(Parcel.id)
_OPEN = func.count(case((Parcel.status == ParcelStatus.OPEN, 1)))
_SHIPPED = func.count(case((Parcel.status == ParcelStatus.SHIPPED, 1)))


@rule("promised work is untouched")
def untouched() -> Search:
    """Before it is started, no task of a fulfillment is on a tour, and none has taken anything."""
    touched = exists().where(
        PickTask.fulfillment_id == Fulfillment.id,
        or_(PickTask.picked != 0, PickTask.pick_list_id.is_not(None)),
    )
    return Search(
        parts().where(Fulfillment.status.in_([Status.PROMISED, Status.RELEASED]), touched),
        OF_PART + "but one of its pick tasks is on a tour already.",
    )


@rule("picked work asks for nothing more")
def nothing_asked() -> Search:
    """Once a fulfillment is picked, its pick tasks have all they ask for."""
    after = [Status.PICKED, Status.PACKED, *_GONE]
    asking = exists().where(PickTask.fulfillment_id == Fulfillment.id, PickTask.quantity > PickTask.picked)
    return Search(
        parts().where(Fulfillment.status.in_(after), asking),
        OF_PART + "but one of its pick tasks still asks for goods.",
    )


@rule("packed work stands in closed parcels")
def in_closed_parcels() -> Search:
    """There is a parcel, none is open, and not all of them have left."""
    wrong = or_(_PARCELS == 0, _OPEN > 0, _SHIPPED == _PARCELS)
    return Search(
        _with_parcels(Fulfillment.status == Status.PACKED, wrong),
        OF_PART + "but of its {parcels} parcels {open} are open and {shipped} are shipped.",
    )


@rule("shipped work has left in all its parcels")
def all_left() -> Search:
    """There is a parcel, and all of them are shipped."""
    return Search(
        _with_parcels(Fulfillment.status.in_(_GONE), or_(_PARCELS == 0, _SHIPPED != _PARCELS)),
        OF_PART + "but of its {parcels} parcels only {shipped} are.",
    )


@rule("packed work has freed its totes")
def totes_freed() -> Search:
    """No tote is in use for what is packed."""
    used = select(ToteUse.fulfillment_id).where(ToteUse.closed_at.is_(None))
    return Search(
        parts().where(Fulfillment.status.in_([Status.PACKED, *_GONE]), Fulfillment.id.in_(used)),
        OF_PART + "but a tote is still in use for it.",
    )


@rule("a status was reached on its legal way", dear=True)
def legal_way() -> Search:
    """The timeline tells of each status that cannot be left out, and of none that lies ahead."""
    told = _told()
    wrong = case(
        *(
            (
                and_(Fulfillment.status.in_(_after(reached)), func.coalesce(told.c[reached.value], 0) == 0),
                kind,
            )
            for reached, kind in _TOLD.items()
        ),
        # Being handed over may concern one parcel of several, so it says nothing about what lies ahead.
        *(
            (and_(Fulfillment.status.not_in(_reachable(reached)), told.c[reached.value] == 1), kind)
            for reached, kind in _TOLD.items()
            if reached is not Status.SHIPPED
        ),
    )
    strays = first(
        select(Fulfillment.id, wrong.label("told"))
        .outerjoin(told, told.c.fulfillment_id == Fulfillment.id)
        .where(wrong.is_not(None))
    )
    return Search(
        parts().add_columns(strays.c.told).join(strays, strays.c.id == Fulfillment.id),
        OF_PART + 'which does not agree with the event "{told}" on its timeline.',
    )


def _reachable(start: Status, without: Status | None = None) -> set[Status]:
    """Statuses that can be reached from `start` (itself among them) on ways that avoid `without`."""
    found, ahead = set[Status](), [start]
    while ahead:
        status = ahead.pop()
        if status is not without and status not in found:
            found.add(status)
            ahead += NEXT[status]
    return found


def _after(reached: Status) -> Iterable[Status]:
    """Statuses to which every legal way leads through `reached`."""
    return set(Status) - _reachable(Status.PROMISED, without=reached)


def parts() -> Statement:
    """Select fulfillments as `OF_PART` names them."""
    return select(Fulfillment.id, Order.number, Fulfillment.number.label("part"), Fulfillment.status).join(
        Order, Order.id == Fulfillment.order_id
    )


def _told() -> Subquery:
    """Of each fulfillment, 1 for each status that its timeline tells of: all events are read once."""
    columns = [
        func.max(case((Event.kind == kind, 1), else_=0)).label(reached.value)
        for reached, kind in _TOLD.items()
    ]
    # Asked for its kinds, SQLite would look up each event by the index of kinds, all over the file.
    told = select(Event.fulfillment_id, *columns).where(Event.fulfillment_id.is_not(None))
    return told.group_by(Event.fulfillment_id).subquery()


def _with_parcels(concerned: ColumnElement[bool], wrong: ColumnElement[bool]) -> Statement:
    """Select the fulfillments whose parcels are wrong, with their numbers."""
    counted = first(
        select(Fulfillment.id, _PARCELS.label("parcels"), _OPEN.label("open"), _SHIPPED.label("shipped"))
        .outerjoin(Parcel, Parcel.fulfillment_id == Fulfillment.id)
        .where(concerned)
        .group_by(Fulfillment.id)
        .having(wrong)
    )
    return (
        parts()
        .add_columns(counted.c.parcels, counted.c.open, counted.c.shipped)
        .join(counted, counted.c.id == Fulfillment.id)
    )


RULES: tuple[Rule, ...] = (untouched, nothing_asked, in_closed_parcels, all_left, totes_freed, legal_way)
