"""The station: the one door through which anything is changed, and the thread that goes through it."""

from oms_desktop.station.notices import Notices
from oms_desktop.station.person import (
    SYSTEM,
    Person,
    anybody_may_sign_in,
    find_person,
    hash_pin,
    sign_in,
    system_person,
)
from oms_desktop.station.replay import play
from oms_desktop.station.station import Call, Incoming, Station, Step
from oms_desktop.station.threads import Strand

__all__ = [
    "SYSTEM",
    "Call",
    "Incoming",
    "Notices",
    "Person",
    "Station",
    "Step",
    "Strand",
    "anybody_may_sign_in",
    "find_person",
    "hash_pin",
    "play",
    "sign_in",
    "system_person",
]
