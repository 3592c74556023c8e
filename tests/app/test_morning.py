"""The morning of the demo: two hundred orders of every kind, worked in part, in sound books."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from oms_desktop.app import opening, site
from oms_desktop.app.morning import FREE_TOTES, make_morning
from oms_desktop.db import Database
from oms_desktop.models import (
    Event,
    Fulfillment,
    Hold,
    JournalEntry,
    Location,
    Lot,
    Order,
    QueueEntry,
    Serial,
    Stage,
    Status,
    ToteUse,
)
from oms_desktop.settings import Settings
from oms_desktop.workflow import books

NOW = datetime(2026, 11, 24, 11, 41, tzinfo=UTC)


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Database:
    folder: Path = tmp_path_factory.mktemp("morning")
    database = opening.open_database(f"sqlite:///{folder / 'oms.sqlite'}")
    make_morning(site.demo_maker(database), Settings(), NOW)
    return database


def test_the_books_are_sound(morning: Database) -> None:
    with morning.reading() as session:
        assert books.prove(session).violations == ()


def test_orders_of_every_kind_are_there(morning: Database) -> None:
    with morning.reading() as session:
        channels = dict(session.execute(select(Order.channel, func.count()).group_by(Order.channel)).all())
        holds = set(session.scalars(select(Hold.kind)))
    assert channels == {"shopify": 140, "woocommerce": 25, "csv": 35}
    assert {"unpaid", "unknown sku", "test order", "cancelled in shop", "local pick-up"} <= holds


def test_orders_stand_at_every_step(morning: Database) -> None:
    with morning.reading() as session:
        statuses = dict(
            session.execute(select(Fulfillment.status, func.count()).group_by(Fulfillment.status)).all()
        )
        stages = set(session.scalars(select(QueueEntry.stage).distinct()))
    assert set(statuses) == {
        Status.PROMISED, Status.STARTED, Status.PICKED, Status.PACKED, Status.SHIPPED
    }  # fmt: skip
    assert stages >= {Stage.NEW, Stage.PROMISED, Stage.STARTED, Stage.PICKED, Stage.PACKED, Stage.CLOSED}


def test_the_goods_have_lots_serials_and_the_totes_of_a_newcomer_are_free(morning: Database) -> None:
    with morning.reading() as session:
        assert session.scalars(select(func.count()).select_from(Lot)).one() > 50
        assert session.scalars(select(func.count()).select_from(Serial)).one() > 500
        used = select(ToteUse.tote_id).where(ToteUse.closed_at.is_(None))
        totes = set(session.scalars(select(Location.code).where(Location.id.in_(used))))
    assert totes and not totes & {f"T-{100 + number}" for number in range(1, FREE_TOTES + 1)}


def test_it_happened_in_the_hours_before(morning: Database) -> None:
    with morning.reading() as session:
        first, last = session.execute(select(func.min(Event.at), func.max(Event.at))).one()
        due = session.scalars(select(Order.ship_by).where(Order.number == "SO-48188")).one()
        late = select(func.count(QueueEntry.order_id)).where(
            QueueEntry.stage != Stage.CLOSED, QueueEntry.due < NOW
        )
        assert session.scalars(late).one() >= 1
    assert NOW - timedelta(hours=6) < first < last < NOW
    assert due == NOW - timedelta(minutes=6)


def test_a_second_playing_changes_nothing(morning: Database) -> None:
    calls = select(func.count()).select_from(JournalEntry).where(JournalEntry.verb.like("pick.%"))
    with morning.reading() as session:
        before = session.scalars(calls).one(), session.scalars(select(func.count(Order.id))).one()

    make_morning(site.demo_maker(morning), Settings(), NOW)

    with morning.reading() as session:
        after = session.scalars(calls).one(), session.scalars(select(func.count(Order.id))).one()
    assert after == before
