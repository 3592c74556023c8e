"""What a packer scans, and what the packer is told."""

import pytest

from oms_desktop.floor.reply import Key, Refusal, Thing
from oms_desktop.floor.views import PackView
from oms_desktop.models import Role
from tests.builders import BOTTLE, GTINS, MUG, MUG_PLACE, TORCH
from tests.floor.desk import CASE, Desk, Said, said
from tests.floor.scenes import at_the_scale

SSCC = "009524000000000015"


SCALE = "It should weigh about 860 g. Without a scale, type the grams with F2"


TWO_AND_ONE = {MUG: 2, BOTTLE: 1}


def test_two_mugs_and_a_bottle(desk: Desk) -> None:
    assert said(desk.go("pack")) == Said("idle", "Scan a tote or an order", "No picked order waits")
    desk.picked(TWO_AND_ONE)
    assert said(desk.go("pack")) == Said(
        "idle", "Scan a tote or an order", "1 picked order to pack, the oldest in T-101"
    )
    called = "Enamel mug 350 ml Moss green"
    mug, bottle = f"Scan {called}", "Scan Steel bottle 0.75 l"

    assert [said(desk.scan(code)) for code in ["T-101", MUG, GTINS[MUG], BOTTLE, "C4"]] == [
        Said("items", mug, "3 pieces still in the tote", "Order SO-1001 is on the bench", "step"),
        Said("items", mug, "2 pieces still in the tote", f"Right, 1 of 2 {called}", "ok"),
        Said("items", bottle, "1 piece still in the tote", f"Right, 2 of 2 {called}", "ok"),
        Said(
            "carton",
            "Scan the carton",
            "Every piece is in. Take a carton and scan its code",
            "Right, 1 of 1 Steel bottle 0.75 l",
            "step",
        ),
        Said("weight", "Put the parcel on the scale", SCALE, "Carton C4", "step"),
    ]
    assert said(desk.weigh(871)) == Said(
        "label",
        "Stick the label on, then scan it",
        f"Parcel {SSCC} is closed",
        "Closed with 871 g, the label is printed",
        "done",
    )
    assert said(desk.scan(SSCC)) == Said(
        "idle", "Scan a tote or an order", "No picked order waits", "Order SO-1001 is packed", "done"
    )
    assert desk.parcels() == ["closed"]
    assert desk.on_hand("T-101") == 0


def test_what_the_panel_shows(desk: Desk) -> None:
    reply = at_the_scale(desk).workplace.current().reply

    assert reply is not None
    view = reply.data
    assert isinstance(view, PackView)
    assert (view.order, view.customer, view.tote) == ("SO-1001", "Ida Example", "T-101")
    assert [(item.product.sku, item.quantity, item.packed) for item in view.items] == [
        (MUG, 2, 2),
        (BOTTLE, 1, 1),
    ]
    assert view.carton is not None
    assert (view.carton.code, view.expected_g, view.tolerance_g, view.weight_g) == ("C4", 860, 25, None)

    closed = desk.weigh(860).data
    assert (closed.parcel, closed.weight_g) == (SSCC, 860)
    assert (closed.service, closed.price) == ("Nordbote Ground", "9.80 EUR")


@pytest.mark.parametrize("number", ["SO-1001", "so-1001"])
def test_an_order_opens_the_bench_too(desk: Desk, number: str) -> None:
    desk.picked({MUG: 1})

    assert desk.scan(number).told == "Order SO-1001 is on the bench"


def test_the_carton_may_be_scanned_early_and_changed(desk: Desk) -> None:
    desk.picked({MUG: 2})

    assert said(desk.scan("T-101", "C4")).told == "Carton C4"
    assert desk.scan(MUG, MUG).state.value == "weight"
    assert desk.scan("C4").state.value == "weight"


def test_the_parcel_closes_when_its_weight_is_there_already(desk: Desk) -> None:
    desk.picked({MUG: 2})
    desk.scan("T-101", "C4", MUG)
    assert desk.weigh(540).state.value == "items"

    reply = desk.scan(MUG)

    assert (reply.state.value, reply.told) == ("label", "Closed with 540 g, the label is printed")


