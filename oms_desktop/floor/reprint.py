"""Asking for the papers of a parcel once more, at the bench and at the dock."""

from dataclasses import replace
from uuid import UUID

from oms_desktop.models import Role
from oms_desktop.station import Station
from oms_desktop.workflow.printing import print_again


def reprint(station: Station, parcel: UUID, *documents: str, role: Role) -> None:
    """Ask this station to print documents about a parcel again, for whoever has the `role` of the place.

    The verb is the packers'. A shipper with the parcel in hand needs its label just as much and is lent
    their role for this call only, so that the journal names who asked. Raises RoleError for others.
    """
    person = station.person
    if person is not None and person.may(role):
        station = replace(station, person=replace(person, roles=person.roles | {Role.PACKER}))
    for document in documents:
        station.do(print_again, document=document, subject=parcel)
