"""What a packer is told about the weight and the label, and how pieces come out again."""

import pytest

from oms_desktop.floor.reply import Key, Refusal, Thing
from oms_desktop.models import Role
from oms_desktop.workflow import claims
from tests.builders import BOTTLE, MUG
from tests.floor.desk import Desk, Said, everything, said
from tests.floor.scenes import at_the_scale

SSCC = "009524000000000015"


SCALE = "It should weigh about 860 g. Without a scale, type the grams with F2"


TWO_AND_ONE = {MUG: 2, BOTTLE: 1}


@pytest.mark.parametrize(
    ("grams", "title", "text"),
    [
        (886, "26 g too heavy", "The parcel weighs 886 g. Check for an extra piece."),
        (834, "26 g too light", "The parcel weighs 834 g. Check for a missing piece."),
    ],
)
def test_a_weight_that_cannot_be(desk: Desk, grams: int, title: str, text: str) -> None:
    assert at_the_scale(desk).weigh(860, steady=False).state.value == "weight"
    before = desk.workplace.current().reply
    assert before is not None

    reply = desk.weigh(grams)

    assert reply.refusal == Refusal(
        "pack.weight",
        title,
        text,
        Thing("Weight", f"{grams} g"),
        Thing("Weight", "860 g, give or take 25 g"),
        "Weigh it again, or ask a supervisor to go on with F12.",
    )
    assert (reply.ok, reply.data.weight_g) == (False, grams)
    assert desk.refuses(lambda: desk.weigh(grams)) == reply.refusal
    assert desk.weigh(860).state.value == "label"


@pytest.mark.parametrize("grams", [835, 885])
def test_the_tolerance_is_within(desk: Desk, grams: int) -> None:
    assert at_the_scale(desk).weigh(grams).state.value == "label"


@pytest.mark.parametrize(("grams", "steady"), [(860, False), (0, True), (-4, True), (-4, False)])
def test_a_scale_that_swings_or_is_empty_changes_nothing(desk: Desk, grams: int, steady: bool) -> None:
    reply = at_the_scale(desk).weigh(grams, steady)

    assert said(reply) == Said("weight", "Put the parcel on the scale", SCALE)
    assert reply.data.weight_g == grams
    assert desk.parcels() == ["open"]
    assert desk.refuses(lambda: desk.press(Key.FINISH)) == Refusal(
        "pack.no_weight",
        "Weigh it first",
        "There is no steady weight of this parcel yet.",
        Thing("Key “finish”"),
        Thing("Weight", "860 g, give or take 25 g"),
    )


def test_any_weight_is_right_where_a_product_has_none(desk: Desk) -> None:
    with desk.database.transaction() as session:
        session.connection().exec_driver_sql("UPDATE product SET weight_g = 0")
    at_the_scale(desk)
    reply = desk.workplace.current().reply

    assert reply is not None
    assert reply.hint == "Any weight is right. Without a scale, type the grams with F2"
    assert desk.weigh(4_321).told == "Closed with 4321 g, the label is printed"


def test_a_weight_is_typed(desk: Desk) -> None:
    at_the_scale(desk)

    assert desk.scan("900", device="typed").refusal is not None
    assert desk.refuses(lambda: desk.scan("0", device="typed")).code == "pack.no_weight"
    assert desk.refuses(lambda: desk.scan("860")).code == "pack.unknown"
    assert desk.refuses(lambda: desk.scan("8600000", device="typed")).code == "pack.unknown"
    assert desk.refuses(lambda: desk.scan("T-102", device="typed")).code == "pack.not_expected"
    assert desk.scan("860", device="typed").told == "Closed with 860 g, the label is printed"


def test_typed_grams_may_look_like_an_order(desk: Desk) -> None:
    desk.site.order({MUG: 1}, number="#860")

    assert at_the_scale(desk).scan("860", device="typed").state.value == "label"