def test_a_scan_stays_right_when_the_parcel_is_too_heavy_to_close(desk: Desk) -> None:
    with desk.database.transaction() as session:
        session.connection().exec_driver_sql("UPDATE product SET weight_g = 40000")
    desk.picked({MUG: 1})
    desk.scan("T-101", "C4")
    desk.weigh(40_180)

    reply = desk.scan(MUG)

    assert reply.ok
    assert reply.state.value == "weight"
    assert reply.told == (
        "Right, 1 of 1 Enamel mug 350 ml Moss green. Nordbote Ground takes up to 31.5 kg to AT, "
        "the parcel weighs 40.18 kg. Pack it in two parcels."
    )
    assert desk.refuses(lambda: desk.weigh(40_180)).title == "Too heavy for one parcel"


def test_an_empty_tote(desk: Desk) -> None:
    desk.go("pack")

    assert desk.refuses(lambda: desk.scan("T-103")) == Refusal(
        "pack.empty_tote",
        "This tote is empty",
        "No order is in tote T-103.",
        Thing("Tote", "T-103"),
        Thing("A tote or an order"),
    )


def test_a_tote_that_is_still_being_picked(desk: Desk) -> None:
    desk.site.promised({MUG: 2})
    desk.go("pick")
    desk.scan("T-101", MUG_PLACE, MUG)
    desk.go("pack")

    assert desk.refuses(lambda: desk.scan("T-101"), "claim.not_picked") == Refusal(
        "claim.not_picked",
        "Not ready for packing",
        "Order SO-1001 is still being picked.",
        Thing("Tote", "T-101"),
        Thing("A tote or an order"),
    )
    assert desk.refuses(lambda: desk.scan("SO-1001")).text == "Order SO-1001 is still being picked."


def test_orders_that_are_not_to_be_packed(desk: Desk) -> None:
    desk.site.order({MUG: 1}, number="SO-1")
    desk.site.promised({MUG: 1})
    desk.go("pack")

    refusal = desk.refuses(lambda: desk.scan("SO-1001"))
    assert (refusal.code, refusal.title) == ("pack.not_picked", "Not ready for packing")
    assert refusal.text == "Order SO-1001 is not picked yet."
    assert desk.refuses(lambda: desk.scan("SO-1")).text == "Order SO-1 still waits for its goods."

    desk.go("pick")
    desk.pick("T-101", {MUG: 1})
    desk.go("pack")
    desk.scan("T-101", MUG, "C4")
    desk.scan(desk.weigh(360).data.parcel)
    assert desk.refuses(lambda: desk.scan("SO-1001")).text == "Order SO-1001 is packed already."


def test_an_order_at_another_bench(desk: Desk) -> None:
    desk.picked({MUG: 1})
    desk.scan("T-101")
    other = desk.other("PACK-2")
    other.go("pack")

    refusal = other.refuses(lambda: other.scan("T-101"), "claim.taken")

    assert refusal.title == "Somebody else has this order"
    assert refusal.text == "Order SO-1001 is being worked on at PICK-3."


def test_a_tote_that_is_to_be_put_back(desk: Desk) -> None:
    order = desk.site.promised({MUG: 2})
    desk.go("pick")
    desk.scan("T-101", MUG_PLACE, MUG)
    desk.cancel(order)
    desk.workplace.refresh()
    desk.scan("T-101")
    desk.go("pack")

    text = "Order SO-1001 was cancelled. Its goods are to be put back."
    assert desk.refuses(lambda: desk.scan("T-101"), "claim.not_picked").text == text


@pytest.mark.parametrize(
    ("code", "title"),
    [
        (MUG, "Not a product now"),
        ("C4", "Not a carton now"),
        ("LANE-1", "Not a lane now"),
        (MUG_PLACE, "Not a location now"),
        ("850", "Unknown code"),
    ],
)
def test_an_idle_bench_wants_a_tote_or_an_order(desk: Desk, code: str, title: str) -> None:
    desk.become(Role.PACKER)
    desk.go("pack")

    refusal = desk.refuses(lambda: desk.scan(code))

    assert (refusal.title, refusal.advice) == (title, "Scan a tote or an order")


