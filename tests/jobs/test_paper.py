"""What parcels and manifests look like on paper, from rows that the verbs have written."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from oms_desktop.db import Database
from oms_desktop.drafts import OrderDraft, Property
from oms_desktop.errors import StateError
from oms_desktop.jobs.paper import Paper, document_of
from oms_desktop.models import Intent, IntentState, Label, Parcel, ParcelItem, ParcelStatus
from tests.builders import BOTTLE, MUG, NOON, TORCH, Clock, Site
from tests.documents.reading import RESOLUTIONS, codes, page_texts
from tests.jobs.bench import code, handed_over, intent, packed


def drawn(database: Database, document: str, subject: UUID) -> Paper:
    with database.reading() as session:
        return document_of(session, intent(database, document, subject))


def gift(draft: OrderDraft) -> OrderDraft:
    engraved = replace(
        draft.lines[0],
        title="Enamel mug",
        variant="Moss green",
        properties=(Property("Engraving", "Ahoy"), Property("Colour of ink", "gold")),
    )
    return replace(draft, lines=(engraved, *draft.lines[1:]), gift_message="Happy birthday!", note="VIP")


@pytest.mark.parametrize("dpi", RESOLUTIONS)
def test_the_scanner_reads_the_sscc_of_the_parcel_from_its_label(database: Database, dpi: int) -> None:
    site = Site(database)
    parcel = packed(site, {MUG: 2}, number=3)
    paper = drawn(database, "label", parcel)
    assert paper.name == f"label-{code(3)}.pdf"
    read = {found.symbol: (found.content.decode(), found.identifier) for found in codes(paper.pdf, dpi)}
    assert read["Code128"] == (f"00{code(3)}", "]C1")
    assert read["QRCode"][0] == f"NB{code(3)}"


def test_a_label_says_from_whom_to_whom_and_how(database: Database) -> None:
    site = Site(database)
    [text] = page_texts(drawn(database, "label", packed(site, {MUG: 2})).pdf)
    lines = text.split("\n")
    for line in (
        "Nordbote",
        "From Test depot, Dock Road 8, 20457 MUSTERSTADT, GERMANY",
        "To Ida Example",
        "Lakeside Lane 14",
        "5020 SALZBURG",
        "AUSTRIA",
    ):
        assert line in lines
    assert {"G", "Ground"} <= set(text.split()), "service and mark stand side by side"
    for words in ("S-417", "0.64 kg", "1 / 1", "SO-1, C4, PICK-3"):
        assert words in text


def test_a_slip_names_every_line_with_its_wishes_and_no_note_of_the_desk(database: Database) -> None:
    site = Site(database)
    parcel = packed(site, {MUG: 2, BOTTLE: 1, TORCH: 3}, change=gift)
    paper = drawn(database, "packing slip", parcel)
    assert paper.name == "slip-SO-1-1.pdf"
    [text] = page_texts(paper.pdf)
    for words in (
        "Gift packing slip",
        "Happy birthday!",
        "Enamel mug",
        "Moss green",
        "Engraving: Ahoy",
        "Colour of ink: gold",
        "Ida Example",
        "Test depot",
        f"(00) {code(1)}",
    ):
        assert words in text
    lines = text.split("\n")
    for line in ("2 Enamel mug", MUG, f"1 {BOTTLE} {BOTTLE}", f"3 {TORCH} {TORCH}"):
        assert lines.count(line) == 1
    assert "VIP" not in text


def test_the_lots_of_a_line_are_one_line_of_the_slip(database: Database) -> None:
    site = Site(database)
    parcel = packed(site, {MUG: 2})
    with database.transaction() as session:
        item = session.scalars(select(ParcelItem)).one()
        session.add(
            ParcelItem(
                parcel_id=parcel,
                order_line_id=item.order_line_id,
                lot="L2",
                condition=item.condition,
                product_id=item.product_id,
                quantity=3,
            )
        )
    [text] = page_texts(drawn(database, "packing slip", parcel).pdf)
    assert text.split("\n").count(f"5 {MUG} {MUG}") == 1
    assert text.count(MUG) == 2


class Evening(Clock):
    """A clock at half past eleven in the evening, UTC."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)


def test_paper_shows_the_day_and_hour_of_the_warehouse(database: Database) -> None:
    site = Site(database)
    site.station.clock = Evening()
    parcel = packed(site, {MUG: 1})
    assert "3 Mar 2026" in page_texts(drawn(database, "packing slip", parcel).pdf)[0]
    manifest = handed_over(site, (parcel,))
    assert "3 Mar 2026, 00:3" in page_texts(drawn(database, "manifest", manifest).pdf)[0]


def test_a_manifest_lists_every_parcel_in_the_order_of_loading(database: Database) -> None:
    site = Site(database)
    parcels = tuple(packed(site, {MUG: 1}, number=number) for number in (1, 2, 3))
    manifest = handed_over(site, (parcels[2], parcels[0], parcels[1]))
    paper = drawn(database, "manifest", manifest)
    assert paper.name == "manifest-Nordbote-7.pdf"
    [text] = page_texts(paper.pdf)
    found = [text.index(code(number)) for number in (3, 1, 2)]
    assert found == sorted(found)
    assert [text.count(f"SO-{number} ") for number in (1, 2, 3)] == [1, 1, 1]
    assert text.count("Salzburg, Austria") == 3
    assert text.count("0.640") == 3
    for words in ("LANE-1", "Test depot", "1.92 kg", "Parcels: 3"):
        assert words in text


def test_an_order_number_cannot_lead_out_of_the_folder(database: Database) -> None:
    site = Site(database)
    parcel = packed(site, {MUG: 1}, change=lambda draft: replace(draft, number="#../1 a"))
    assert drawn(database, "packing slip", parcel).name == "slip-1-a-1.pdf"


def asked(document: str, subject: UUID) -> Intent:
    return Intent(
        id=uuid4(),
        call_id=uuid4(),
        kind="print",
        executor="PICK-3",
        document=document,
        subject_id=subject,
        state=IntentState.WAITING,
        created_at=NOON,
    )


@pytest.mark.parametrize(
    ("document", "refusal"),
    [
        ("label", "print.no_parcel"),
        ("packing slip", "print.no_parcel"),
        ("manifest", "print.no_manifest"),
        ("postcard", "print.unknown_document"),
    ],
)
def test_what_is_not_known_is_refused(database: Database, document: str, refusal: str) -> None:
    with database.reading() as session, pytest.raises(StateError) as caught:
        document_of(session, asked(document, uuid4()))
    assert caught.value.code == refusal


def test_a_voided_label_is_not_printed(database: Database) -> None:
    parcel = packed(Site(database), {MUG: 1})
    with database.transaction() as session:
        session.execute(update(Label).values(voided_at=NOON))
    with pytest.raises(StateError) as caught:
        drawn(database, "label", parcel)
    assert caught.value.code == "print.no_label"
    assert "Parcel 1 of SO-1 has no label" in caught.value.text


def test_nothing_is_printed_about_a_parcel_that_is_open_again(database: Database) -> None:
    parcel = packed(Site(database), {MUG: 1})
    with database.transaction() as session:
        session.execute(update(Parcel).values(status=ParcelStatus.OPEN, closed_at=None))
    for document in ("label", "packing slip"):
        with pytest.raises(StateError) as caught:
            drawn(database, document, parcel)
        assert caught.value.code == "print.parcel_open"