def test_typed_grams_are_forgotten_with_the_content_they_were_of(desk: Desk) -> None:
    at_the_scale(desk)
    assert desk.scan("900", device="typed").refusal is not None
    desk.press(Key.UNDO)
    desk.scan(BOTTLE)

    assert desk.refuses(lambda: desk.press(Key.FINISH)).code == "pack.no_weight"


def test_a_supervisor_may_close_in_spite_of_the_weight(desk: Desk) -> None:
    at_the_scale(desk).weigh(900)

    asked = desk.refuses(lambda: desk.press(Key.FINISH, "Thicker filling"))
    reply = desk.press(Key.FINISH, "Thicker filling")

    assert (asked.code, asked.title) == ("pack.ask_override", "Close with 900 g?")
    assert (reply.state.value, reply.told) == ("label", "Closed with 900 g, the label is printed")


def test_a_packer_may_not_close_in_spite_of_the_weight(desk: Desk) -> None:
    at_the_scale(desk).weigh(900)
    desk.become(Role.PACKER)

    assert desk.refuses(lambda: desk.press(Key.FINISH)) == Refusal(
        "pack.not_allowed",
        "Ask a supervisor",
        "Only a supervisor may close a parcel whose weight differs.",
        Thing("Key “finish”"),
        Thing("Weight", "860 g, give or take 25 g"),
        "Or weigh it again.",
    )


def test_a_label_of_another_parcel(desk: Desk) -> None:
    first = desk.packed({MUG: 1})
    desk.picked(TWO_AND_ONE, "T-102")
    desk.scan("T-102", MUG, MUG, BOTTLE, "C4")
    mine = desk.weigh(860).data.parcel

    assert desk.refuses(lambda: desk.scan(first)) == Refusal(
        "pack.wrong_label",
        "This is another parcel's label",
        f"The label is of parcel {first}.",
        Thing("Parcel", first),
        Thing("The label of this parcel", mine),
        "Stick on the label of this parcel and scan it.",
    )
    assert desk.refuses(lambda: desk.scan(MUG)).code == "pack.not_expected"
    assert desk.refuses(lambda: desk.press(Key.UNDO)).code == "pack.key"
    assert desk.scan(f"]C100{mine}").told == "Order SO-1002 is packed"


def test_undo_takes_the_last_pieces_out_again(desk: Desk) -> None:
    at_the_scale(desk)

    undone = [said(desk.press(Key.UNDO)) for _time in range(3)]

    bottle, mug = "Scan Steel bottle 0.75 l", "Scan Enamel mug 350 ml Moss green"
    told = "Undone, put 1 back into the tote"
    assert undone == [
        Said("items", bottle, "1 piece still in the tote", told, "attention"),
        Said("items", mug, "2 pieces still in the tote", told, "attention"),
        Said("items", mug, "3 pieces still in the tote", told, "attention"),
    ]
    assert desk.refuses(lambda: desk.press(Key.UNDO)) == Refusal(
        "pack.nothing_to_undo",
        "Nothing to undo",
        "Nothing is packed yet.",
        Thing("Key “undo”"),
        Thing("Enamel mug 350 ml Moss green", MUG),
    )
    assert desk.on_hand("T-101") == 3


@pytest.mark.parametrize("key", [Key.UNDO, Key.FINISH, Key.SHORT, Key.SKIP])
def test_keys_at_an_idle_bench_do_nothing(desk: Desk, key: Key) -> None:
    desk.go("pack")

    assert desk.refuses(lambda: desk.press(key)).title == "Not at this step"


def test_a_bench_that_was_left_before_its_parcel_was_opened(desk: Desk) -> None:
    desk.picked({MUG: 1})
    [part] = everything(desk.database)["fulfillment"]
    desk.site.station.do(claims.claim_pack, fulfillment=part[0])
    desk.restart()

    assert desk.go("pack").message == "Scan Enamel mug 350 ml Moss green"
    assert desk.scan(MUG).state.value == "carton"
    assert desk.parcels() == ["open"]
