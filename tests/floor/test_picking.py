"""What a picker scans, and what the picker is told."""

import pytest

from oms_desktop.floor.reply import Key, Refusal, Thing
from oms_desktop.floor.views import PickView
from tests.builders import BOTTLE, BOTTLE_PLACE, GTINS, MUG, MUG_PLACE, TORCH_PLACE
from tests.floor.desk import CASE, Desk, Said, said
from tests.floor.scenes import at_the_mugs

AT_THE_SIGN = "Scan the sign of the location when you are there"


def test_two_mugs_and_a_bottle(desk: Desk) -> None:
    desk.site.promised({MUG: 2, BOTTLE: 1})
    mug, bottle = "Enamel mug 350 ml Moss green, MUG-0350-GN", "Steel bottle 0.75 l, BTL-0750-ST"

    assert said(desk.go("pick")) == Said(
        "idle", "Scan an empty tote", "1 order to pick, the most urgent first; T-101 is empty"
    )
    assert [
        said(desk.scan(code))
        for code in ["T-101", MUG_PLACE, GTINS[MUG], MUG, "T-101", BOTTLE_PLACE, BOTTLE, "T-101"]
    ] == [
        Said("location", "Go to A-07-03-B2", AT_THE_SIGN, "Tour 1 taken, tote T-101", "step"),
        Said("product", "Scan the product, take 2", mug, "Location right", "step"),
        Said("product", "Scan the product, take 1", mug, "Right, 1 of 2", "ok"),
        Said("tote", "Put 2 into tote T-101", "Then scan the tote", "Right, 2 of 2", "step"),
        Said("location", "Go to A-07-08-C1", AT_THE_SIGN, "2 in tote T-101", "step"),
        Said("product", "Scan the product, take 1", bottle, "Location right", "step"),
        Said("tote", "Put 1 into tote T-101", "Then scan the tote", "Right, 1 of 1", "step"),
        Said(
            "idle",
            "No tour for you now",
            "Scan an empty tote to ask again",
            "Tour 1 done. Tote T-101 goes to packing",
            "done",
        ),
    ]
    assert [desk.on_hand(code) for code in (MUG_PLACE, BOTTLE_PLACE, "T-101")] == [8, 9, 3]


def test_what_the_panel_shows(desk: Desk) -> None:
    view = at_the_mugs(desk, **{BOTTLE: 1}).scan(MUG).data

    assert isinstance(view, PickView)
    assert view.stop is not None
    assert (view.tour, view.tote, view.lines_done, view.lines, view.warning) == ("1", "T-101", 0, 2, "")
    assert (view.stop.place.code, view.stop.product.sku, view.stop.order) == (MUG_PLACE, MUG, "SO-1001")
    assert (view.stop.quantity, view.stop.taken, view.stop.left, view.stop.on_hand) == (2, 1, 1, 9)
    assert [stop.product.sku for stop in view.following] == [BOTTLE]


def test_a_case_counts_its_pieces(desk: Desk) -> None:
    desk.case_of_six()
    at_the_mugs(desk, 7)

    assert desk.scan(CASE).told == "Right, 6 of 7"
    assert desk.refuses(lambda: desk.scan(CASE)).got == Thing("Enamel mug 350 ml Moss green", MUG, "6 more")
    assert said(desk.press(Key.UNDO)).told == "Undone, put 6 back to A-07-03-B2"
    assert desk.on_hand("T-101") == 0


@pytest.mark.parametrize("code", [MUG, BOTTLE, "C4", "LANE-1", "T-102", "SO-1001", "nonsense"])
def test_before_the_location_only_a_location_is_right(desk: Desk, code: str) -> None:
    desk.site.promised({MUG: 2})
    desk.go("pick")
    desk.scan("T-101")

    refusal = desk.refuses(lambda: desk.scan(code))

    assert refusal.code in ("pick.not_expected", "pick.unknown")
    assert refusal.expected == Thing("Location", MUG_PLACE)
    assert refusal.advice == "Go to A-07-03-B2"


@pytest.mark.parametrize(
    ("code", "title", "text"),
    [
        ("C4", "Not a carton now", "C4 is a carton. Nothing was recorded."),
        ("LANE-1", "Not a lane now", "LANE-1 is a lane. Nothing was recorded."),
        ("SO-1001", "Not an order now", "SO-1001 is an order. Nothing was recorded."),
        ("4006381333930", "Unknown code", "4006381333930 is not known here. Nothing was recorded."),
        ("", "Unknown code", "An empty code is not known here. Nothing was recorded."),
    ],
)
def test_what_is_not_asked_for_is_named(desk: Desk, code: str, title: str, text: str) -> None:
    refusal = at_the_mugs(desk).refuses(lambda: desk.scan(code))

    assert (refusal.title, refusal.text) == (title, text)
    assert refusal.expected == Thing("Enamel mug 350 ml Moss green", MUG)
    assert refusal.advice == "Scan the product, take 2"


def test_a_wrong_location(desk: Desk) -> None:
    desk.site.promised({MUG: 2})
    desk.go("pick")
    desk.scan("T-101")
    wrong = Refusal(
        "pick.wrong_location",
        "Wrong location",
        "This is A-03-06-D2. Go to A-07-03-B2.",
        Thing("Location", TORCH_PLACE),
        Thing("Location", MUG_PLACE),
        "Go to A-07-03-B2 and scan its sign.",
    )

    assert desk.refuses(lambda: desk.scan(TORCH_PLACE)) == wrong
    assert desk.scan(MUG_PLACE).told == "Location right"
    assert desk.refuses(lambda: desk.scan(TORCH_PLACE)) == wrong
    again = desk.scan(MUG_PLACE)
    assert (again.told, again.sound.value) == ("This is the right place already", "attention")


