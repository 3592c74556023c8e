"""Products become kits of their parts."""

import pytest
from sqlalchemy import select

from oms_desktop.db import Database
from oms_desktop.errors import OmsError
from oms_desktop.models import KitPart, Product
from oms_desktop.workflow import catalog
from oms_desktop.workflow.kits import KitRow, bring_kits
from tests.builders import BOTTLE, MUG, NOON, TORCH, Site


def site_with(database: Database, *skus: str) -> Site:
    """A site with products that have no stock."""
    site = Site(database)
    site.station.do(catalog.bring_products, rows=tuple(catalog.ProductRow(sku, sku) for sku in skus))
    return site


def parts(database: Database) -> set[tuple[str, str, int]]:
    with database.reading() as session:
        skus = {row.id: row.sku for row in session.execute(select(Product.id, Product.sku))}
        return {
            (skus[row.kit_id], skus[row.part_id], row.quantity) for row in session.scalars(select(KitPart))
        }


def test_a_kit_has_its_parts_and_keeps_them(database: Database) -> None:
    site = site_with(database, "SET", "CRATE")

    made = site.station.do(
        bring_kits, rows=(KitRow("SET", MUG, 2), KitRow("SET", TORCH, 1), KitRow("CRATE", "SET", 3))
    )

    assert made == 2
    wanted = {("SET", MUG, 2), ("SET", TORCH, 1), ("CRATE", "SET", 3)}
    assert parts(database) == wanted
    assert site.station.do(bring_kits, rows=(KitRow("SET", BOTTLE, 5),)) == 0
    assert parts(database) == wanted


@pytest.mark.parametrize(
    ("rows", "code", "named"),
    [
        ((KitRow("SET", "NONE", 1),), "catalog.unknown_sku", "NONE"),
        ((KitRow("SET", "OLD", 1),), "catalog.unknown_sku", "OLD"),
        ((KitRow("SET", MUG, 0),), "catalog.kit_rows", "SET"),
        ((KitRow("SET", MUG, 1), KitRow("SET", MUG, 2)), "catalog.kit_rows", MUG),
        ((KitRow("SET", "SET", 1),), "catalog.kit_circle", "SET"),
        ((KitRow("SET", "CRATE", 1), KitRow("CRATE", "SET", 1)), "catalog.kit_circle", "SET"),
        ((KitRow("SET", "OUTER", 1),), "catalog.kit_circle", "OUTER"),
        ((KitRow(MUG, TORCH, 1),), "catalog.kit_stocked", MUG),
        ((KitRow("WANTED", TORCH, 1),), "catalog.kit_wanted", "WANTED"),
    ],
)
def test_what_cannot_be_a_kit_is_refused(
    database: Database, rows: tuple[KitRow, ...], code: str, named: str
) -> None:
    site = site_with(database, "SET", "CRATE", "OUTER", "INNER", "OLD", "WANTED")
    site.station.do(bring_kits, rows=(KitRow("OUTER", "INNER", 1), KitRow("INNER", "SET", 1)))
    site.order({"WANTED": 1})
    with database.transaction() as session:
        session.scalars(select(Product).where(Product.sku == "OLD")).one().retired_at = NOON
    before = parts(database)

    with pytest.raises(OmsError, match=named) as caught:
        site.station.do(bring_kits, rows=rows)

    assert caught.value.code == code
    assert parts(database) == before
