"""What a shipper scans, and what the shipper is told."""

import pytest

from oms_desktop.floor.reply import Key, Refusal, Thing
from oms_desktop.floor.views import LaneView, ShipView
from oms_desktop.models import Role
from oms_desktop.workflow import site
from tests.builders import BOTTLE, MUG, MUG_PLACE
from tests.floor.desk import Desk, Said, said

FIRST, SECOND = "009524000000000015", "009524000000000022"
NOT_LOADED = "Load them. A supervisor may close without them by pressing F12 again."


def two_parcels(desk: Desk) -> Desk:
    """A desk at the dock with two parcels."""
    assert desk.packed({MUG: 1}) == FIRST
    assert desk.packed({BOTTLE: 1}, "T-102") == SECOND
    return desk


def test_two_parcels_and_their_manifest(desk: Desk) -> None:
    assert said(desk.go("ship")) == Said(
        "parcel", "No parcel waits", "Parcels show here as soon as they are packed"
    )
    two_parcels(desk)
    assert said(desk.go("ship")) == Said("parcel", "Scan a parcel", "2 parcels to load")
    lane = "Put it into LANE-1, scan the lane"

    assert [said(desk.scan(code)) for code in [FIRST, "LANE-1", f"(00){SECOND}", "LANE-1"]] == [
        Said("lane", lane, "Nordbote, order SO-1001", "Order SO-1001, parcel 1 of 1", "step"),
        Said("parcel", "Scan a parcel", "1 parcel to load", "Loaded into LANE-1", "step"),
        Said("lane", lane, "Nordbote, order SO-1002", "Order SO-1002, parcel 1 of 1", "step"),
        Said(
            "parcel",
            "All parcels are loaded",
            "Scan a lane sign, then close its manifest with F12",
            "Loaded into LANE-1",
            "step",
        ),
    ]
    closed = desk.press(Key.FINISH)
    assert said(closed) == Said(
        "parcel",
        "No parcel waits",
        "Parcels show here as soon as they are packed",
        "Manifest 1 of Nordbote closed",
        "done",
    )
    assert closed.data == ShipView((), (LaneView("LANE-1", "Nordbote", 0, 0),), None, "Nordbote 1")
    assert desk.parcels() == ["shipped", "shipped"]


def test_what_the_panel_shows(desk: Desk) -> None:
    view = two_parcels(desk).scan(FIRST).data

    assert isinstance(view, ShipView)
    assert view.current is not None
    assert (view.current.sscc, view.current.lane, view.current.weight_g) == (FIRST, "LANE-1", 360)
    assert [(parcel.order, parcel.status) for parcel in view.parcels] == [
        ("SO-1001", "packed"),
        ("SO-1002", "packed"),
    ]
    loaded = desk.scan("LANE-1").data
    assert [(parcel.order, parcel.status) for parcel in loaded.parcels] == [
        ("SO-1001", "loaded"),
        ("SO-1002", "packed"),
    ]
    assert loaded.lanes == (LaneView("LANE-1", "Nordbote", 1, 2),)


def test_another_parcel_takes_the_place_of_the_one_in_hand(desk: Desk) -> None:
    two_parcels(desk).scan(FIRST)

    assert said(desk.scan(SECOND)).told == "Order SO-1002, parcel 1 of 1"
    desk.scan("LANE-1")
    assert sorted(desk.parcels()) == ["closed", "loaded"]


def test_a_lane_sign_shows_the_lane(desk: Desk) -> None:
    two_parcels(desk).scan(FIRST, "LANE-1")

    assert said(desk.scan("LANE-1")) == Said(
        "parcel", "Scan a parcel", "1 parcel to load", "LANE-1: 1 of 2 loaded", "step"
    )


def test_a_parcel_that_stands_in_its_lane_already(desk: Desk) -> None:
    two_parcels(desk).scan(FIRST, "LANE-1")

    assert said(desk.scan(FIRST)) == Said(
        "parcel", "Scan a parcel", "1 parcel to load", "This parcel stands in LANE-1 already", "attention"
    )


