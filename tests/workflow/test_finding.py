"""Lines find their products: by SKU, by barcode, by listing; and kits their parts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from oms_desktop.db import Database
from oms_desktop.drafts import LineDraft, NotPicked, Property
from oms_desktop.models import KitPart, Level, Listing, Packaging, Product
from oms_desktop.workflow.finding import Found, find, kits
from tests.builders import BOTTLE, GTINS, MUG, NOON, TORCH, Site, draft_order

LINE = LineDraft("", 1, Decimal("4.00"), title="Something", variant="blue")
SET, CRATE = UUID(int=71), UUID(int=72)
CASE = "14006381333938"


def product(session: Session, sku: str) -> UUID:
    return session.scalars(select(Product.id).where(Product.sku == sku)).one()


def found(session: Session, *lines: LineDraft, channel: str = "test") -> list[str]:
    """The SKUs that lines find, '' for none."""
    draft = replace(draft_order({}), channel=channel, lines=lines)
    skus = {row.id: row.sku for row in session.execute(select(Product.id, Product.sku))}
    return [skus[each.product] if each.product else "" for each in find(session, [draft])[0]]


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    """Collect the SQL that a session's connection runs."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, sql: str, *_rest: object) -> None:
        seen.append(sql)

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    yield seen
    event.remove(connection, "before_cursor_execute", note)


def test_the_sku_goes_before_the_barcode_and_that_before_the_listing(database: Database) -> None:
    Site(database)
    with database.transaction() as session:
        for key, sku in [("id:77", MUG), ("sku:OURS", TORCH), ("name:Something blue", BOTTLE)]:
            session.add(
                Listing(id=UUID(int=len(key)), channel="test", key=key, product_id=product(session, sku))
            )
    with database.reading() as session:
        assert found(
            session,
            replace(LINE, sku=MUG, barcode=GTINS[TORCH], listing="77"),
            replace(LINE, sku="OURS", barcode=GTINS[BOTTLE].lstrip("0"), listing="77"),
            replace(LINE, sku="OURS", barcode="12345", listing="77"),
            replace(LINE, sku="OURS", listing="78"),
            LINE,
            replace(LINE, sku="NEITHER"),
        ) == [MUG, BOTTLE, MUG, TORCH, BOTTLE, ""]
        assert found(session, replace(LINE, sku="OURS", listing="77"), LINE, channel="other") == ["", ""]


def test_what_is_retired_is_not_found(database: Database) -> None:
    Site(database)
    with database.transaction() as session:
        session.get_one(Product, product(session, MUG)).retired_at = NOON
        session.add(Listing(id=UUID(int=1), channel="test", key="id:77", product_id=product(session, MUG)))
    with database.reading() as session:
        lines = (replace(LINE, sku=MUG), replace(LINE, barcode=GTINS[MUG]), replace(LINE, listing="77"))
        assert found(session, *lines) == ["", "", ""]


def test_the_barcode_of_a_case_is_no_guess_at_its_units(database: Database) -> None:
    Site(database)
    with database.transaction() as session:
        mug = product(session, MUG)
        case = Packaging(id=UUID(int=1), product_id=mug, level=Level.CASE, gtin=CASE, factor=12)
        session.add(case)
    with database.reading() as session:
        assert found(session, replace(LINE, barcode="14006381333938"), replace(LINE, barcode="x1")) == [
            "",
            "",
        ]


def test_a_kit_in_a_kit_is_its_parts(database: Database) -> None:
    Site(database)
    with database.transaction() as session:
        session.add_all(
            [Product(id=SET, sku="SET", name="Set"), Product(id=CRATE, sku="CRATE", name="Crate")]
        )
        session.flush()
        mug, torch = product(session, MUG), product(session, TORCH)
        session.add_all(
            [
                KitPart(kit_id=SET, part_id=mug, quantity=2),
                KitPart(kit_id=SET, part_id=torch, quantity=1),
                KitPart(kit_id=CRATE, part_id=SET, quantity=3),
                KitPart(kit_id=CRATE, part_id=mug, quantity=1),
            ]
        )
    with database.reading() as session:
        parts = kits(session, {CRATE, SET, mug})

    assert set(parts) == {CRATE, SET}
    assert [(piece.sku, piece.units) for piece in parts[SET]] == [(MUG, 2), (TORCH, 1)]
    assert [(piece.sku, piece.units) for piece in parts[CRATE]] == [(MUG, 7), (TORCH, 3)]

    wish = Property("Engraving", "Für Ida")
    line = replace(LINE, sku="CRATE", quantity=2, external_id="9", properties=(wish,), one_lot=True)
    kit, mugs, torches = Found(CRATE, parts[CRATE]).spread(line)
    assert kit == replace(line, not_picked=NotPicked.KIT)
    assert (mugs.sku, mugs.quantity, mugs.price, mugs.external_id) == (MUG, 14, Decimal(), "")
    assert (torches.sku, torches.quantity, torches.properties, torches.one_lot) == (TORCH, 6, (wish,), True)
    gone = replace(line, not_picked=NotPicked.FULFILLED)
    assert Found(CRATE, parts[CRATE]).spread(gone) == (gone,)


def test_a_thousand_orders_take_as_many_statements_as_one(database: Database) -> None:
    Site(database)
    lines = (
        replace(LINE, sku=MUG),
        replace(LINE, barcode=GTINS[BOTTLE]),
        replace(LINE, sku="X", listing="77"),
    )
    counts = []
    with database.reading() as session:
        for orders in (1, 1000):
            drafts = [
                replace(draft_order({}), lines=tuple(replace(line, title=f"{index}") for line in lines))
                for index in range(orders)
            ]
            with statements(session) as seen:
                assert len(find(session, drafts)) == orders
            counts.append(len(seen))
    assert counts == [4, 4]
