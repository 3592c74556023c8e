"""The dialogue at the dock: every parcel into the lane of its carrier, then the manifest.

parcel --PARCEL--> lane --LANE of its carrier--> parcel
lane   --PARCEL, another one--> lane             (that one is asked for now)
parcel --LANE--> parcel                          (this lane is shown, its manifest can be closed)
parcel --FINISH--> parcel                        (closes the manifest of the shown lane)
parcel, lane --UNDO--> parcel                    (the last loaded parcel is taken out again)
"""

from enum import Enum
from uuid import UUID

from oms_desktop.floor.dialogue import Dialogue
from oms_desktop.floor.reply import Key, Kind, Press, Reply, Scan, Sound, Thing
from oms_desktop.floor.views import LaneView, ParcelView, ShipView
from oms_desktop.models import Lane, ParcelStatus, Role
from oms_desktop.station import Station, Step
from oms_desktop.workflow import shipping
from oms_desktop.workflow.worklists import dock
from oms_desktop.workflow.worklists.dock import DockParcel

Answered = Reply[ShipView]


class State(Enum):
    """What the shipper is asked to do."""

    PARCEL = "parcel"
    LANE = "lane"


class Shipping(Dialogue[ShipView]):
    """Leads one shipper from the parcels to the manifest."""

    place = "ship"

    def __init__(self, station: Station, warehouse: UUID) -> None:
        super().__init__(station, warehouse)
        self.state: State = State.PARCEL
        self._parcels: tuple[DockParcel, ...] = ()
        self._lanes: tuple[Lane, ...] = ()
        self._current = ""
        self._lane = ""
        self._loaded = ""
        self._closed = ""
        self._asked = False
        self.scans = {
            (State.PARCEL, Kind.PARCEL): self._parcel,
            (State.LANE, Kind.PARCEL): self._parcel,
            (State.LANE, Kind.LANE): self._load,
            (State.PARCEL, Kind.LANE): self._show_lane,
        }
        self.keys = {
            (State.PARCEL, Key.FINISH): self._finish,
            (State.PARCEL, Key.UNDO): self._undo,
            (State.LANE, Key.UNDO): self._undo,
        }

    def resume(self) -> Answered:
        """Go on with the parcel that was scanned last, if it still waits for its lane."""
        step = self.station.recall(self.place)
        self._current, self._lane = str(step.get("current", "")), str(step.get("lane", ""))
        self._loaded = str(step.get("loaded", ""))
        self._load_rows()
        waiting = self._chosen is not None and self._chosen.parcel.status is ParcelStatus.CLOSED
        self.state = State.LANE if waiting else State.PARCEL
        return self.show()

    def step(self) -> Step:
        """Return the step to remember: the parcel in hand, the lane shown, the parcel loaded last."""
        step = {"current": self._current, "lane": self._lane, "loaded": self._loaded}
        return Step(self.place, step)

    def _load_rows(self) -> None:
        with self.station.store.reading() as session:
            self._parcels = dock.dock_parcels(session, self.warehouse)
            self._lanes = tuple(dock.lanes(session, self.warehouse))

    def _parcel(self, scan: Scan) -> Answered:
        self._load_rows()
        found = next((each for each in self._parcels if each.parcel.id.hex == scan.id), None)
        if found is None:
            text = f"Parcel {scan.value} is not packed, or it has left already."
            return self.refuse("ship.not_ready", "Not a parcel to load", text, self.got(scan))
        if found.held:
            text = f"Order {found.order} is on hold. Leave the parcel here."
            return self.refuse("ship.held", "This order is on hold", text, self.got(scan))
        if found.parcel.status is ParcelStatus.LOADED:
            return self.show(f"This parcel stands in {found.lane} already", Sound.ATTENTION)
        self._current, self._closed, self._asked, self.state = scan.id, "", False, State.LANE
        self.station.remember(self.step())
        return self.show(f"Order {found.order}, parcel {found.parcel.number} of {found.count}", Sound.STEP)

    def _load(self, scan: Scan) -> Answered:
        chosen = self._chosen
        lane = next(each for each in self._lanes if each.id.hex == scan.id)
        assert chosen is not None
        if lane.carrier != chosen.parcel.carrier:
            wanted = self._lane_of(chosen.parcel.carrier)
            return self.refuse(
                "ship.wrong_lane",
                f"{scan.value} is the wrong lane",
                f"{scan.value} is {lane.carrier}'s. The parcel goes to {wanted}.",
                self.got(scan),
                advice=f"Put it into {wanted} and scan its sign.",
            )
        after = Step(self.place, {"current": "", "lane": scan.id, "loaded": chosen.parcel.id.hex})
        call = self.station.call(device=scan.device, keep=lambda _loaded: after)
        call.do(shipping.load, parcel=chosen.parcel.id, lane=lane.id)
        self._current, self._lane, self._loaded = "", scan.id, chosen.parcel.id.hex
        self.state = State.PARCEL
        self._load_rows()
        return self.show(f"Loaded into {scan.value}", Sound.STEP)

    def _show_lane(self, scan: Scan) -> Answered:
        self._lane, self._asked = scan.id, False
        self._load_rows()
        self.station.remember(self.step())
        lane = next(view for view in self.view().lanes if view.code == scan.value)
        return self.show(f"{scan.value}: {lane.loaded} of {lane.expected} loaded", Sound.STEP)

    def _finish(self, press: Press) -> Answered:
        lane = next((each for each in self._lanes if each.id.hex == self._lane), None)
        if lane is None:
            text = "Scan the sign of the lane whose manifest is to be closed."
            return self.refuse("ship.no_lane", "Which lane?", text, self.got(press))
        missing = [each for each in self._parcels if self._is_missing(each, lane)]
        if missing and not self._may_leave_behind():
            names = ", ".join(each.parcel.sscc or "" for each in missing[:3])
            return self.refuse(
                "manifest.missing",
                f"{len(missing)} parcels are not loaded",
                f"Missing in {lane.code}: {names}.",
                self.got(press),
                advice="Load them. A supervisor may close without them by pressing F12 again.",
            )
        call = self.station.call(keep=lambda _closed: Step(self.place, {}))
        number = self.station.number("manifest")
        left = tuple(each.parcel.id for each in missing)
        call.do(shipping.close_manifest, lane=lane.id, number=number, left_behind=left)
        self._current, self._lane, self._loaded = "", "", ""
        self._closed = f"{lane.carrier} {number}"
        self._load_rows()
        return self.show(f"Manifest {number} of {lane.carrier} closed", Sound.DONE)

    def _may_leave_behind(self) -> bool:
        """Ask once; then yes for a supervisor."""
        person = self.station.person
        asked, self._asked = self._asked, True
        return asked and person is not None and person.may(Role.SUPERVISOR)

    def _is_missing(self, each: DockParcel, lane: Lane) -> bool:
        return each.parcel.carrier == lane.carrier and each.parcel.status is ParcelStatus.CLOSED

    def _undo(self, press: Press) -> Answered:
        loaded = next((each for each in self._parcels if each.parcel.id.hex == self._loaded), None)
        if loaded is None or loaded.parcel.status is not ParcelStatus.LOADED:
            text = "No parcel was loaded since the last manifest."
            return self.refuse("ship.nothing_to_undo", "Nothing to undo", text, self.got(press))
        after = Step(self.place, {"current": self._current, "lane": self._lane, "loaded": ""})
        self.station.call(keep=lambda _unloaded: after).do(shipping.unload, parcel=loaded.parcel.id)
        self._loaded = ""
        self._load_rows()
        return self.show(f"Undone, take the parcel of {loaded.order} out of {loaded.lane}", Sound.ATTENTION)

    def _lane_of(self, carrier: str) -> str:
        return next((lane.code for lane in self._lanes if lane.carrier == carrier), f"the lane of {carrier}")

    @property
    def _chosen(self) -> DockParcel | None:
        return next((each for each in self._parcels if each.parcel.id.hex == self._current), None)

    def view(self) -> ShipView:
        """Return the parcels that are ready and the lanes with their load."""
        chosen = self._chosen
        return ShipView(
            parcels=tuple(_parcel_view(each, self._lane_of(each.parcel.carrier)) for each in self._parcels),
            lanes=tuple(self._lane_view(lane) for lane in self._lanes),
            current=_parcel_view(chosen, self._lane_of(chosen.parcel.carrier)) if chosen else None,
            closed=self._closed,
        )

    def _lane_view(self, lane: Lane) -> LaneView:
        mine = [each.parcel for each in self._parcels if each.parcel.carrier == lane.carrier]
        loaded = sum(parcel.status is ParcelStatus.LOADED for parcel in mine)
        return LaneView(lane.code, lane.carrier, loaded, len(mine))

    def expected(self) -> Thing:
        """Return what is wanted now."""
        if self.state is State.LANE and self._chosen is not None:
            return Thing("Lane", self._lane_of(self._chosen.parcel.carrier), self._chosen.parcel.carrier)
        return Thing("A parcel that is packed")

    def instruction(self) -> tuple[str, str]:
        """Say what to do next in one line, and a second one about it."""
        if self.state is State.LANE and self._chosen is not None:
            lane = self._lane_of(self._chosen.parcel.carrier)
            return (
                f"Put it into {lane}, scan the lane",
                f"{self._chosen.parcel.carrier}, order {self._chosen.order}",
            )
        waiting = sum(each.parcel.status is ParcelStatus.CLOSED for each in self._parcels)
        if waiting:
            return "Scan a parcel", f"{waiting} parcels wait for their lane"
        if self._parcels:
            return "All parcels are loaded", "Scan a lane sign, then close its manifest with F12"
        return "No parcel waits", "Parcels show here as soon as they are packed"


def _parcel_view(each: DockParcel, lane: str) -> ParcelView:
    parcel = each.parcel
    return ParcelView(
        order=each.order,
        sscc=parcel.sscc or "",
        number=parcel.number,
        count=each.count,
        weight_g=parcel.weight_g or 0,
        carrier=parcel.carrier,
        service=parcel.service,
        lane=lane,
        status="loaded" if parcel.status is ParcelStatus.LOADED else "packed",
    )