def test_a_wrong_lane(desk: Desk) -> None:
    lanes = (site.LaneRow("LANE-2", "Sudpost"),)
    desk.site.station.do(site.bring_lanes, warehouse=desk.site.warehouse, rows=lanes)
    two_parcels(desk).scan(FIRST)

    assert desk.refuses(lambda: desk.scan("LANE-2")) == Refusal(
        "ship.wrong_lane",
        "LANE-2 is the wrong lane",
        "LANE-2 is Sudpost's. The parcel goes to LANE-1.",
        Thing("Lane", "LANE-2"),
        Thing("Lane", "LANE-1", "Nordbote"),
        "Put it into LANE-1 and scan its sign.",
    )


def test_a_lane_of_another_warehouse(desk: Desk) -> None:
    row = site.SiteRow("EAST", "Other depot", "Europe/Berlin", "Dock Road 9", "Musterstadt", "20457", "DE")
    east = desk.site.station.do(site.open_site, site=row)
    desk.site.station.do(site.bring_lanes, warehouse=east, rows=(site.LaneRow("EAST-1", "Nordbote"),))
    two_parcels(desk)

    assert desk.refuses(lambda: desk.scan("EAST-1")) == Refusal(
        "ship.other_dock",
        "Not a lane of this dock",
        "EAST-1 is no lane of this dock.",
        Thing("Lane", "EAST-1"),
        Thing("A parcel that is packed"),
    )
    desk.scan(FIRST)
    text = "EAST-1 is no lane of this dock. The parcel goes to LANE-1."
    assert desk.refuses(lambda: desk.scan("EAST-1")).text == text


def test_an_order_on_hold_is_not_loaded(desk: Desk) -> None:
    desk.go("pack")
    order = desk.picked({MUG: 1})
    desk.scan("T-101", MUG, "C4")
    desk.scan(desk.weigh(360).data.parcel)
    desk.go("ship")
    hold = desk.hold(order)
    held = Refusal(
        "ship.held",
        "This order is on hold",
        "Order SO-1001 is on hold. Leave the parcel here.",
        Thing("Parcel", FIRST),
        Thing("A parcel that is packed"),
    )

    assert desk.refuses(lambda: desk.scan(FIRST)) == held
    desk.release(hold)
    assert desk.scan(FIRST).ok
    desk.hold(order)
    desk.workplace.refresh()
    assert desk.refuses(lambda: desk.scan("LANE-1")).code == "ship.held"


def test_a_parcel_whose_label_was_not_scanned_at_the_bench(desk: Desk) -> None:
    desk.picked({MUG: 1})
    desk.scan("T-101", MUG, "C4")
    desk.weigh(360)
    desk.go("ship")

    assert desk.refuses(lambda: desk.scan(FIRST)) == Refusal(
        "ship.not_packed",
        "Not finished at the bench",
        "The label of order SO-1001 was not scanned at the packing bench yet.",
        Thing("Parcel", FIRST),
        Thing("A parcel that is packed"),
    )


def test_a_parcel_that_has_left(desk: Desk) -> None:
    two_parcels(desk).scan(FIRST, "LANE-1", SECOND, "LANE-1")
    desk.press(Key.FINISH)

    refusal = desk.refuses(lambda: desk.scan(FIRST))

    assert (refusal.code, refusal.title) == ("ship.not_ready", "Not a parcel to load")
    assert refusal.text == f"Parcel {FIRST} is not packed, or it has left already."


