"""The product file: good rows are taken, every other one is named."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms_desktop.channels.products import COLUMNS, ProductFile, parse_products, read_products
from oms_desktop.drafts import ProblemKind
from oms_desktop.errors import InputError

SAMPLE = Path(__file__).parents[2] / "resources" / "demo" / "products.csv"
HEADER = ",".join(COLUMNS)
MUG = 'MUG,"Mug, green",2990000000064,400,121,99,104,A-01-01-A1,50'
BOWL = "BWL,Bowl,,380,150,150,65,A-01-02-A1,7"


def products(*rows: str, header: str = HEADER) -> ProductFile:
    return parse_products("\n".join([header, *rows]).encode(), name="p.csv")


def test_a_row_is_read_whole() -> None:
    (row,) = products(MUG).rows
    assert (row.row, row.sku, row.name, row.gtin) == (2, "MUG", "Mug, green", "02990000000064")
    assert (row.weight_g, row.length_mm, row.width_mm, row.height_mm) == (400, 121, 99, 104)
    assert (row.location, row.quantity) == ("A-01-01-A1", 50)


def test_the_sample_is_sound() -> None:
    file = read_products(SAMPLE)
    assert (file.problems, file.refused) == ((), 0)
    assert len({row.sku for row in file.rows}) == 10


def test_columns_stand_in_any_order_beside_others_behind_a_byte_order_mark() -> None:
    header = ";".join(["colour", *reversed(COLUMNS)]).upper()
    row = ";".join(["red", *reversed(["MUG", "Mug", "2990000000064", "400", "1", "2", "3", "A-01", "5.0"])])
    (read,) = parse_products(f"\ufeff{header}\r\n\r\n{row}\r\n".encode(), name="p.csv").rows
    assert (read.row, read.sku, read.weight_g, read.quantity) == (3, "MUG", 400, 5)


def test_columns_whose_cells_may_be_empty_may_be_left_out() -> None:
    (read,) = products("MUG,Mug", header="sku,name").rows
    (empty,) = products("MUG,Mug,,,,,,,").rows
    assert read == empty


def test_a_product_in_two_places_has_two_rows() -> None:
    file = products(MUG, MUG.replace("A-01-01-A1", "A-01-01-A2"))
    assert [row.location for row in file.rows] == ["A-01-01-A1", "A-01-01-A2"]
    assert file.problems == ()


def test_the_very_same_row_again_is_known() -> None:
    file = products(MUG, BOWL, MUG)
    assert ([row.sku for row in file.rows], file.again, file.refused) == (["MUG", "BWL"], 1, 0)


def test_what_is_not_known_may_be_empty() -> None:
    (row,) = products("MUG,Mug,,,,,,,").rows
    assert (row.gtin, row.weight_g, row.location, row.quantity) == ("", 0, "", 0)


@pytest.mark.parametrize(
    ("row", "kind", "field", "value"),
    [
        (BOWL.replace(",7", ",-7"), ProblemKind.NOT_WHOLE, "quantity", "-7"),
        (BOWL.replace(",7", ",1.5"), ProblemKind.NOT_WHOLE, "quantity", "1.5"),
        (BOWL.replace(",7", ",3000000000"), ProblemKind.NOT_WHOLE, "quantity", "3000000000"),
        (BOWL.replace("380", "light"), ProblemKind.NOT_WHOLE, "weight_g", "light"),
        (BOWL.replace("BWL", ""), ProblemKind.VALUE_MISSING, "sku", ""),
        (BOWL.replace("Bowl", " "), ProblemKind.VALUE_MISSING, "name", ""),
        (BOWL.replace("A-01-02-A1", ""), ProblemKind.VALUE_MISSING, "location", ""),
        (BOWL.replace("Bowl,", "Bowl,2990000000065"), ProblemKind.BAD_GTIN, "gtin", "2990000000065"),
        (BOWL.replace("Bowl,", "Bowl,2.99E+12"), ProblemKind.BAD_GTIN, "gtin", "2.99E+12"),
        (BOWL.replace("Bowl,", "Bowl,00000000"), ProblemKind.BAD_GTIN, "gtin", "00000000"),
        (BOWL.replace("Bowl,", "Bowl,2990000000064"), ProblemKind.GTIN_TAKEN, "gtin", "02990000000064"),
        ("BWL,Bowl,", ProblemKind.ROW_CUT_SHORT, "", "3"),
        ("BWL,Bowl, blue,,380,150,150,65,A-01-02-A1,7", ProblemKind.ROW_TOO_LONG, "", "10"),
        (MUG.replace(",50", ",51"), ProblemKind.PLACE_TWICE, "location", "A-01-01-A1"),
        (MUG.replace("A1,", "A2,").replace("400", "401"), ProblemKind.ROWS_DISAGREE, "weight_g", "401"),
    ],
)
def test_a_bad_row_is_named_and_the_good_ones_are_taken(
    row: str, kind: ProblemKind, field: str, value: str
) -> None:
    file = products(MUG, row, "TEA,Tea,,75,1,2,3,A-01-03-A1,9")
    (told,) = file.problems
    assert (told.where, told.problem, told.field, told.value) == ("row 3", kind, field, value)
    assert told.order == row.split(",")[0]
    assert [good.sku for good in file.rows] == ["MUG", "TEA"]
    assert (file.read, file.refused) == (3, 1)


@pytest.mark.parametrize(
    ("data", "code", "told"),
    [
        (b"", "input.empty", "p.csv is empty"),
        (b"sku,gtin\nMUG,\n", "input.columns", "lacks the column name in its first row"),
        (f"{HEADER},sku\n".encode(), "input.columns", "more than one column sku"),
        (f'{HEADER}\n{BOWL}\n"MUG'.encode(), "input.not_csv", "line 3, column 1"),
        (b"\xff\xfes\0k\0u", "input.not_text", "line 1, column 3"),
    ],
)
def test_a_file_of_another_kind_is_refused_whole(data: bytes, code: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_products(data, name="p.csv")
    assert caught.value.code == code
    assert told in caught.value.text


CELL = st.text(st.characters(codec="utf-8", exclude_characters='"\0\n\r'), max_size=6) | st.sampled_from(
    ["MUG", "2990000000064", "1", "0", "-1"]
)


@given(st.lists(st.lists(CELL, min_size=1, max_size=10), max_size=6))
def test_every_row_is_taken_or_named(rows: list[list[str]]) -> None:
    file = products(MUG, *(",".join(row) for row in rows))
    named = {told.where for told in file.problems}
    taken = {f"row {row.row}" for row in file.rows}
    assert not named & taken
    assert len(named) + len(taken) + file.again == file.read
