"""Asking for papers: those of a parcel once more, at the bench and at the dock, and the sign of a place."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from oms_desktop.models import Role
from oms_desktop.station import Station
from oms_desktop.workflow.printing import print_again


def reprint(station: Station, subject: UUID, *documents: str, roles: Collection[Role]) -> None:
    """Ask this station to print documents about a parcel or place, for whoever has one of the `roles` there.

    The verb is the packers'. A shipper with the parcel in hand needs its label just as much and is lent
    their role for this call only, so that the journal names who asked. Raises RoleError for others.
    """
    person = station.person
    if person is not None and any(person.may(role) for role in roles):
        station = replace(station, person=replace(person, roles=person.roles | {Role.PACKER}))
    for document in documents:
        station.do(print_again, document=document, subject=subject)