def test_a_wrong_item(desk: Desk) -> None:
    desk.picked({MUG: 1})
    desk.scan("T-101")
    wrong = Refusal(
        "pack.wrong_product",
        "Wrong item, do not pack it",
        "TRC-0400-BK is not in order SO-1001. Nothing was counted.",
        Thing("Head torch 400 lm", TORCH),
        Thing("Enamel mug 350 ml Moss green", MUG),
        "Put it into the return box, then scan the right item.",
    )

    assert desk.refuses(lambda: desk.scan(TORCH)) == wrong
    assert desk.scan(MUG, "C4").ok
    assert desk.refuses(lambda: desk.scan(TORCH)).code == "pack.wrong_product"


def test_one_too_many(desk: Desk) -> None:
    desk.picked({MUG: 2, BOTTLE: 1})
    desk.scan("T-101", MUG, MUG)

    assert desk.refuses(lambda: desk.scan(MUG)) == Refusal(
        "pack.too_many",
        "Too many, do not pack it",
        "Enamel mug 350 ml Moss green: packed 2, still to pack 0. Nothing was counted.",
        Thing("Enamel mug 350 ml Moss green", MUG, "1 more"),
        Thing("Steel bottle 0.75 l", BOTTLE),
        "Put it into the return box.",
    )


def test_a_case_counts_its_pieces(desk: Desk) -> None:
    desk.case_of_six()
    desk.picked({MUG: 7})
    desk.scan("T-101")

    assert desk.scan(CASE).told == "Right, 6 of 7 Enamel mug 350 ml Moss green"
    text = "Enamel mug 350 ml Moss green: packed 6, still to pack 1. Nothing was counted."
    assert desk.refuses(lambda: desk.scan(CASE)).text == text
    assert desk.press(Key.UNDO).told == "Undone, put 6 back into the tote"


@pytest.mark.parametrize("code", ["LANE-1", "T-101", "SO-1001", MUG_PLACE])
def test_what_is_not_asked_for_while_items_are_missing(desk: Desk, code: str) -> None:
    desk.picked({MUG: 1})
    desk.scan("T-101")

    refusal = desk.refuses(lambda: desk.scan(code))

    assert (refusal.code, refusal.advice) == ("pack.not_expected", "Scan Enamel mug 350 ml Moss green")


def test_an_order_on_hold_does_not_come_to_the_bench(desk: Desk) -> None:
    order = desk.picked({MUG: 1})
    desk.hold(order)

    assert desk.refuses(lambda: desk.scan("T-101"), "claim.held") == Refusal(
        "claim.held",
        "This order is on hold",
        "Order SO-1001 is on hold. Put it aside and tell a supervisor.",
        Thing("Tote", "T-101"),
        Thing("A tote or an order"),
    )


def test_an_order_on_hold_is_not_packed_on(desk: Desk) -> None:
    order = desk.picked({MUG: 2})
    desk.scan("T-101", MUG)
    hold = desk.hold(order)
    answer = desk.workplace.refresh()

    assert answer is not None
    assert answer.reply is not None
    assert said(answer.reply) == Said(
        "items", "Wait: order SO-1001 is on hold", "Pack nothing. Tell the order desk"
    )
    assert desk.refuses(lambda: desk.scan(MUG)) == Refusal(
        "pack.held",
        "This order is on hold",
        "Order SO-1001 was put on hold. Nothing was counted.",
        Thing("Enamel mug 350 ml Moss green", MUG),
        Thing("Enamel mug 350 ml Moss green", MUG),
        "Wait for the order desk.",
    )
    desk.release(hold)
    assert desk.workplace.refresh() is not None
    assert desk.scan(MUG, "C4").state.value == "weight"

    desk.hold(order)
    desk.workplace.refresh()
    assert desk.refuses(lambda: desk.weigh(540)).code == "pack.held"
    assert desk.refuses(lambda: desk.press(Key.FINISH)).code == "pack.held"
