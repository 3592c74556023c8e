"""From what a print asks for to a finished document: reads the rows of a parcel or manifest, draws them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_datetime
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oms_desktop.acts import decode
from oms_desktop.carriers import CARRIERS
from oms_desktop.devices.printer import safe_name
from oms_desktop.documents.address import PostalAddress, address_lines
from oms_desktop.documents.label import ParcelLabel, render_label
from oms_desktop.documents.manifest import ManifestPaper, ManifestRow, render_manifest
from oms_desktop.documents.sign import PlaceSign, render_sign
from oms_desktop.documents.slip import PackingSlip, SlipLine, render_slip
from oms_desktop.drafts import Property
from oms_desktop.errors import StateError
from oms_desktop.models import (
    Address,
    Carton,
    Fulfillment,
    Intent,
    Label,
    Lane,
    Location,
    Manifest,
    Order,
    OrderLine,
    Parcel,
    ParcelItem,
    Warehouse,
)

DAY = "d MMM y"
MINUTE = "d MMM y, HH:mm"
"""Patterns of Unicode CLDR; paper shows the time zone of its warehouse."""


@dataclass(frozen=True)
class Paper:
    """A document that is ready to print; `name` is a file name that every system takes."""

    name: str
    pdf: bytes


@dataclass(frozen=True)
class _Box:
    """A closed parcel, and what it belongs to."""

    parcel: Parcel
    closed_at: datetime
    count: int
    """Parcels of the fulfillment at this moment."""
    order: Order
    warehouse: Warehouse
    to: Address

    @property
    def to_lines(self) -> tuple[str, ...]:
        """The recipient as on an envelope; the country is named when it is not the sender's."""
        return address_lines(_postal(self.to), home=self.warehouse.country_code)


def document_of(session: Session, intent: Intent) -> Paper:
    """Draw what an intent asks for, from the rows as they are now; nothing is changed.

    Raises StateError when it cannot be on paper: unknown here, or a parcel that is open again.
    """
    draw = _DRAWN_BY.get(intent.document)
    if draw is None:
        raise StateError(
            "print.unknown_document",
            f"This program cannot draw a {intent.document}. Update it, then ask for the print again.",
        )
    return draw(session, intent.subject_id)


def _label(session: Session, subject: UUID) -> Paper:
    box = _closed(session, subject)
    parcel = box.parcel
    label = session.scalar(select(Label).where(Label.parcel_id == subject, Label.voided_at.is_(None)))
    if label is None:
        raise StateError("print.no_label", f"{_called(box)} has no label now. Close the parcel again.")
    carton = session.get_one(Carton, parcel.carton_id)
    drawn = ParcelLabel(
        carrier=parcel.carrier,
        service=parcel.service,
        mark=_mark(parcel.carrier, parcel.service),
        from_lines=address_lines(_sender(box.warehouse), home=box.to.country_code),
        to_lines=box.to_lines,
        sscc=label.sscc,
        tracking=label.tracking,
        routing=label.routing,
        weight_g=parcel.weight_g or 0,
        number=parcel.number,
        count=box.count,
        order=box.order.number,
        footer=f"{carton.code}, {parcel.station}",
    )
    return Paper(f"label-{label.sscc}.pdf", render_label(drawn))


def _slip(session: Session, subject: UUID) -> Paper:
    box = _closed(session, subject)
    number, message = box.parcel.number, box.order.gift_message
    drawn = PackingSlip(
        order=box.order.number,
        channel=box.order.channel,
        date=_local(box.closed_at, box.warehouse, DAY),
        shop=box.warehouse.name,
        ship_to=box.to_lines,
        lines=_content(session, subject),
        number=number,
        count=box.count,
        sscc=box.parcel.sscc or "",
        gift=bool(message),
        message=message,
    )
    return Paper(f"slip-{safe_name(box.order.number)}-{number}.pdf", render_slip(drawn))


def _manifest(session: Session, subject: UUID) -> Paper:
    found = session.execute(
        select(Manifest, Lane, Warehouse)
        .join(Lane, Lane.id == Manifest.lane_id)
        .join(Warehouse, Warehouse.id == Manifest.warehouse_id)
        .where(Manifest.id == subject)
    ).one_or_none()
    if found is None:
        raise StateError("print.no_manifest", "The manifest of this print is not known here.")
    manifest, lane, warehouse = found
    drawn = ManifestPaper(
        number=str(manifest.number),
        carrier=manifest.carrier,
        lane=lane.code,
        site=warehouse.name,
        closed_at=_local(manifest.closed_at, warehouse, MINUTE),
        rows=_handed_over(session, subject),
    )
    name = f"manifest-{safe_name(manifest.carrier)}-{manifest.number}.pdf"
    return Paper(name, render_manifest(drawn))


