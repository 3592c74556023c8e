"""`import --kind locations|workers|cartons`: the first time taken, the second time known, bad rows named."""

from pathlib import Path

import pytest
from sqlalchemy import select

from oms_desktop.db import connect
from oms_desktop.models import Carton, Location, LocationKind, Role, Worker, WorkerRole
from oms_desktop.settings import resource
from oms_desktop.station import sign_in
from tests.cli.conftest import Run
from tests.cli.shell import rows


@pytest.mark.parametrize(("kind", "count"), [("locations", 5), ("workers", 3), ("cartons", 2)])
def test_a_sample_is_known_the_second_time(run: Run, file: Path, kind: str, count: int) -> None:
    sample = resource(f"samples/{kind}.csv")
    nothing = {"held": 0, "refused": 0, "problems": []}

    first = run("import", "--kind", kind, sample, "--json")
    before = rows(f"sqlite:///{file}", Location, Worker, Carton)
    second = run("import", "--kind", kind, sample, "--json")

    assert (first.code, first.json) == (0, {"read": count, "taken": count, "duplicate": 0, **nothing})
    assert (second.code, second.json) == (0, {"read": count, "taken": 0, "duplicate": count, **nothing})
    assert rows(f"sqlite:///{file}", Location, Worker, Carton) == before
    assert run("check").code == 0


def test_people_of_a_list_can_sign_in(run: Run, file: Path) -> None:
    run("import", "--kind", "workers", resource("samples/workers.csv"))

    database = connect(f"sqlite:///{file}")
    with database.reading() as session:
        person = sign_in(session, "B-31001", "1357")
        zone = session.scalars(select(Worker.zone).where(Worker.badge == "B-31001")).one()
    database.close()
    assert (person.roles, zone) == (frozenset({Role.PICKER, Role.RECEIVER}), "A")


def test_a_location_of_another_kind_is_refused(run: Run, file: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    first.write_text("code,kind\nA-01,reserve\n", "utf-8")
    second.write_text("code,kind\nA-01,pick face\nA-02,pick face\n", "utf-8")
    run("import", "--kind", "locations", first)

    ran = run("import", "--kind", "locations", second, "--json")

    assert (ran.code, ran.json["taken"], ran.json["refused"]) == (3, 1, 1)
    assert [(found["order"], found["where"], found["problem"]) for found in ran.json["problems"]] == [
        ("A-01", "row 2", "code taken")
    ]
    database = connect(f"sqlite:///{file}")
    with database.reading() as session:
        kinds = dict(
            session.execute(select(Location.code, Location.kind).where(Location.code.like("A-%"))).all()
        )
        assert session.scalars(select(WorkerRole)).first() is not None
    database.close()
    assert kinds == {"A-01": LocationKind.RESERVE, "A-02": LocationKind.PICK_FACE}


def test_columns_that_were_not_read_are_told(run: Run, tmp_path: Path) -> None:
    places = tmp_path / "places.csv"
    places.write_text("code,expiry,Aisle no\nZ-1,2027-03-31,4\nZ-1,2027-03-31,4\n", "utf-8")

    ran = run("import", "--kind", "locations", places)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "2 rows read: 1 taken, 0 held, 1 known already, 0 refused.",
        f"{places}:",
        "  note: row 1: A file of this kind has no such columns; they were not read: expiry, Aisle no.",
    ]


def test_places_that_came_with_products_are_laid_out_once(run: Run, tmp_path: Path) -> None:
    products, places = tmp_path / "products.csv", tmp_path / "places.csv"
    header = "sku,name,gtin,weight_g,length_mm,width_mm,height_mm,location,quantity"
    products.write_text(f"{header}\nMUG,Mug,,1,1,1,1,Z-1,4\nTEA,Tea,,1,1,1,1,Z-2,4\n", "utf-8")
    places.write_text(
        "code,kind,zone,x_mm,y_mm,z_mm\nZ-1,pick face,Z,100,200,0\nZ-2,reserve,Z,1,2,3\n", "utf-8"
    )
    assert run("import", "--kind", "products", products).code == 0

    (tmp_path / "codes.csv").write_text("code\nZ-1\n", "utf-8")

    bare = run("import", "--kind", "locations", tmp_path / "codes.csv")
    first = run("import", "--kind", "locations", places)
    again = run("import", "--kind", "locations", places)

    assert bare.out.splitlines()[0] == "1 row read: 0 taken, 0 held, 1 known already, 0 refused."
    assert first.out.splitlines()[0] == "2 rows read: 1 taken, 0 held, 0 known already, 1 refused."
    assert again.out.splitlines()[0] == "2 rows read: 0 taken, 0 held, 1 known already, 1 refused."


def test_a_list_without_rows_cannot_be_used_as_a_file_of_orders_cannot(
    run: Run, file: Path, tmp_path: Path
) -> None:
    (tmp_path / "people.csv").write_text("badge,name,roles\n\n", "utf-8")

    ran = run("import", "--kind", "workers", tmp_path / "people.csv")

    assert (ran.code, file.exists()) == (2, False)
    assert ran.sentence.endswith("people.csv holds nothing: no row is below its header. [input.no_rows]")