def test_a_wrong_product(desk: Desk) -> None:
    wrong = Refusal(
        "pick.wrong_product",
        "Wrong product, do not take it",
        "This is BTL-0750-ST. MUG-0350-GN is wanted here. Nothing was counted.",
        Thing("Steel bottle 0.75 l", BOTTLE),
        Thing("Enamel mug 350 ml Moss green", MUG),
        "Put it back and scan Enamel mug 350 ml Moss green.",
    )

    assert at_the_mugs(desk, 1).refuses(lambda: desk.scan(GTINS[BOTTLE])) == wrong
    assert desk.scan(MUG).state.value == "tote"
    assert desk.refuses(lambda: desk.scan(BOTTLE)) == wrong


def test_one_too_many(desk: Desk) -> None:
    at_the_mugs(desk).scan(MUG, MUG)

    assert desk.refuses(lambda: desk.scan(MUG)) == Refusal(
        "pick.too_many",
        "Too many, put it back",
        "Wanted: 2, taken: 2, left: 0. Nothing was counted.",
        Thing("Enamel mug 350 ml Moss green", MUG, "1 more"),
        Thing("Enamel mug 350 ml Moss green", MUG, "0 left"),
        "Put it back on the shelf.",
    )


def test_a_wrong_tote(desk: Desk) -> None:
    at_the_mugs(desk).scan(MUG, MUG)

    assert desk.refuses(lambda: desk.scan("T-102")) == Refusal(
        "pick.wrong_tote",
        "Wrong tote",
        "This is tote T-102. Put it into T-101.",
        Thing("Tote", "T-102"),
        Thing("Tote", "T-101"),
        "Put the goods into tote T-101 and scan it.",
    )


def test_a_tote_in_use(desk: Desk) -> None:
    desk.picked({MUG: 1})
    desk.site.promised({MUG: 1})
    desk.go("pick")

    assert desk.refuses(lambda: desk.scan("T-101"), "claim.tote_in_use") == Refusal(
        "claim.tote_in_use",
        "This tote is in use",
        "Tote T-101 is in use. Take an empty one.",
        Thing("Tote", "T-101"),
        Thing("An empty tote"),
    )


def test_no_work(desk: Desk) -> None:
    assert said(desk.go("pick")) == Said("idle", "No tour for you now", "Scan an empty tote to ask again")

    assert said(desk.scan("T-101")) == Said(
        "idle", "No tour for you now", "Scan an empty tote to ask again", "No order waits", "attention"
    )


def test_an_order_on_hold_is_not_picked_on(desk: Desk) -> None:
    order = desk.site.promised({MUG: 2})
    desk.go("pick")
    desk.scan("T-101", MUG_PLACE, MUG)
    hold = desk.hold(order)
    answer = desk.workplace.refresh()

    assert answer is not None
    assert answer.reply is not None
    assert said(answer.reply) == Said(
        "product", "Wait: order SO-1001 is on hold", "Tell a supervisor, or end the tour with F12"
    )
    assert answer.reply.data.warning == "Order SO-1001 is on hold"
    assert desk.refuses(lambda: desk.scan(MUG)) == Refusal(
        "pick.held",
        "This order is on hold",
        "Order SO-1001 was put on hold. Nothing was counted.",
        Thing("Enamel mug 350 ml Moss green", MUG),
        Thing("Enamel mug 350 ml Moss green", MUG),
        "Wait for the supervisor, or end the tour with F12.",
    )

    desk.release(hold)
    assert desk.workplace.refresh() is not None
    assert desk.scan(MUG).state.value == "tote"


@pytest.mark.parametrize("taken", [0, 1])
def test_a_cancelled_order_stops_the_tour(desk: Desk, taken: int) -> None:
    order = desk.site.promised({MUG: 2})
    desk.go("pick")
    desk.scan("T-101", MUG_PLACE, *[MUG] * taken)
    desk.cancel(order)
    answer = desk.workplace.refresh()

    assert answer is not None
    assert answer.reply is not None
    assert said(answer.reply) == Said(
        "stopped",
        "Stop: order SO-1001 was cancelled",
        "Scan tote T-101 to put it aside",
        sound="attention",
    )
    assert answer.reply.data.warning == "Order SO-1001 was cancelled"
    assert desk.refuses(lambda: desk.scan(MUG)).code == "pick.not_expected"
    assert desk.refuses(lambda: desk.scan("T-102")).code == "pick.wrong_tote"
    assert desk.refuses(lambda: desk.press(Key.UNDO)).text == "“Undo” does nothing at this step."
    told = "Put tote T-101 on the put-back shelf" if taken else "Tour 1 put aside, tote T-101 is empty"
    assert said(desk.scan("T-101")) == Said(
        "idle", "No tour for you now", "Scan an empty tote to ask again", told, "done"
    )

    desk.site.promised({BOTTLE: 1})
    assert desk.scan("T-101").ok is (taken == 0)


def test_a_piece_that_is_taken_just_after_a_cancellation_is_booked(desk: Desk) -> None:
    order = desk.site.promised({MUG: 2})
    desk.go("pick")
    desk.scan("T-101", MUG_PLACE)
    desk.cancel(order)

    reply = desk.scan(MUG)

    assert (reply.state.value, reply.told) == ("stopped", "Not wanted any more, it will be put back")
    assert desk.on_hand("T-101") == 1
    assert desk.scan("T-101").told == "Put tote T-101 on the put-back shelf"
