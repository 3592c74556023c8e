"""Rules of leases, tours and totes: who has which work, and what lies in which tote for whom."""

from sqlalchemy import and_, exists, func, or_, select

from oms_desktop.models import (
    Fulfillment,
    Lease,
    LeaseKind,
    LeaseWork,
    Location,
    LocationKind,
    Order,
    PickList,
    Product,
    PutBack,
    Status,
    Stock,
    ToteUse,
)
from oms_desktop.workflow.books.proof import Rule, Search, rule
from oms_desktop.workflow.books.sums import side, unequal

_PART = Fulfillment.number.label("part")


@rule("work is leased once at a time")
def leased_once() -> Search:
    """At most one open lease covers a fulfillment."""
    leases = func.count()
    return Search(
        select(Fulfillment.id, Order.number, _PART, leases.label("leases"))
        .join(Order, Order.id == Fulfillment.order_id)
        .join(LeaseWork, LeaseWork.fulfillment_id == Fulfillment.id)
        .where(LeaseWork.ended_at.is_(None))
        .group_by(Fulfillment.id, Order.number, Fulfillment.number)
        .having(leases > 1),
        "{leases} open leases cover fulfillment {part} of order {number}.",
    )


@rule("a lease ends with its work")
def ends_with_work() -> Search:
    """A lease and the rows of its work are open together and ended together, and it says how."""
    differ = or_(
        Lease.ended_at.is_(None) != LeaseWork.ended_at.is_(None),
        Lease.ended_at.is_(None) != Lease.ended.is_(None),
    )
    return Search(
        select(
            Lease.id, Fulfillment.id.label("fulfillment_id"), Lease.kind, Lease.station, Order.number, _PART
        )
        .join(LeaseWork, LeaseWork.lease_id == Lease.id)
        .join(Fulfillment, Fulfillment.id == LeaseWork.fulfillment_id)
        .join(Order, Order.id == Fulfillment.order_id)
        .where(differ),
        "The {kind.value} lease of {station} on fulfillment {part} of order {number} is half ended.",
    )


@rule("a tour ends with its lease")
def tour_ends_with_lease() -> Search:
    """A tour is done exactly when its lease has ended."""
    return Search(
        select(PickList.id, Lease.id.label("lease_id"), PickList.number, Lease.station)
        .join(Lease, Lease.id == PickList.lease_id)
        .where(PickList.done_at.is_(None) != Lease.ended_at.is_(None)),
        "Tour {number} of {station} and its lease do not agree on whether it is over.",
    )


@rule("started work is leased to a picker")
def started_is_leased() -> Search:
    """Started work is in somebody's hands until it is picked or cancelled."""
    walking = exists().where(
        LeaseWork.fulfillment_id == Fulfillment.id,
        LeaseWork.ended_at.is_(None),
        Lease.id == LeaseWork.lease_id,
        Lease.kind == LeaseKind.PICK,
    )
    return Search(
        select(Fulfillment.id, Order.number, _PART)
        .join(Order, Order.id == Fulfillment.order_id)
        .where(Fulfillment.status == Status.STARTED, ~walking),
        "Fulfillment {part} of order {number} is started, but no picker has it.",
    )


@rule("a lease fits the status of its work")
def fits_status() -> Search:
    """A picker walks for what is started, or was cancelled on the way; a packer packs what is picked."""
    misfit = or_(
        and_(
            Lease.kind == LeaseKind.PICK,
            Fulfillment.status.not_in([Status.STARTED, Status.CANCELLED]),
        ),
        and_(Lease.kind == LeaseKind.PACK, Fulfillment.status != Status.PICKED),
    )
    return Search(
        select(
            Fulfillment.id,
            Lease.id.label("lease_id"),
            Order.number,
            _PART,
            Fulfillment.status,
            Lease.kind,
            Lease.station,
        )
        .join(Order, Order.id == Fulfillment.order_id)
        .join(LeaseWork, LeaseWork.fulfillment_id == Fulfillment.id)
        .join(Lease, Lease.id == LeaseWork.lease_id)
        .where(LeaseWork.ended_at.is_(None), misfit),
        "{station} has a {kind.value} lease on fulfillment {part} of order {number},"
        " which is {status.value}.",
    )


@rule("a tote serves one use at a time")
def tote_used_once() -> Search:
    """At most one use of a tote is open."""
    uses = func.count()
    return Search(
        select(Location.id, Location.code, uses.label("uses"))
        .join(ToteUse, ToteUse.tote_id == Location.id)
        .where(ToteUse.closed_at.is_(None))
        .group_by(Location.id, Location.code)
        .having(uses > 1),
        "Tote {code} is in use {uses} times at once.",
    )


@rule("goods in a tote are expected there")
def expected_in_tote() -> Search:
    """They belong to an open use of the tote, or are to be put back."""
    sums = unequal(
        side({"tote_id": Stock.location_id, "product_id": Stock.product_id}, booked=Stock.on_hand)
        .join(Location, Location.id == Stock.location_id)
        .where(Location.kind == LocationKind.TOTE),
        side(
            {"tote_id": PutBack.location_id, "product_id": PutBack.product_id}, proven=PutBack.quantity
        ).where(PutBack.closed_at.is_(None)),
    )
    used = exists().where(ToteUse.tote_id == sums.c.tote_id, ToteUse.closed_at.is_(None))
    return Search(
        select(
            Location.id,
            Product.id.label("product_id"),
            Location.code,
            Product.sku,
            sums.c.booked,
            sums.c.proven,
        )
        .join(sums, sums.c.tote_id == Location.id)
        .join(Product, Product.id == sums.c.product_id)
        .where(sums.c.booked > sums.c.proven, ~used),
        "Tote {code} is in use for nobody, but holds {booked} of {sku}, of which {proven}"
        " are to be put back.",
    )


RULES: tuple[Rule, ...] = (
    leased_once,
    ends_with_work,
    tour_ends_with_lease,
    started_is_leased,
    fits_status,
    tote_used_once,
    expected_in_tote,
)
