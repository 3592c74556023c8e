"""The station: the one door through which anything is changed, and the thread that goes through it."""

from oms_desktop.station.person import SYSTEM, Person, find_person, sign_in
from oms_desktop.station.replay import play
from oms_desktop.station.station import Call, Incoming, Station, Step
from oms_desktop.station.threads import Strand

__all__ = [
    "SYSTEM",
    "Call",
    "Incoming",
    "Person",
    "Station",
    "Step",
    "Strand",
    "find_person",
    "play",
    "sign_in",
]
