"""Lists of a warehouse: sound rows are read with their kinds, every other cell is named."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from oms_desktop.channels.lists import (
    read_cartons,
    read_locations,
    read_stock,
    read_workers,
)
from oms_desktop.channels.tables import ListFile
from oms_desktop.drafts import ProblemKind
from oms_desktop.errors import InputError
from oms_desktop.models import Condition, LocationKind, Role

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
Read = Callable[[Path], ListFile[Any]]


def written(folder: Path, *rows: str) -> Path:
    file = folder / "list.csv"
    file.write_text("\n".join(rows), "utf-8")
    return file


@pytest.mark.parametrize(
    ("read", "name", "rows"),
    [
        (read_locations, "locations", 5),
        (read_workers, "workers", 3),
        (read_cartons, "cartons", 2),
        (read_stock, "stock", 6),
    ],
)
def test_the_samples_are_sound(read: Read, name: str, rows: int) -> None:
    found = read(SAMPLES / f"{name}.csv")

    assert (len(found.rows), found.problems, found.refused) == (rows, (), 0)


def test_a_location_needs_no_more_than_its_code(tmp_path: Path) -> None:
    (row,) = read_locations(written(tmp_path, "code", "A-01")).rows

    assert (row.kind, row.zone, row.x_mm, row.sequence) == (LocationKind.PICK_FACE, "", None, 0)


def test_a_worker_has_several_roles(tmp_path: Path) -> None:
    file = written(tmp_path, "badge;name;roles;pin", "B-1;Ida Example;Picker + order desk;0042")
    (row,) = read_workers(file).rows

    assert (row.roles, row.pin) == ((Role.PICKER, Role.ORDER_DESK), "0042")


def test_stock_names_lot_serials_and_levels(tmp_path: Path) -> None:
    header = "sku,location,quantity,lot,expires_on,serials,condition,minimum,reorder_at,fill_to"
    file = written(tmp_path, header, "TEA,A-01,2,L7,2027-03-31,S1 S2,quarantine,4,8,24", "TEA,A-02,3,,,,,,,")
    first, second = read_stock(file).rows

    assert (first.lot, first.expires_on, first.serials) == ("L7", date(2027, 3, 31), ("S1", "S2"))
    assert (first.condition, first.fill_to) == (Condition.QUARANTINE, 24)
    assert (second.condition, second.fill_to) == (Condition.GOOD, None)


@pytest.mark.parametrize(
    ("read", "header", "row", "kind", "field", "value"),
    [
        (read_locations, "code,kind", "A-01,cupboard", ProblemKind.NOT_A_PLACE_KIND, "kind", "cupboard"),
        (read_locations, "code,kind", "A-01,parcel", ProblemKind.NOT_A_PLACE_KIND, "kind", "parcel"),
        (read_locations, "code,x_mm", "A-01,1.5", ProblemKind.NOT_WHOLE, "x_mm", "1.5"),
        (read_locations, "code,x_mm", ",15", ProblemKind.VALUE_MISSING, "code", ""),
        (read_workers, "badge,name,roles", "B-1,Ida,thief", ProblemKind.NOT_A_ROLE, "roles", "thief"),
        (read_workers, "badge,name,roles,pin", "B-1,Ida,picker,47", ProblemKind.NOT_A_PIN, "pin", "47"),
        (read_cartons, "code,length_mm,width_mm,height_mm,weight_g,max_g", "S,0,1,1,1,1",
         ProblemKind.NOT_A_SIZE, "length_mm", "0"),
        (read_stock, "sku,location,quantity", "TEA,A-01,-1", ProblemKind.NOT_WHOLE, "quantity", "-1"),
        (read_stock, "sku,location,quantity,expires_on", "TEA,A-01,1,31.03.2027",
         ProblemKind.NOT_A_DATE, "expires_on", "31.03.2027"),
        (read_stock, "sku,location,quantity,minimum,reorder_at,fill_to", "TEA,A-01,1,9,8,24",
         ProblemKind.NOT_IN_ORDER, "reorder_at", "9, 8, 24"),
        (read_stock, "sku,location,quantity,minimum,reorder_at,fill_to", "TEA,A-01,1,4,,24",
         ProblemKind.VALUE_MISSING, "reorder_at", ""),
    ],
)  # fmt: skip
def test_a_bad_cell_is_named_by_row_and_column(
    tmp_path: Path, read: Read, header: str, row: str, kind: ProblemKind, field: str, value: str
) -> None:
    found = read(written(tmp_path, header, row))

    assert (found.rows, found.read, found.refused) == ((), 1, 1)
    (told,) = found.problems
    assert (told.problem, told.where, told.field, told.value) == (kind, "row 2", field, value)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_what_separates_is_told_by_the_header(tmp_path: Path, separator: str) -> None:
    rows = ("code,X mm,Vendor,Level", "A-01,12,Example,B")
    found = read_locations(written(tmp_path, *(row.replace(",", separator) for row in rows)))

    assert [(row.code, row.x_mm, row.level) for row in found.rows] == [("A-01", 12, "B")]
    assert found.others == ("Vendor",)


def test_the_very_same_row_again_is_known(tmp_path: Path) -> None:
    found = read_locations(written(tmp_path, "code,x_mm", "A-01,12", "A-01, 12 ", "A-01,13"))

    assert (len(found.rows), found.again, found.refused) == (1, 1, 1)
    assert [(told.problem, told.where) for told in found.problems] == [(ProblemKind.CODE_TWICE, "row 4")]


def test_thousands_are_not_taken_for_units(tmp_path: Path) -> None:
    rows = ("TEA,A-01,1.000", "TEA,A-02,1.0", "TEA,A-03,12.00", "TEA,A-04,1 000")
    found = read_stock(written(tmp_path, "sku,location,quantity", *rows))

    assert [row.quantity for row in found.rows] == [1, 12]
    assert [told.value for told in found.problems] == ["1.000", "1 000"]


def test_a_carton_may_leave_its_weight_out_and_stock_its_units(tmp_path: Path) -> None:
    (carton,) = read_cartons(written(tmp_path, "code,length_mm,width_mm,height_mm,max_g", "C,1,2,3,4")).rows
    (stock,) = read_stock(written(tmp_path, "sku,location,minimum,reorder_at,fill_to", "S,A,1,2,3")).rows

    assert (carton.weight_g, stock.quantity, stock.minimum) == (0, 0, 1)


def test_a_code_has_one_row_whatever_its_capitals(tmp_path: Path) -> None:
    found = read_locations(written(tmp_path, "code,x_mm", "a-01,1", "A-01,1", "A-01,2"))

    assert ([row.code for row in found.rows], found.again) == (["a-01"], 1)
    assert [(told.problem, told.where) for told in found.problems] == [(ProblemKind.CODE_TWICE, "row 4")]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (["name,roles", "Ida,picker"], "lacks the column badge in its first row, which has name, roles"),
        (["badge:name:roles", "B-1:Ida:picker"], "has one column only, “badge:name:roles”: comma, semicolon"),
        (['[{"badge": "B-1"}]'], "is no CSV: it is JSON"),
        (["badge,name,roles", f"B-1,{'x' * 200_000},picker"],
         "is no CSV: a cell has more than 131072 characters in line 2, column 1"),
        (["badge,name,roles"], "list.csv holds nothing: no row is below its header."),
        (["badge,name,roles,Name", "B-1,Ida,picker,Ada"], "has more than one column name"),
        (['badge,name,roles', 'B-1,"Ida,picker'],
         "is no CSV: a quote that is never closed in line 2, column 5"),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_used_says_why(tmp_path: Path, rows: list[str], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        read_workers(written(tmp_path, *rows))
