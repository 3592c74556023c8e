"""What codes stand for, in every form in which they reach the station."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oms_desktop.db import Database
from oms_desktop.floor.reply import Kind, Scan
from oms_desktop.floor.resolver import LONGEST, SHOWN
from oms_desktop.models import LocationKind
from oms_desktop.workflow import site
from tests.builders import GTINS, MUG, MUG_PLACE
from tests.floor.desk import CASE, Desk, statements

SSCC = "009524000000000015"
TRACKING = "NB00952400000000001"
EAN = "4006381333931"


def meaning(desk: Desk, text: str) -> tuple[Kind, str, int]:
    """Kind, code as people read it, units."""
    scan = desk.workplace.resolver.resolve(text, "scanner")
    assert (scan.raw, scan.device, bool(scan.id)) == (
        text,
        "scanner",
        scan.kind not in (Kind.UNKNOWN, Kind.COMMAND),
    )
    return scan.kind, scan.value, scan.factor


@pytest.mark.parametrize(
    "text",
    [
        EAN,
        f"0{EAN}",
        f"]E0{EAN}",
        f"]C1010{EAN}",
        f"]C1010{EAN}10LOT7",
        f"]C1010{EAN}10LOT7\x1d17271231",
        f"(01)0{EAN}(10)LOT7",
        f"]d2010{EAN}",
        f"  {EAN}\r\n",
        MUG,
        "mug-0350-gn",
        f"]C0{MUG}",
    ],
)
def test_a_product_in_its_forms(desk: Desk, text: str) -> None:
    assert meaning(desk, text) == (Kind.PRODUCT, MUG, 1)
    assert desk.workplace.resolver.resolve(text).name == "Enamel mug 350 ml Moss green"


@pytest.mark.parametrize(
    ("text", "units"), [(CASE, 6), (f"]C101{CASE}", 6), (f"]C102{CASE}3702", 12), (f"]C1020{EAN}3704", 4)]
)
def test_a_case_stands_for_its_pieces(desk: Desk, text: str, units: int) -> None:
    desk.case_of_six()

    assert meaning(desk, text) == (Kind.PRODUCT, MUG, units)


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        (MUG_PLACE, Kind.LOCATION, MUG_PLACE),
        (MUG_PLACE.lower(), Kind.LOCATION, MUG_PLACE),
        ("t-101", Kind.TOTE, "T-101"),
        ("c4", Kind.CARTON, "C4"),
        ("lane-1", Kind.LANE, "LANE-1"),
        ("system", Kind.BADGE, "system"),
        ("CMD-UNDO", Kind.COMMAND, "undo"),
        ("cmd-finish", Kind.COMMAND, "finish"),
    ],
)
def test_the_shops_own_codes(desk: Desk, text: str, kind: Kind, code: str) -> None:
    assert meaning(desk, text) == (kind, code, 1)


@pytest.mark.parametrize("text", [SSCC, f"00{SSCC}", f"]C100{SSCC}", f"(00){SSCC}", TRACKING])
def test_a_parcel_in_its_forms(desk: Desk, text: str) -> None:
    assert desk.packed({MUG: 1}) == SSCC

    assert meaning(desk, text) == (Kind.PARCEL, SSCC, 1)


@pytest.mark.parametrize(
    ("number", "text"), [("#1007", "#1007"), ("#1007", "1007"), ("SO-7", "SO-7"), ("SO-7", "so-7")]
)
def test_an_order_by_its_number(database: Database, number: str, text: str) -> None:
    desk = Desk(database)
    desk.site.order({MUG: 1}, number=number)

    assert meaning(desk, text) == (Kind.ORDER, number, 1)


@pytest.mark.parametrize("number", ["X3", "x3"])
def test_an_order_whose_number_is_exact_goes_before_a_newer_one(desk: Desk, number: str) -> None:
    for each in ("X3", "x3", "#x3"):
        desk.site.order({MUG: 1}, number=each)

    assert meaning(desk, number) == (Kind.ORDER, number, 1)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        (" \r\n", ""),
        ("#1007", "#1007"),
        ("4006381333930", "4006381333930"),
        ("]C100009524000000000015", SSCC),
        ("]C1010400638133393010LOT7", "010400638133393010LOT7"),
        ("a\x00b\x1dc", "a\N{WHITE SQUARE}b\N{WHITE SQUARE}c"),
        ("x\ud800y", "x\N{WHITE SQUARE}y"),
        ("x" * 5_000, "x" * SHOWN + "…"),
        ("x" * LONGEST, "x" * SHOWN + "…"),
    ],
)
def test_an_unknown_code_is_shown_as_it_can_be_read(database: Database, text: str, shown: str) -> None:
    desk = Desk(database)

    assert desk.workplace.resolver.resolve(text) == Scan(Kind.UNKNOWN, shown, raw=text)


def test_what_is_new_since_the_start_is_found(desk: Desk) -> None:
    assert meaning(desk, "T-200")[0] is Kind.UNKNOWN
    rows = (site.LocationRow("T-200", LocationKind.TOTE),)
    desk.site.station.do(site.bring_locations, warehouse=desk.site.warehouse, rows=rows)

    assert meaning(desk, "T-200") == (Kind.TOTE, "T-200", 1)


@pytest.mark.parametrize("text", [EAN, GTINS[MUG], MUG, MUG_PLACE, "T-101", "C4", "LANE-1", "CMD-UNDO"])
def test_what_is_known_costs_no_statement(database: Database, text: str) -> None:
    desk = Desk(database)

    with statements(database) as seen:
        assert desk.workplace.resolver.resolve(text).kind is not Kind.UNKNOWN
    assert seen == []


@given(text=st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
def test_any_text_has_an_answer(desk: Desk, text: str) -> None:
    scan = desk.workplace.resolver.resolve(text)

    assert scan.raw == text
    assert scan.value.isprintable()