def _sign(session: Session, subject: UUID) -> Paper:
    place = session.get_one(Location, subject)
    site = session.get_one(Warehouse, place.warehouse_id)
    return Paper(f"sign-{safe_name(place.code)}.pdf", render_sign(PlaceSign(place.code, site.name)))


_DRAWN_BY: dict[str, Callable[[Session, UUID], Paper]] = {
    "label": _label,
    "packing slip": _slip,
    "manifest": _manifest,
    "sign": _sign,
}


def _closed(session: Session, parcel: UUID) -> _Box:
    found = session.execute(
        select(Parcel, Order, Warehouse, Address)
        .join(Fulfillment, Fulfillment.id == Parcel.fulfillment_id)
        .join(Order, Order.id == Fulfillment.order_id)
        .join(Warehouse, Warehouse.id == Fulfillment.warehouse_id)
        .join(Address, Address.id == Order.ship_to_id)
        .where(Parcel.id == parcel)
    ).one_or_none()
    if found is None:
        raise StateError("print.no_parcel", "The parcel of this print is not known here.")
    box, order, warehouse, to = found
    if box.closed_at is None:
        raise StateError(
            "print.parcel_open", f"Parcel {box.number} of {order.number} is open. Close it, then it prints."
        )
    count = session.scalars(select(func.count()).where(Parcel.fulfillment_id == box.fulfillment_id)).one()
    return _Box(box, box.closed_at, count, order, warehouse, to)


def _called(box: _Box) -> str:
    return f"Parcel {box.parcel.number} of {box.order.number}"


def _content(session: Session, parcel: UUID) -> tuple[SlipLine, ...]:
    """The order lines in a parcel, their lots added up."""
    found = session.execute(
        select(OrderLine, func.sum(ParcelItem.quantity))
        .join(ParcelItem, ParcelItem.order_line_id == OrderLine.id)
        .where(ParcelItem.parcel_id == parcel, ParcelItem.quantity > 0)
        .group_by(OrderLine.id)
        .order_by(OrderLine.position)
    )
    return tuple(
        SlipLine(line.sku, line.title, int(units), line.variant, _notes(line)) for line, units in found
    )


def _notes(line: OrderLine) -> tuple[str, ...]:
    wishes: tuple[Property, ...] = decode(tuple[Property, ...], line.properties)
    return tuple(wish.words for wish in wishes)


def _handed_over(session: Session, manifest: UUID) -> tuple[ManifestRow, ...]:
    """The parcels of a manifest in the order in which they were loaded."""
    found = session.execute(
        select(Parcel, Order.number, Address)
        .join(Fulfillment, Fulfillment.id == Parcel.fulfillment_id)
        .join(Order, Order.id == Fulfillment.order_id)
        .join(Address, Address.id == Order.ship_to_id)
        .where(Parcel.manifest_id == manifest)
        .order_by(Parcel.loaded_at, Parcel.sscc)
    )
    return tuple(
        ManifestRow(box.sscc or "", number, _destination(to), box.weight_g or 0) for box, number, to in found
    )


def _destination(to: Address) -> str:
    country = Locale("en").territories.get(to.country_code, to.country_code)
    return ", ".join(part for part in (to.city, country) if part)


def _mark(carrier: str, service: str) -> str:
    """The short sign of a service; empty when it is not offered any more."""
    cards = (card for known in CARRIERS for card in known.cards)
    return next((card.mark for card in cards if (card.carrier, card.service) == (carrier, service)), "")


def _postal(address: Address) -> PostalAddress:
    return PostalAddress(
        name=address.name,
        company=address.company,
        address1=address.address1,
        address2=address.address2,
        city=address.city,
        province=address.province or address.province_code,
        postal_code=address.postal_code,
        country_code=address.country_code,
    )


def _sender(warehouse: Warehouse) -> PostalAddress:
    return PostalAddress(
        company=warehouse.name,
        address1=warehouse.address1,
        city=warehouse.city,
        postal_code=warehouse.postal_code,
        country_code=warehouse.country_code,
    )


def _local(at: datetime, warehouse: Warehouse, pattern: str) -> str:
    return format_datetime(at, pattern, tzinfo=ZoneInfo(warehouse.time_zone), locale="en")
