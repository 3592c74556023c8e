"""What a database says when it does not take rows: no values in it, and no wait without end."""

from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from oms_desktop.db import Database, connect, of_values
from oms_desktop.db import database as module
from oms_desktop.errors import StoreError
from oms_desktop.models import NumberRange, Product

SECRET = "Zoë-Exemplaire"


def add_product(session: Session, id_: int) -> None:
    session.add(Product(id=UUID(int=id_), sku=SECRET, name=SECRET))
    session.flush()


def test_an_error_holds_no_values(database: Database) -> None:
    database.change(lambda session: add_product(session, 1))

    with pytest.raises(IntegrityError) as caught:
        database.change(lambda session: add_product(session, 2))

    assert "sku" in str(caught.value)
    for error in (caught.value, caught.value.orig):
        assert SECRET not in f"{error} {error!r}"
    assert of_values(caught.value)


def test_a_text_too_long_for_an_index_is_of_its_values(postgresql: Database) -> None:
    long = "".join(chr(0x4E00 + number * 7919 % 20000) for number in range(9000))

    with pytest.raises(DBAPIError) as caught:
        postgresql.change(lambda session: _add(session, long))

    assert of_values(caught.value)
    assert long[:9] not in str(caught.value)


def _add(session: Session, kind: str) -> None:
    session.add(NumberRange(kind=kind, next=1))
    session.flush()


def test_a_number_too_large_is_of_its_values(postgresql: Database) -> None:
    with pytest.raises(DataError) as caught:
        postgresql.change(lambda session: session.execute(text("SELECT CAST(10000000000 AS integer)")))

    assert of_values(caught.value)


def test_a_lock_on_a_server_is_not_waited_for_without_end(
    postgresql: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 1)
    monkeypatch.setattr(module, "TRIES", 2)
    postgresql.change(lambda session: _add(session, "tour"))
    other = connect(postgresql.engine.url.render_as_string(hide_password=False))
    with postgresql.transaction() as session:
        session.execute(text("LOCK TABLE number_range"))

        with pytest.raises(StoreError) as caught:
            other.change(lambda session: _add(session, "parcel"))

    other.close()
    assert caught.value.code == "database.locked"
    assert "stayed locked" in caught.value.text


def test_options_of_the_address_stay(postgresql: Database) -> None:
    url = postgresql.engine.url.update_query_dict({"options": "-c lock_timeout=7s"})
    own = connect(url.render_as_string(hide_password=False))

    with own.reading() as session, postgresql.reading() as usual:
        assert session.scalar(text("SHOW lock_timeout")) == "7s"
        assert usual.scalar(text("SHOW lock_timeout")) == "10s"
    own.close()
