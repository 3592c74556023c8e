"""The project's own CSV and JSON: every column, numbers and days in all forms, and rows that are wrong."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from oms_desktop.channels.reading import open_orders, parse_orders
from oms_desktop.drafts import CheckedOrder, NotPicked, ProblemKind, Property
from oms_desktop.errors import InputError

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
TO = "Zoë Exemplaire;1 rue du Modèle;Rennes;35000;FR;zoe@example.com"
HEAD = "number;sku;quantity;price;placed;currency;name;address1;city;postal_code;country;email"


def rows(*cells: str, head: str = HEAD) -> list[CheckedOrder]:
    """Read rows, each with its number, SKU, quantity, price, day and currency."""
    text = "\n".join([head, *(f"{each};{TO}" for each in cells)])
    return list(parse_orders(text.encode(), name="x.csv").orders)


def told(found: CheckedOrder) -> list[tuple[ProblemKind, str, str, str]]:
    return [(each.problem, each.where, each.field, each.value) for each in found.problems]


def refusal(text: str, channel: str = "auto") -> str:
    with pytest.raises(InputError) as caught:
        parse_orders(text.encode(), name="x.csv", channel=channel)
    return str(caught.value)


def test_the_csv_sample() -> None:
    first, second = open_orders(SAMPLES / "orders.csv").orders
    assert (first.problems, second.problems) == ((), ())
    draft = first.draft
    assert (draft.channel, draft.number, draft.payment) == ("csv", "P-7001", "paid")
    assert [(line.sku, line.quantity, line.price, line.where) for line in draft.lines] == [
        ("MUG-0350-GN", 2, Decimal("11.88"), "row 2"),
        ("SOC-0042-RD", 1, Decimal("9.50"), "row 3"),
    ]
    assert draft.lines[0].properties == (Property("Engraving", "Mira & Jo"),)
    assert draft.note == "Ring twice,\nthen leave it"
    assert draft.placed_at == datetime(2026, 1, 9, tzinfo=UTC)
    assert draft.ship_by == datetime(2026, 1, 12, 23, 59, 59, tzinfo=UTC)
    assert (draft.priority, draft.ship_complete, draft.total) == (1, True, Decimal("33.26"))
    assert second.draft.ship_to is not None
    assert second.draft.ship_to.company == "Prøve A/S"


def test_the_json_sample() -> None:
    (read,) = open_orders(SAMPLES / "orders.json").orders
    draft = read.draft
    assert read.problems == ()
    assert (draft.channel, draft.number, draft.gift_message) == ("json", "J-8001", "À bientôt")
    assert draft.placed_at == datetime(2026, 1, 9, 17, 4, 11, tzinfo=UTC)
    assert draft.deliver_by == datetime(2026, 1, 14, 23, 59, 59, tzinfo=UTC)
    mug, tea = draft.lines
    assert mug.properties == (Property("Engraving", "Zoë"),)
    assert (tea.listing, tea.one_lot, tea.min_life_days, tea.where) == (
        "tea-red-100",
        True,
        90,
        "/orders/0/lines/1",
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_what_separates_is_told_by_the_header(delimiter: str) -> None:
    text = "number,sku,quantity\n1,A,2\n".replace(",", delimiter)
    (read,) = parse_orders(text.encode(), name="x").orders
    assert (read.draft.lines[0].sku, read.draft.lines[0].quantity) == ("A", 2)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_quoted_line_breaks(end: str) -> None:
    text = f'number,sku,quantity,note{end}1,A,2,"one{end}two ""three"""{end}2,B,1,{end}'
    first, second = parse_orders(text.encode(), name="x").orders
    assert first.draft.note == f'one{end}two "three"'
    assert (second.draft.number, second.draft.where) == ("2", "row 3")


