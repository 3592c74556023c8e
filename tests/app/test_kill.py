"""SIGKILL at every statement and commit of an order's life: nothing is lost, nothing is done twice.

A child works one order by scans, from the shelf to the manifest, printing included. It is killed at a
point, and another one starts on the same database: it shows what was there before or after the input that
was under way, and works the order to its end.
"""

import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from oms_desktop.db import connect
from oms_desktop.models import Fulfillment, Intent, Label, Manifest, Order, OrderLine, Parcel, Stock
from oms_desktop.workflow import books
from tests.app.floor_child import Job
from tests.app.kills import Children, Told
from tests.builders import BOTTLE, GTINS, MUG, TORCH, Site
from tests.cli.shell import order, write_orders
from tests.conftest import make_database

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

ORDERED = {MUG: 2, BOTTLE: 1}
EACH = 31
"""Distance of the points in the short run: a prime, so that all kinds of statements are among them."""


@dataclass(frozen=True)
class World:
    """A warehouse with one promised order, to be copied for each kill, and the life nobody disturbs."""

    folder: Path
    source: Path
    children: Children

    def job(self, name: str, **wish: Any) -> Job:
        """A job on a fresh copy of the warehouse."""
        folder = self.folder / name
        folder.mkdir()
        shutil.copy(self.source, folder / "oms.sqlite")
        return Job(
            address=f"sqlite:///{folder / 'oms.sqlite'}",
            trace=str(folder / "trace"),
            documents=str(folder / "documents"),
            **wish,
        )

    @cached_property
    def looks(self) -> list[Any]:
        """What a restart shows after each input of a life that nobody disturbs; at 0 before the first."""
        before = self.children.do(self.job("before", look="first"))
        whole = self.children.do(self.job("whole", look="each", mistake=GTINS[TORCH]))
        assert (before.status, whole.status) == (0, 0)
        looks = whole.all("look")
        for shown, right, look in zip(whole.all("shown"), whole.all("ok"), looks, strict=True):
            # What a restart shows is what was shown last; only a refusal is not told again.
            assert not right or shown in look
        return [before.all("look")[0], *looks]

    @cached_property
    def points(self) -> int:
        """How many statements and commits the life has."""
        job = self.job("counted", mistake=GTINS[TORCH])
        told = self.children.do(job)
        assert told.all("ok").count(False) == 1
        self.assert_finished(job)
        return int(told.all("points")[0])

    def assert_survived(self, job: Job, killed: Told) -> None:
        """Start again after a kill, look, work to the end, and count everything."""
        assert killed.status == -signal.SIGKILL
        answered = len(killed.all("shown"))
        again = replace(job, trace=job.trace + "-again", kill=0, look="first")
        told = self.children.do(again)
        assert told.status == 0
        assert told.all("look")[0] in self.looks[answered : answered + 2]
        self.assert_finished(job)
        shutil.rmtree(Path(job.trace).parent)

    def assert_finished(self, job: Job) -> None:
        """The order has left, once, and all is accounted for."""
        database = connect(job.address)
        with database.reading() as session:
            assert books.prove(session).violations == ()
            lines = session.execute(select(OrderLine.sku, OrderLine.shipped, OrderLine.ordered)).all()
            assert {sku: shipped for sku, shipped, _ in lines} == ORDERED
            assert {sku: ordered for sku, _, ordered in lines} == ORDERED
            assert session.scalar(select(func.sum(Stock.on_hand))) == 30 - sum(ORDERED.values())
            for table in (Order, Fulfillment, Parcel, Label, Manifest):
                assert session.scalar(select(func.count()).select_from(table)) == 1, table
            sscc = session.scalars(select(Parcel.sscc)).one()
            states = set(session.scalars(select(Intent.state)))
        database.close()
        assert {state.value for state in states} == {"done"}
        # A file that begins with a dot is what a killed print leaves of itself; no printer takes it.
        files = sorted(file.name for file in Path(job.documents).glob("[!.]*"))
        assert [name.split("-")[0] for name in files] == ["label", "manifest", "slip"]
        assert files[0].startswith(f"label-{sscc}-")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("kill")
    database, _url = make_database("sqlite", folder)
    site = Site(database)
    site.promised(ORDERED)
    database.close()
    with Children() as children:
        yield World(folder, folder / "oms.sqlite", children)


def kill_at(world: World, point: int) -> None:
    job = world.job(f"at-{point}", kill=point, mistake=GTINS[TORCH])
    world.assert_survived(job, world.children.do(job))


def test_some_points(world: World) -> None:
    for point in range(EACH, world.points, EACH):
        kill_at(world, point)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_every_point(world: World) -> None:
    for point in range(1, world.points + 1):
        kill_at(world, point)


@pytest.mark.parametrize("answers", [1, 6, 11, 16])
def test_killed_from_outside(world: World, answers: int) -> None:
    job = world.job(f"outside-{answers}", mistake=GTINS[TORCH])
    trace = Path(job.trace)
    trace.touch()
    child = world.children.begin(job)
    while trace.read_text().count("shown") < answers:
        os.sched_yield()
    os.kill(child, signal.SIGKILL)

    world.assert_survived(job, world.children.end(job))


def import_killed_at(world: World, file: Path, point: int) -> Told:
    job = world.job(f"import-{point}", do="import", kill=point, file=str(file))
    first = world.children.do(job)
    assert (first.status, first.lines) == (-signal.SIGKILL, [])
    again = world.children.do(replace(job, kill=0))
    assert again.status == 0
    (report,) = again.all("report")
    assert (sum(report), report[1]) == (3, 0)
    database = connect(job.address)
    with database.reading() as session:
        assert books.prove(session).violations == ()
        # One was there before; each of the three is stored and promised once.
        assert session.scalar(select(func.count()).select_from(Order)) == 4
        assert session.scalar(select(func.count()).select_from(Fulfillment)) == 4
    database.close()
    shutil.rmtree(Path(job.trace).parent)
    return again


@pytest.mark.parametrize("each", [7, pytest.param(1, marks=pytest.mark.soak)])
def test_an_import_killed_anywhere_is_whole_the_second_time(world: World, tmp_path: Path, each: int) -> None:
    line = {"id": 1, "sku": MUG, "title": "Mug", "quantity": 1, "price": "14.90"}
    orders = [order(number, line_items=[line]) for number in ("#1", "#2", "#3")]
    file = write_orders(tmp_path / "orders.json", *orders)
    whole = world.children.do(world.job(f"import-{each}-whole", do="import", file=str(file)))
    (points,) = whole.all("points")

    for point in range(each, points + 1, each):
        import_killed_at(world, file, point)
