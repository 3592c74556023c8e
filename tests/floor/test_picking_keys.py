"""What a picker is told who presses a key: undo, skip, short and finish."""

from functools import partial

import pytest

from oms_desktop.floor.reply import Key, Refusal, Thing
from tests.builders import BOTTLE, BOTTLE_PLACE, MUG, MUG_PLACE, TORCH, TORCH_PLACE
from tests.floor.desk import Desk, Said, said
from tests.floor.scenes import at_the_mugs

AT_THE_SIGN = "Scan the sign of the location when you are there"


def test_undo_takes_back_the_last_pieces_in_turn(desk: Desk) -> None:
    at_the_mugs(desk, 2, **{BOTTLE: 1}).scan(MUG, MUG, "T-101", BOTTLE_PLACE, BOTTLE)
    product = "Scan the product, take"

    undone = [said(desk.press(Key.UNDO)) for _time in range(3)]

    mug, bottle = "Enamel mug 350 ml Moss green, MUG-0350-GN", "Steel bottle 0.75 l, BTL-0750-ST"
    assert undone == [
        Said("product", f"{product} 1", bottle, "Undone, put 1 back to A-07-08-C1", "attention"),
        Said("product", f"{product} 1", mug, "Undone, put 1 back to A-07-03-B2", "attention"),
        Said("product", f"{product} 2", mug, "Undone, put 1 back to A-07-03-B2", "attention"),
    ]
    assert desk.refuses(lambda: desk.press(Key.UNDO)) == Refusal(
        "pick.nothing_to_undo",
        "Nothing to undo",
        "Nothing has been taken yet.",
        Thing("Key “undo”"),
        Thing("Enamel mug 350 ml Moss green", MUG),
    )
    assert [desk.on_hand(code) for code in (MUG_PLACE, BOTTLE_PLACE, "T-101")] == [10, 10, 0]


def test_undo_finds_the_last_piece_after_a_skip(desk: Desk) -> None:
    at_the_mugs(desk, 1, **{BOTTLE: 1})
    desk.press(Key.SKIP)
    desk.scan(BOTTLE_PLACE, BOTTLE, "T-101", MUG_PLACE)

    assert said(desk.press(Key.UNDO)).told == "Undone, put 1 back to A-07-08-C1"
    assert desk.scan(BOTTLE, "T-101", MUG_PLACE, MUG, "T-101").state.value == "idle"


def test_a_command_card_is_a_key(desk: Desk) -> None:
    at_the_mugs(desk).scan(MUG)

    assert desk.scan("CMD-UNDO").told == "Undone, put 1 back to A-07-03-B2"
    assert desk.refuses(lambda: desk.scan("cmd-finish")).code == "pick.unfinished"


@pytest.mark.parametrize("key", list(Key))
def test_keys_without_a_tour_do_nothing(desk: Desk, key: Key) -> None:
    desk.go("pick")
    if key is Key.PUT_ASIDE:
        assert desk.press(key).ok
    else:
        assert desk.refuses(lambda: desk.press(key)).title == "Not at this step"


def test_skipped_stops_come_at_the_end(desk: Desk) -> None:
    at_the_mugs(desk, 1, **{BOTTLE: 1, TORCH: 1})

    skipped = desk.press(Key.SKIP)

    assert said(skipped) == Said(
        "location",
        "Go to A-07-08-C1",
        AT_THE_SIGN,
        "Skipped, it comes again at the end",
        "attention",
    )
    assert [stop.product.sku for stop in skipped.data.following] == [TORCH, MUG]
    assert desk.scan(BOTTLE_PLACE, BOTTLE, "T-101").message == "Go to A-03-06-D2"
    assert desk.scan(TORCH_PLACE, TORCH, "T-101").message == "Go to A-07-03-B2"
    refusal = desk.refuses(lambda: desk.press(Key.SKIP))
    assert (refusal.title, refusal.text) == ("This stop cannot wait", "No other stop is left.")
    assert desk.scan(MUG_PLACE, MUG, "T-101").state.value == "idle"


def test_a_stop_that_is_begun_is_finished_first(desk: Desk) -> None:
    at_the_mugs(desk, 2, **{BOTTLE: 1}).scan(MUG)

    assert desk.refuses(lambda: desk.press(Key.SKIP)).text == "Finish this stop first."