@pytest.mark.parametrize(
    ("written", "price"),
    [
        ("1234.5", "1234.5"),
        ("1234,50", "1234.50"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1\u202f234,56", "1234.56"),
        ("1'234.56", "1234.56"),
        ("1.234.567", "1234567"),
        ("12.3456", "12.3456"),
        ("0,125", "0.125"),
        (",5", "0.5"),
        ("7", "7"),
    ],
)
def test_numbers_that_cannot_be_misread(written: str, price: str) -> None:
    (read,) = rows(f"1;A;1;{written};;EUR")
    assert (read.problems, read.draft.lines[0].price) == ((), Decimal(price))


@pytest.mark.parametrize(
    ("others", "price"), [(["2,50"], "1.234"), (["2.50"], "1234"), (["1.000.000"], "1.234")]
)
def test_one_mark_and_three_digits_are_told_by_the_other_prices(others: list[str], price: str) -> None:
    read, *_ = rows("1;A;1;1,234;;EUR", *(f"{at};A;1;{each};;EUR" for at, each in enumerate(others, 2)))
    assert (read.problems, read.draft.lines[0].price) == ((), Decimal(price))


@pytest.mark.parametrize("others", [[], ["3.456"], ["2,50", "2.50"]])
def test_a_number_that_may_be_two_is_refused_by_name(others: list[str]) -> None:
    read, *_ = rows("1;A;1;1,234;;EUR", *(f"{at};A;1;{each};;EUR" for at, each in enumerate(others, 2)))
    assert told(read) == [(ProblemKind.AMBIGUOUS_NUMBER, "row 2", "price", "1,234")]
    assert read.problems[0].problem.sentence == (
        "The mark may part thousands or decimals; 1234.00 or 1.23 is expected."
    )


@pytest.mark.parametrize(
    "written", ["=1+1", "@SUM(A1)", "NaN", "inf", "-1", "1e3", "12 €", "1,2,3", "1.23.456", "twelve"]
)
def test_what_is_no_price_is_refused(written: str) -> None:
    (read,) = rows(f"1;A;1;{written};;EUR")
    assert told(read) == [(ProblemKind.BAD_PRICE, "row 2", "price", written)]


@pytest.mark.parametrize("written", ["1e9", "1000000000", "1.0", "-1", "0", "", "NaN", "=2", "2,5"])
def test_what_is_no_quantity_is_refused(written: str) -> None:
    (read,) = rows(f"1;A;{written};1;;EUR")
    ((kind, where, field, _),) = told(read)
    assert (kind, where, field) == (ProblemKind.BAD_QUANTITY, "row 2", "quantity")


@pytest.mark.parametrize(
    ("written", "others", "day"),
    [
        ("2026-03-04", [], (3, 4)),
        ("04.03.2026", [], (3, 4)),
        ("4.3.2026 12:30", [], (3, 4)),
        ("2026-03-04 01:30:00 +0100", [], (3, 4)),
        ("03/04/2026", ["13/04/2026"], (4, 3)),
        ("03/04/2026", ["04/13/2026"], (3, 4)),
        ("13/04/2026", [], (4, 13)),
        ("04/04/2026", [], (4, 4)),
    ],
)
def test_days_that_cannot_be_misread(written: str, others: list[str], day: tuple[int, int]) -> None:
    read, *_ = rows(
        f"1;A;1;1;{written};EUR", *(f"{at};A;1;1;{each};EUR" for at, each in enumerate(others, 2))
    )
    assert read.problems == ()
    assert read.draft.placed_at is not None
    assert (read.draft.placed_at.month, read.draft.placed_at.day) == day


@pytest.mark.parametrize("others", [[], ["13/04/2026", "04/13/2026"]])
def test_a_day_that_may_be_two_is_named(others: list[str]) -> None:
    read, *_ = rows(
        "1;A;1;1;03/04/2026;EUR", *(f"{at};A;1;1;{each};EUR" for at, each in enumerate(others, 2))
    )
    assert told(read) == [(ProblemKind.AMBIGUOUS_DATE, "row 2", "placed", "03/04/2026")]


@pytest.mark.parametrize("written", ["31.02.2026", "14/14/2026", "yesterday", "=TODAY()"])
def test_what_is_no_day_is_named(written: str) -> None:
    (read,) = rows(f"1;A;1;1;{written};EUR")
    assert told(read) == [(ProblemKind.UNREADABLE_DATE, "row 2", "placed", written)]


def test_a_currency_nobody_has() -> None:
    (read,) = rows("1;A;1;1;;XYZ")
    assert told(read) == [(ProblemKind.UNKNOWN_CURRENCY, "row 2", "currency", "XYZ")]


def test_formulas_stay_text_where_text_belongs() -> None:
    head = HEAD + ";note;phone"
    text = f"{head}\n1;=A1+1;1;1;;EUR;{TO};@SUM(A1:A9);+49 30 23125660\n"
    (read,) = parse_orders(text.encode(), name="x").orders
    assert (read.draft.lines[0].sku, read.draft.note) == ("=A1+1", "@SUM(A1:A9)")
    assert (read.draft.customer.phone, read.problems) == ("+49 30 23125660", ())


def test_rows_too_short_too_long_apart_and_disagreeing_are_refused_and_the_others_come() -> None:
    text = (
        "number,sku,quantity,city\n1,A,1,Rom\n2,B\n3,C,1,Rom,x\n4,D,1,Rom\n1,E,2,Rom\n4,D,1,Bari\n5,E,1,Rom\n"
    )
    read = parse_orders(text.encode(), name="x").orders
    found = [(order.draft.number, each.problem, each.where) for order in read for each in order.problems]
    wanted = {
        ("1", ProblemKind.ROWS_APART, "row 2"),
        ("1", ProblemKind.ROWS_APART, "row 6"),
        ("2", ProblemKind.ROW_CUT_SHORT, "row 3"),
        ("3", ProblemKind.ROW_TOO_LONG, "row 4"),
        ("4", ProblemKind.ROWS_APART, "row 5"),
        ("4", ProblemKind.ROWS_APART, "row 7"),
    }
    assert wanted <= set(found)
    assert [number for number, kind, _ in found if kind is ProblemKind.ROWS_APART] == ["1", "4", "1", "4"]
    (disagree,) = parse_orders(b"number,sku,quantity,city\n1,A,1,Rom\n1,B,1,Bari\n", name="x").orders
    assert (ProblemKind.ORDER_ROWS_DISAGREE, "row 3", "city", "Bari") in told(disagree)


def test_the_same_rows_once_more_are_the_same_order_once_more() -> None:
    text = "number,sku,quantity\n1,A,1\n2,B,1\n1,A,1\n"
    read = parse_orders(text.encode(), name="x").orders
    assert [order.draft.number for order in read] == ["1", "2", "1"]
    assert ProblemKind.ROWS_APART not in {each.problem for order in read for each in order.problems}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "number:sku:quantity\n1:A:2\n",
            "x.csv has one column only, “number:sku:quantity”: comma, semicolon, tab or | is expected "
            "between the columns. [input.columns]",
        ),
        ("number,sku,quantity,SKU\n1,A,2,B\n", "x.csv has more than one column sku. [input.columns]"),
        (
            'number,sku,quantity\n1,"A,2\n',
            "x.csv is no CSV: a quote that is never closed in line 2, column 3. [input.not_csv]",
        ),
        (
            'number,sku,quantity\n1,"A"b,2\n',
            "x.csv is no CSV: something behind a closing quote in line 2, column 6. [input.not_csv]",
        ),
        (
            "number,sku,quantity\n1,A,2\n2,B",
            "x.csv is no CSV: it ends within a row (2 of 3 columns) in line 3, column 4. [input.not_csv]",
        ),
        (
            "sku,name,email\nA,Ida,\n",
            "x.csv holds nothing that is an order of a known channel: its columns are sku, name, email. "
            "[input.not_orders]",
        ),
        (
            "number,sku,quantity\n\n,,\n",
            "x.csv holds nothing that is an order: no row is below its header. [input.not_orders]",
        ),
    ],
)
def test_a_file_that_is_broken_is_refused_whole(text: str, sentence: str) -> None:
    assert refusal(text) == sentence


