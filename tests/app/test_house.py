"""The rules of the house out of the settings, and what an import makes of them."""

from datetime import UTC, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from oms_desktop.app import bringing
from oms_desktop.app.house import PLAIN, House, house_of
from oms_desktop.db import Database
from oms_desktop.drafts.policy import Policy
from oms_desktop.errors import InputError
from oms_desktop.models import Order
from oms_desktop.planning.due import Truck
from oms_desktop.settings import Settings, load
from tests.builders import Site
from tests.cli.shell import order, write_orders


def test_what_the_settings_say(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(
        'payments = "shopify: paid, Partially Paid; csv: invoice"\n'
        'blocked_countries = "KP, IR"\nvalue_limits = "EUR 500, USD 600.50"\n'
        'duplicate_hours = "2"\ncut_off = "11:30"\nheld_stock = "free"\n'
    )

    assert house_of(load(tmp_path)) == House(
        Policy(
            payments={
                "shopify": frozenset({"paid", "partially paid"}),
                "csv": frozenset({"invoice"}),
            },
            blocked_countries=frozenset({"KP", "IR"}),
            value_limits={"EUR": Decimal(500), "USD": Decimal("600.50")},
            duplicate_hours=2,
        ),
        Truck(time(11, 30), time(17)),
        frees_stock=True,
    )


def test_a_house_without_a_cut_off_has_the_usual_rules() -> None:
    assert house_of(Settings(cut_off="")) == PLAIN


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("payments", "paid"),
        ("blocked_countries", "Norway"),
        ("value_limits", "500"),
        ("duplicate_hours", "a day"),
        ("cut_off", "25:00"),
        ("ship_hour", ""),
        ("held_stock", "sell"),
    ],
)
def test_a_value_of_another_form_is_named(tmp_path: Path, name: str, value: str) -> None:
    (tmp_path / "settings.toml").write_text(f'{name} = "{value}"\n')

    with pytest.raises(InputError, match=name) as refused:
        load(tmp_path)

    assert refused.value.code == "settings.value"


def test_orders_are_judged_by_the_rules_and_get_their_truck(sqlite: Database, tmp_path: Path) -> None:
    file = write_orders(
        tmp_path / "o.json", order("#1", financial_status="pending"), order("#2", total_price="900")
    )
    policy = Policy(payments={"shopify": frozenset({"pending", "paid"})}, value_limits={"EUR": Decimal(500)})

    site = Site(sqlite)
    report = bringing.bring_orders(site.station, file, house=House(policy, Truck(time(14), time(17))))

    assert (report.taken, report.held) == (1, 1)
    assert [found.problem.value for found in report.problems] == ["over value limit"]
    with sqlite.reading() as session:
        # Monday, 13:00 in Berlin: the truck of the same day leaves at 17:00.
        assert set(session.scalars(select(Order.ship_by))) == {datetime(2026, 3, 2, 16, tzinfo=UTC)}
