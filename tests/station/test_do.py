"""The one door: role, verb, journal and step in one commit."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from oms_desktop.acts import VERBS
from oms_desktop.db import Database
from oms_desktop.errors import InputError, OmsError, RoleError, StateError, StoreError
from oms_desktop.models import DONE, Customer, Event, Intake, JournalEntry, Memory, Role
from oms_desktop.station import Incoming, Station, Step
from oms_desktop.workflow import capture, claims, holds, picking, promise
from tests.builders import MUG, TORCH, Site
from tests.replaying import rows_of


@contextmanager
def commits(engine: Engine) -> Iterator[list[str]]:
    """Note each commit and rollback."""
    seen: list[str] = []

    def commit(_connection: object) -> None:
        seen.append("commit")

    def rollback(_connection: object) -> None:
        seen.append("rollback")

    event.listen(engine, "commit", commit)
    event.listen(engine, "rollback", rollback)
    yield seen
    event.remove(engine, "commit", commit)
    event.remove(engine, "rollback", rollback)


def journal(database: Database) -> list[JournalEntry]:
    with database.reading() as session:
        return list(session.scalars(select(JournalEntry).order_by(JournalEntry.sequence)))


def picked(result: picking.Picked) -> Step:
    return Step("picking", {"left": result.left})


def claimed(site: Site) -> tuple[claims.Tour, UUID, UUID]:
    """A tour for two mugs, its only task and its tote."""
    site.promised({MUG: 2})
    tote = site.place("T-101")
    tour = site.station.do(claims.claim_pick, warehouse=site.warehouse, tote=tote, number=1)
    [(task, *_rest)] = rows_of(site.database)["pick_task"]
    return tour, task, tote


def test_verb_journal_and_step_are_one_commit(database: Database) -> None:
    site = Site(database)
    tour, task, tote = claimed(site)
    call = site.station.call(device="scanner 1", lease=tour.lease, keep=picked)
    before = len(journal(database))
    with commits(database.engine) as seen:
        result = call.do(picking.confirm, task=task, quantity=1, tote=tote)

    assert seen == ["commit"]
    assert result == picking.Picked(picked=1, left=1, unwanted=0)
    assert site.station.recall("picking") == {"left": 1}
    entry = journal(database)[-1]
    assert len(journal(database)) == before + 1
    assert (entry.verb, entry.result) == ("pick.confirm.1", DONE)
    assert (entry.device, entry.lease_id, entry.station) == ("scanner 1", tour.lease, "PICK-3")
    assert VERBS[entry.verb].decode(entry.arguments) == {"task": task, "quantity": 1, "tote": tote}


def test_the_journal_counts_without_a_gap(database: Database) -> None:
    site = Site(database)
    site.order({MUG: 1})

    assert [entry.sequence for entry in journal(database)] == list(range(1, len(journal(database)) + 1))


def test_each_incarnation_counts_for_itself(database: Database) -> None:
    site = Site(database)
    again = replace(site.station, incarnation=2)
    order = site.order({MUG: 1})
    again.do(promise.allocate, order=order, warehouse=site.warehouse)
    with database.reading() as session:
        last = session.scalars(select(JournalEntry).where(JournalEntry.incarnation == 2)).one()

    assert last.sequence == 1


def test_a_refusal_leaves_nothing_but_its_journal_row(database: Database) -> None:
    site = Site(database)
    order = site.promised({MUG: 2})
    hold = site.station.do(holds.hold, order=order, kind="address", text="Asks for another street.")
    site.station.remember(Step("picking", {"at": "start"}))
    before, calls = rows_of(database), len(journal(database))
    with pytest.raises(StateError) as caught:
        site.station.call(keep=lambda _result: Step("picking", {"at": "bin"})).do(
            claims.claim_pick, warehouse=site.warehouse, tote=site.place("T-101"), number=1
        )

    assert caught.value.code == "claim.no_work"
    assert rows_of(database) == before
    assert site.station.recall("picking") == {"at": "start"}
    assert [entry.result for entry in journal(database)[calls:]] == ["claim.no_work"]
    assert hold is not None


def test_a_refusal_after_changes_takes_them_back(database: Database) -> None:
    site = Site(database)
    tour, _task, _tote = claimed(site)
    before = rows_of(database)
    with pytest.raises(OmsError) as caught:
        site.station.do(picking.yield_work, pick_list=tour.pick_list)

    assert caught.value.code == "pick.still_wanted"
    assert rows_of(database) == before


def test_an_order_that_is_refused_leaves_no_intake_row(database: Database) -> None:
    site = Site(database)
    before = rows_of(database)
    with pytest.raises(InputError):
        site.order({})

    assert rows_of(database) == before
    assert journal(database)[-1].result == "capture.refused"


def test_a_mistake_of_the_program_writes_nothing_at_all(database: Database) -> None:
    site = Site(database)
    _tour, task, tote = claimed(site)
    before, calls = rows_of(database), len(journal(database))

    def broken(_result: object) -> Step:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        site.station.call(keep=broken).do(picking.confirm, task=task, quantity=1, tote=tote)
    assert rows_of(database) == before
    assert len(journal(database)) == calls


def test_a_call_needs_the_role_of_its_verb(database: Database) -> None:
    site = Site(database)
    order = site.order({MUG: 1})
    person = site.station.person
    assert person is not None
    site.station.person = replace(person, roles=frozenset({Role.PICKER, Role.PACKER}))
    before = rows_of(database)
    with pytest.raises(RoleError) as caught:
        site.station.do(promise.allocate, order=order, warehouse=site.warehouse)

    assert caught.value.code == "station.role"
    assert "order desk" in caught.value.text
    assert rows_of(database) == before
    assert journal(database)[-1].result == "station.role"


def test_nobody_can_do_nothing(database: Database) -> None:
    site = Site(database)
    order = site.order({MUG: 1})
    calls = len(journal(database))
    site.station.person = None
    with pytest.raises(RoleError) as caught:
        site.station.do(promise.allocate, order=order, warehouse=site.warehouse)

    assert caught.value.code == "station.nobody"
    assert len(journal(database)) == calls


def test_a_locked_store_is_no_refusal(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(sqlite)
    order = site.order({MUG: 1})
    calls = len(journal(sqlite))

    def locked(_work: object) -> None:
        raise StoreError("database.locked", "It is in use elsewhere.")

    monkeypatch.setattr(Database, "change", lambda _self, work: locked(work))
    with pytest.raises(StoreError):
        site.station.do(promise.allocate, order=order, warehouse=site.warehouse)
    assert len(journal(sqlite)) == calls


def test_names_and_addresses_stay_out_of_journal_and_timeline(database: Database) -> None:
    site = Site(database)
    order = site.promised({MUG: 2, TORCH: 1})
    site.station.do(holds.cancel, order=order, reason="wish of the customer")
    with database.reading() as session:
        personal = session.scalars(select(Customer.name)).all()
        rows = [*session.execute(select(JournalEntry.__table__)), *session.execute(select(Event.__table__))]
        written = " ".join(str(tuple(row)) for row in rows)

    assert personal == ["Ida Example"]
    assert "order.capture.1" in written
    assert "captured" in written
    for word in ("Ida", "Lakeside", "Salzburg", "5020", "ida@example.test"):
        assert word not in written


def test_what_came_from_outside_is_kept_as_it_came(database: Database) -> None:
    site = Site(database)
    order = site.order({MUG: 1})
    with database.reading() as session:
        kept = session.scalars(select(Intake)).one()

    assert (kept.channel, kept.source, kept.raw) == ("test", "test", "{}")
    assert journal(database)[-1].arguments == {"intake": kept.id.hex}
    assert order is not None


def test_a_step_is_remembered_for_each_place_and_station(database: Database) -> None:
    site = Site(database)
    other = Station(database, "PICK-4", site.station.person)
    site.station.remember(Step("picking", {"task": 1}))
    site.station.remember(Step("packing", {"parcel": 1}))
    site.station.remember(Step("picking", {"task": 2}))

    assert site.station.recall("picking") == {"task": 2}
    assert site.station.recall("packing") == {"parcel": 1}
    assert other.recall("picking") == {}
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Memory)) == 2


def test_a_call_is_made_once_however_often_it_is_tried(
    postgresql: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(postgresql)
    order = site.order({MUG: 1})
    tries: list[int] = []
    change = Database.change

    def twice(self: Database, work: Callable[[Session], object]) -> object:
        def played(session: Session) -> object:
            tries.append(1)
            result = work(session)
            if len(tries) == 1:
                fail = "DO $$ BEGIN RAISE EXCEPTION 'no luck' USING ERRCODE = '40001'; END $$"
                session.connection().exec_driver_sql(fail)
            return result

        return change(self, played)

    monkeypatch.setattr(Database, "change", twice)
    promised = site.station.do(promise.allocate, order=order, warehouse=site.warehouse)

    assert len(tries) == 2
    assert promised.allocated == 1
    assert [entry.verb for entry in journal(postgresql)].count("promise.allocate.1") == 1


def test_the_same_order_twice_is_captured_once(database: Database) -> None:
    site = Site(database)
    first = site.order({MUG: 1}, number="SO-7")

    assert site.order({MUG: 1}, number="SO-7") == first
    assert capture.Taken.DUPLICATE.value == "duplicate"


def test_incoming_is_known_to_its_call_only(database: Database) -> None:
    site = Site(database)
    call = site.station.call()

    assert call.bringing(Incoming("test", "file", "{}", ())).incoming
    assert call.incoming == ()
