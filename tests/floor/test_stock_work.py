"""What somebody at the stock is told who refills, moves, counts or corrects, and what is booked."""

from pathlib import Path

import pytest

from oms_desktop.devices.printer import FolderPrinter
from oms_desktop.floor.reply import Key, Refusal, Thing
from oms_desktop.jobs.printing import Printed, PrintJob, run
from oms_desktop.models import MoveKind, Role
from oms_desktop.ui.tones import tone_of
from oms_desktop.ui.widgets.instruction_bar import Tone
from tests.builders import BOTTLE, BOTTLE_PLACE, MUG, MUG_PLACE, TORCH, TORCH_PLACE
from tests.floor.desk import CASE, Desk, Said, everything, said
from tests.floor.stockroom import RESERVE, moves, sound, stocked

SCAN_IT = "Scan the sign of the place when you are there"

REFILLED = [
    Said("source", "Go to R-01-02-R1", "Take 12 of Enamel mug 350 ml Moss green for A-07-03-B2", "", "step"),
    Said(
        "goods",
        "Take 12 of Enamel mug 350 ml Moss green",
        "Scan each piece or case",
        "Location right",
        "step",
    ),
    Said(
        "goods",
        "Take 11 of Enamel mug 350 ml Moss green",
        "Scan each piece or case. Or type the number with F3",
        "Right, 1 of 12",
        "ok",
    ),
    Said(
        "goods",
        "Take 5 of Enamel mug 350 ml Moss green",
        "Scan each piece or case. Or type the number with F3",
        "Right, 7 of 12",
        "ok",
    ),
    Said("target", "Bring 12 to A-07-03-B2", SCAN_IT, "12 taken", "step"),
    Said(
        "idle",
        "A-07-03-B2: 1 product, 22 free",
        "Esc shows everything again",
        "12 of MUG-0350-GN are at A-07-03-B2 now",
        "done",
    ),
]
"""What is told from F3 to the target, a scan each."""


def test_a_place_whose_goods_are_all_promised_is_not_called_empty(desk: Desk) -> None:
    stocked(desk)
    for _unit in range(desk.on_hand(MUG_PLACE)):
        desk.site.promised({MUG: 1})

    reply = desk.workplace.go("stock").reply or pytest.fail()

    assert reply.message.startswith("A-07-03-B2 has nothing free: bring ")


def test_a_refill_by_scans(desk: Desk) -> None:
    stocked(desk)
    urgent = "A-07-03-B2 runs low: bring 12 of Enamel mug 350 ml Moss green"
    hint = "Reserve R-01-02-R1 has 24. F3 starts the refill"
    assert said(desk.workplace.go("stock").reply or pytest.fail()) == Said(
        "idle", urgent, hint, "", "attention"
    )

    told = [said(desk.press(Key.REFILL)), *(said(desk.scan(code)) for code in (RESERVE, MUG, CASE))]
    told += [said(desk.press(Key.REFILL, "12")), said(desk.scan(MUG_PLACE))]

    assert told == REFILLED
    assert (desk.on_hand(RESERVE), desk.on_hand(MUG_PLACE)) == (12, 22)
    assert moves(desk, MoveKind.REFILL) == [(12, "", "")]
    assert said(desk.press(Key.PUT_ASIDE)).message == "Scan a location or a product", "the alert is cleared"
    assert sound(desk)


def test_who_waits_is_told_with_the_refill(desk: Desk) -> None:
    stocked(desk)
    desk.site.order({MUG: 1})
    desk.site.order({MUG: 2})

    reply = said(desk.go("stock"))

    assert reply.hint == "Reserve R-01-02-R1 has 24. Two orders wait."


def test_fewer_than_asked_may_be_brought_and_taken_back(desk: Desk) -> None:
    stocked(desk)
    desk.press(Key.REFILL)

    assert desk.scan(RESERVE, CASE, MUG_PLACE).told == "6 of MUG-0350-GN are at A-07-03-B2 now"
    assert said(desk.press(Key.UNDO)).told == "Undone, bring 6 back to R-01-02-R1"

    assert (desk.on_hand(RESERVE), desk.on_hand(MUG_PLACE)) == (24, 10)
    assert moves(desk, MoveKind.MOVE) == [(6, "", "undone")]
    assert desk.refuses(lambda: desk.press(Key.UNDO)).code == "stock.nothing_to_undo"


def test_a_killed_program_goes_on_where_it_was(desk: Desk) -> None:
    stocked(desk)
    desk.press(Key.REFILL)
    before = desk.scan(RESERVE, CASE)

    desk.restart()

    after = desk.go("stock")
    assert (after.state, after.message, after.data.task) == (before.state, before.message, before.data.task)
    assert desk.scan(CASE, MUG_PLACE).told == "12 of MUG-0350-GN are at A-07-03-B2 now"
    desk.restart()
    desk.go("stock")
    assert said(desk.press(Key.UNDO)).told == "Undone, bring 12 back to R-01-02-R1"


def test_a_move_from_the_place_that_was_scanned(desk: Desk) -> None:
    stocked(desk)
    desk.scan(BOTTLE_PLACE)

    begun = desk.press(Key.MOVE)
    scanned = desk.scan(BOTTLE, BOTTLE)
    moved = desk.scan(RESERVE)

    assert (begun.state.value, begun.message) == ("goods", "Scan the product at A-07-08-C1")
    assert said(scanned) == Said(
        "goods", "2 taken: scan more, or where it goes", "Or type the number with F4", "Right, 2 taken", "ok"
    )
    assert moved.told == "2 of BTL-0750-ST are at R-01-02-R1 now"
    assert moves(desk, MoveKind.MOVE) == [(2, "", "")]
    assert desk.on_hand(BOTTLE_PLACE) == 8


