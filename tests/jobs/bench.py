"""Orders brought to a closed parcel by the verbs, for jobs that print what became of them."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select

from oms_desktop.barcodes.gs1 import sscc
from oms_desktop.db import Database
from oms_desktop.drafts import CheckedOrder, OrderDraft, order_problems
from oms_desktop.models import Intent, IntentState, OrderLine, PickTask
from oms_desktop.station import Incoming
from oms_desktop.workflow import capture, claims, packing, picking, promise, shipping
from tests.builders import Site, draft_order, postage


def code(number: int) -> str:
    """The SSCC of a number."""
    return sscc(0, "2999999", number)


def packed(
    site: Site,
    lines: dict[str, int],
    *,
    number: int = 1,
    change: Callable[[OrderDraft], OrderDraft] = lambda draft: draft,
) -> UUID:
    """Capture order SO-`number`, pick it and close it in one parcel with the SSCC of `number`."""
    return close(site, verified(site, lines, number=number, change=change), number)


def verified(
    site: Site,
    lines: dict[str, int],
    *,
    number: int = 1,
    change: Callable[[OrderDraft], OrderDraft] = lambda draft: draft,
) -> UUID:
    """The same up to the parcel that holds everything and is still open."""
    do = site.station.do
    draft = change(draft_order(lines, number=f"SO-{number}"))
    incoming = Incoming("test", "test", "{}", CheckedOrder(draft, order_problems(draft), duplicate_hours=0))
    order = site.station.call().bringing(incoming).do(capture.capture, intake=UUID(int=0)).order
    do(promise.allocate, order=order, warehouse=site.warehouse)
    tote = site.place(f"T-10{number}")
    tour = do(claims.claim_pick, warehouse=site.warehouse, tote=tote, number=number)
    for task, quantity in _tasks(site.database, tour.pick_list):
        do(picking.confirm, task=task, quantity=quantity, tote=tote)
    do(picking.done, pick_list=tour.pick_list)
    do(claims.claim_pack, fulfillment=tour.fulfillment)
    parcel = do(packing.open_parcel, fulfillment=tour.fulfillment)
    for line, quantity in _lines(site.database, order):
        do(packing.put, parcel=parcel, line=line, tote=tote, quantity=quantity)
    do(packing.choose_carton, parcel=parcel, carton=site.carton())
    return parcel


def close(site: Site, parcel: UUID, number: int = 1) -> UUID:
    """Close a parcel with the SSCC of `number`; returns the parcel."""
    site.station.do(packing.close, parcel=parcel, weight_g=640, expected_g=635, postage=postage(code(number)))
    return parcel


def handed_over(site: Site, parcels: tuple[UUID, ...], *, number: int = 7) -> UUID:
    """Load parcels in this order and close the manifest of their lane."""
    for parcel in parcels:
        site.station.do(shipping.load, parcel=parcel, lane=site.lane())
    return site.station.do(shipping.close_manifest, lane=site.lane(), number=number)


def intent(database: Database, document: str, subject: UUID) -> Intent:
    """The only print of a document about something, as it is now."""
    with database.reading() as session:
        return session.scalars(
            select(Intent).where(Intent.document == document, Intent.subject_id == subject)
        ).one()


def states(database: Database) -> list[IntentState]:
    """The state of every print."""
    with database.reading() as session:
        return list(session.scalars(select(Intent.state)))


def _tasks(database: Database, pick_list: UUID) -> list[tuple[UUID, int]]:
    with database.reading() as session:
        tasks = session.scalars(select(PickTask).where(PickTask.pick_list_id == pick_list))
        return [(task.id, task.quantity) for task in tasks]


def _lines(database: Database, order: UUID) -> list[tuple[UUID, int]]:
    with database.reading() as session:
        lines = session.scalars(select(OrderLine).where(OrderLine.order_id == order))
        return [(line.id, line.picked) for line in lines]
