"""Breaks of parcels on their way out, of statuses, leases and totes, and of the journal."""

from uuid import UUID

from sqlalchemy import insert

from oms_desktop.models import (
    Event,
    Fulfillment,
    Intent,
    JournalEntry,
    Label,
    Lease,
    LeaseKind,
    LeaseWork,
    Manifest,
    Parcel,
    PickList,
    PickTask,
    Status,
    StockMove,
    ToteUse,
)
from tests.builders import NOON
from tests.workflow.books.breaks import Expected, breaks, expect
from tests.workflow.books.goods_breaks import ALLOCATED, RESERVED
from tests.workflow.books.world import Hand

LEGAL = "a status was reached on its legal way"
LEFT = "shipped work has left in all its parcels"
FITS = "a lease fits the status of its work"
STARTED = "started work is leased to a picker"
HALF_ENDED = "a lease ends with its work"
NEW = UUID(int=7)


@breaks("a closed parcel has a carton, a weight and an SSCC")
def never_weighed(hand: Hand) -> Expected:
    parcel = hand.parcel(hand.world.loaded)
    hand.set(Parcel, Parcel.id == parcel, weight_g=0)
    return expect(parcel, words="Parcel 1 of order SO-1002 is loaded without a carton, a weight or an SSCC")


@breaks("a parcel has at most one live label")
def two_labels(hand: Hand) -> Expected:
    parcel = hand.parcel(hand.world.loaded)
    sscc = hand.one(Parcel.sscc, Parcel.id == parcel)
    row = {"id": NEW, "parcel_id": parcel, "sscc": sscc, "tracking": "", "routing": "", "made_at": NOON}
    hand.session.execute(insert(Label).values(row))
    return expect(parcel, words="Parcel 1 of order SO-1002 has 2 live labels")


@breaks("a closed parcel has a live label")
def voided(hand: Hand) -> Expected:
    parcel = hand.parcel(hand.world.loaded)
    hand.set(Label, Label.parcel_id == parcel, voided_at=NOON)
    return expect(parcel, words="(SSCC 095240000000000002) is loaded without a live label")


@breaks("a live label is that of its closed parcel")
def another_sscc(hand: Hand) -> Expected:
    parcel = hand.parcel(hand.world.loaded)
    label = hand.one(Label.id, Label.parcel_id == parcel)
    hand.set(Label, Label.id == label, sscc="9")
    return expect(parcel, label, words="with SSCC 095240000000000002, while its live label says 9")


@breaks("a loaded parcel stands in a lane")
def loaded_nowhere(hand: Hand) -> Expected:
    parcel = hand.parcel(hand.world.loaded)
    hand.set(Parcel, Parcel.id == parcel, lane_id=None)
    return expect(parcel, words="is loaded; about standing in a lane")


@breaks("a shipped parcel is on a manifest")
def shipped_without_manifest(hand: Hand) -> Expected:
    parcel = hand.parcel(hand.world.loaded)
    hand.set(Parcel, Parcel.id == parcel, manifest_id=hand.one(Manifest.id))
    return expect(
        parcel, words="is loaded; about being on a manifest", also=("a manifest counts its parcels",)
    )


@breaks("a manifest counts its parcels")
def miscounted(hand: Hand) -> Expected:
    hand.set(Manifest, Manifest.number == 1, parcels=3)
    return expect(hand.one(Manifest.id), words="Manifest 1 of Nordbote says 3 parcels; 1 are on it")


@breaks("promised work is untouched")
def touched(hand: Hand) -> Expected:
    task = hand.task(hand.world.promised)
    hand.set(PickTask, PickTask.id == task, pick_list_id=hand.one(PickList.id, PickList.number == 1))
    return expect(hand.part(hand.world.promised), words="SO-1007 is promised, but one of its pick tasks")


@breaks("picked work asks for nothing more")
def asks_on(hand: Hand) -> Expected:
    task = hand.task(hand.world.picked)
    hand.set(PickTask, PickTask.id == task, quantity=2)
    return expect(
        hand.part(hand.world.picked),
        words="SO-1004 is picked, but one of its pick tasks still asks",
        also=(RESERVED, ALLOCATED),
    )


@breaks("packed work stands in closed parcels")
def packed_in_nothing(hand: Hand) -> Expected:
    part = hand.part(hand.world.shipped)
    hand.set(Fulfillment, Fulfillment.id == part, status=Status.PACKED)
    return expect(part, words="SO-1001 is packed, but of its 1 parcels 0 are open and 1 are shipped")


@breaks(LEFT)
def shipped_and_here(hand: Hand) -> Expected:
    part = hand.part(hand.world.loaded)
    hand.set(Fulfillment, Fulfillment.id == part, status=Status.SHIPPED)
    return expect(part, words="SO-1002 is shipped, but of its 1 parcels only 0 are", also=(LEGAL,))