def test_columns_are_known_in_other_words_and_those_that_are_not_are_named() -> None:
    head = "Number,SKU,Quantity,Postal Code,Ship-by,Delivery,property:Engraving"
    read = parse_orders(f"{head}\n1,A,1,04109,2026-03-04,fast,Mira\n".encode(), name="x.csv")

    (order,) = read.orders
    assert read.others == ("Delivery",)
    assert order.draft.ship_to is not None
    assert (order.draft.ship_to.postal_code, order.draft.ship_by is None) == ("04109", False)
    assert [wish.name for wish in order.draft.lines[0].properties] == ["Engraving"]


def test_a_named_channel_says_what_it_misses() -> None:
    assert refusal("number,sku\n1,A\n", "csv") == (
        "x.csv lacks the column quantity in its first row, which has number, sku. [input.columns]"
    )
    assert refusal("{}", "csv") == "x.csv is no CSV: it is JSON. [input.not_csv]"
    assert refusal("number,sku,quantity\n", "json") == (
        "x.csv is not JSON: it begins with neither { nor [. [input.not_json]"
    )


def test_an_own_order_that_is_cancelled_or_fetched_has_nothing_to_pick() -> None:
    head = HEAD + ";cancelled;service"
    text = f"{head}\n1;A;1;1;;EUR;{TO};yes;\n2;A;1;1;;EUR;{TO};;Abholung\n"
    gone, fetched = parse_orders(text.encode(), name="x").orders
    assert gone.draft.lines[0].not_picked is NotPicked.CANCELLED
    assert fetched.draft.lines[0].not_picked is NotPicked.PICKUP
    assert [each.problem for each in (*gone.problems, *fetched.problems)] == [
        ProblemKind.CANCELLED,
        ProblemKind.PICKUP,
    ]


def test_the_order_as_it_came_is_kept() -> None:
    (read,) = parse_orders(b"number;sku;quantity\n1;A,B;2\n", name="x").orders
    assert read.raw == 'number,sku,quantity\n1,"A,B",2\n'
    text = '{"number": "1", "lines": [{"sku": "A", "quantity": 1.50}]}'
    assert parse_orders(json.dumps([json.loads(text)]).encode(), name="x").orders[0].raw == text.replace(
        "1.50", "1.5"
    )
