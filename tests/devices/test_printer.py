"""Documents in a folder: whole, safe by name, never overwritten."""

import resource
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms_desktop.devices.printer import FolderPrinter, Printer, claim, safe_name
from oms_desktop.errors import DeviceError


def test_a_document_lands_whole_in_a_folder_that_is_made(tmp_path: Path) -> None:
    printer: Printer = FolderPrinter(tmp_path / "out" / "labels")
    path = printer.put("SO-1001 label.pdf", b"%PDF")
    assert path == tmp_path / "out" / "labels" / "SO-1001-label.pdf"
    assert path.read_bytes() == b"%PDF"
    assert list(path.parent.iterdir()) == [path]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    printer = FolderPrinter(tmp_path)
    names = [printer.put("a.pdf", document).name for document in (b"1", b"2", b"3")]
    assert names == ["a.pdf", "a-2.pdf", "a-3.pdf"]
    assert [(tmp_path / name).read_bytes() for name in names] == [b"1", b"2", b"3"]


def test_a_document_with_a_key_is_put_once(tmp_path: Path) -> None:
    first = FolderPrinter(tmp_path).put("a.pdf", b"1", key="3f2a9c1e07bd")
    again = FolderPrinter(tmp_path).put("a.pdf", b"2", key="3f2a9c1e07bd")
    assert first == again == tmp_path / "a-3f2a9c1e07bd.pdf"
    assert FolderPrinter(tmp_path).put("a.pdf", b"3", key="0").name == "a-0.pdf"
    assert sorted(path.read_bytes() for path in tmp_path.iterdir()) == [b"1", b"3"]


def test_a_key_is_never_cut_off_a_long_name(tmp_path: Path) -> None:
    printer = FolderPrinter(tmp_path)
    names = [printer.put("x" * 80 + ".pdf", b"", key=key).name for key in ("a" * 12, "b" * 12)]
    assert [name.removesuffix(".pdf")[-13:] for name in names] == [f"-{'a' * 12}", f"-{'b' * 12}"]
    assert {len(name) for name in names} == {54}


def test_a_name_that_was_taken_without_its_document_is_filled(tmp_path: Path) -> None:
    (tmp_path / "a-0.pdf").touch()
    path = FolderPrinter(tmp_path).put("a.pdf", b"1", key="0")
    assert path.read_bytes() == b"1"
    assert list(tmp_path.iterdir()) == [path]


def test_many_at_once_put_a_document_with_a_key_once(tmp_path: Path) -> None:
    paths = []

    def put(number: int) -> None:
        paths.append(FolderPrinter(tmp_path).put("a.pdf", f"{number}".encode(), key="0"))

    threads = [threading.Thread(target=put, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert paths == [tmp_path / "a-0.pdf"] * 8
    assert list(tmp_path.iterdir()) == [tmp_path / "a-0.pdf"]


def test_many_at_once_keep_every_document(tmp_path: Path) -> None:
    def put(number: int) -> None:
        for turn in range(20):
            FolderPrinter(tmp_path).put("a.pdf", f"{number}.{turn}".encode())

    threads = [threading.Thread(target=put, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    written = sorted(path.read_text() for path in tmp_path.iterdir())
    assert written == sorted(f"{number}.{turn}" for number in range(4) for turn in range(20))


def test_a_file_system_without_hard_links_never_overwrites_either(tmp_path: Path) -> None:
    part, target = tmp_path / ".x.part", tmp_path / "a.pdf"
    part.write_bytes(b"new")
    claim(part, target)
    assert target.read_bytes() == b"new"
    part.write_bytes(b"newer")
    with pytest.raises(FileExistsError):
        claim(part, target)
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("SO-1001.pdf", "SO-1001.pdf"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\\b:c*?.pdf", "a-b-c.pdf"),
        ("Größe Æ.pdf", "Größe-Æ.pdf"),
        ("", "document"),
        ("...", "document"),
        (".hidden", "hidden"),
        ("con.pdf", "con-document.pdf"),
        ("LPT1", "LPT1-document"),
        ("a\n\x00b.pdf", "a-b.pdf"),
    ],
)
def test_names_are_made_safe(name: str, wanted: str) -> None:
    assert safe_name(name) == wanted


@given(st.text(max_size=300))
def test_any_name_becomes_one_safe_file_name(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert Path(safe).name == safe
    assert not set(safe) & set('<>:"/\\|?*\0 ')
    assert safe[0] not in "-."
    assert safe[-1] not in "-."
    assert len(safe.encode()) <= 245


@pytest.fixture
def small_files() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("small_files")
def test_no_room_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(DeviceError) as refusal:
        FolderPrinter(tmp_path).put("a.pdf", b"x" * 2000)
    assert refusal.value.code == "printer.folder"
    assert str(tmp_path) in refusal.value.text
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DeviceError) as refusal:
        FolderPrinter(tmp_path / "file" / "out").put("a.pdf", b"x")
    assert refusal.value.code == "printer.folder"
