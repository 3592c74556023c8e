"""The dialogue at the dock: every parcel into the lane of its carrier, then the manifest.

parcel --PARCEL--> lane --LANE of its carrier--> parcel
lane   --PARCEL, another one--> lane             (that one is asked for now)
lane   --PRINT--> lane                           (its label is printed again)
lane   --UNDO--> parcel                          (the parcel goes back to where it was)
parcel --UNDO--> parcel                          (the last loaded parcel is taken out again)
parcel --LANE--> parcel                          (this lane is shown, its manifest can be closed)
parcel --FINISH--> parcel                        (closes the manifest of the shown lane; parcels that
                                                 are missing are left behind by a supervisor, pressed twice)
"""

from enum import Enum
from uuid import UUID

from oms_desktop.floor.dialogue import Dialogue
from oms_desktop.floor.reply import Key, Kind, Press, Reply, Scan, Sound, Thing
from oms_desktop.floor.reprint import reprint
from oms_desktop.floor.views import LaneView, ParcelView, ShipView
from oms_desktop.floor.words import counted
from oms_desktop.models import Lane, Parcel, ParcelStatus, Role
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
    idle = State.PARCEL

    def __init__(self, station: Station, warehouse: UUID) -> None:
        super().__init__(station, warehouse)
        self.state: State = State.PARCEL
        self._parcels: tuple[DockParcel, ...] = ()
        self._lanes: tuple[Lane, ...] = ()
        self._current = ""
        self._lane = ""
        self._loaded = ""
        self._closed = ""
        self.scans = {
            (State.PARCEL, Kind.PARCEL): self._parcel,
            (State.LANE, Kind.PARCEL): self._parcel,
            (State.LANE, Kind.LANE): self._load,
            (State.PARCEL, Kind.LANE): self._show_lane,
        }
        self.keys = {
            (State.PARCEL, Key.FINISH): self._finish,
            (State.PARCEL, Key.UNDO): self._undo,
            (State.LANE, Key.UNDO): self._let_go,
            (State.LANE, Key.PRINT): self._print_again,
        }

    def resume(self) -> Answered:
        """Go on with the parcel that was scanned last, if it still waits for its lane."""
        step = self.station.recall(self.place)
        self._current, self._lane = str(step.get("current", "")), str(step.get("lane", ""))
        self._loaded, self._closed = str(step.get("loaded", "")), str(step.get("closed", ""))
        self._load_rows()
        return self.show()

    def _step(self, *, current: str = "", lane: str = "", loaded: str = "", closed: str = "") -> Step:
        """Name what is remembered: the parcel in hand, the lane shown, what was loaded or closed last."""
        return Step(self.place, {"current": current, "lane": lane, "loaded": loaded, "closed": closed})

    def _become(self, step: Step) -> None:
        """Be where a step that was written says."""
        self._current, self._lane = step.step["current"], step.step["lane"]
        self._loaded, self._closed = step.step["loaded"], step.step["closed"]
        self._load_rows()

    def _load_rows(self) -> None:
        with self.station.store.reading() as session:
            self._parcels = dock.dock_parcels(session, self.warehouse)
            self._lanes = tuple(dock.lanes(session, self.warehouse))
        waiting = self._chosen is not None and self._chosen.parcel.status is ParcelStatus.CLOSED
        self.state = State.LANE if waiting else State.PARCEL

    def _parcel(self, scan: Scan) -> Answered:
        self._load_rows()
        found = next((each for each in self._parcels if each.parcel.id.hex == scan.id), None)
        if found is None:
            text = f"Parcel {scan.value} is not packed, or it has left already."
            return self.refuse("ship.not_ready", "Not a parcel to load", text, self.got(scan))
        if not found.packed:
            text = f"The label of order {found.order} was not scanned at the packing bench yet."
            return self.refuse("ship.not_packed", "Not finished at the bench", text, self.got(scan))
        if found.held:
            return self._held(found, scan)
        if found.parcel.status is ParcelStatus.LOADED:
            return self.show(f"This parcel stands in {found.lane} already", Sound.ATTENTION)
        step = self._step(current=scan.id, lane=self._lane, loaded=self._loaded)
        self.station.remember(step)
        self._become(step)
        return self.show(f"Order {found.order}, parcel {found.parcel.number} of {found.count}", Sound.STEP)

    def _load(self, scan: Scan) -> Answered:
        chosen, lane = self._chosen, self._lane_by(scan.id)
        assert chosen is not None
        if chosen.held:
            return self._held(chosen, scan)
        if lane is None or lane.carrier != chosen.parcel.carrier:
            wanted = self._lane_of(chosen.parcel.carrier)
            whose = f"{scan.value} is {lane.carrier}'s." if lane else f"{scan.value} is no lane of this dock."
            return self.refuse(
                "ship.wrong_lane",
                f"{scan.value} is the wrong lane",
                f"{whose} The parcel goes to {wanted}.",
                self.got(scan),
                advice=f"Put it into {wanted} and scan its sign.",
            )
        step = self._step(lane=scan.id, loaded=chosen.parcel.id.hex)
        call = self.station.call(device=scan.device, keep=lambda _loaded: step)
        call.do(shipping.load, parcel=chosen.parcel.id, lane=lane.id)
        self._become(step)
        return self.show(f"Loaded into {scan.value}", Sound.STEP)

    def _held(self, parcel: DockParcel, scan: Scan) -> Answered:
        text = f"Order {parcel.order} is on hold. Leave the parcel here."
        return self.refuse("ship.held", "This order is on hold", text, self.got(scan))

    def _show_lane(self, scan: Scan) -> Answered:
        self._load_rows()
        lane = self._lane_by(scan.id)
        if lane is None:
            text = f"{scan.value} is no lane of this dock."
            return self.refuse("ship.other_dock", "Not a lane of this dock", text, self.got(scan))
        step = self._step(lane=scan.id, loaded=self._loaded)
        self.station.remember(step)
        self._become(step)
        view = self._lane_view(lane)
        return self.show(f"{scan.value}: {view.loaded} of {view.expected} loaded", Sound.STEP)

    def _finish(self, press: Press) -> Answered:
        self._load_rows()
        lane = self._lane_by(self._lane)
        if lane is None:
            text = "Scan the sign of the lane whose manifest is to be closed."
            return self.refuse("ship.no_lane", "Which lane?", text, self.got(press))
        if not self._lane_view(lane).loaded:
            text = f"Nothing stands in {lane.code}."
            return self.refuse("manifest.empty", "The lane is empty", text, self.got(press))
        left = [each for each in self._parcels if self._is_missing(each, lane)]
        missing = tuple(each.parcel for each in left)
        if missing and not self._may_leave_behind(lane, missing):
            names = ", ".join(f"{each.order} (…{(each.parcel.sscc or '')[-4:]})" for each in left[:3])
            more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
            return self.refuse(
                "manifest.missing",
                f"{counted(len(missing), 'parcel')} not loaded",
                f"Missing in {lane.code}: {names}{more}.",
                self.got(press),
                advice="Load them. A supervisor may close without them by pressing F12 again.",
            )
        return self._close(lane, tuple(parcel.id for parcel in missing))

    def _close(self, lane: Lane, left: tuple[UUID, ...]) -> Answered:
        number = self.station.number("manifest")
        step = self._step(closed=f"{lane.carrier} {number}")
        call = self.station.call(keep=lambda _closed: step)
        call.do(shipping.close_manifest, lane=lane.id, number=number, left_behind=left)
        self._become(step)
        return self.show(f"Manifest {number} of {lane.carrier} closed", Sound.DONE)

    def _may_leave_behind(self, lane: Lane, missing: tuple[Parcel, ...]) -> bool:
        """Ask once about these very parcels; then yes for a supervisor."""
        person = self.station.person
        asked = self.confirmed(f"{lane.code} without {', '.join(parcel.id.hex for parcel in missing)}")
        return asked and person is not None and person.may(Role.SUPERVISOR)

    def _is_missing(self, each: DockParcel, lane: Lane) -> bool:
        return each.parcel.carrier == lane.carrier and each.parcel.status is ParcelStatus.CLOSED

    def _let_go(self, _press: Press) -> Answered:
        step = self._step(lane=self._lane, loaded=self._loaded)
        self.station.remember(step)
        self._become(step)
        return self.show("Put the parcel back where it was", Sound.ATTENTION)

    def _print_again(self, _press: Press) -> Answered:
        assert self._chosen is not None
        reprint(self.station, self._chosen.parcel.id, "label", roles=[Role.SHIPPER])
        return self.show("The label prints again", Sound.DONE)

    def _undo(self, press: Press) -> Answered:
        loaded = next((each for each in self._parcels if each.parcel.id.hex == self._loaded), None)
        if loaded is None or loaded.parcel.status is not ParcelStatus.LOADED:
            text = "No parcel was loaded since the last manifest."
            return self.refuse("ship.nothing_to_undo", "Nothing to undo", text, self.got(press))
        step = self._step(lane=self._lane)
        self.station.call(keep=lambda _unloaded: step).do(shipping.unload, parcel=loaded.parcel.id)
        self._become(step)
        return self.show(f"Undone, take the parcel of {loaded.order} out of {loaded.lane}", Sound.ATTENTION)

    def _lane_by(self, row: str) -> Lane | None:
        return next((lane for lane in self._lanes if lane.id.hex == row), None)

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
            return "Scan a parcel", f"{counted(waiting, 'parcel')} to load"
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