@pytest.mark.parametrize(
    ("typed", "code", "title", "text", "advice"),
    [
        (
            "",
            "pick.short_count",
            "How many did you find?",
            "Type how many you found at A-07-03-B2, those in the tote included.",
            "",
        ),
        (
            "two",
            "pick.short_count",
            "How many did you find?",
            "Type how many you found at A-07-03-B2, those in the tote included.",
            "",
        ),
        ("3", "pick.short_none", "Nothing is missing", "Wanted: 3, found: 3.", "Go on scanning."),
        (
            "2",
            "pick.short_scan_first",
            "Scan what you found first",
            "Found: 2, scanned: 1.",
            "Scan the other 1 first, then tell what is missing.",
        ),
        (
            "0",
            "pick.short_too_few",
            "More than that are taken",
            "Found: 0, but 1 scanned already.",
            "Count those in the tote too, or undo with F9.",
        ),
    ],
)
def test_a_count_that_cannot_be(
    desk: Desk, typed: str, code: str, title: str, text: str, advice: str
) -> None:
    at_the_mugs(desk, 3).scan(MUG)

    assert desk.refuses(lambda: desk.press(Key.SHORT, typed)) == Refusal(
        code, title, text, Thing("Key “short”", typed), Thing("A number", detail="1 to 2"), advice
    )


def test_a_short_goes_on_with_what_is_there(desk: Desk) -> None:
    at_the_mugs(desk, 3, **{BOTTLE: 1}).scan(MUG)

    assert said(desk.press(Key.SHORT, "1")) == Said(
        "tote",
        "Put 1 into tote T-101",
        "Then scan the tote",
        "2 missing, A-07-03-B2 will be counted",
        "attention",
    )
    assert desk.scan("T-101").message == "Go to A-07-08-C1"
    assert said(desk.press(Key.SHORT, "0")) == Said(
        "tote",
        "Scan tote T-101 to end the tour",
        "Nothing was taken at A-07-08-C1",
        "1 missing, A-07-08-C1 will be counted",
        "attention",
    )
    assert desk.scan("T-101").told == "Tour 1 done. Tote T-101 goes to packing"


def test_an_empty_place_leads_to_the_next(desk: Desk) -> None:
    at_the_mugs(desk, 3, **{BOTTLE: 1})

    assert said(desk.press(Key.SHORT, "0")) == Said(
        "location",
        "Go to A-07-08-C1",
        AT_THE_SIGN,
        "3 missing, A-07-03-B2 will be counted",
        "attention",
    )


def test_a_tour_of_which_nothing_was_found(desk: Desk) -> None:
    at_the_mugs(desk, 3)
    desk.press(Key.SHORT, "0")

    reply = desk.scan("T-101")

    assert (reply.state.value, reply.told) == ("idle", "Tour 1 ended, nothing was taken")
    desk.site.promised({BOTTLE: 1})
    assert desk.scan("T-101").told == "Tour 2 taken, tote T-101"


def test_finish_asks_once(desk: Desk) -> None:
    at_the_mugs(desk, 3).scan(MUG)
    asks = partial(desk.press, Key.FINISH)
    asked = Refusal(
        "pick.unfinished",
        "2 pieces not picked",
        "Press F12 again to end the tour without them. They stay open for a later tour.",
        Thing("Key “finish”"),
        Thing("Enamel mug 350 ml Moss green", MUG),
        "Or go on with the tour.",
    )

    assert desk.refuses(asks) == asked
    assert desk.scan(MUG).ok
    assert desk.refuses(asks).title == "1 piece not picked"
    assert not desk.scan(BOTTLE).ok
    assert desk.refuses(asks).title == "1 piece not picked"
    assert desk.press(Key.FINISH).told == "Tour 1 done. Tote T-101 goes to packing"


def test_what_a_tour_leaves_is_promised_again(desk: Desk) -> None:
    at_the_mugs(desk, 2).scan(MUG)
    desk.press(Key.FINISH)

    ended = desk.press(Key.FINISH)

    assert (ended.state.value, ended.data.waiting) == ("idle", 1)
    assert [desk.on_hand(code) for code in (MUG_PLACE, "T-101")] == [9, 1]
    assert desk.scan("T-102", MUG_PLACE, MUG, "T-102").state.value == "idle"


def test_a_place_that_was_short_is_not_promised_before_it_is_counted(desk: Desk) -> None:
    at_the_mugs(desk, 2).scan(MUG)
    desk.press(Key.SHORT, "1")

    ended = desk.scan("T-101")

    assert (ended.state.value, ended.message) == ("idle", "No tour for you now")
