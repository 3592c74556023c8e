"""Opening a database: what is refused, in which words, and how SQLite is set."""

from pathlib import Path

import pytest

from oms_desktop.db import Database, connect
from oms_desktop.db import database as module
from oms_desktop.db.places import mounted_as
from oms_desktop.errors import InputError

MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
depot:/export /srv/shared nfs4 rw,addr=10.0.0.9 0 0
//filer/pack /mnt/pack\\040tables cifs rw 0 0
/dev/sdb1 /srv/shared/local ext4 rw 0 0
"""


def code_of(address: str) -> str:
    with pytest.raises(InputError) as caught:
        connect(address)
    assert caught.value.text.endswith(".")
    return caught.value.code


@pytest.mark.parametrize("address", ["", "oms.sqlite", "nonsense://x", "postgres", "://"])
def test_what_is_no_address_is_refused(address: str) -> None:
    assert code_of(address) == "database.address"


def test_another_kind_of_database_is_refused() -> None:
    assert code_of("mssql+pymssql://localhost/oms") in ("database.kind", "database.address")
    assert code_of("mysql://localhost/oms") in ("database.kind", "database.address")


@pytest.mark.parametrize(
    "address", ["postgresql://oms:secret@127.0.0.1:1/oms", "postgresql:///oms?host=/nowhere"]
)
def test_a_server_that_does_not_answer_is_named_without_its_password(address: str) -> None:
    with pytest.raises(InputError) as caught:
        connect(address)

    assert caught.value.code == "database.unreachable"
    assert "postgresql+psycopg://" in caught.value.text
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("number,sku,quantity\n" * 500)

    assert code_of(f"sqlite:///{file}") == "database.unreachable"
    assert file.read_text() == "number,sku,quantity\n" * 500


def test_a_folder_that_is_missing_is_refused(tmp_path: Path) -> None:
    assert code_of(f"sqlite:///{tmp_path / 'missing' / 'oms.sqlite'}") == "database.unreachable"


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert code_of(f"sqlite:///{tmp_path}") == "database.unreachable"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/oms/oms.sqlite", "ext4"),
        ("/srv/shared/oms.sqlite", "nfs4"),
        ("/srv/sharedly/oms.sqlite", "ext4"),
        ("/mnt/pack tables/oms.sqlite", "cifs"),
        ("/srv/shared/local/oms.sqlite", "ext4"),
    ],
)
def test_the_drive_of_a_file_is_the_deepest_mount_above_it(path: str, kind: str) -> None:
    assert mounted_as(Path(path), MOUNTS) == kind


def test_a_network_drive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\ndepot:/export {tmp_path} nfs rw 0 0\n")
    monkeypatch.setattr("oms_desktop.db.places._MOUNTS", mounts)

    assert code_of(f"sqlite:///{tmp_path / 'oms.sqlite'}") == "database.network_drive"
    assert not (tmp_path / "oms.sqlite").exists()


def test_a_local_file_is_opened_where_mounts_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oms_desktop.db.places._MOUNTS", tmp_path / "none")

    connect(f"sqlite:///{tmp_path / 'oms.sqlite'}").close()


def test_sqlite_survives_a_power_cut_and_keeps_its_references(sqlite: Database) -> None:
    with sqlite.reading() as session:
        connection = session.connection()

        def pragma(name: str) -> object:
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()

        assert pragma("journal_mode") == "wal"
        assert pragma("synchronous") == 2, "FULL"
        assert pragma("foreign_keys") == 1
        assert pragma("busy_timeout") == module.BUSY_SECONDS * 1000


def test_the_kind_and_the_name_of_a_database(database: Database) -> None:
    assert database.embedded == database.name.startswith("sqlite:///")
    assert database.embedded or database.name.startswith("postgresql+psycopg://")
