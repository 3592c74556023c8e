"""`warehouse`: an empty one with its places, and somebody who can sign in."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from oms_desktop.db import connect
from oms_desktop.models import Lane, Location, LocationKind, Product, Role, Warehouse
from oms_desktop.station import sign_in
from tests.cli.conftest import Run

OWN = (
    "warehouse", "--name", "North depot", "--admin", "Nora Example", "--pin", "2580", "--aisles", "2",
    "--bays", "4", "--levels", "3", "--reserve", "1", "--blocks", "2", "--time-zone", "Europe/Oslo",
)  # fmt: skip


def test_it_is_laid_out_and_can_be_worked_in(run: Run, file: Path) -> None:
    ran = run(*OWN)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "North depot has 64 locations. Nora Example signs in with badge B-1.\n"
    database = connect(f"sqlite:///{file}")
    with database.reading() as session:
        counts = dict(session.execute(select(Location.kind, func.count()).group_by(Location.kind)).all())
        house = session.scalars(select(Warehouse)).one()
        assert (counts[LocationKind.PICK_FACE], counts[LocationKind.RESERVE]) == (48, 16)
        assert counts[LocationKind.TOTE] > 0 and session.scalars(select(Lane)).first() is not None
        assert (house.name, house.time_zone) == ("North depot", "Europe/Oslo")
        assert session.scalars(select(Product)).first() is None
        assert sign_in(session, "B-1", "2580").roles == frozenset(Role)
    database.close()
    assert run("check").code == 0


def test_a_second_one_is_refused_and_nothing_is_written(run: Run, file: Path) -> None:
    run(*OWN)
    before = file.stat().st_size

    ran = run(*OWN)

    assert (ran.code, ran.sentence.endswith("[warehouse.exists]")) == (2, True)
    assert file.stat().st_size == before


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--name", "", "The name '' is not a name for the warehouse. [warehouse.value]"),
        ("--pin", "25800", "The PIN is not four digits. [warehouse.value]"),
        ("--time-zone", "Oslo", "The time zone 'Oslo' is not one such as Europe/Berlin."),
        ("--country", "no", "The country 'no' is not a code of ISO 3166 such as DE."),
        ("--country", "XX", "The country 'XX' is not a code of ISO 3166 such as DE."),
        ("--bays", "0", "bays is 0; a number from 1 to 99 is expected. [layout.out_of_bounds]"),
    ],
)
def test_what_cannot_be_is_named(run: Run, file: Path, option: str, value: str, sentence: str) -> None:
    ran = run(*OWN, option, value)

    assert ran.code == 2
    assert ran.sentence.startswith(sentence)
    assert "25800" not in ran.err
    assert not file.exists(), "nothing is left behind"