@pytest.mark.parametrize(
    ("code", "title"),
    [
        (MUG, "Not a product now"),
        ("C4", "Not a carton now"),
        ("T-101", "Not a tote now"),
        ("SO-1001", "Not an order now"),
        (MUG_PLACE, "Not a location now"),
        ("009524000000000998", "Unknown code"),
    ],
)
def test_what_is_not_asked_for_is_named(desk: Desk, code: str, title: str) -> None:
    two_parcels(desk).become(Role.SHIPPER)
    refusal = desk.refuses(lambda: desk.scan(code))
    assert (refusal.title, refusal.advice) == (title, "Scan a parcel")

    desk.scan(FIRST)
    refusal = desk.refuses(lambda: desk.scan(code))
    assert (refusal.title, refusal.advice) == (title, "Put it into LANE-1, scan the lane")


def test_missing_parcels_are_named_and_only_a_supervisor_leaves_them(desk: Desk) -> None:
    two_parcels(desk).scan(FIRST, "LANE-1")
    missing = Refusal(
        "manifest.missing",
        "1 parcel not loaded",
        f"Missing in LANE-1: SO-1002 (…{SECOND[-4:]}).",
        Thing("Key “finish”"),
        Thing("A parcel that is packed"),
        NOT_LOADED,
    )
    supervisor = desk.site.station.person
    desk.become(Role.SHIPPER)

    assert [desk.refuses(lambda: desk.press(Key.FINISH)) for _time in range(3)] == [missing] * 3
    desk.site.station.person = supervisor
    assert desk.press(Key.FINISH).told == "Manifest 1 of Nordbote closed"
    assert sorted(desk.parcels()) == ["closed", "shipped"]


def test_a_supervisor_is_asked_again_when_something_else_is_missing(desk: Desk) -> None:
    two_parcels(desk).scan(FIRST, "LANE-1")
    desk.refuses(lambda: desk.press(Key.FINISH))
    desk.packed({MUG: 1}, "T-103")

    assert desk.refuses(lambda: desk.press(Key.FINISH)).title == "2 parcels not loaded"
    assert desk.press(Key.FINISH).ok


def test_an_empty_lane_has_no_manifest(desk: Desk) -> None:
    two_parcels(desk)
    assert desk.refuses(lambda: desk.press(Key.FINISH)) == Refusal(
        "ship.no_lane",
        "Which lane?",
        "Scan the sign of the lane whose manifest is to be closed.",
        Thing("Key “finish”"),
        Thing("A parcel that is packed"),
    )
    desk.scan("LANE-1")
    refusal = desk.refuses(lambda: desk.press(Key.FINISH))
    assert (refusal.code, refusal.title) == ("manifest.empty", "The lane is empty")
    assert refusal.text == "Nothing stands in LANE-1."


def test_undo_lets_go_of_the_parcel_and_then_unloads_the_last(desk: Desk) -> None:
    two_parcels(desk).scan(FIRST, "LANE-1", SECOND)
    assert desk.refuses(lambda: desk.press(Key.FINISH)).code == "ship.key"

    assert [said(desk.press(Key.UNDO)) for _time in range(2)] == [
        Said("parcel", "Scan a parcel", "1 parcel to load", "Put the parcel back where it was", "attention"),
        Said(
            "parcel",
            "Scan a parcel",
            "2 parcels to load",
            "Undone, take the parcel of SO-1001 out of LANE-1",
            "attention",
        ),
    ]
    assert desk.parcels() == ["closed", "closed"]
    assert desk.refuses(lambda: desk.press(Key.UNDO)) == Refusal(
        "ship.nothing_to_undo",
        "Nothing to undo",
        "No parcel was loaded since the last manifest.",
        Thing("Key “undo”"),
        Thing("A parcel that is packed"),
    )


def test_a_manifest_is_not_undone(desk: Desk) -> None:
    two_parcels(desk).scan(FIRST, "LANE-1", SECOND, "LANE-1")
    desk.press(Key.FINISH)

    assert desk.refuses(lambda: desk.press(Key.UNDO)).code == "ship.nothing_to_undo"


def test_a_weight_at_the_dock_says_nothing(desk: Desk) -> None:
    assert said(two_parcels(desk).weigh(400)).told == ""
