"""The dialogues of one workstation together: who gets where, and what a scan costs."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from oms_desktop.db import Database
from oms_desktop.errors import StoreError
from oms_desktop.floor.reply import Kind, Refusal, Thing
from oms_desktop.floor.workplace import DOOR, QUEUE, Workplace, places_of
from oms_desktop.models import Order, Role
from tests.builders import BOTTLE, BOTTLE_PLACE, MUG, MUG_PLACE, TORCH_PLACE
from tests.floor.desk import PIN, PREFIX, Desk, everything, statements

SSCC = "009524000000000015"


def test_what_a_scan_costs(database: Database) -> None:
    desk = Desk(database)
    desk.site.promised({MUG: 2})
    desk.go("pick")
    desk.scan("T-101", MUG_PLACE)
    cost = {}
    for name, code in [("pick", MUG), ("pick, last", MUG), ("tote", "T-101")]:
        with statements(database) as seen:
            assert desk.scan(code).ok
        cost[name] = len(seen)
    desk.go("pack")
    desk.scan("T-101")
    for name, code in [("pack", MUG), ("pack, last", MUG), ("carton", "C4")]:
        with statements(database) as seen:
            assert desk.scan(code).ok
        cost[name] = len(seen)

    assert cost["pick"] <= 8, cost
    assert cost["pick, last"] <= 10, cost
    assert cost["pack"] <= 8, cost
    assert cost["pack, last"] <= 8, cost
    assert cost["carton"] <= 8, cost


@pytest.mark.parametrize("code", [BOTTLE, TORCH_PLACE, "T-105", "C4", "LANE-1"])
def test_a_wrong_scan_asks_the_database_nothing(desk: Desk, code: str) -> None:
    desk.site.promised({MUG: 2})
    desk.go("pick")
    desk.scan("T-101", MUG_PLACE)

    with statements(desk.database) as seen:
        assert not desk.scan(code).ok
    assert seen == []


def test_everybody_gets_to_the_places_of_their_roles(desk: Desk) -> None:
    assert places_of(None) == ()
    assert places_of(desk.site.station.person) == (QUEUE, "pick", "pack", "ship", "stock")
    for role, places in [
        (Role.PICKER, ("pick",)),
        (Role.PACKER, ("pack",)),
        (Role.SHIPPER, ("ship",)),
        (Role.ORDER_DESK, (QUEUE,)),
        (Role.SUPERVISOR, (QUEUE, "stock")),
        (Role.ADMINISTRATOR, (QUEUE, "stock")),
        (Role.RECEIVER, ("stock",)),
    ]:
        desk.become(role)
        assert places_of(desk.site.station.person) == places


@pytest.mark.parametrize("place", [QUEUE, "pack", "ship", DOOR, "nowhere"])
def test_nobody_gets_where_they_have_no_role(desk: Desk, place: str) -> None:
    desk.become(Role.PICKER)
    desk.go("pick")
    before = everything(desk.database)

    answer = desk.workplace.go(place)

    assert (answer.place, desk.workplace.place) == ("pick", "pick")
    assert answer.reply == desk.workplace.current().reply
    assert everything(desk.database) == before


@pytest.mark.parametrize(
    ("role", "place", "codes", "code", "needs"),
    [
        (Role.PACKER, "pick", [], "T-101", "picker"),
        (Role.PICKER, "pack", [], "T-102", "packer"),
    ],
)
def test_a_verb_that_is_refused_by_role_is_told_in_words(
    desk: Desk, role: Role, place: str, codes: list[str], code: str, needs: str
) -> None:
    desk.picked({MUG: 1}, "T-102")
    desk.site.promised({BOTTLE: 1})
    desk.go(place)
    desk.become(role)

    refusal = desk.refuses(lambda: desk.scan(code), "station.role")

    assert refusal == Refusal(
        "station.role",
        "You may not do this",
        f"This needs the role {needs}, which badge W-09 has not. Ask a supervisor.",
        Thing("Tote", code),
        refusal.expected,
    )


def test_a_badge_changes_the_person_and_the_work_stays(desk: Desk) -> None:
    desk.enrol("W-07", "Mara Example", Role.PICKER)
    desk.enrol("W-08", "Ole Example", Role.SHIPPER)
    desk.site.promised({MUG: 2})
    desk.go("pick")
    before = desk.scan("T-101", MUG_PLACE, MUG)

    assert desk.scan("W-07").message == "Type your PIN"
    assert desk.site.station.person is None
    answer = [desk.workplace.digit(digit) for digit in PIN][-1]
    assert answer.reply is not None
    assert (answer.place, answer.reply.message, answer.reply.data) == ("pick", before.message, before.data)

    desk.scan("W-08")
    assert [desk.workplace.digit(digit) for digit in PIN][-1].place == "ship"


def test_a_lock_keeps_the_work(desk: Desk) -> None:
    desk.enrol("W-07", "Mara Example", Role.PICKER)
    desk.site.promised({MUG: 2})
    desk.go("pick")
    desk.scan("T-101", MUG_PLACE)

    assert desk.workplace.lock().place == DOOR
    assert not desk.scan(MUG).ok
    desk.scan("W-07")
    for digit in PIN:
        desk.workplace.digit(digit)
    assert desk.workplace.place == "pick"
    assert desk.scan(MUG).told == "Right, 1 of 2"


def test_without_a_person_the_door_is_shown(desk: Desk) -> None:
    desk.site.station.person = None

    assert Workplace(desk.site.station, desk.site.warehouse, PREFIX).start().place == DOOR


def test_the_queue_opens_the_place_of_a_code(desk: Desk) -> None:
    assert desk.workplace.start().place == QUEUE
    desk.packed({MUG: 1})
    desk.picked({MUG: 1}, "T-102")

    for code, place in [(SSCC, "ship"), (MUG, "stock")]:
        desk.workplace.go(QUEUE)
        assert desk.workplace.scan(code).place == place
    desk.workplace.go(QUEUE)
    answer = desk.workplace.scan("CMD-UNDO")
    assert (answer.place, answer.reply) == (QUEUE, None)
    desk.become(Role.ORDER_DESK)
    before = everything(desk.database)
    for code in ["C4", "nonsense", MUG, SSCC]:
        answer = desk.workplace.scan(code)
        assert answer.place == QUEUE
        assert answer.reply is not None and answer.reply.refusal is not None
        assert answer.reply.refusal.code == "queue.unknown"
    assert everything(desk.database) == before


def test_the_queue_keeps_the_codes_it_finds_orders_by(desk: Desk) -> None:
    desk.enrol("W-07", "Mara Example", Role.PICKER)
    desk.workplace.resolver.load()
    desk.workplace.start()
    desk.picked({MUG: 1}, "T-102")
    with desk.database.reading() as session:
        [number] = session.scalars(select(Order.number))
    desk.workplace.go(QUEUE)
    person = desk.site.station.person

    for code, kind in [
        ("T-102", Kind.TOTE),
        (number, Kind.ORDER),
        (MUG_PLACE, Kind.LOCATION),
        ("W-07", Kind.BADGE),
    ]:
        answer = desk.workplace.scan(code)
        assert (answer.place, answer.reply, answer.found and answer.found.kind) == (QUEUE, None, kind)
    assert desk.site.station.person == person


def test_a_location_scanned_again_at_the_queue_leads_to_the_stock(desk: Desk) -> None:
    desk.workplace.start()
    for code, place in [(MUG_PLACE, QUEUE), (BOTTLE_PLACE, QUEUE), (MUG_PLACE, QUEUE), (MUG_PLACE, "stock")]:
        assert desk.workplace.scan(code).place == place
    desk.workplace.go(QUEUE)
    assert desk.workplace.scan(MUG_PLACE).place == QUEUE
    desk.become(Role.ORDER_DESK)
    assert desk.workplace.scan(MUG_PLACE).place == QUEUE


@pytest.mark.parametrize("place", ["pick", "pack", "ship", "stock"])
@pytest.mark.parametrize("code", [MUG_PLACE, MUG])
def test_a_location_or_product_leads_to_the_stock_from_each_idle_place(
    desk: Desk, place: str, code: str
) -> None:
    desk.go(place)

    answer = desk.workplace.scan(code)

    assert answer.place == "stock"
    assert answer.reply is not None
    assert answer.reply.ok and (answer.reply.data.location or answer.reply.data.sku) == code


def test_nothing_is_told_where_nothing_has_changed(desk: Desk) -> None:
    order = desk.site.promised({MUG: 2})
    for place in ["pick", "pack", "ship"]:
        desk.go(place)
        assert desk.workplace.refresh() is None
    desk.workplace.go(QUEUE)
    assert desk.workplace.refresh() is None

    desk.go("pick")
    desk.hold(order)
    answer = desk.workplace.refresh()
    assert answer is not None
    assert answer.reply is not None
    assert answer.reply.message == "No tour for you now"


def test_a_parcel_shows_at_the_dock_by_itself(desk: Desk) -> None:
    dock = desk.other("DOCK-1")
    assert dock.go("ship").message == "No parcel waits"
    desk.packed({MUG: 1})

    answer = dock.workplace.refresh()

    assert answer is not None
    assert answer.reply is not None
    assert (answer.reply.message, answer.reply.hint) == ("Scan a parcel", "1 parcel to load")


@pytest.mark.parametrize("committed", [False, True])
def test_after_a_failing_store_the_work_is_read_anew(desk: Desk, committed: bool) -> None:
    desk.site.promised({MUG: 2})
    desk.go("pick")
    desk.scan("T-101", MUG_PLACE)
    change = desk.database.change

    def fail(work: Callable[[Any], Any]) -> Any:
        if committed:
            change(work)
        raise StoreError("database.failed", "The disk was pulled.")

    object.__setattr__(desk.database, "change", fail)
    with pytest.raises(StoreError):
        desk.scan(MUG)
    object.__delattr__(desk.database, "change")

    assert desk.scan(MUG).told == ("Right, 2 of 2" if committed else "Right, 1 of 2")
    assert desk.on_hand("T-101") == (2 if committed else 1)