@breaks("packed work has freed its totes")
def tote_kept(hand: Hand) -> Expected:
    part = hand.part(hand.world.loaded)
    hand.set(ToteUse, ToteUse.fulfillment_id == part, tote_id=hand.world.place("T-105"), closed_at=None)
    return expect(part, words="SO-1002 is packed, but a tote is still in use for it")


@breaks(LEGAL)
def a_jump(hand: Hand) -> Expected:
    part = hand.part(hand.world.picked)
    hand.set(Event, Event.fulfillment_id == part, Event.kind == "tour done", kind="noted")
    return expect(part, words='SO-1004 is picked, which does not agree with the event "tour done"')


@breaks("work is leased once at a time")
def leased_twice(hand: Hand) -> Expected:
    part = hand.part(hand.world.picking)
    row = {"id": NEW, "kind": LeaseKind.PICK, "station": "PICK-4", "worker_id": UUID(int=1), "taken_at": NOON}
    hand.session.execute(insert(Lease).values(row))
    hand.session.execute(insert(LeaseWork).values(lease_id=NEW, fulfillment_id=part))
    return expect(part, words="2 open leases cover fulfillment 1 of order SO-1006")


@breaks(HALF_ENDED)
def half_ended(hand: Hand) -> Expected:
    lease = hand.one(Lease.id, Lease.ended_at.is_(None), Lease.kind == LeaseKind.PACK)
    hand.set(Lease, Lease.id == lease, ended_at=NOON)
    return expect(lease, words="The pack lease of PICK-3 on fulfillment 1 of order SO-1003 is half ended")


@breaks("a tour ends with its lease")
def tour_over(hand: Hand) -> Expected:
    tour = hand.one(PickList.id, PickList.done_at.is_(None))
    hand.set(PickList, PickList.id == tour, done_at=NOON)
    return expect(tour, words="Tour 6 of PICK-3 and its lease do not agree")


@breaks(STARTED)
def nobody_walks(hand: Hand) -> Expected:
    part = hand.part(hand.world.picking)
    hand.set(LeaseWork, LeaseWork.fulfillment_id == part, ended_at=NOON)
    return expect(part, words="SO-1006 is started, but no picker has it", also=(HALF_ENDED,))


@breaks(FITS)
def packing_what_is_promised(hand: Hand) -> Expected:
    part, lease = hand.part(hand.world.promised), NEW
    row = {"id": lease, "kind": LeaseKind.PACK, "station": "PACK-2", "worker_id": UUID(int=1)}
    hand.session.execute(insert(Lease).values(**row, taken_at=NOON))
    hand.session.execute(insert(LeaseWork).values(lease_id=lease, fulfillment_id=part))
    return expect(
        part, lease, words="PACK-2 has a pack lease on fulfillment 1 of order SO-1007, which is promised"
    )


@breaks("a tote serves one use at a time")
def tote_used_twice(hand: Hand) -> Expected:
    tote = hand.world.place("T-104")
    part = hand.part(hand.world.picked)
    row = {"id": NEW, "tote_id": tote, "fulfillment_id": part, "opened_at": NOON}
    hand.session.execute(insert(ToteUse).values(row))
    return expect(tote, words="Tote T-104 is in use 2 times at once")


@breaks("goods in a tote are expected there")
def nobody_expects_them(hand: Hand) -> Expected:
    tote = hand.world.place("T-102")
    hand.set(ToteUse, ToteUse.tote_id == tote, closed_at=NOON)
    return expect(tote, words="Tote T-102 is in use for nobody, but holds 1 of BTL-0750-ST, of which 0")


@breaks("the journal of a station counts without a gap")
def a_gap(hand: Hand) -> Expected:
    last = hand.one(JournalEntry.call_id, JournalEntry.sequence == 9)
    hand.set(JournalEntry, JournalEntry.call_id == last, incarnation=2, sequence=1)
    after = hand.one(JournalEntry.call_id, JournalEntry.sequence == 10)
    return expect(after, words="In the journal of PICK-3 (incarnation 1) entry 10 comes after 8")


@breaks("every move comes from a call that was carried out")
def a_move_out_of_nowhere(hand: Hand) -> Expected:
    line = hand.line(hand.world.picked)
    move = hand.one(StockMove.id, StockMove.order_line_id == line)
    hand.set(StockMove, StockMove.id == move, call_id=NEW)
    return expect(move, NEW, words="A move (pick) of 1 of BTL-0750-ST comes from no call")


@breaks("every event comes from a call that was carried out")
def an_event_of_a_refused_call(hand: Hand) -> Expected:
    call = hand.one(Event.call_id, Event.order_id == hand.world.promised, Event.kind == "promised")
    hand.set(JournalEntry, JournalEntry.call_id == call, result="order.held")
    return expect(call, words='The event "promised" of order SO-1007 comes from no call')


@breaks("every intent comes from a call that was carried out")
def an_intent_out_of_nowhere(hand: Hand) -> Expected:
    intent = hand.one(Intent.id, Intent.document == "manifest")
    hand.set(Intent, Intent.id == intent, call_id=NEW)
    return expect(intent, NEW, words="The intent to print a manifest at PICK-3 comes from no call")