def test_a_count_is_blind_and_a_large_difference_is_asked_twice(desk: Desk) -> None:
    stocked(desk)
    desk.press(Key.COUNT)
    desk.scan(TORCH_PLACE)

    asked = desk.scan(TORCH)
    assert said(asked) == Said(
        "number",
        "Count all of Head torch 400 lm",
        "Type the number; what the book has is told after that",
        "Product right",
        "step",
    )
    assert asked.data.task.blind, "nothing tells what the book has"
    assert asked.data.task.units == ""
    assert desk.refuses(lambda: desk.press(Key.COUNT, "2")) == Refusal(
        "stock.confirm_count",
        "You counted 2, the book has 10",
        "Count TRC-0400-BK at A-03-06-D2 again. Type 2 again to book it.",
        Thing("Key “count”", "2"),
        Thing("Book", detail="10 pieces"),
    )
    assert desk.refuses(lambda: desk.press(Key.COUNT, "3")).code == "stock.confirm_count", "another number"
    desk.workplace.refresh()
    done = desk.press(Key.COUNT, "3")

    assert done.told == "Counted 3, -7 to the book"
    assert desk.on_hand(TORCH_PLACE) == 3
    assert [quantity for quantity, *_rest in moves(desk, MoveKind.COUNT)] == [7]
    assert desk.refuses(lambda: desk.press(Key.UNDO)).code == "stock.count_stands"
    assert sound(desk)


def test_a_typed_code_is_the_number_and_as_the_book_has_it(desk: Desk) -> None:
    stocked(desk)
    desk.scan(TORCH_PLACE)
    desk.press(Key.COUNT)
    desk.scan(TORCH)

    reply = desk.scan("10", device="typed")

    assert reply.told == "Counted 10, as the book has it"
    assert moves(desk, MoveKind.COUNT) == []


def test_a_correction_needs_a_number_a_reason_and_a_supervisor(desk: Desk) -> None:
    stocked(desk)
    desk.press(Key.ADJUST)
    desk.scan(TORCH_PLACE, TORCH)

    assert said(desk.press(Key.ADJUST, "-2")) == Said(
        "reason", "Type the reason", "-2 of TRC-0400-BK at A-03-06-D2", "-2", "step"
    )
    assert desk.refuses(lambda: desk.press(Key.ADJUST, " ")).code == "stock.why"
    assert desk.press(Key.ADJUST, "dropped").told == "-2 of TRC-0400-BK at A-03-06-D2 booked"
    assert desk.press(Key.UNDO).told == "Undone, +2 of TRC-0400-BK at A-03-06-D2"

    assert moves(desk, MoveKind.ADJUST) == [(2, "dropped", ""), (2, "undone", "")]
    assert desk.on_hand(TORCH_PLACE) == 10


@pytest.mark.parametrize(
    ("badge", "key", "needs"),
    [
        (Role.SUPERVISOR, Key.REFILL, "receiver"),
        (Role.SUPERVISOR, Key.MOVE, "receiver"),
        (Role.ADMINISTRATOR, Key.COUNT, "receiver"),
        (Role.RECEIVER, Key.ADJUST, "supervisor"),
    ],
)
def test_who_may_not_book_is_told_before_the_first_scan(
    desk: Desk, badge: Role, key: Key, needs: str
) -> None:
    stocked(desk)
    desk.become(badge)

    refusal = desk.refuses(lambda: desk.press(key))

    assert (refusal.code, refusal.title) == ("station.role", "You may not do this")
    assert refusal.text == f"This needs the role {needs}, which badge W-09 has not. Ask a supervisor."


def test_a_right_scan_that_is_refused_is_not_told_as_a_wrong_one(desk: Desk) -> None:
    stocked(desk)
    desk.press(Key.REFILL)
    desk.scan(RESERVE, CASE)
    desk.become(Role.SUPERVISOR)

    reply = desk.scan(MUG_PLACE)

    assert reply.refusal is not None
    assert reply.refusal.code == "station.role"
    assert tone_of(reply, scan=MUG_PLACE, fresh=True) is Tone.ASK, "no red sheet"


@pytest.mark.parametrize("typed", ["2", "1234567", "0x"])
def test_a_number_that_is_not_taken_is_not_told_as_a_wrong_scan(desk: Desk, typed: str) -> None:
    stocked(desk)
    desk.press(Key.COUNT)
    desk.scan(TORCH_PLACE, TORCH)

    reply = desk.scan(typed, device="typed")

    assert not reply.ok
    assert tone_of(reply, scan=typed, fresh=True) is Tone.ASK, "no red sheet"


def test_the_sign_of_a_place_that_was_scanned_is_printed(desk: Desk, tmp_path: Path) -> None:
    stocked(desk)
    assert desk.refuses(lambda: desk.press(Key.PRINT)).code == "stock.scan_place"
    desk.become(Role.RECEIVER)
    desk.scan(MUG_PLACE)
    before = everything(desk.database)

    reply = said(desk.press(Key.PRINT))

    assert (reply.told, reply.sound) == (f"The sign of {MUG_PLACE} is printed", "done")
    after = everything(desk.database)
    assert {table for table in before if before[table] != after[table]} <= {"intent", "journal"}
    desk.become(*Role)
    job = PrintJob(desk.database, "PICK-3", FolderPrinter(tmp_path))
    [outcome] = run(desk.site.station, job)
    assert isinstance(outcome, Printed)
    [paper] = tmp_path.glob("*.pdf")
    assert paper.name.startswith(f"sign-{MUG_PLACE}-")
    assert sound(desk)
